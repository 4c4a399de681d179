"""A box of so many cores and so much memory, as a scheduler gives it: a control group of Linux, made by hand (root)."""
import os
import subprocess
import time
from pathlib import Path

V1 = Path("/sys/fs/cgroup/memory").is_dir()


class Guest:

    def __init__(self, cores, megabytes):
        name = f"medgs-guest-{os.getpid()}"
        roots = {c: Path("/sys/fs/cgroup") / c / name for c in ("cpu", "cpuacct", "memory")} if V1 else {
            c: Path("/sys/fs/cgroup") / name for c in ("cpu", "cpuacct", "memory")}
        self.groups = roots
        for group in set(roots.values()):
            group.mkdir(exist_ok=True)
        limit = str(megabytes << 20)
        if V1:
            (roots["cpu"] / "cpu.cfs_quota_us").write_text(str(int(cores * 100_000)))
            (roots["memory"] / "memory.limit_in_bytes").write_text(limit)
        else:
            (roots["cpu"] / "cpu.max").write_text(f"{int(cores * 100_000)} 100000")
            (roots["memory"] / "memory.max").write_text(limit)

    def run(self, command):
        def enter():
            for group in set(self.groups.values()):
                (group / "cgroup.procs").write_text(str(os.getpid()))
        self.began, before = time.time(), self.seconds()
        ended = subprocess.run(command, preexec_fn=enter, capture_output=True, text=True)
        self.share = (self.seconds() - before) / (time.time() - self.began)
        return ended

    def seconds(self):
        if V1:
            return int((self.groups["cpuacct"] / "cpuacct.usage").read_text()) / 1e9
        return int((self.groups["cpu"] / "cpu.stat").read_text().split()[1]) / 1e6

    def cores(self):
        """Processor time over wall time."""
        return self.share

    def most(self):
        """Megabytes that were taken at once, the disk's cache with them."""
        file = "memory.max_usage_in_bytes" if V1 else "memory.peak"
        return int((self.groups["memory"] / file).read_text()) / (1 << 20)

    def killed(self):
        file = "memory.oom_control" if V1 else "memory.events"
        for line in (self.groups["memory"] / file).read_text().splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for group in set(self.groups.values()):
            group.rmdir()

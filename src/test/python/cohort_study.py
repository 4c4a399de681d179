#!/usr/bin/env python3
"""A study of a hundred phantoms, in earnest: many processes, kills, two drivers at once, Spark, small machines.

Needs target/medgs.jar (or MEDGS_JAR), a JDK 25 as JAVA_HOME, and for Spark SPARK_HOME with its jars and
target/medgs-spark.jar (mvn -Pspark package). From the project's root, with a folder to work in that it keeps:

    src/test/python/cohort_study.py /tmp/study phantoms single local array guest kills spark spark-kills many

Each part can be run again. It takes some minutes of processor time, so it is no part of the build.
"""
import json
import os
import random
import re
import resource
import signal
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cohort_spark
from cohort_guest import Guest

ROOT = Path(__file__).resolve().parents[3]
JAR = Path(os.environ.get("MEDGS_JAR", ROOT / "target/medgs.jar"))
# Subjects of a second each: code that is compiled well would not pay.
JAVA = [os.environ["JAVA_HOME"] + "/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m",
        "--add-modules", "jdk.incubator.vector"]
MEDGS = JAVA + ["-jar", str(JAR)]
SHORT = ["--preset", "quick", "--set", "iterations=20", "--set", "checkpointInterval=5"]
KINDS = ["kidney", "prostate", "brain", "aneurysm-baseline"]
SUBJECTS = 100
UNREADABLE, TOO_LARGE = "p017", "p071"
PARALLEL = int(os.environ.get("PARALLEL", "2"))
KILLS = int(os.environ.get("KILLS", "20"))

checks = failures = 0


def check(what, holds, figure=""):
    global checks, failures
    checks += 1
    failures += 0 if holds else 1
    print("ok     " if holds else "FAILED ", what, figure, flush=True)


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def medgs(*arguments, java=MEDGS, status=(0,)):
    ended = subprocess.run([*java, *map(str, arguments)], capture_output=True, text=True)
    if ended.returncode not in status:
        sys.exit(f"medgs {' '.join(map(str, arguments))} ended with {ended.returncode}: {ended.stderr}")
    return ended.stdout


def subject(n):
    kind = KINDS[n % len(KINDS)]
    # One in ten on the vector engine, whose code starts slowly; it is the one that shares threads and scratch arrays.
    return {"id": f"p{n:03}", "kind": kind, "size": f"{0.22 + n * 7 % 13 / 100:.2f}",
            "engine": "vector" if n % 10 == 0 else "reference"}


def write_table(work, name, replaced=()):
    lines = ["id,image,mask,engine,site"]
    for n in range(1, SUBJECTS + 1):
        s = subject(n)
        image, mask = f"data/{s['id']}/{s['kind']}.nii.gz", f"data/{s['id']}/{s['kind']}-mask.nii.gz"
        if s["id"] in replaced:
            image, mask = replaced[s["id"]], ""
        lines.append(f"{s['id']},{image},{mask},{s['engine']},{'north' if n % 2 else 'south'}")
    (work / name).write_text("\n".join(lines) + "\n")
    return work / name


def phantoms(work):
    def make(n):
        s = subject(n)
        if not (work / "data" / s["id"] / (s["kind"] + ".json")).exists():
            medgs("phantom", s["kind"], "--seed", n, "--size", s["size"], "-o", work / "data" / s["id"], "--quiet")
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(make, range(1, SUBJECTS + 1)))
    (work / "data/unreadable.nii.gz").write_bytes(random.Random(1).randbytes(5000))
    header = bytearray(352)
    header[0:4] = (348).to_bytes(4, "little")
    for d, size in enumerate([3, 500, 500, 600, 1, 1, 1, 1]):
        header[40 + 2 * d:42 + 2 * d] = size.to_bytes(2, "little")
    header[70:72], header[72:74] = (2).to_bytes(2, "little"), (8).to_bytes(2, "little")
    header[76:92] = bytes.fromhex("0000803f") * 4
    header[108:112] = bytes.fromhex("0000b043")
    header[344:348] = b"n+1\0"
    with open(work / "data/large.nii", "wb") as file:
        file.write(header)
        file.truncate(352 + 500 * 500 * 600)
    write_table(work, "subjects.csv")
    write_table(work, "faulty.csv", {UNREADABLE: "data/unreadable.nii.gz", TOO_LARGE: "data/large.nii"})


def single(work):
    def reconstruct(n):
        s = subject(n)
        if (work / "single" / s["id"] / ".cost").exists():
            return
        data = work / "data" / s["id"] / s["kind"]
        command = [*MEDGS, "reconstruct", f"{data}.nii.gz", f"--mask={data}-mask.nii.gz", "-o", work / "single" / s["id"],
                   *SHORT, "--engine", s["engine"], "--threads", 1, "--quiet", "--force"]
        run = subprocess.Popen([str(word) for word in command], stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(run.pid, 0)
        if status:
            sys.exit(f"the single run of {s['id']} ended with {status}")
        (work / "single" / s["id"] / ".cost").write_text(str(used.ru_utime + used.ru_stime))
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(reconstruct, range(1, SUBJECTS + 1)))
    print(f"single runs took {cost_of_singles(work):.0f} s of processor time", flush=True)


def cost_of_singles(work):
    return sum(float((work / f"single/p{n:03}/.cost").read_text()) for n in range(1, SUBJECTS + 1))


def result(folder):
    """A run's files, less what tells how long it took."""
    files = {}
    for file in folder.iterdir():
        if file.name in ("checkpoint.medgs", "subject.json", "log.txt") or file.name.startswith("."):
            continue
        files[file.name] = file.read_bytes()
    report = json.loads(files["report.json"])
    report["training"].pop("seconds", None)
    files["report.json"] = json.dumps(report)
    if "report.html" in files:
        page = files["report.html"]
        page = page.decode() if isinstance(page, bytes) else page
        files["report.html"] = re.sub(r'(&quot;seconds&quot; : )[0-9.E-]+|[0-9,]+ s on the engine', r"\1", page)
    lines = files["history.csv"].decode().splitlines()
    column = lines[0].split(",").index("seconds")
    files["history.csv"] = [[c for i, c in enumerate(line.split(",")) if i != column] for line in lines]
    return files


def right(work, out, but=()):
    """How many subjects have, file by file, the bytes of their single run."""
    ids = [f"p{n:03}" for n in range(1, SUBJECTS + 1) if f"p{n:03}" not in but]
    return sum((out / i / "report.json").exists() and result(out / i) == result(work / "single" / i) for i in ids)


def events(text, kind):
    return [e for e in map(json.loads, filter(None, text.splitlines())) if e["event"] == kind]


def fresh(work, name):
    shutil.rmtree(work / name, ignore_errors=True)
    return work / name


def cohort(work, table, out, *more, java=MEDGS, status=(0,)):
    return medgs("cohort", work / table, "-o", out, *SHORT, "--json", *more, java=java, status=status)


def economy(work, out, before, began, what):
    share = (processor() - before) / cost_of_singles(work)
    check(f"{what}: results byte for byte those of single runs", right(work, out) == SUBJECTS, f"{right(work, out)}")
    check(f"{what}: processor time at most 1.1 times that of the single runs", share <= 1.1,
          f"{share:.2f}, wall {time.time() - began:.0f} s")


def local(work):
    out, before, began = fresh(work, "local"), processor(), time.time()
    cohort(work, "subjects.csv", out, "--threads", 2)
    economy(work, out, before, began, "local")
    again = events(cohort(work, "subjects.csv", out, "--threads", 2), "group")[0]
    check("local: a second run has nothing to do", again["nothing_to_do"] == SUBJECTS and again["done"] == 0)


def spark(work):
    out, before, began = fresh(work, "spark"), processor(), time.time()
    with cohort_spark.Cluster(work, JAVA, JAR) as cluster:
        ended = cluster.driver(["cohort", work / "subjects.csv", "-o", out, *SHORT, "--json"])
        text = ended.communicate()[0]
        check("spark: ends with status 0", ended.returncode == 0, text[-300:] if ended.returncode else "")
    economy(work, out, before, began, "spark, master and workers with it")


def kill_all_the_way(work, name, start, victims, kills):
    """Kills at random moments until enough were hit, then lets it end. Returns the last driver's words."""
    dice = random.Random(7)
    hit = {}
    driver = start()
    while sum(hit.values()) < kills:
        try:
            text = driver.communicate(timeout=dice.uniform(0.5, float(os.environ.get("LONGEST", "12"))))[0]
            print(f"{name}: all was over after {sum(hit.values())} kills", flush=True)
            return driver.returncode, text, hit
        except subprocess.TimeoutExpired:
            pass
        kind, pid = dice.choice([("driver", driver.pid)] + victims())
        os.kill(pid, signal.SIGKILL)
        hit[kind] = hit.get(kind, 0) + 1
        if kind == "driver":
            driver.communicate()
            driver = start()
    text = driver.communicate()[0]
    return driver.returncode, text, hit


def after_kills(work, out, name, ended, again):
    status, _, hit = ended
    check(f"{name}: ends with status 3 after kills", status == 3, f"{hit}")
    good = right(work, out, but=(UNREADABLE, TOO_LARGE))
    check(f"{name}: 98 are right to the byte", good == SUBJECTS - 2, f"{good}")
    said = medgs("cohort", "status", out, status=(3,))
    print(said)
    table, page = (out / "group.csv").read_text(), (out / "group.html").read_text()
    for bad, reason in ((UNREADABLE, "unreadable.nii.gz: "), (TOO_LARGE, "memory")):
        check(f"{name}: {bad} is named with its reason in status, table and page",
              any(bad in line and reason in line for line in said.splitlines())
              and any(line.startswith(bad + ",") and reason in line for line in table.splitlines())
              and f'"id":"{bad}"' in page and reason in page)
    second = events(again(), "group")[0]
    check(f"{name}: the second run does only those two",
          second["nothing_to_do"] == SUBJECTS - 2 and second["failed"] == 2 and second["done"] == 0, f"{second}")
    left = [str(f) for f in out.rglob("*.part")]
    check(f"{name}: no part of a file is left", not left, " ".join(left))


def kills(work):
    out = fresh(work, "killed")
    arguments = ["cohort", work / "faulty.csv", "-o", out, *SHORT, "--json", "--threads", "2"]

    def start():
        return subprocess.Popen([*MEDGS, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    ended = kill_all_the_way(work, "kills", start, lambda: [], KILLS)
    after_kills(work, out, "kills", ended, lambda: cohort(work, "faulty.csv", out, status=(3,)))


def spark_kills(work):
    out = fresh(work, "spark-killed")
    arguments = ["cohort", work / "faulty.csv", "-o", out, *SHORT, "--json"]
    with cohort_spark.Cluster(work, JAVA, JAR) as cluster:
        ended = kill_all_the_way(work, "spark kills", lambda: cluster.driver(arguments), cluster.victims, KILLS)
        after_kills(work, out, "spark kills", ended, lambda: cluster.driver(arguments).communicate()[0])


def array(work):
    out = fresh(work, "array")

    def share(i):
        return events(cohort(work, "subjects.csv", out, "--array", f"{i}/8", "--threads", 1), "group")[0]["done"]
    with ThreadPoolExecutor(10) as pool:
        done = list(pool.map(share, [1, 2, 3, 3, 4, 5, 5, 6, 7, 8]))
    attempts = [(out / f"p{n:03}/log.txt").read_text().count("\n-- ") + 1 for n in range(1, SUBJECTS + 1)]
    check("array: eight shares, two of them twice: each subject done once", sum(done) == SUBJECTS
          and max(attempts) == 1, f"{done}")
    check("array: results byte for byte those of single runs", right(work, out) == SUBJECTS)
    rows = (out / "group.csv").read_text().splitlines()
    check("array: the table that the last to end wrote holds all", len([r for r in rows if ",done," in r]) == SUBJECTS)


def guest(work):
    out, before = fresh(work, "guest"), processor()
    # As a user starts it: the launcher tells Java what there is.
    with Guest(cores=1, megabytes=2048) as box:
        ended = box.run([str(ROOT / "tornado-env.sh"), "medgs", "cohort", str(work / "subjects.csv"), "-o", str(out), *SHORT])
        check("guest: nothing is killed", ended.returncode == 0 and box.killed() == 0, ended.stderr[-300:] if ended.returncode else "")
        check("guest: no more than one core's time", box.cores() <= 1.02, f"{box.cores():.3f} cores")
        check("guest: no more than 2 GB", box.most() <= 2048, f"{box.most():.0f} MiB at most")
    check("guest: results byte for byte those of single runs", right(work, out) == SUBJECTS)


def many(work):
    rows = int(os.environ.get("ROWS", "10000"))
    folder = work / "many-data"
    medgs("phantom", "sphere", "--size", "0.2", "-o", folder, "--force", "--quiet")
    table = folder / "many.csv"
    table.write_text("id,image,mask\n" + "".join(f"s{n:05},sphere.nii.gz,sphere-mask.nii.gz\n" for n in range(rows)))
    out = work / "many"
    java = [JAVA[0], "-Xmx256m", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-jar", str(JAR)]
    driver = subprocess.Popen([*java, "cohort", str(table), "-o", str(out), "--preset", "mesh", "--set", "iterations=1",
                               "--engine", "reference", "--threads", "2", "--json"], stdout=subprocess.DEVNULL)
    before = processor()
    _, status, used = os.wait4(driver.pid, 0)
    check("many: ends with status 0", os.waitstatus_to_exitcode(status) == 0, f"{processor() - before:.0f} s of processor time")
    check("many: the driver's memory stays under 512 MB", used.ru_maxrss < 512 * 1024, f"{used.ru_maxrss / 1024:.0f} MiB")
    before = processor()
    said = medgs("cohort", "status", out, java=[JAVA[0], "--add-modules", "jdk.incubator.vector", "-jar", str(JAR)])
    check("many: status in under 2 s of processor time", processor() - before < 2, f"{processor() - before:.2f} s")
    check("many: all done", said.startswith(f"{rows} subjects: {rows} done"), said.splitlines()[0])


def main():
    work = Path(sys.argv[1]).absolute()
    work.mkdir(parents=True, exist_ok=True)
    for part in sys.argv[2:]:
        print(f"-- {part}", flush=True)
        globals()[part.replace("-", "_")](work)
    print(f"{checks - failures} of {checks} checks hold")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()

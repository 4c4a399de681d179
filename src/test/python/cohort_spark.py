"""A standalone Spark on this machine from its jars alone: a master, two workers of one core, drivers by spark-submit."""
import os
import socket
import subprocess
import time
from pathlib import Path

SPARK_HOME = Path(os.environ.get("SPARK_HOME", "/nowhere"))
WORKERS = 2
# What Spark's own launcher adds for Java 17 and newer.
OPENED = ["java.base/java.lang", "java.base/java.lang.invoke", "java.base/java.lang.reflect", "java.base/java.io",
          "java.base/java.net", "java.base/java.nio", "java.base/java.util", "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic", "java.base/sun.nio.ch", "java.base/sun.nio.cs",
          "java.base/sun.security.action", "java.base/sun.util.calendar"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:

    def __init__(self, work, java, jar):
        self.work, self.java, self.jar = work, java, jar
        self.spark_jar = Path(os.environ.get("MEDGS_SPARK_JAR", jar.parent / "medgs-spark.jar"))
        self.url = f"spark://127.0.0.1:{free_port()}"
        self.environment = dict(os.environ, SPARK_HOME=str(SPARK_HOME), SPARK_SCALA_VERSION="2.13", SPARK_LOCAL_IP="127.0.0.1")
        self.workers = {}

    def spark(self, heap, *arguments, out=subprocess.DEVNULL):
        command = [self.java[0], "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-Xmx{heap}"]
        command += [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
        command += ["--add-modules=jdk.incubator.vector", "-cp", f"{SPARK_HOME}/jars/*", *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, stdout=out, text=True, cwd=self.work,
                                stderr=open(self.work / "spark.log", "a"))

    def __enter__(self):
        (self.work / "spark.log").unlink(missing_ok=True)
        self.master = self.spark("512m", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port",
                                 self.url.rsplit(":", 1)[1], "--webui-port", free_port())
        for n in range(WORKERS):
            self.start_worker(n)
        return self

    def start_worker(self, n):
        self.workers[n] = self.spark("256m", "org.apache.spark.deploy.worker.Worker", "--cores", 1, "--memory", "1500m",
                                     "--work-dir", self.work / f"spark-worker-{n}", "--webui-port", free_port(), self.url)

    def driver(self, arguments):
        return self.spark("512m", "org.apache.spark.deploy.SparkSubmit", "--master", self.url, "--conf",
                          "spark.executor.memory=512m", "--conf", "spark.ui.enabled=false", "--conf",
                          "spark.executor.extraJavaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1", "--class",
                          "io.github.medgs.cli.Main", "--jars", self.spark_jar, self.jar, *arguments, "--on", "spark",
                          out=subprocess.PIPE)

    def victims(self):
        """Workers and executors that run now. A worker that was killed before is started again first."""
        for n, worker in self.workers.items():
            if worker.poll() is not None:
                self.start_worker(n)
        found = [("worker", worker.pid) for worker in self.workers.values()]
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
                # It works in a folder of its worker's.
                if b"ExecutorBackend" in command and (process / "cwd").resolve().is_relative_to(self.work.resolve()):
                    found.append(("executor", int(process.name)))
            except OSError:
                continue
        return found

    def __exit__(self, *_):
        for process in [*self.workers.values(), self.master]:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        time.sleep(1)

"""A standalone cluster of Apache Spark on this machine: a master and two workers, from the wheel."""

import os
import re
import shutil
import signal
import subprocess
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Self

MASTER = re.compile(r"Starting Spark master at (spark://\S+)")
REGISTERED = re.compile(r"Successfully registered with master")
DIED = re.compile(r"Executor \S+ finished with state \w+ .*exitStatus 137")
SETTINGS = """
spark.cores.max 2
spark.executor.cores 1
spark.sql.shuffle.partitions 4
spark.driver.host 127.0.0.1
spark.driver.memory 512m
"""


def wheel() -> Path:
    """Where the wheel put Spark. Raises AssertionError that says what is not there."""
    found = find_spec("pyspark")
    assert found is not None, "NOT PROVED: no pyspark here (requirements/spark.txt)"
    assert shutil.which("java"), "NOT PROVED: no Java here (Debian: openjdk-17-jre-headless)"
    return Path(str(found.origin)).parent


class Daemon:
    """A process of the cluster, and what it says."""

    def __init__(self, name: str, *arguments: str, home: Path) -> None:
        spark = wheel()
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m",
                       "SPARK_CONF_DIR": str(home), "SPARK_HOME": str(spark)}  # fmt: skip
        self.process = subprocess.Popen(
            [str(spark / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment,
            cwd=home, start_new_session=True,
        )  # fmt: skip
        self.said: list[str] = []
        self._news = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self._news:
                self.said.append(line)
                self._news.notify_all()

    def heard(self, sign: re.Pattern[str], within: float = 90) -> re.Match[str]:
        """Wait until it says something. Raises AssertionError with all it said when it does not."""
        with self._news:
            there = self._news.wait_for(lambda: any(map(sign.search, self.said)), within)
            assert there, "".join(self.said[-30:])
            return next(found for line in self.said if (found := sign.search(line)))

    def children(self) -> list[int]:
        """The processes it started: of a worker, its executors."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue  # it ended while we looked
            if parent == self.process.pid:
                found.append(int(stat.parent.name))
        return found

    def stop(self) -> None:
        """End it and everything it started."""
        for pid in (*self.children(), self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()


def _computes(pid: int) -> bool:
    try:
        return b"CoarseGrainedExecutorBackend" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False  # it ended while we looked


class Cluster:
    """A master and two workers of one core each."""

    def __init__(self, home: Path) -> None:
        self.home, self.daemons = home, []  # type: ignore[var-annotated]

    def __enter__(self) -> Self:
        (self.home / "spark-defaults.conf").write_text(SETTINGS)
        master = self._started("master.Master", "--host", "127.0.0.1", "--port", "0",
                               "--webui-port", "0")  # fmt: skip
        self.url = master.heard(MASTER)[1]
        self.workers = [
            self._started("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
                          "--webui-port", "0", "--work-dir", str(self.home / f"work{n}"), self.url)
            for n in (1, 2)
        ]  # fmt: skip
        for worker in self.workers:
            worker.heard(REGISTERED)
        return self

    def _started(self, *arguments: str) -> Daemon:
        self.daemons.append(Daemon(*arguments, home=self.home))
        return self.daemons[-1]

    def __exit__(self, *_: object) -> None:
        for daemon in reversed(self.daemons):
            daemon.stop()

    def executors(self) -> list[list[int]]:
        """The executors of each worker (a worker also starts small programs that end at once)."""
        return [list(filter(_computes, worker.children())) for worker in self.workers]

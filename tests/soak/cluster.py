"""A PostgreSQL server that may be killed: every process of it, without warning, and begun again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [p for p in (str(ROOT / "tools"),) if p not in sys.path]

from postgres import _as_nobody, _programs, free_port  # noqa: E402  # a tool, not a package

PATIENCE = 300.0  # seconds after which something is wrong, on however busy a machine


class Cluster:
    """A server of its own under ``home``, with its own settings for durability untouched."""

    def __init__(self, home: Path) -> None:
        programs = _programs()
        if programs is None:
            raise RuntimeError("no PostgreSQL on this machine")
        self.programs, self.home, self.port = programs, home, free_port()
        self.data, self.twins = home / "pg", 0
        self.url = f"postgresql://thongsuot@127.0.0.1:{self.port}/postgres"
        self.process: subprocess.Popen[bytes] | None = None
        home.mkdir(parents=True, exist_ok=True)
        home.parent.chmod(0o755)  # PostgreSQL runs as nobody where the tests run as root
        home.chmod(0o777)
        subprocess.run(
            [*_as_nobody(), programs / "initdb", "-D", self.data, "-U", "thongsuot", "-A", "trust",
             "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=home,
        )  # fmt: skip

    def start(self) -> float:
        """Begin, and come back when it takes connections; returns the seconds that took."""
        begun = time.monotonic()
        while True:
            with (self.home / "pg.log").open("ab") as log:
                self.process = subprocess.Popen(
                    [*_as_nobody(), self.programs / "postgres", "-D", self.data,
                     "-p", str(self.port), "-k", self.home, "-c", "listen_addresses=127.0.0.1",
                     "-c", "max_connections=60"],
                    stdout=log, stderr=log, cwd=self.home, start_new_session=True,
                )  # fmt: skip
            if self._answers(begun):
                return time.monotonic() - begun

    def _answers(self, begun: float) -> bool:
        """Whether it takes connections; False when it gave up (a killed one leaves a lock)."""
        assert self.process is not None
        while time.monotonic() - begun < PATIENCE:
            ready = subprocess.run(
                [self.programs / "pg_isready", "-h", "127.0.0.1", "-p", str(self.port), "-q"],
                check=False,
            )
            if ready.returncode == 0:
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.02)
        raise RuntimeError((self.home / "pg.log").read_text(errors="replace")[-2000:])

    def _children(self) -> list[int]:
        assert self.process is not None
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                    if int(fields[1]) == self.process.pid:
                        found.append(int(entry.name))
        return found

    def kill(self) -> None:
        """SIGKILL to the postmaster and to every process it has begun."""
        assert self.process is not None
        children = self._children()
        self.process.send_signal(signal.SIGKILL)
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        for pid in children:  # the memory they share must be free before another may begin
            while Path(f"/proc/{pid}").exists():
                time.sleep(0.01)

    def stop(self) -> None:
        """The end: nothing of it is needed any more."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def twin(self) -> str:
        """One more database like the first, which nobody may be using; its address."""
        self.twins += 1
        name = f"twin{self.twins}"
        subprocess.run(
            [self.programs / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "thongsuot",
             "--maintenance-db", "template1", "-T", "postgres", name],
            check=True,
        )  # fmt: skip
        return self.url.rpartition("/")[0] + f"/{name}"

    def load(self, url: str) -> None:
        """Take over the tables of another server."""
        dump = subprocess.Popen(
            [self.programs / "pg_dump", "--no-owner", url], stdout=subprocess.PIPE
        )
        subprocess.run(
            [self.programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", self.url],
            stdin=dump.stdout, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        if dump.wait():
            raise RuntimeError("pg_dump failed")


def answers(port: int) -> bool:
    """Whether anything listens on that port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

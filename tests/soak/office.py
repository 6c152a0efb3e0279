"""A real office for the fault runs: its data, its server process, and what kills them."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.soak.cluster import PATIENCE, Cluster, free_port

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8


class Office:
    """Data in ``home``, and a server on loopback that is begun and killed."""

    def __init__(self, home: Path, cluster: Cluster | None = None) -> None:
        self.home, self.cluster = home, cluster
        self.var = home / "var"
        self.var.mkdir(parents=True, exist_ok=True)
        self.database_url = cluster.url if cluster else ""
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.facts: dict[str, Any] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What a program of the product is started with in this office."""
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "PYTEST_ADDOPTS")}
        found = kept | {
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "DJANGO_SETTINGS_MODULE": "thongsuot.project.settings",
            "THONGSUOT_VAR": str(self.var),
            "THONGSUOT_TESTING": "1",
            "THONGSUOT_SECRET_KEY": "one key for all offices of the fault runs, of no use elsewhere",
        }
        return found | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def run(self, *arguments: str, good: tuple[int, ...] = (0,)) -> str:
        """Run a Python module in this office to its end; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode not in good:
            raise RuntimeError(f"{arguments}: {done.stderr[-3000:]}")
        return done.stdout

    def seed(self, clients: int, *, migrate: bool) -> None:
        """Fill it for so many clients."""
        more = ["--migrate"] if migrate else []
        told = self.run("tests.soak.seeding", str(clients), *more)
        self.facts = json.loads(told.splitlines()[-1])

    def verify(self) -> Mapping[str, Any]:
        """What ``thongsuot verify --json`` says."""
        told = self.run("thongsuot.cli", "verify", "--json", good=(0, 1))
        return dict(json.loads(told.splitlines()[-1]))

    def start(self, **extra: str) -> float:
        """Start the server as ``thongsuot serve`` does; the seconds until it answered."""
        begun = time.monotonic()
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi",
                 "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1",
                 "--blocking-threads", str(THREADS), "--log-level", "warning",
                 "thongsuot.project.wsgi:application"],
                env=self.environment | extra, cwd=self.home, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        while time.monotonic() - begun < PATIENCE:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/dang-nhap/")[0] == http.client.OK:
                    return time.monotonic() - begun
            time.sleep(0.02)
        raise RuntimeError((self.home / "server.log").read_text(errors="replace")[-3000:])

    def kill(self) -> None:
        """SIGKILL to the whole process group of the server, in the middle of what it does."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    @contextlib.contextmanager
    def another(self) -> Iterator["Office"]:
        """One more office with the same in it; this one must be at rest."""
        with tempfile.TemporaryDirectory(prefix="thongsuot-soak-") as home:
            here = Office(Path(home), self.cluster)
            here.facts = self.facts
            if self.cluster is None:
                copy(self.database, here.database)
            else:
                here.database_url = self.cluster.twin()
            try:
                yield here
            finally:
                here.kill()

    def get(self, path: str, *, signed_in: bool = False) -> tuple[int, str]:
        """A page as a person sees it."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = {"Cookie": f"sessionid={self.facts['session']}"} if signed_in else {}
        link.request("GET", path, headers=cookie)
        answer = link.getresponse()
        text = answer.read().decode()
        link.close()
        return answer.status, text

    @property
    def database(self) -> Path:
        """The file of SQLite."""
        return self.var / "thongsuot.sqlite3"


@contextlib.contextmanager
def office(
    engine: str, clients: int, *, schema: str = "", home: Path | None = None
) -> Iterator[Office]:
    """A filled office on that engine ("sqlite" or "postgresql"), thrown away afterwards.

    ``schema`` names a database with the tables ready and nothing in them (a file, or an address):
    they are copied, which is quicker than migrating.
    """
    own = home or Path(tempfile.mkdtemp(prefix="thongsuot-soak-"))
    cluster = Cluster(own / "db") if engine == "postgresql" else None
    here = Office(own, cluster)
    try:
        if cluster is not None:
            cluster.start()
            if schema:
                cluster.load(schema)
        elif schema:
            copy(Path(schema), here.database)
        here.seed(clients, migrate=not schema)
        yield here
    finally:
        here.kill()
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(own, ignore_errors=True)


def copy(source: Path, target: Path) -> None:
    """Copy a SQLite database as a whole, whatever its log still holds."""
    with (
        contextlib.closing(sqlite3.connect(source)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)

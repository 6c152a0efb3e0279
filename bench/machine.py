"""What stands above every table: the day, the machine, the engines, and how busy it was."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def _memory() -> str:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal"):
            return f"{int(line.split()[1]) / 2**20:.0f} GiB"
    return "?"


def _sqlite() -> str:
    try:
        version("pysqlite3")
    except PackageNotFoundError:
        return sqlite3.sqlite_version
    import pysqlite3

    return str(pysqlite3.sqlite_version)


def _postgres() -> str:
    for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        found = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        return found.stdout.split()[2]
    return "from a wheel"


def words() -> str:
    """One line: when, on what, how busy. The load says how far a figure may be trusted."""
    load = "/".join(f"{n:.1f}" for n in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} cores, {_memory()} · Python "
        f"{platform.python_version()}, Django {version('django')}, SQLite {_sqlite()}, "
        f"PostgreSQL {_postgres()} · load {load}"
    )

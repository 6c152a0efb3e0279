"""A consistent copy of the running database, and bringing one back, on both engines."""

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlparse

from thongsuot.cli.backup_bundle import BadBundle
from thongsuot.cli.backup_state import heads_and_counts
from thongsuot.rules.continuity.heads import Head

EXTENSION = "pg_trgm"
Snapshot = tuple[Path, list[Head], dict[str, int]]


def snapshot(connection: Any, folder: Path) -> Snapshot:
    """Copy the database while it is in use, with heads and counts of exactly that moment.

    Raises BadBundle when the tool of the engine fails or is not there.
    """
    if connection.vendor == "sqlite":
        return _sqlite(connection, folder / "copy.sqlite3")
    return _postgres(connection, folder / "copy.pgdump")


def _sqlite(connection: Any, target: Path) -> Snapshot:
    """SQLite's own online backup: readers and writers go on, the copy is of one moment."""
    from django.db import connections

    connection.ensure_connection()
    library = connection.Database
    copy = library.connect(str(target))
    try:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
    finally:
        copy.close()
    # The figures are read from the copy itself: they cannot be of another moment.
    beside = connections.create_connection("default")
    beside.settings_dict = {**connection.settings_dict, "NAME": str(target), "OPTIONS": {}}
    try:
        heads, counts = heads_and_counts(beside)
    finally:
        beside.close()
    return target, heads, counts


def _postgres(connection: Any, target: Path) -> Snapshot:
    """pg_dump in a snapshot that this transaction exports: figures and dump are of one moment."""
    from django.db import connections

    own = connections.create_connection("default")
    own.settings_dict = {**connection.settings_dict, "CONN_MAX_AGE": 0}
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
            heads, counts = heads_and_counts(own)
            dump(own.settings_dict, target, name)
            cursor.execute("COMMIT")
    finally:
        own.close()
    return target, heads, counts


def dump(settings: Mapping[str, Any], target: Path, exported: str = "") -> None:
    """Dump a PostgreSQL database in its own format. Raises BadBundle."""
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    if exported:
        command.append(f"--snapshot={exported}")
    _run(command, settings)


def _run(command: list[str], settings: Mapping[str, Any]) -> None:
    environment = {**os.environ, "PGDATABASE": str(settings["NAME"])}
    for name, key in (
        ("PGHOST", "HOST"),
        ("PGPORT", "PORT"),
        ("PGUSER", "USER"),
        ("PGPASSWORD", "PASSWORD"),
    ):
        if settings.get(key):
            environment[name] = str(settings[key])
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BadBundle(
            f"máy này không có {command[0]}; hãy cài bộ công cụ PostgreSQL / {command[0]} is not installed"
        ) from error
    if done.returncode:
        raise BadBundle(f"{command[0]}: {done.stderr.strip()[:300]}")


def settings_of(url: str) -> dict[str, str]:
    """What a database address says, as the tools of PostgreSQL need it. Raises BadBundle."""
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadBundle(
            "--database phải có dạng postgresql://người-dùng@máy:5432/tên / is no address"
        )
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
    }


def url_of(settings: Mapping[str, Any], name: str) -> str:
    """The address of a database on the server of these settings."""
    user = quote(str(settings.get("USER") or ""), safe="")
    if settings.get("PASSWORD"):
        user += ":" + quote(str(settings["PASSWORD"]), safe="")
    host, port = settings.get("HOST") or "", settings.get("PORT") or ""
    where = f"{user}@{host}" if user else str(host)
    return f"postgresql://{where}{f':{port}' if port else ''}/{quote(name, safe='')}"


def load(url: str, dumped: Path) -> None:
    """Bring a dump back into an empty database, all of it or nothing. Raises BadBundle.

    Where the extension of the word indexes may not be made, everything else comes back: lists are
    searched without it, as they are where it was never there.
    """
    settings = settings_of(url)
    command = ["pg_restore", "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error",
               "--single-transaction", f"--dbname={settings['NAME']}"]  # fmt: skip
    try:
        _run([*command, str(dumped)], settings)
    except BadBundle as fault:
        if EXTENSION not in str(fault):
            raise
        with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
            chosen.writelines(f"{line}\n" for line in _listing(dumped) if not _of_words(line))
            chosen.flush()
            _run([*command, f"--use-list={chosen.name}", str(dumped)], settings)


def _of_words(line: str) -> bool:
    """Whether a line of a listing is the extension of the word indexes, or such an index."""
    return f" EXTENSION - {EXTENSION} " in line or (" INDEX " in line and "_words " in line)


def _listing(dumped: Path) -> list[str]:
    try:
        done = subprocess.run(
            ["pg_restore", "--list", str(dumped)], capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BadBundle("máy này không có pg_restore / pg_restore is not installed") from error
    return done.stdout.splitlines()


def tables_in(dumped: Path) -> int:
    """How many tables a dump would make. Raises BadBundle."""
    return sum(" TABLE " in line and " TABLE DATA " not in line for line in _listing(dumped))

"""The gazetteer of addresses straight from the sources, kept in a file between two uses.

Needs no Django. The file is only a cache: made again whenever a source, the shape of the tables
or the day to which it holds is another; left out where it cannot be written.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from thongsuot.apps.registry.sources import day, files_read, overlay_folder, rows_of
from thongsuot.apps.registry.sources_registry import registry_from_sources
from thongsuot.rules.registry.address.gazetteer import REFORM, VERSION, Gazetteer, tables_of
from thongsuot.rules.registry.address.resolve import Resolver

AS_KNOWN = date.max  # as far as the sources know


def gazetteer(today: date) -> Gazetteer:
    """Every name of a place, for addresses to be found as of ``today``.

    Raises UnreadableSourceError when a source is missing or another version.
    """
    path = _place(_stamp(today))
    with _undisturbed():
        tables = _kept(path)
        if tables is None:
            tables = tables_of(registry_from_sources(), today)
            _keep(path, tables)
        return Gazetteer(tables)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for garbage while a hundred thousand values are made and none is thrown away."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@lru_cache(maxsize=1)
def resolver() -> Resolver:
    """The reader of addresses as far as the sources know, made once in a process.

    Raises UnreadableSourceError when a source is missing or another version.
    """
    return Resolver(gazetteer(AS_KNOWN))


def _stamp(today: date) -> str:
    """What the tables depend on: every file read, their shape, the last change before the day."""
    changes = [day(row["on"]) for row in rows_of(overlay_folder() / "changes_2026.csv")]
    last = max((d for d in (*changes, REFORM) if d is not None and d <= today), default=REFORM)
    told = [str(VERSION), str(last)]
    for path in files_read():
        seen = path.stat()
        told.append(f"{path} {seen.st_size} {seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]


def _place(stamp: str) -> Path:
    """Where the tables are kept: beside the office's data, else in the user's own cache."""
    own = os.environ.get("THONGSUOT_VAR")
    if own:
        return Path(own) / "cache" / f"addresses-{stamp}.bin"
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "thongsuot" / f"addresses-{stamp}.bin"


def _kept(path: Path) -> dict[str, Any] | None:
    try:
        tables: dict[str, Any] = msgspec.msgpack.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    return tables


def _keep(path: Path, tables: dict[str, Any]) -> None:
    """Written whole or not at all; older ones go."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as new:
            new.write(msgspec.msgpack.encode(tables))
        Path(new.name).replace(path)
        for older in path.parent.glob("addresses-*.bin"):
            if older != path:
                older.unlink(missing_ok=True)

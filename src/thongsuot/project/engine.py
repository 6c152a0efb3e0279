"""Which SQLite may be used how: the version gate.

SQLite before 3.51.3 (but for 3.50.7+ of 3.50 and 3.44.6+ of 3.44) can lose committed writes in WAL
mode when one connection checkpoints while another writes. On such a library the roll-back journal
with ``synchronous=EXTRA`` is used instead: slower, without reader and writer at once, and safe.
A sound library shipped as a wheel (pysqlite3) is preferred over an unsound one of the system.
"""

import importlib
import sys

FIXED = (3, 51, 3)
BACKPORTS = {(3, 50): 7, (3, 44): 6}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether that version of SQLite keeps every committed write in WAL mode."""
    if version >= FIXED:
        return True
    patch = BACKPORTS.get(version[:2])
    return patch is not None and version[2] >= patch


def journal_pragmas(version: tuple[int, int, int]) -> str:
    """The statements that every connection begins with, for that version."""
    mode = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        if wal_is_safe(version)
        else "PRAGMA journal_mode=DELETE;PRAGMA synchronous=EXTRA;"
    )
    return mode + "PRAGMA recursive_triggers=ON;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"


def prefer_a_sound_sqlite() -> tuple[int, int, int]:
    """Put the wheel's SQLite in the place of an unsound system one; returns the version in use.

    Must run before Django opens its first connection. Leaves a sound system library alone.
    """
    system = importlib.import_module("sqlite3")
    version: tuple[int, int, int] = system.sqlite_version_info
    if wal_is_safe(version):
        return version
    try:
        wheel = importlib.import_module("pysqlite3")
        dbapi2 = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return version
    if not wal_is_safe(dbapi2.sqlite_version_info):
        return version
    sys.modules["sqlite3"] = wheel
    sys.modules["sqlite3.dbapi2"] = dbapi2
    return dbapi2.sqlite_version_info  # type: ignore[no-any-return]  # untyped library

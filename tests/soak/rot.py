"""Single bits flip in the file of SQLite: is every flip that changes a value reported?

python -m tests.soak.rot FLIPS [SEED]     in the office named by the environment
"""

import contextlib
import hashlib
import json
import shutil
import sqlite3
import sys
from pathlib import Path
from random import Random
from typing import Any

from tests.soak.seeding import begin


def _values(found: sqlite3.Connection) -> dict[str, str]:
    """A digest of every table: all that anybody can see. The index of words is no fact: it only
    proposes rows, is compared with them by ``manage.py words --check`` and can be made again."""
    names = found.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE '\\' "
        "ORDER BY name"
    )
    digests = {}
    for (name,) in names.fetchall():
        hashed = hashlib.sha256()
        for row in found.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid'):
            hashed.update(repr(row).encode())
        digests[name] = hashed.hexdigest()
    digests["schema"] = repr(found.execute("SELECT name, sql FROM sqlite_master").fetchall())
    return digests


def flips(count: int, seed: int) -> dict[str, Any]:
    """Flip one bit at a time, look, and flip it back; what was seen by what."""
    from django.db import connection  # noqa: PLC0415

    from thongsuot.cli.office import every_fault  # noqa: PLC0415

    source = Path(connection.settings_dict["NAME"])
    connection.close()
    with contextlib.closing(sqlite3.connect(source)) as quiet:
        quiet.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        quiet.execute("PRAGMA journal_mode=DELETE")
        before = _values(quiet)
    copied = source.with_name("rotten.sqlite3")
    connection.settings_dict["NAME"] = str(copied)
    draw, size = Random(seed), source.stat().st_size
    told = {
        "flips": count,
        "bytes": size,
        "changed a value": 0,
        "reported": 0,
        "integrity_check": 0,
        "verify": 0,
    }
    unseen: dict[str, int] = {}
    for _ in range(count):
        shutil.copy(source, copied)
        with copied.open("r+b") as file:
            at = draw.randrange(size)
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ (1 << draw.randrange(8))]))
        changed, by_sqlite = _looked(copied, before)
        by_us = bool(list(every_fault()))
        connection.close()
        told["changed a value"] += bool(changed)
        told["integrity_check"] += by_sqlite
        told["verify"] += by_us
        told["reported"] += bool(changed) and (by_sqlite or by_us)
        if changed and not (by_sqlite or by_us):
            for name in changed:
                unseen[name] = unseen.get(name, 0) + 1
    return told | {"unseen in": unseen}


def _looked(path: Path, before: dict[str, str]) -> tuple[list[str], bool]:
    """Which tables show something else, and whether SQLite itself says so."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as found:
            sound = found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            after = _values(found)
    except sqlite3.DatabaseError:
        return ["unreadable"], True
    except (OverflowError, UnicodeDecodeError):
        return ["unreadable"], False
    return sorted(
        n for n in before.keys() | after.keys() if before.get(n) != after.get(n)
    ), not sound


def main() -> None:
    """Flip, and say what was found."""
    begin()
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    sys.stdout.write(json.dumps(flips(int(sys.argv[1]), seed)) + "\n")


if __name__ == "__main__":
    main()

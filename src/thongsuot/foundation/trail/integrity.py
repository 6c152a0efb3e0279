"""The checks that the append-only triggers are there and that the file itself is sound."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DatabaseError, connections

from thongsuot.foundation.trail import guard


def triggers_present(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """trail.E001: every append-only trigger is there. Runs when a database is checked."""
    found: list[checks.CheckMessage] = []
    for using in databases or ():
        try:
            lost = guard.missing(using)
        except DatabaseError as error:
            return [checks.Error(f"The database cannot be read: {error}", id="trail.E002")]
        found.extend(
            checks.Error(
                f"The database has lost the trigger {name}.",
                hint="Run: thongsuot migrate. Then: thongsuot verify.",
                id="trail.E001",
            )
            for name in lost
        )
    return found


def file_faults(using: str = "default") -> Iterator[str]:
    """What SQLite finds wrong in its own file: pages, indexes, constraints, links between tables.

    PostgreSQL checks its pages by their checksums whenever it reads them.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        yield from (str(line) for (line,) in cursor.fetchall() if line != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        yield from (f"{row[0]} {row[1]} → {row[2]}" for row in cursor.fetchmany(20))

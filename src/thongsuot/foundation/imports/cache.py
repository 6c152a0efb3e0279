"""Room for SQLite to write a whole batch in one transaction."""

import contextlib
from collections.abc import Iterator

from django.db import connections

_KIBIBYTES = 262_144


@contextlib.contextmanager
def roomy_cache(using: str = "default") -> Iterator[None]:
    """Give SQLite 256 MB for pages while a batch is written or taken back.

    A hundred thousand items touch more index pages than the everyday cache holds; without room
    each insert reads and writes pages again, and writing takes twenty times as long. Taken only
    as far as it is needed, given back at the end. Nothing happens on other engines.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA cache_size = -{_KIBIBYTES}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")

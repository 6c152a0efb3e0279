"""Writing many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connections, models

Rows = Iterable[Sequence[Any]]
_AT_ONCE = 5_000


def bulk_insert(
    model: type[models.Model], columns: Sequence[str], rows: Rows, *, using: str = "default"
) -> int:
    """Insert rows into the table of a model, in the transaction that is open; how many there were.

    Shapes: ``columns`` are attribute names (``batch_id`` for a foreign key); each row has a value
    for each, as the database takes them: whole numbers, texts, days as ISO text, None, JSON as
    text, bytes. Columns that are not named get no default of Django: name every one that needs a
    value. Whole numbers stay exact up to what a bigint holds; constraints and triggers hold as
    they always do.
    """
    names = [str(getattr(model._meta.get_field(name), "column", name)) for name in columns]
    connection = connections[using]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    listed = ", ".join(quote(str(name)) for name in names)
    if connection.vendor == "postgresql":
        return _copy(connection, f"COPY {table} ({listed}) FROM STDIN", rows)
    places = ", ".join(["?"] * len(names))
    return _many(connection, f"INSERT INTO {table} ({listed}) VALUES ({places})", rows)


def _copy(connection: Any, statement: str, rows: Rows) -> int:
    """In batches that are taken from ``rows`` before COPY begins: while it runs, the connection
    answers no query, and whoever makes the rows may be asking some."""
    count, source = 0, iter(rows)
    while some := list(islice(source, _AT_ONCE)):
        with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
            for row in some:
                copy.write_row(row)
        count += len(some)
    return count


def _many(connection: Any, statement: str, rows: Rows) -> int:
    """Past Django's cursor, which would rewrite the statement and log every row."""
    connection.ensure_connection()
    raw = connection.connection.cursor()
    count = 0
    source = iter(rows)
    try:
        with connection.wrap_database_errors:
            while some := list(islice(source, _AT_ONCE)):
                raw.executemany(statement, some)
                count += len(some)
    finally:
        raw.close()
    return count


def next_ids(model: type[models.Model], count: int, *, using: str = "default") -> Sequence[int]:
    """Ids for rows about to be inserted, so that other rows of the same act can point at them.

    Taken from the sequence on PostgreSQL. On SQLite the caller's transaction holds the one write
    lock, so the ids after the greatest are free until it ends.
    """
    connection = connections[using]
    table, column = model._meta.db_table, str(model._meta.pk.column)
    if count <= 0:
        return range(0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        cursor.execute(f'SELECT COALESCE(MAX("{column}"), 0) FROM "{table}"')  # ours
        greatest = max(cursor.fetchone()[0], row[0] if row else 0)
    return range(greatest + 1, greatest + 1 + count)

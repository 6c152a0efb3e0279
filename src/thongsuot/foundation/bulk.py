"""Writing many rows at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import connection, connections, models

Rows = Iterable[Sequence[Any]]
Convert = Callable[[Any], Any]
_AT_ONCE = 5_000


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Rows, same: Mapping[str, Any]
) -> int:
    """Insert rows of plain values in the order of ``names``; returns how many.

    Shapes: text, whole numbers, booleans, days, moments, None, and plain mappings and lists for
    JSON; links by id. ``same`` are the columns with one value for every row. Constraints and
    triggers apply; validation of fields does not: the rows were judged before.
    """
    every = [*names, *same]
    converts = [_as_kept(model._meta.get_field(name)) for name in every]
    constant = tuple(
        convert(value) for convert, value in zip(converts[len(names) :], same.values(), strict=True)
    )
    return bulk_insert(model, every, _converted(converts[: len(names)], rows, constant))


def _same(value: Any) -> Any:
    return value


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _as_kept(field: Any) -> Convert:
    """How a value of the field is given to the engine; most go as they are."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return _same


def _converted(
    converts: Sequence[Convert], rows: Rows, constant: tuple[Any, ...]
) -> Iterator[Sequence[Any]]:
    """Only the columns that need it are converted: a call per value would take most of the time."""
    special = [(at, convert) for at, convert in enumerate(converts) if convert is not _same]
    for row in rows:
        values = [*row, *constant]
        for at, convert in special:
            values[at] = convert(values[at])
        yield values


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
    on = connections[using]
    quote = on.ops.quote_name
    table = quote(model._meta.db_table)
    listed = ", ".join(quote(str(name)) for name in names)
    if on.vendor == "postgresql":
        return _copy(on, f"COPY {table} ({listed}) FROM STDIN", rows)
    places = ", ".join(["?"] * len(names))
    return _many(on, f"INSERT INTO {table} ({listed}) VALUES ({places})", rows)


def _copy(on: Any, statement: str, rows: Rows) -> int:
    """In batches that are taken from ``rows`` before COPY begins: while it runs, the connection
    answers no query, and whoever makes the rows may be asking some."""
    count, source = 0, iter(rows)
    while some := list(islice(source, _AT_ONCE)):
        with (
            on.wrap_database_errors,
            on.cursor() as cursor,
            cursor.cursor.copy(statement) as copy,
        ):
            for row in some:
                copy.write_row(row)
        count += len(some)
    return count


def _many(on: Any, statement: str, rows: Rows) -> int:
    """Past Django's cursor, which would rewrite the statement and log every row."""
    on.ensure_connection()
    raw = on.connection.cursor()
    count = 0
    source = iter(rows)
    try:
        with on.wrap_database_errors:
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
    on = connections[using]
    table, column = model._meta.db_table, str(model._meta.pk.column)
    if count <= 0:
        return range(0)
    with on.cursor() as cursor:
        if on.vendor == "postgresql":
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

"""Many rows into one table, as fast as the engine takes them, inside the running transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import connection
from django.db.models import DateField, DateTimeField, Field, JSONField, Model

PAGE = 2_000
Convert = Callable[[Any], Any]


def insert_rows(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    same: Mapping[str, Any],
) -> int:
    """Insert rows of plain values in the order of ``names``; returns how many.

    Shapes: text, whole numbers, booleans, days, moments, None, and plain mappings and lists for
    JSON; links by id. ``same`` are the columns with one value for every row. Constraints and
    triggers apply; validation of fields does not: the rows were judged before. PostgreSQL takes
    them by COPY, SQLite by one prepared statement.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in (*names, *same)]
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    constant = tuple(
        _as_kept(f)(v) for f, v in zip(fields[len(names) :], same.values(), strict=True)
    )
    ready = _converted(fields[: len(names)], rows, constant)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({columns}) FROM STDIN", ready)
    marks = ", ".join(["%s"] * len(fields))
    return _executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", ready)


def _same(value: Any) -> Any:
    return value


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _as_kept(field: "Field[Any, Any]") -> Convert:
    """How a value of the field is given to the engine; most go as they are."""
    if isinstance(field, JSONField):
        return _json
    if isinstance(field, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, DateField):
        return connection.ops.adapt_datefield_value
    return _same


def _converted(
    fields: Sequence[Any], rows: Iterable[Sequence[Any]], constant: tuple[Any, ...]
) -> Iterator[Sequence[Any]]:
    """Only the columns that need it are converted: a call per value would take most of the time."""
    special = [(at, _as_kept(f)) for at, f in enumerate(fields) if _as_kept(f) is not _same]
    for row in rows:
        values = [*row, *constant]
        for at, convert in special:
            values[at] = convert(values[at])
        yield values


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _executemany(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    pages = iter(rows)
    with connection.cursor() as cursor:
        while page := list(islice(pages, PAGE)):
            cursor.executemany(statement, page)
            count += len(page)
    return count

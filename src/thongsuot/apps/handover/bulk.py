"""Many rows into one table, as fast as the engine takes them, inside the running transaction."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

PAGE = 2_000


def insert_rows(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of plain values in the order of ``names``; returns how many.

    Shapes: values as the model's fields take them. Constraints and triggers apply; field
    validation does not: the rows were judged before. PostgreSQL by COPY, SQLite by one prepared
    statement.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    prepared = (
        [f.get_db_prep_save(v, connection) for f, v in zip(fields, row, strict=True)]
        for row in rows
    )
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({columns}) FROM STDIN", prepared)
    marks = ", ".join(["%s"] * len(fields))
    return _executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", prepared)


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

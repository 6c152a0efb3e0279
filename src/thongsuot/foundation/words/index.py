"""Indexes by which a word, or a part of one, is found in a long list, and their upkeep.

On SQLite an index is a virtual table of FTS5 beside the table of the rows: every three letters that
follow each other, and the rows that have them, nothing else (no text, no places, no sizes). Triggers
keep it in the same transaction as the rows, whoever writes them. On PostgreSQL it is a GIN index of
the extension pg_trgm, if the owner of the database may have that.

An index only proposes rows: every condition still looks into the text itself. So what is left over
in it can do no harm; only what is missing could, and ``faults`` finds that.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from thongsuot.foundation.trail import guard

PAD = "  "  # so that every letter begins three, also the last two
_FTS5 = "fts5(folded, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one column of folded text; ``name`` is its own name in the database."""

    table: str
    column: str = "folded"
    own: str = ""

    @property
    def name(self) -> str:
        """``directives_duty_words``."""
        return self.own or f"{self.table}_words"


_INDEXES: dict[str, Index] = {}


def keep(table: str, column: str = "folded") -> Index:
    """Declare that the text of a table is to be found by words; called by a room when it starts."""
    index = Index(table, column)
    _INDEXES[table] = index
    for trigger in _triggers(index):
        guard.add(trigger)
    return index


def all_of(using: str = "default") -> list[Index]:
    """The declared indexes whose tables this database has."""
    there = set(connections[using].introspection.table_names())
    return [index for index in _INDEXES.values() if index.table in there]


def is_own(table: str) -> bool:
    """Whether a table of SQLite is an index or one of the tables in which FTS5 keeps it."""
    return any(table == i.name or table.startswith(f"{i.name}_") for i in _INDEXES.values())


def _triggers(index: Index) -> Iterator[guard.Trigger]:
    """What keeps it true on SQLite: one trigger each for what comes, changes and goes."""
    name, table, column = index.name, index.table, index.column
    put = f"INSERT INTO {name}(rowid, folded) VALUES (NEW.id, NEW.{column} || '{PAD}');"
    take = (
        f"INSERT INTO {name}({name}, rowid, folded) "
        f"VALUES ('delete', OLD.id, OLD.{column} || '{PAD}');"
    )
    other = (
        f"UPDATE OF id, {column} ON {table} WHEN OLD.id <> NEW.id OR OLD.{column} <> NEW.{column}"
    )
    for ending, event, body in (
        ("come", f"INSERT ON {table}", put),
        ("change", other, take + put),
        ("go", f"DELETE ON {table}", take),
    ):
        made = f"CREATE TRIGGER {name}_{ending} AFTER {event} BEGIN {body} END"
        yield guard.Trigger(f"{name}_{ending}", table, made, "", guards=False)


def install(using: str = "default") -> None:
    """Make the indexes that are not there, with all the rows there are."""
    connection = connections[using]
    for index in all_of(using):
        if not _made(index, using):
            _make(connection, index)


def present(index: Index, using: str = "default") -> bool:
    """Whether the database has the index and, on SQLite, all that keeps it true."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return _made(index, using)
    names = [index.name, *(trigger.name for trigger in _triggers(index))]
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({places})", names)
        return bool(cursor.fetchone()[0] == len(names))


def _made(index: Index, using: str) -> bool:
    connection = connections[using]
    question = (
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = %s"
        if connection.vendor == "sqlite"
        else "SELECT count(*) FROM pg_class WHERE relkind = 'i' AND relname = %s "
        "AND relnamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [index.name])
        return bool(cursor.fetchone()[0])


def _make(connection: BaseDatabaseWrapper, index: Index) -> None:
    if connection.vendor == "sqlite":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(f"CREATE VIRTUAL TABLE {index.name} USING {_FTS5}")
            _fill(cursor, index)
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # it indexes no table with checks to run
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {index.name} ON {index.table} "
                f"USING gin ({index.column} gin_trgm_ops)"
            )
    except DatabaseError as error:  # not installed, or not for this owner: lists work without it
        log.warning("no word index on %s: %s", index.table, str(error).strip()[:200])


def _fill(cursor: Any, index: Index, which: str = "") -> None:
    cursor.execute(
        f"INSERT INTO {index.name}(rowid, folded) "
        f"SELECT id, {index.column} || '{PAD}' FROM {index.table} {which}"
    )


@contextmanager
def in_bulk(index: Index, using: str = "default") -> Iterator[None]:
    """While many new rows are put into the table: they go into the index together, at the end.

    A trigger for each row takes three times as long. Inside the transaction that inserts, and only
    around inserting; what is inserted gets ids after all others, as ids are given. On SQLite the
    trigger stands aside inside the transaction: nobody else ever sees it missing.
    """
    connection = connections[using]
    if connection.vendor != "sqlite" or not present(index, using):
        yield
        return
    come = next(_triggers(index))
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {index.table}")
        last = cursor.fetchone()[0] or 0
        cursor.execute(f"DROP TRIGGER {come.name}")
        yield
        _fill(cursor, index, f"WHERE id > {last}")
        cursor.execute(come.sqlite)


def rebuild(using: str = "default") -> list[Index]:
    """Empty every index and fill it from the rows; returns those that are there afterwards."""
    connection = connections[using]
    install(using)
    found = [index for index in all_of(using) if _made(index, using)]
    for index in found:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"INSERT INTO {index.name}({index.name}) VALUES ('delete-all')")
                _fill(cursor, index)
            else:
                cursor.execute(f"REINDEX INDEX {index.name}")
    return found


def faults(using: str = "default") -> Iterator[str]:
    """The indexes that do not say what the rows say: ``name: what``. Empty is good.

    On SQLite a second index is made of the rows, and both are compared: for every three letters how
    many rows, and the sum of their ids. PostgreSQL keeps its indexes itself.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    for index in all_of(using):
        if not present(index, using):
            yield f"{index.name}: -"
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE VIRTUAL TABLE temp.words_fresh USING {_FTS5}")
            try:
                _fill(cursor, replace(index, own="words_fresh"))
                kept, true = (
                    _said(cursor, schema, name)
                    for schema, name in (("main", index.name), ("temp", "words_fresh"))
                )
            finally:
                cursor.execute("DROP TABLE temp.words_fresh")
        yield from (f"{index.name}: {term!r}" for term in sorted(kept ^ true)[:20])


def _said(cursor: Any, schema: str, name: str) -> set[tuple[str, int, int]]:
    """For every three letters the number of rows and the sum of their ids."""
    cursor.execute(
        f"CREATE VIRTUAL TABLE temp.words_said USING fts5vocab({schema}, {name}, instance)"
    )
    try:
        cursor.execute("SELECT term, count(*), sum(doc) FROM temp.words_said GROUP BY term")
        return {(str(term), int(rows), int(ids)) for term, rows, ids in cursor.fetchall()}
    finally:
        cursor.execute("DROP TABLE temp.words_said")

"""Tables that are only ever added to: the triggers that hold it, and the check that they are there.

Both engines. SQLite drops triggers whenever a migration rebuilds a table, and
refuses to rebuild one that a trigger elsewhere speaks of: they are taken away before migrations and
made again after every one, and a system check and ``thongsuot verify`` name any that is missing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, its table, and the statements that make it on each engine.

    The PostgreSQL form holds the whole function and trigger; both are re-creatable. An empty form:
    that engine needs none. ``guards`` is False for one that only keeps something else true: its
    absence makes nothing forgeable, and is not named by ``missing``.
    """

    name: str
    table: str
    sqlite: str
    postgres: str
    guards: bool = True


_TRIGGERS: dict[str, Trigger] = {}
_ONLY_ADDED_TO: set[str] = set()


def add(trigger: Trigger) -> None:
    """Register a trigger of a room; made after every migration, on the engine in use."""
    _TRIGGERS[trigger.name] = trigger


def append_only(table: str, unique: Iterable[str] = ("id",)) -> None:
    """Register the triggers that refuse UPDATE, DELETE, REPLACE and TRUNCATE on the table.

    ``unique`` names each column (or columns joined with +) with a unique constraint: SQLite's
    INSERT OR REPLACE would otherwise rewrite a row without any UPDATE or DELETE being seen.
    """
    _ONLY_ADDED_TO.add(table)
    for verb in ("update", "delete"):
        name = f"{table}_no_{verb}"
        add(
            Trigger(
                name,
                table,
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END",
                _postgres(name, table, f"BEFORE {verb.upper()} ON {table} FOR EACH ROW"),
            )
        )
    same = " OR ".join(
        "(" + " AND ".join(f"{c} = NEW.{c}" for c in columns.split("+")) + ")" for columns in unique
    )
    name = f"{table}_no_replace"
    add(
        Trigger(
            name,
            table,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END",
            _postgres(name, table, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        )
    )


def append_only_tables() -> frozenset[str]:
    """The tables that are only ever added to."""
    return frozenset(_ONLY_ADDED_TO)


def _postgres(name: str, table: str, when: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION 'append-only: {table}' USING ERRCODE = '23514'; END $$; "
        f"DROP TRIGGER IF EXISTS {name} ON {table}; "
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}(); "
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};"
    )


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, '' FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, '' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT t.tgisinternal AND t.tgenabled IN ('A', 'O') "
                "AND c.relnamespace = current_schema()::regnamespace"
            )
        return {row[0] for row in cursor.fetchall()}


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    tables = set(connection.introspection.table_names())
    lite = connection.vendor == "sqlite"
    return [
        t for t in _TRIGGERS.values() if t.table in tables and (t.sqlite if lite else t.postgres)
    ]


def missing(using: str = "default") -> tuple[str, ...]:
    """The names of registered triggers that the database does not have; empty is good."""
    connection = connections[using]
    present = _present(connection)
    return tuple(sorted(t.name for t in _wanted(connection) if t.guards and t.name not in present))


def _settle(connection: BaseDatabaseWrapper) -> None:
    """PostgreSQL changes no table with deferred checks still to run: run them now."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def install(using: str = "default") -> None:
    """Make every registered trigger, replacing those that are there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _settle(connection)
        for trigger in _wanted(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
                cursor.execute(trigger.sqlite)
            else:
                cursor.execute(trigger.postgres)


def remove(using: str = "default") -> None:
    """Drop every registered trigger: before migrations on SQLite, and for tests that empty tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        _settle(connection)
        for trigger in _wanted(connection):
            on = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")

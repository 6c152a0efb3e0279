"""What the database itself refuses: two versions of one thing on one day, and facts rewritten.

PostgreSQL has an exclusion constraint (ranges of the ids themselves, so without any extension);
SQLite has triggers of the same name, made again after every migration because a rebuilt table
loses them. ``corrects`` chains keep their old records: only records not superseded may not overlap.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from thongsuot.foundation.trail.guard import Trigger

# One at a time: a version of a unit or a body, a person in a post, a link between the same two.
ONE_AT_A_TIME: dict[str, tuple[str, ...]] = {
    "registry_unitversion": ("unit_id",),
    "registry_bodyversion": ("body_id",),
    "registry_coverage": ("body_id", "unit_id"),
    "registry_serves": ("body_id", "served_id"),
    "registry_appointment": ("person_id", "post_id"),
    "registry_governance": ("unit_id",),
}
FACTS = (
    "UnitVersion", "BodyVersion", "Coverage", "Serves", "Post", "Appointment", "Neighbourhood",
    "NeighbourhoodOfficer", "Governance",
)  # fmt: skip
MAY_BE_WRITTEN_LATER = frozenset({"until", "ended_at", "superseded_at", "folded"})


def overlap_name(table: str) -> str:
    """The name of the constraint that keeps two current records of one thing apart."""
    return f"{table}_no_overlap"


def _postgres_exclusion(table: str, columns: Iterable[str]) -> str:
    ids = ", ".join(f"int8range({c}, {c}, '[]') WITH &&" for c in columns)
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {overlap_name(table)} EXCLUDE USING gist "
        f"({ids}, daterange(since, until) WITH &&) WHERE (superseded_at IS NULL)"
    )


def _sqlite_triggers(table: str, columns: Iterable[str]) -> dict[str, str]:
    same = " AND ".join(f"o.{c} = NEW.{c}" for c in columns)
    clash = (
        f"NEW.superseded_at IS NULL AND EXISTS (SELECT 1 FROM {table} o WHERE {same} "
        "AND o.id IS NOT NEW.id AND o.superseded_at IS NULL "
        "AND (o.since IS NULL OR NEW.until IS NULL OR o.since < NEW.until) "
        "AND (NEW.since IS NULL OR o.until IS NULL OR NEW.since < o.until))"
    )
    name = overlap_name(table)
    body = f"WHEN {clash} BEGIN SELECT RAISE(ABORT, '{name}'); END"
    changed = "UPDATE OF since, until, superseded_at"
    return {
        name: f"CREATE TRIGGER {name} BEFORE INSERT ON {table} {body}",
        f"{name}_later": f"CREATE TRIGGER {name}_later BEFORE {changed} ON {table} {body}",
    }


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT conname FROM pg_constraint WHERE contype = 'x'"
        )
        return {row[0] for row in cursor.fetchall()}


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Name → statement of everything that must be there on this engine."""
    there = set(connection.introspection.table_names())
    wanted: dict[str, str] = {}
    for table, columns in ONE_AT_A_TIME.items():
        if table not in there:
            continue
        if connection.vendor == "sqlite":
            wanted |= _sqlite_triggers(table, columns)
        else:
            wanted[overlap_name(table)] = _postgres_exclusion(table, columns)
    return wanted


def missing(using: str = "default") -> tuple[str, ...]:
    """The names of the overlap guards that the database does not have; empty is good."""
    connection = connections[using]
    return tuple(sorted(set(_wanted(connection)) - _present(connection)))


def install(using: str = "default") -> None:
    """Make the overlap guards that are not there."""
    connection = connections[using]
    present = _present(connection)
    with connection.cursor() as cursor:
        for name, statement in _wanted(connection).items():
            if name not in present:
                cursor.execute(statement)


def check_overlaps_guarded(
    app_configs: object = None, databases: Iterable[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Name every overlap guard that a database has lost (registry.E003)."""
    return [
        Error(
            f"The database no longer refuses overlapping validity: {name} is gone.",
            hint="Run: thongsuot migrate (or manage.py migrate); it makes it again.",
            id="registry.E003",
        )
        for using in databases or ()
        for name in missing(using)
    ]


def no_rewrite(model_name: str) -> Trigger:
    """The trigger that lets a fact be ended once and superseded once, and never rewritten."""
    model = apps.get_model("registry", model_name)
    table = model._meta.db_table
    frozen = [f.column for f in model._meta.concrete_fields if f.name not in MAY_BE_WRITTEN_LATER]
    once = ("until", "superseded_at")

    def changed(differs: str) -> str:
        return " OR ".join(
            [f"NEW.{c} {differs} OLD.{c}" for c in frozen]
            + [f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in once]
        )

    name = f"{table}_no_rewrite"
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {changed('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = '23514'; END $$; "
        f"DROP TRIGGER IF EXISTS {name} ON {table}; "
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({changed('IS DISTINCT FROM')}) EXECUTE FUNCTION {name}(); "
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};",
    )

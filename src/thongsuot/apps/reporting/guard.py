"""What the database itself refuses: rewriting what was filed, frozen or signed; a locked period."""

from collections.abc import Iterator

from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "reporting_formversion": ("id", "form_id+number"),
    "reporting_filing": ("id", "owner_id+number"),
    "reporting_snapshot": ("id", "recipient_id+since+version"),
    "reporting_measure": ("id", "indicator_id+snapshot_id+key"),
    "reporting_scores": ("id", "body_id+scheme+since+until+number"),
}
ROUND_IS = ("series_id", "version_id", "since", "until", "opened_at")
RETURN_IS = ("round_id", "body_id", "unit_id")
LOCKED = "EXISTS (SELECT 1 FROM reporting_round r WHERE r.id = {round} AND r.locked_at IS NOT NULL)"


def _changed(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns) + ")"


def _trigger(table: str, rule: str, when: str, condition: str = "") -> Trigger:
    """A trigger that refuses ``when`` under a condition that both engines understand alike."""
    name = f"{table}_{rule}"
    row = "OLD" if when == "DELETE" else "NEW"
    raised = f"RAISE EXCEPTION '{name}' USING ERRCODE = '23514';"
    body = f"IF {condition} THEN {raised} END IF; RETURN {row};" if condition else raised
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} "
        + (f"WHEN {condition} " if condition else "")
        + f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {body} END $$; DROP TRIGGER IF EXISTS {name} ON {table}; "
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}(); "
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};",
    )


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    for table in ("reporting_round", "reporting_return", "reporting_brief"):
        yield _trigger(table, "stays", "DELETE")
    yield _trigger(
        "reporting_round", "is_what_it_is", f"UPDATE OF {', '.join(ROUND_IS)}", _changed(ROUND_IS)
    )
    yield _trigger("reporting_round", "locks_once", "UPDATE", "OLD.locked_at IS NOT NULL")
    yield _trigger(
        "reporting_return",
        "is_what_it_is",
        f"UPDATE OF {', '.join(RETURN_IS)}",
        _changed(RETURN_IS),
    )
    yield _trigger(
        "reporting_return",
        "not_when_locked",
        "UPDATE",
        f"NOT OLD.unlocked AND NOT NEW.unlocked AND {LOCKED.format(round='OLD.round_id')}",
    )
    yield _trigger(
        "reporting_return", "not_into_locked", "INSERT", LOCKED.format(round="NEW.round_id")
    )
    yield _trigger(
        "reporting_filing",
        "not_when_locked",
        "INSERT",
        f"{LOCKED.format(round='NEW.round_id')} AND NOT EXISTS (SELECT 1 FROM reporting_return o "
        "WHERE o.id = NEW.owner_id AND o.unlocked)",
    )
    yield _trigger(
        "reporting_filing",
        "of_its_round",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM reporting_return o WHERE o.id = NEW.owner_id "
        "AND o.round_id = NEW.round_id)",
    )
    yield _trigger("reporting_brief", "signed_stays", "UPDATE", "OLD.signed_at IS NOT NULL")

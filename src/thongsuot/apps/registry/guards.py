"""Triggers that several rooms need: rows that stay, and columns that are what they are."""

from thongsuot.foundation.trail.guard import Trigger


def refusing(table: str, rule: str, when: str, condition: str = "") -> Trigger:
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


def stays(table: str) -> Trigger:
    """Rows of the table are never deleted."""
    return refusing(table, "stays", "DELETE")


def unchanging(table: str, columns: tuple[str, ...]) -> Trigger:
    """These columns keep what was first written."""
    changed = "(" + " OR ".join(f'NEW."{c}" IS DISTINCT FROM OLD."{c}"' for c in columns) + ")"
    named = ", ".join(f'"{c}"' for c in columns)
    return refusing(table, "is_what_it_is", f"UPDATE OF {named}", changed)

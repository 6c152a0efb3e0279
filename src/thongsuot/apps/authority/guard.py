"""What the database itself refuses in the room, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "authority_rulecheck": ("id", "rule_id+user"),
    "authority_grounds": ("id",),
}
RULE_IS = (
    "code", "kind", "matter_id", "to_tier", "to_organ", "to_title", "to_name", "from_tier",
    "from_organ", "from_title", "from_name", "text_id", "article", "clause", "least", "most",
    "since", "author", "entry_id",
)  # fmt: skip
DELEGATION_IS = (
    "number", "giver_body_id", "giver_post_id", "giver_id", "body_id", "post_id", "person_id",
    "most", "since", "until", "passable", "absence", "parent_id",
)  # fmt: skip


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
    """Rules and delegations are what they are: a change is a new version, never a rewriting."""
    rule, delegation = "authority_rule", "authority_delegation"
    yield _trigger(rule, "stays", "DELETE")
    yield _trigger(rule, "is_what_it_is", f"UPDATE OF {', '.join(RULE_IS)}", _changed(RULE_IS))
    yield _trigger(delegation, "stays", "DELETE")
    yield _trigger(
        delegation,
        "is_what_it_is",
        f"UPDATE OF {', '.join(DELEGATION_IS)}",
        "OLD.state <> 'proposed' AND " + _changed(DELEGATION_IS),
    )

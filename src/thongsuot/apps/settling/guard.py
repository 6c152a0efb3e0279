"""What the database itself refuses in settling, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "settling_confirmation": ("id",),
    "settling_confirmedamount": ("id", "confirmation_id+account"),
    "settling_sheetexception": ("id",),
    "settling_sealstep": ("id",),
    "settling_bundleexception": ("id",),
}
LINE_IS = ("sheet_id", "section", "code", "title", "account", "source", "year", "granted", "spent",
           "amount", "counterparty", "paper", "note", "replaces_id", "entry_id")  # fmt: skip
SHEET_IS = ("transition_id", "body_id", "as_of")
SEAL_IS = ("transition_id", "body_id", "item_id", "old", "code", "seal_type")
BUNDLE_IS = ("transition_id", "sort", "lead_id")
PART_IS = ("bundle_id", "item_id", "why")
FROZEN = "EXISTS (SELECT 1 FROM settling_closingsheet s WHERE s.id = {row}.sheet_id AND s.state = 'frozen')"


def _changed(*columns: str) -> str:
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
    for table, columns in (
        ("settling_sheetline", LINE_IS),
        ("settling_closingsheet", SHEET_IS),
        ("settling_seal", SEAL_IS),
        ("settling_bundle", BUNDLE_IS),
        ("settling_bundlepart", PART_IS),
    ):
        yield _trigger(table, "stays", "DELETE")
        when = f"UPDATE OF {', '.join(columns)}"
        yield _trigger(table, "is_what_it_is", when, _changed(*columns))
    line = "settling_sheetline"
    yield _trigger(line, "not_added_when_frozen", "INSERT", FROZEN.format(row="NEW"))
    yield _trigger(line, "not_changed_when_frozen", "UPDATE", FROZEN.format(row="OLD"))

"""What the database itself refuses in a handover, on both engines, whoever asks; and how items are found by words."""

from collections.abc import Iterator

from thongsuot.foundation.trail.guard import Trigger
from thongsuot.foundation.words.index import keep

WORDS = keep("handover_item")

# Tables that are only ever added to, with their unique columns.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "handover_movement": ("id",),
    "handover_receiverline": ("id",),
    "handover_stepline": ("id", "item_id+to_step"),
    "handover_nomination": ("id",),
    "handover_disputeline": ("id",),
    "handover_carryline": ("id",),
    "handover_linecount": ("id", "line_id+side+version"),
    "handover_signature": (
        "id",
        "minutes_id+round+side",
        "minutes_id+round+user",
        "minutes_id+round+body_id",
    ),
}
# What may never change of an item, and of minutes and lines once a signature stands under them.
ITEM_IS = ("transition_id", "kind", "code", "giver_id", "parent_id", "measure")
MINUTES_ARE = ("transition_id", "number", "giver_id", "receiver_id", "corrects_id", "opened_on")
LINE_IS = ("minutes_id", "item_id", "quantity", "corrects_id")
COUNTED = (
    "giver_count",
    "receiver_count",
    "giver_version",
    "receiver_version",
    "refused",
    "reason",
)
RULE_IS = (
    "transition_id",
    "kind",
    "field",
    "place_id",
    "giver_id",
    "priority",
    "receiver_id",
    "to_successor",
    "heir_kind",
    "reason",
    "law",
    "replaces_id",
)


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns) + ")"


def _minutes_in(states: str, line: str = "NEW") -> str:
    return (
        f"EXISTS (SELECT 1 FROM handover_minutes m WHERE m.id = {line}.minutes_id "
        f"AND m.state IN ({states}))"
    )


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


COUNTING = "'counting'"
UNSETTLED = "('held', 'transit', 'disputed')"


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    item, line, minutes = "handover_item", "handover_minutesline", "handover_minutes"
    yield _trigger(item, "stays", "DELETE")
    yield _trigger(
        item,
        "no_step_skipped",
        "UPDATE OF step",
        "NEW.step NOT IN (OLD.step, OLD.step + 1)",
    )
    yield _trigger(item, "begins_at_review", "INSERT", "NEW.step <> 1 AND NEW.parent_id IS NULL")
    yield _trigger(item, "is_what_it_is", f"UPDATE OF {', '.join(ITEM_IS)}", _changed(*ITEM_IS))
    yield _trigger(
        item,
        "not_under_ended_body",
        "INSERT",
        "EXISTS (SELECT 1 FROM handover_transitionbody b WHERE b.body_id = NEW.giver_id "
        "AND b.transition_id = NEW.transition_id AND b.ended_on IS NOT NULL)",
    )
    yield _trigger(
        "handover_transitionbody",
        "nothing_left_behind",
        "UPDATE OF ended_on",
        "NEW.ended_on IS NOT NULL AND EXISTS (SELECT 1 FROM handover_item i "
        "WHERE i.giver_id = NEW.body_id AND i.transition_id = NEW.transition_id "
        f"AND i.state IN {UNSETTLED})",
    )
    yield _trigger(
        "handover_transitionbody",
        "ends_once",
        "UPDATE OF ended_on",
        "OLD.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on",
    )
    yield _trigger(minutes, "stay", "DELETE")
    yield _trigger(minutes, "sealed", "UPDATE", "OLD.state IN ('signed', 'withdrawn')")
    yield _trigger(
        minutes, "are_what_they_are", f"UPDATE OF {', '.join(MINUTES_ARE)}", _changed(*MINUTES_ARE)
    )
    yield _trigger(line, "stays", "DELETE")
    yield _trigger(line, "sealed", "UPDATE", _minutes_in("'signed', 'withdrawn'", "OLD"))
    yield _trigger(
        line,
        "frozen",
        f"UPDATE OF {', '.join(COUNTED)}",
        _changed(*COUNTED) + " AND NOT " + _minutes_in(COUNTING, "OLD"),
    )
    yield _trigger(line, "is_what_it_is", f"UPDATE OF {', '.join(LINE_IS)}", _changed(*LINE_IS))
    yield _trigger(line, "added_while_counting", "INSERT", "NOT " + _minutes_in(COUNTING))
    yield _trigger("handover_allocationrule", "stays", "DELETE")
    yield _trigger(
        "handover_allocationrule",
        "not_rewritten",
        f"UPDATE OF {', '.join(RULE_IS)}",
        _changed(*RULE_IS),
    )

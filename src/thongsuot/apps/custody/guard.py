"""What the database itself refuses about boxes, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.foundation.trail.guard import Trigger

# Tables that are only ever added to, with their unique columns.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "custody_holding": ("id", "container_id+at"),
    "custody_labelprint": ("id", "container_id+number"),
    "custody_expected": ("id", "count_id+container_id"),
    "custody_scan": ("id", "key"),
}
CONTAINER_IS = ("transition_id", "kind", "label", "owner_id", "made_at")
STAY_IS = ("container_id", "place_id", "since", "reason", "entry")
PLACING_IS = ("item_id", "container_id", "since", "entry")
SEAL_IS = ("box_id", "number", "since", "condition", "first", "second", "photo_id", "entry")
COUNT_IS = ("place_id", "opened_at", "entry")
ALARM_IS = ("container_id", "kind", "scan_id", "seen_in_id", "other_id", "raised_at", "entry")


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


def _sealed(container: str) -> str:
    """Whether the container, or the box that it stands in, has a seal on."""
    return (
        "EXISTS (SELECT 1 FROM custody_seal s WHERE s.opened IS NULL AND "
        f"(s.box_id = {container} OR s.box_id = (SELECT t.place_id FROM custody_stay t "
        f"WHERE t.container_id = {container} AND t.until IS NULL)))"
    )


def _on(container: str) -> str:
    """Whether the container itself has a seal on."""
    return (
        f"EXISTS (SELECT 1 FROM custody_seal s WHERE s.opened IS NULL AND s.box_id = {container})"
    )


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    stay, placing, seal = "custody_stay", "custody_placing", "custody_seal"
    for table in ("custody_container", stay, placing, seal, "custody_count", "custody_alarm"):
        yield _trigger(table, "stays", "DELETE")
    yield _trigger(
        "custody_container",
        "is_what_it_is",
        f"UPDATE OF {', '.join(CONTAINER_IS)}",
        _changed(CONTAINER_IS),
    )
    for table, columns in ((stay, STAY_IS), (placing, PLACING_IS)):
        yield _trigger(table, "not_rewritten", f"UPDATE OF {', '.join(columns)}", _changed(columns))
        yield _trigger(table, "ends_once", "UPDATE OF until", "OLD.until IS NOT NULL")
    yield _trigger(
        stay,
        "follows_the_last",
        "INSERT",
        "EXISTS (SELECT 1 FROM custody_stay s WHERE s.container_id = NEW.container_id "
        "AND (s.until IS NULL OR s.until > NEW.since)) "
        "OR (EXISTS (SELECT 1 FROM custody_stay s WHERE s.container_id = NEW.container_id) "
        "AND NOT EXISTS (SELECT 1 FROM custody_stay s WHERE s.container_id = NEW.container_id "
        "AND s.until = NEW.since))",
    )
    yield _trigger(stay, "not_into_sealed", "INSERT", _on("NEW.place_id"))
    yield _trigger(stay, "not_out_of_sealed", "UPDATE OF until", _on("OLD.place_id"))
    yield _trigger(placing, "not_into_sealed", "INSERT", _sealed("NEW.container_id"))
    yield _trigger(placing, "not_out_of_sealed", "UPDATE OF until", _sealed("OLD.container_id"))
    yield _trigger(seal, "not_rewritten", f"UPDATE OF {', '.join(SEAL_IS)}", _changed(SEAL_IS))
    yield _trigger(seal, "opens_once", "UPDATE OF opened", "OLD.opened IS NOT NULL")
    yield _trigger(
        "custody_count", "is_what_it_is", f"UPDATE OF {', '.join(COUNT_IS)}", _changed(COUNT_IS)
    )
    yield _trigger("custody_count", "closes_once", "UPDATE", "OLD.closed_at IS NOT NULL")
    yield _trigger(
        "custody_scan",
        "while_open",
        "INSERT",
        "EXISTS (SELECT 1 FROM custody_count c WHERE c.id = NEW.count_id "
        "AND c.closed_at IS NOT NULL)",
    )
    yield _trigger(
        "custody_alarm", "is_what_it_is", f"UPDATE OF {', '.join(ALARM_IS)}", _changed(ALARM_IS)
    )
    yield _trigger("custody_alarm", "resolves_once", "UPDATE", "OLD.resolved_at IS NOT NULL")

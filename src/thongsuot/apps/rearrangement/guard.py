"""What the database itself refuses in rearrangement, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.apps.registry.guards import refusing, stays
from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "rearrangement_optionversion": ("id", "option_id+number"),
}
# Once an option was approved, the version that was approved stays as it is, and so do the units.
FIXED = ("approved", "carrying", "done")
_STATES = ", ".join(f"'{s}'" for s in FIXED)


def _approved(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM rearrangement_scheme s WHERE s.chosen_id = "
        f"{row}.option_id AND s.chosen_version = {row}.version AND s.state IN ({_STATES}))"
    )


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    yield stays("rearrangement_scheme")
    yield stays("rearrangement_option")
    for table in ("rearrangement_fateline", "rearrangement_foundedunit"):
        yield refusing(table, "approved_stays", "DELETE", _approved("OLD"))
        yield refusing(table, "approved_is_fixed", "UPDATE", _approved("OLD"))
        yield refusing(table, "approved_takes_none", "INSERT", _approved("NEW"))
    held = (
        "EXISTS (SELECT 1 FROM rearrangement_scheme s WHERE s.id = {row}.scheme_id "
        "AND s.state <> 'draft')"
    )
    yield refusing("rearrangement_presentunit", "proposed_stays", "DELETE", held.format(row="OLD"))
    yield refusing(
        "rearrangement_presentunit", "proposed_is_fixed", "UPDATE", held.format(row="OLD")
    )

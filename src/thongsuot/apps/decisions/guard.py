"""What the database itself refuses in decisions, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.apps.registry.guards import refusing, stays, unchanging
from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "decisions_docketstep": ("id",),
    "decisions_docketpaper": ("id",),
    "decisions_consultation": ("id",),
    "decisions_opinion": ("id", "consultation_id"),
    "decisions_vote": ("id",),
    "decisions_parametervalue": ("id",),
}
KEPT = (
    ("decisions_docket", ("title", "track", "entry_id")),
    ("decisions_task", ("docket_id", "text", "due_on", "entry_id")),
    ("decisions_session", ("council_id", "kind", "entry_id")),
    ("decisions_version", ("sort", "body_id", "other_id", "entry_id")),
    ("decisions_versionline", ("version_id", "person", "field", "matter", "role", "entry_id")),
)
ISSUED = "EXISTS (SELECT 1 FROM decisions_version v WHERE v.id = {row}.version_id AND v.state <> 'draft')"


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    for table, columns in KEPT:
        yield unchanging(table, columns)
    for table in ("decisions_docket", "decisions_task", "decisions_session", "decisions_version"):
        yield stays(table)
    line = "decisions_versionline"
    yield refusing(line, "not_added_when_issued", "INSERT", ISSUED.format(row="NEW"))
    yield refusing(line, "not_taken_when_issued", "DELETE", ISSUED.format(row="OLD"))

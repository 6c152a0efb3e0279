"""What the database itself refuses in procedures, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.apps.registry.guards import stays, unchanging
from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "procedures_dossierstep": ("id",),
    "procedures_announcedset": ("id", "number"),
}
DOSSIER_IS = ("number", "outside", "shop_id", "procedure_id", "received", "days", "entry_id")
PROCEDURE_IS = ("code", "name", "days", "fee", "papers", "workflow", "replaces_id", "entry_id")


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    for table, columns in (
        ("procedures_dossier", DOSSIER_IS),
        ("procedures_procedure", PROCEDURE_IS),
    ):
        yield unchanging(table, columns)
        yield stays(table)
    yield stays("procedures_shop")

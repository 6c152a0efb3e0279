"""What the database itself refuses in difficulties, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.apps.registry.guards import stays, unchanging
from thongsuot.foundation.trail.guard import Trigger

APPEND_ONLY: dict[str, tuple[str, ...]] = {
    "difficulties_difficultystep": ("id",),
    "difficulties_situationuse": ("id", "situation_id+body_id"),
}
DIFFICULTY_IS = ("sort", "title", "text", "field", "article", "raiser_id", "unit_id", "raised_on",
                 "entry_id")  # fmt: skip
SITUATION_IS = ("title", "question", "answer", "field", "article", "source_id", "body_id", "on",
                "entry_id")  # fmt: skip


def triggers() -> Iterator[Trigger]:
    """Every trigger of the room beside the append-only ones."""
    for table, columns in (
        ("difficulties_difficulty", DIFFICULTY_IS),
        ("difficulties_situation", SITUATION_IS),
    ):
        yield stays(table)
        yield unchanging(table, columns)

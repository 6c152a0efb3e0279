"""Looking at disputes: who opened each one, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thongsuot.apps.handover.models import Movement


@dataclass(frozen=True, slots=True)
class Opening:
    """How an item came into dispute, the last time it did."""

    at: datetime
    who: str
    reason: str


def openings(items: Iterable[int]) -> dict[int, Opening]:
    """The last opening of a dispute for each of the items, read at once however many they are."""
    moves = (
        Movement.objects.filter(item__in=list(items), kind__in=("disputed", "differing"))
        .select_related("entry")
        .order_by("id")
    )
    return {m.item_id: Opening(m.at, m.entry.actor_name, m.note or m.entry.reason) for m in moves}

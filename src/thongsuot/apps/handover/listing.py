"""Putting items on the list: the part that imports, single additions and late finds share.

Nothing here writes to the trail: the act that calls it has the transition locked and its entry
written, or writes it between ``insert`` and posting.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from thongsuot.apps.handover.bulk import insert_rows
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import Allocation, Step
from thongsuot.apps.handover.models.items import FOLDED_LENGTH, bucket
from thongsuot.apps.handover.posting import Posting
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.ledger import HELD, OUTSIDE, PLACES, Movement
from thongsuot.rules.kernel.text import fold


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """One row of an inventory, complete. Quantity in smallest parts, above 0; value in đồng."""

    kind: str
    code: str
    title: str
    giver: int
    quantity: int
    measure: str
    unit: int | None = None
    field: str = ""
    value: int | None = None
    place: str = ""
    container: str = ""
    secrecy: str = "normal"
    citizen: bool = False
    next_due: date | None = None
    annex: dict[str, Any] = dataclasses.field(default_factory=dict)
    note: str = ""
    row: int | None = None


COLUMNS = (
    *("kind", "code", "title", "folded", "giver", "unit", "field", "opened", "q_held", "measure"),
    *("value", "place", "container", "secrecy", "citizen", "next_due", "annex", "note", "row"),
)
EMPTY = dict.fromkeys((bucket(p) for p in PLACES if p != HELD), 0)


def folded(code: str, title: str) -> str:
    """What a search looks in: code and title without marks and case."""
    return fold(f"{code} {title}")[:FOLDED_LENGTH]


def _values(rows: Iterable[Listed]) -> Iterator[tuple[Any, ...]]:
    for r in rows:
        yield (
            *(r.kind, r.code, r.title, folded(r.code, r.title), r.giver, r.unit, r.field),
            *(r.quantity, r.quantity, r.measure, r.value, r.place, r.container, r.secrecy),
            *(r.citizen, r.next_due, r.annex, r.note, r.row),
        )


def insert(
    transition: Transition, rows: Iterable[Listed], *, at: datetime, batch: int | None = None
) -> "QuerySet[Item]":
    """Insert items with all they have in *held*; returns them. ``stage_inserted`` must follow."""
    last = Item.objects.aggregate(last=Max("id"))["last"] or 0
    same: dict[str, Any] = {
        "transition": transition.pk,
        "batch": batch,
        "step": Step.REVIEW.value,
        "step_at": at,
        "state": HELD,
        "allocation": Allocation.NONE.value,
        "reason": "",
        "why": "",
        "candidates": [],
        "changed_at": at,
    }
    insert_rows(Item, COLUMNS, _values(rows), same | EMPTY)
    return Item.objects.filter(transition=transition, pk__gt=last)


def stage_inserted(items: "QuerySet[Item]", *, late: str = "") -> Posting:
    """Stage the opening movements of items just inserted; ``late``: why they come late."""
    posting = Posting()
    like = Movement("", "late-found" if late else "opened", OUTSIDE, HELD, 1, reason=late)
    posting.stage_new(items, like)
    return posting


def open_rows(
    entry: Entry, transition: Transition, rows: Iterable[Listed], *, batch: int | None = None
) -> int:
    """Put rows on the list under an entry that is already written; returns how many.

    For imports: the act's entry names the file by its hash and the count of rows.
    """
    posting = stage_inserted(insert(transition, rows, at=entry.at, batch=batch))
    posting.post_new(entry)
    return posting.count

"""Putting items on the list: the part that imports, single additions and late finds share.

Nothing here writes to the trail: the act that calls it has the transition locked and its entry
written, or writes it between ``insert`` and posting.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Max, QuerySet

from thongsuot.apps.handover.guard import WORDS
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Step
from thongsuot.apps.handover.models.items import FOLDED_LENGTH, bucket
from thongsuot.apps.handover.posting import Posting, rebalanced
from thongsuot.foundation.bulk import insert_rows
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.models import Entry
from thongsuot.foundation.words.index import in_bulk
from thongsuot.rules.handover.ledger import HELD, OUTSIDE, PLACES, Movement
from thongsuot.rules.handover.season import phrase_in, read
from thongsuot.rules.kernel.problem import Problem
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
    season: str = ""
    annex: dict[str, Any] = dataclasses.field(default_factory=dict)
    note: str = ""
    row: int | None = None


COLUMNS = (
    *("kind", "code", "title", "folded", "giver", "unit", "field", "opened", "q_held", "measure"),
    *("value", "place", "container", "secrecy", "citizen", "next_due", "annex", "note", "row"),
    *("season", "season_due", "season_until"),
)
EMPTY = dict.fromkeys((bucket(p) for p in PLACES if p != HELD), 0)


def folded(code: str, title: str) -> str:
    """What a search looks in and a list by name is sorted by: title, then code, without marks."""
    end = fold(code)
    return f"{fold(title)[: FOLDED_LENGTH - len(end) - 1]} {end}"


@lru_cache(maxsize=1_024)
def season_days(season: str, end: date) -> tuple[date | None, date | None]:
    """The first days on or after the end on which a season falls; None and None for no season."""
    known = read(season) if season else None
    window = known.window(end) if known else None
    return (max(window[0], end), window[1]) if window else (None, None)


def date_seasons(transition_id: int, end: date) -> None:
    """Find again when every season of a transition next falls: its effective day has moved."""
    items = Item.objects.filter(transition=transition_id).exclude(season="")
    for season in items.order_by().values_list("season", flat=True).distinct():
        due, until = season_days(season, end)
        items.filter(season=season).update(season_due=due, season_until=until)


def season_of(row: Listed) -> str:
    """The season of a row: as it was given, else what its title says to come again."""
    return row.season.strip() or phrase_in(row.title)


def _values(rows: Iterable[Listed], end: date) -> Iterator[tuple[Any, ...]]:
    for r in rows:
        season = season_of(r)
        yield (
            *(r.kind, r.code, r.title, folded(r.code, r.title), r.giver, r.unit, r.field),
            *(r.quantity, r.quantity, r.measure, r.value, r.place, r.container, r.secrecy),
            *(r.citizen, r.next_due, r.annex, r.note, r.row),
            *(season, *season_days(season, end)),
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
    with nullcontext() if batch is None else in_bulk(WORDS):
        insert_rows(Item, COLUMNS, _values(rows, transition.effective_on), same | EMPTY)
    return Item.objects.filter(transition=transition, pk__gt=last)


def stage_inserted(items: "QuerySet[Item]", *, late: str = "") -> Posting:
    """Stage the opening movements of items just inserted; ``late``: why they come late."""
    posting = Posting()
    like = Movement("", "late-found" if late else "opened", OUTSIDE, HELD, 1, reason=late)
    posting.stage_new(items, like)
    return posting


def is_late(transition: Transition, on: date) -> bool:
    """Whether the list of a transition is frozen on a day: after the day of the freeze."""
    return transition.freeze_on is not None and on > transition.freeze_on


LATE_IMPORT = "Nhập sau ngày khóa số liệu; lý do ghi ở từng mục"


def open_rows(
    entry: Entry, transition: Transition, rows: Iterable[Listed], *, batch: int | None = None
) -> int:
    """Put rows on the list under an entry that is already written; returns how many.

    For imports: the act's entry names the file by its hash and the count of rows. After the freeze
    they are late finds; the importer has asked each row for its reason.
    """
    late = LATE_IMPORT if is_late(transition, entry.on) else ""
    posting = stage_inserted(insert(transition, rows, at=entry.at, batch=batch), late=late)
    posting.post_new(entry)
    return posting.count


@dataclasses.dataclass(frozen=True, slots=True)
class Changed:
    """A row of an import that is on the list already: how it is to be, and which columns differ."""

    row: Listed
    columns: frozenset[str]


CHANGEABLE = frozenset(
    (
        *("title", "unit", "field", "value", "place", "container", "secrecy", "citizen"),
        *("next_due", "season", "annex", "note"),
    )
)


def change_problems(transition: Transition, kind: str, codes: Iterable[str]) -> dict[str, Problem]:
    """Why rows may not be changed by an import any more, by code: what has left its giver."""
    gone = (
        Item.objects.filter(transition=transition, kind=kind, code__in=list(codes))
        .exclude(state__in=(ItemState.UNDONE, ItemState.HELD))
        .only("code", "state")
    )
    return {
        item.code: Problem("handover.not-held", item.code, {"state": item.get_state_display()})
        for item in gone
    }


def change_rows(entry: Entry, transition: Transition, changed: Sequence[Changed]) -> int:
    """Correct items that are on the list, under an entry that is already written; returns how many.

    A quantity that differs becomes a movement of the difference: nothing is overwritten without
    one. Giver, kind, code and measure are what an item is and never change.

    Raises Refused for items no longer with their giver, and for less than is held.
    """
    if not changed:
        return 0
    wanted = {(c.row.kind, c.row.code): c for c in changed}
    items = Item.objects.filter(
        transition=transition, code__in={code for _, code in wanted}
    ).exclude(state=ItemState.UNDONE)
    found = {(i.kind, i.code): i for i in items.filter(kind__in={kind for kind, _ in wanted})}
    refuse_if(
        Problem("handover.not-held", i.code, {"state": i.get_state_display()})
        for i in found.values()
        if i.state != ItemState.HELD
    )
    lost = sorted(code for kind, code in wanted if (kind, code) not in found)
    refuse_if(Problem("handover.item-missing", code) for code in lost)
    ids = [i.pk for i in found.values()]
    with rebalanced(Item.objects.filter(pk__in=ids)):
        for key, item in found.items():
            _rewrite(item, wanted[key], entry.at, transition.effective_on)
    _post_differences(entry, [(found[key], c) for key, c in wanted.items()])
    return len(found)


def _rewrite(item: Item, changed: Changed, at: datetime, end: date) -> None:
    values: dict[str, Any] = {
        name: getattr(changed.row, name) for name in CHANGEABLE & changed.columns
    }
    values = {"unit_id" if n == "unit" else n: v for n, v in values.items()}
    if {"title", "season"} & set(values):
        season = season_of(changed.row)
        values["season"] = season
        values["season_due"], values["season_until"] = season_days(season, end)
    if "title" in values:
        values["folded"] = folded(item.code, values["title"])
    Item.objects.filter(pk=item.pk).update(changed_at=at, **values)


def _post_differences(entry: Entry, pairs: Sequence[tuple[Item, Changed]]) -> None:
    posting = Posting()
    for item, changed in pairs:
        more = changed.row.quantity - item.opened if "quantity" in changed.columns else 0
        if more > 0:
            posting.stage_one(item.pk, Movement(item.code, "opened", OUTSIDE, HELD, more))
        elif more < 0:
            posting.stage_one(item.pk, Movement(item.code, "undone", HELD, OUTSIDE, -more))
    refuse_if(posting.problems())
    if posting.count:
        posting.post(entry)

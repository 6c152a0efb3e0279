"""Items: lists, one item and its life, and everything that may be done with items."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import Item
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, know_bodies, know_units, page, part
from thongsuot.project.api.filters import ChoiceIn, ItemFilter, KindCode
from thongsuot.project.api.shapes import (
    MOST,
    After,
    Count,
    Day,
    Done,
    Id,
    In,
    Key,
    Limit,
    Line,
    Listing,
    Number,
    Reason,
    Some,
    Text,
    Yes,
    answers,
)
from thongsuot.project.api.transitions import BucketsOut, buckets
from thongsuot.rules.handover.ledger import PLACES
from thongsuot.rules.kernel.quantity import UNITS

router = Router(tags=["items"], auth=READS)
MOST_ROWS = 1_000
Measure = Annotated[
    str, Field(max_length=16, json_schema_extra={"enum": sorted(UNITS)}, description="a unit code")
]
Code = Annotated[str, Field(min_length=1, max_length=80)]
Title = Annotated[str, Field(min_length=1, max_length=500)]
Scalar = Annotated[str, Field(max_length=1_000)] | Annotated[int, Field(strict=True)] | bool | None


class ItemOut(Schema):
    """An item. Quantities in the smallest parts of ``measure``, value in đồng."""

    id: int
    kind: str
    code: str
    title: str
    giver: int
    receiver: int | None
    allocation: str
    why: str
    reason: str
    rule: int | None
    unit: int | None
    field: str
    opened: int
    measure: str
    value: int | None
    place: str
    container: str
    secrecy: str
    citizen: bool
    next_due: date | None
    step: int
    step_at: datetime
    state: str
    parent: int | None
    batch: int | None
    quantity: BucketsOut


class ItemFull(ItemOut):
    """An item with its annex columns."""

    transition: int
    candidates: list[Any]
    annex: dict[str, Any]
    note: str


class CountOut(Schema):
    """How many."""

    count: int


class HappeningOut(Schema):
    """One line in the life of an item; ``receipt`` is the hash of its entry in the trail."""

    at: datetime
    what: str
    src: str
    dst: str
    quantity: int | None
    body: int | None
    who: str
    post: str
    reason: str
    authority: str
    minutes: int | None
    entry: int
    receipt: str


class HoldingOut(Schema):
    """Who answers for how much of an item, and how it came to hold it."""

    body: int
    code: str
    quantity: int
    place: str


class ShareOut(Schema):
    """How many items a body holds in the same way; ``citizens`` of them concern people."""

    body: int
    code: str
    items: int
    citizens: int


class RowIn(In):
    """One row of an inventory."""

    kind: KindCode
    code: Code
    title: Title
    quantity: Some
    measure: Measure
    giver: Number | None = None
    unit: Number | None = None
    field: Annotated[str, Field(max_length=120)] = ""
    value: Count | None = None
    place: Line = ""
    container: Annotated[str, Field(max_length=80)] = ""
    secrecy: Annotated[str, Field(max_length=16)] = "normal"
    citizen: Yes = False
    next_due: Day | None = None
    annex: Annotated[dict[Annotated[str, Field(max_length=60)], Scalar], Field(max_length=60)] = {}
    note: Text = ""


class RowsIn(In):
    """Rows for the list of one body."""

    giver: Number
    rows: Annotated[list[RowIn], Field(min_length=1, max_length=MOST_ROWS)]


class LateIn(RowsIn):
    """Rows found after the count, and why only now."""

    reason: Reason


class AdvanceIn(In):
    """The next step for the chosen items."""

    to: Annotated[int, Field(strict=True, ge=2, le=5)]
    choice: ChoiceIn


class ProposeIn(In):
    """Which undecided items the rules look at; without a filter all of them."""

    filter: ItemFilter = ItemFilter()


class ChosenIn(In):
    """The chosen items."""

    choice: ChoiceIn


class OverrideIn(ChosenIn):
    """A person names the receiver."""

    receiver: Number
    reason: Reason
    authority: Line = ""


class KeepIn(ChosenIn):
    """Who keeps, why, by which decision."""

    keeper: Number
    reason: Reason
    authority: Annotated[str, Field(min_length=1, max_length=300)]


class CloseIn(ChosenIn):
    """The chosen items, and why."""

    reason: Reason


class DestroyIn(ChosenIn):
    """By which decision they are destroyed."""

    reason: Reason
    authority: Annotated[str, Field(min_length=1, max_length=300)]


class ReopenIn(ChosenIn):
    """What was kept or closed by mistake."""

    of: Literal["kept", "closed"]
    reason: Reason


class LookedIn(ChosenIn):
    """All of the chosen items, or so much of one."""

    reason: Reason
    quantity: Some | None = None


class PartIn(In):
    """One part of an item."""

    quantity: Some
    code: Code | None = None
    title: Title | None = None
    receiver: Number | None = None


class SplitIn(In):
    """The parts; their quantities add up to all that is held."""

    parts: Annotated[list[PartIn], Field(min_length=2, max_length=MOST)]
    reason: Reason


LINKS = ("giver", "receiver", "rule", "unit", "parent")


def _out(item: Item) -> dict[str, Any]:
    names = [n for n in ItemOut.model_fields if n not in (*LINKS, "quantity")]
    return {
        **{name: getattr(item, name) for name in names},
        **{name: getattr(item, f"{name}_id") for name in LINKS},
        "quantity": {place: getattr(item, f"q_{place}") for place in PLACES},
    }


@router.get(
    "/transitions/{int:transition}/items", response=answers(Listing[ItemOut]), summary="Items"
)
def items(
    request: HttpRequest,
    transition: Id,
    wanted: Query[ItemFilter],
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The items within sight that match every filter."""
    queries.transition_in_sight(caller(request), transition)
    rows = queries.items_of(caller(request), transition, wanted.wanted()).order_by()
    return page(rows, after, limit, _out)


@router.get(
    "/transitions/{int:transition}/items/count",
    response=answers(CountOut),
    summary="How many items",
)
def count(request: HttpRequest, transition: Id, wanted: Query[ItemFilter]) -> dict[str, int]:
    """How many items match: the ``expected`` of a choice by filter."""
    queries.transition_in_sight(caller(request), transition)
    return {"count": queries.items_of(caller(request), transition, wanted.wanted()).count()}


@router.get(
    "/transitions/{int:transition}/radar", response=answers(Listing[ItemOut]), summary="Radar"
)
def radar(
    request: HttpRequest,
    transition: Id,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Items due on or after the end of their holder that nobody is certain to receive."""
    found = queries.transition_in_sight(caller(request), transition)
    return page(queries.radar(caller(request), found).order_by(), after, limit, _out)


@router.get(
    "/transitions/{int:transition}/holders",
    response=answers(Listing[ShareOut]),
    summary="Who holds what",
)
def who_holds(
    request: HttpRequest,
    transition: Id,
    on: Day | None = None,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """How many live items each body holds at the end of a day, and why; today without a day."""
    found = queries.transition_in_sight(caller(request), transition)
    today = clock.today()
    items = queries.items_of(caller(request), transition)
    held = queries.held_on(items, found, on or today, today)
    return part(queries.shares(held), after, limit, lambda row: row)


def in_sight(request: HttpRequest, transition: int, item: int) -> Item:
    """The item, when the caller may see it; 404 like one that does not exist otherwise."""
    queries.transition_in_sight(caller(request), transition)
    found = queries.item_in_sight(caller(request), item)
    if found.transition_id != transition:
        return queries.item_in_sight(caller(request), 0)  # not on this list: not there
    return found


ONE = "/transitions/{int:transition}/items/{int:item}"


@router.get(ONE, response=answers(ItemFull), summary="One item")
def item(request: HttpRequest, transition: Id, item: Id) -> dict[str, Any]:
    """An item with its annex columns and where every part of it is."""
    found = in_sight(request, transition, item)
    return {
        **_out(found),
        "quantity": buckets(queries.buckets_of(found)),
        "transition": found.transition_id,
        "candidates": found.candidates,
        "annex": found.annex,
        "note": found.note,
    }


@router.get(ONE + "/history", response=answers(Listing[HappeningOut]), summary="Its life")
def history(
    request: HttpRequest,
    transition: Id,
    item: Id,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Everything that happened to an item, the oldest first."""
    rows = queries.history_of(in_sight(request, transition, item))
    return part(rows, after, limit, lambda row: row)


@router.get(ONE + "/holders", response=answers(list[HoldingOut]), summary="Who holds it")
def holders(request: HttpRequest, transition: Id, item: Id, on: Day | None = None) -> Any:
    """Who answers for which part of an item at the end of a day, or now."""
    return queries.holders_of(in_sight(request, transition, item), on)


def _rows(given: RowsIn) -> list[dict[str, Any]]:
    return [r.model_dump(mode="json", exclude_unset=True, exclude_none=True) for r in given.rows]


@router.post(
    "/transitions/{int:transition}/items", auth=WRITES, response=answers(Done), summary="List items"
)
def add(request: HttpRequest, transition: Id, given: RowsIn, key: Key) -> dict[str, object]:
    """Put items on the list of a body, all of them or none."""
    queries.transition_in_sight(caller(request), transition)
    know_units(r.unit for r in given.rows)
    return do(
        request,
        key,
        actions.add_items,
        transition_id=transition,
        giver_id=given.giver,
        rows=_rows(given),
    )


@router.post(
    "/transitions/{int:transition}/late-finds",
    auth=WRITES,
    response=answers(Done),
    summary="Found after the count",
)
def late(request: HttpRequest, transition: Id, given: LateIn, key: Key) -> dict[str, object]:
    """Put things on the list that were found after the count, with the reason."""
    queries.transition_in_sight(caller(request), transition)
    know_units(r.unit for r in given.rows)
    return do(
        request,
        key,
        actions.add_late_finds,
        transition_id=transition,
        giver_id=given.giver,
        rows=_rows(given),
        reason=given.reason,
    )


def _bulk(
    request: HttpRequest,
    transition: int,
    key: str,
    action: Callable[..., dict[str, object]],
    given: ChosenIn,
    **more: Any,
) -> dict[str, object]:
    queries.transition_in_sight(caller(request), transition)
    return do(request, key, action, transition_id=transition, choice=given.choice.choice(), **more)


BULK = "/transitions/{int:transition}/items/"


@router.post(BULK + "advance", auth=WRITES, response=answers(Done), summary="Next step")
def advance(request: HttpRequest, transition: Id, given: AdvanceIn, key: Key) -> Any:
    """Take the chosen items to the next of the five steps; none may be skipped."""
    queries.transition_in_sight(caller(request), transition)
    return do(
        request,
        key,
        actions.advance_step,
        transition_id=transition,
        to=given.to,
        choice=given.choice.choice(),
    )


@router.post(BULK + "propose", auth=WRITES, response=answers(Done), summary="Run the rules")
def propose(request: HttpRequest, transition: Id, given: ProposeIn, key: Key) -> Any:
    """Run the rules over the undecided items."""
    queries.transition_in_sight(caller(request), transition)
    return do(
        request,
        key,
        actions.propose_receivers,
        transition_id=transition,
        wanted=given.filter.wanted(),
    )


@router.post(BULK + "confirm", auth=WRITES, response=answers(Done), summary="Confirm receivers")
def confirm(request: HttpRequest, transition: Id, given: ChosenIn, key: Key) -> Any:
    """Confirm the proposed receivers of the chosen items."""
    return _bulk(request, transition, key, actions.confirm_allocation, given)


@router.post(BULK + "override", auth=WRITES, response=answers(Done), summary="Name a receiver")
def override(request: HttpRequest, transition: Id, given: OverrideIn, key: Key) -> Any:
    """Name the receiver of the chosen items, against or without the rules."""
    return _bulk(
        request,
        transition,
        key,
        actions.override_receiver,
        given,
        receiver_id=given.receiver,
        reason=given.reason,
        authority=given.authority,
    )


@router.post(BULK + "keep", auth=WRITES, response=answers(Done), summary="Keep")
def keep(request: HttpRequest, transition: Id, given: KeepIn, key: Key) -> Any:
    """Items stay with a named keeper by decision."""
    queries.transition_in_sight(caller(request), transition)
    know_bodies(given.keeper)
    return _bulk(
        request,
        transition,
        key,
        actions.keep_items,
        given,
        keeper_id=given.keeper,
        reason=given.reason,
        authority=given.authority,
    )


@router.post(BULK + "close", auth=WRITES, response=answers(Done), summary="Finish")
def close(request: HttpRequest, transition: Id, given: CloseIn, key: Key) -> Any:
    """Items are finished before the end: nothing is left to hand over."""
    return _bulk(request, transition, key, actions.close_items, given, reason=given.reason)


@router.post(BULK + "destroy", auth=WRITES, response=answers(Done), summary="Destroy by decision")
def destroy(request: HttpRequest, transition: Id, given: DestroyIn, key: Key) -> Any:
    """Items are destroyed by decision; there is no way back."""
    return _bulk(
        request,
        transition,
        key,
        actions.destroy_items,
        given,
        reason=given.reason,
        authority=given.authority,
    )


@router.post(BULK + "reopen", auth=WRITES, response=answers(Done), summary="Reopen")
def reopen(request: HttpRequest, transition: Id, given: ReopenIn, key: Key) -> Any:
    """Items kept or closed by mistake are with their giver again."""
    return _bulk(
        request, transition, key, actions.reopen_items, given, of=given.of, reason=given.reason
    )


@router.post(BULK + "missing", auth=WRITES, response=answers(Done), summary="Not found")
def missing(request: HttpRequest, transition: Id, given: LookedIn, key: Key) -> Any:
    """Items were looked for and not found: all of them, or so much of one."""
    return _bulk(
        request,
        transition,
        key,
        actions.report_missing,
        given,
        reason=given.reason,
        quantity=given.quantity,
    )


@router.post(BULK + "found", auth=WRITES, response=answers(Done), summary="Found again")
def found_again(request: HttpRequest, transition: Id, given: LookedIn, key: Key) -> Any:
    """Missing items were found again: all of them, or so much of one."""
    return _bulk(
        request,
        transition,
        key,
        actions.report_found,
        given,
        reason=given.reason,
        quantity=given.quantity,
    )


@router.post(BULK + "divide", auth=WRITES, response=answers(Done), summary="Divide by shares")
def divide(request: HttpRequest, transition: Id, given: CloseIn, key: Key) -> Any:
    """Divide the chosen items by the shares of the rule that proposed it, to the last unit."""
    return _bulk(request, transition, key, actions.divide_shared, given, reason=given.reason)


@router.post(ONE + "/split", auth=WRITES, response=answers(Done), summary="Split")
def split(request: HttpRequest, transition: Id, item: Id, given: SplitIn, key: Key) -> Any:
    """Split what is held of an item into parts with codes of their own, exactly."""
    in_sight(request, transition, item)
    know_bodies(*(p.receiver for p in given.parts))
    return do(
        request,
        key,
        actions.split_item,
        transition_id=transition,
        item_id=item,
        parts=[p.model_dump(exclude_none=True) for p in given.parts],
        reason=given.reason,
    )

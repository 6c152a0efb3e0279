"""Minutes: made, counted and refused through the API; signed only by a person on the page."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import Minutes, MinutesLine
from thongsuot.foundation.refusal import Refused
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.filters import ChoiceIn
from thongsuot.project.api.shapes import (
    LARGEST,
    After,
    Done,
    Id,
    In,
    Key,
    Limit,
    Line,
    Listing,
    Number,
    Reason,
    answers,
)
from thongsuot.rules.kernel.problem import Problem

router = Router(tags=["minutes"], auth=READS)
Side = Literal["giver", "receiver"]
Version = Annotated[int, Field(strict=True, ge=0, le=10**6)]


class MinutesOut(Schema):
    """Minutes between one giver and one receiver, and how far they are."""

    id: int
    number: int
    giver: int
    receiver: int
    state: str
    round: int
    opened_on: date
    signed_at: datetime | None
    corrects: int | None
    reason: str
    lines: int
    counted_by_giver: int
    counted_by_receiver: int


class SignatureOut(Schema):
    """Who signed for which side; ``content`` is the hash of what was signed."""

    side: str
    round: int
    body: int
    name: str
    post: str
    at: datetime
    content: str


class MinutesFull(MinutesOut):
    """Minutes with the hash of what they say now, and every signature under them."""

    content: str
    signatures: list[SignatureOut]


class MinutesLineOut(Schema):
    """One item on minutes: sent, counted by each side, refused or not."""

    id: int
    item: int
    code: str
    title: str
    kind: str
    measure: str
    quantity: int
    giver_count: int | None
    receiver_count: int | None
    giver_version: int
    receiver_version: int
    refused: bool
    reason: str


class DispatchIn(In):
    """What goes on minutes."""

    choice: ChoiceIn
    place: Line = ""


class CountIn(In):
    """What one side counted on a line; ``version`` is the one of that side that was seen."""

    line: Number
    count: Annotated[int, Field(strict=True, ge=0, le=LARGEST)]
    version: Version = 0


class CountsIn(In):
    """The counts of one side."""

    side: Side
    counts: Annotated[list[CountIn], Field(min_length=1, max_length=1_000)]


class RestIn(In):
    """The side that found everything else as it was sent."""

    side: Side


class RefuseIn(In):
    """Why the receiver refuses a line."""

    reason: Reason
    version: Version = 0


class WhyIn(In):
    """The reason."""

    reason: Reason


class CorrectIn(In):
    """Which lines of signed minutes are corrected, and why."""

    lines: Annotated[list[Number], Field(min_length=1, max_length=1_000)]
    reason: Reason


def _out(minutes: Minutes) -> dict[str, Any]:
    names = ("id", "number", "state", "round", "opened_on", "signed_at", "reason")
    links = ("giver", "receiver", "corrects")
    figures = {
        "lines": "line_count",
        "counted_by_giver": "giver_counted",
        "counted_by_receiver": "receiver_counted",
    }
    return {
        **{name: getattr(minutes, name) for name in names},
        **{name: getattr(minutes, f"{name}_id") for name in links},
        **{name: getattr(minutes, counted) for name, counted in figures.items()},
    }


def _line(line: MinutesLine) -> dict[str, Any]:
    own = (
        *("id", "quantity", "giver_count", "receiver_count", "giver_version", "receiver_version"),
        *("refused", "reason"),
    )
    return {
        **{name: getattr(line, name) for name in own},
        **{name: getattr(line.item, name) for name in ("code", "title", "kind", "measure")},
        "item": line.item_id,
    }


def _in_sight(request: HttpRequest, transition: int, minutes: int) -> Minutes:
    queries.transition_in_sight(caller(request), transition)
    found = queries.minutes_in_sight(caller(request), minutes)
    if found.transition_id != transition:
        raise Refused.missing(Problem("handover.minutes-missing"))
    return found


ALL = "/transitions/{int:transition}/minutes"
ONE = ALL + "/{int:minutes}"


@router.get(ALL, response=answers(Listing[MinutesOut]), summary="Minutes")
def listed(
    request: HttpRequest,
    transition: Id,
    after: After = 0,
    limit: Limit = 50,
    state: Annotated[str, Query(max_length=12)] = "",
) -> dict[str, Any]:
    """The minutes of a transition with an own body on either side, or of the area."""
    queries.transition_in_sight(caller(request), transition)
    rows = queries.minutes_of(caller(request), transition).order_by()
    return page(rows.filter(state=state) if state else rows, after, limit, _out)


@router.get(ONE, response=answers(MinutesFull), summary="One minutes")
def one(request: HttpRequest, transition: Id, minutes: Id) -> dict[str, Any]:
    """Minutes with their hash and signatures."""
    _in_sight(request, transition, minutes)
    found = queries.minutes_of(caller(request), transition).get(pk=minutes)
    signed = [
        {
            **{n: getattr(s, n) for n in SignatureOut.model_fields if n != "body"},
            "body": s.body_id,
        }
        for s in queries.signature_rows(found)
    ]
    return {**_out(found), "content": queries.content_of(found), "signatures": signed}


@router.get(ONE + "/lines", response=answers(Listing[MinutesLineOut]), summary="Lines")
def lines(
    request: HttpRequest,
    transition: Id,
    minutes: Id,
    after: After = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The lines of minutes with their items."""
    rows = queries.lines_of(_in_sight(request, transition, minutes)).order_by()
    return page(rows, after, limit, _line)


@router.post(ALL, auth=WRITES, response=answers(Done), summary="Make minutes")
def dispatch(request: HttpRequest, transition: Id, given: DispatchIn, key: Key) -> Any:
    """Put the chosen items on minutes, one for each giver and receiver."""
    queries.transition_in_sight(caller(request), transition)
    return do(
        request,
        key,
        actions.dispatch,
        transition_id=transition,
        choice=given.choice.choice(),
        place=given.place,
    )


@router.post(ONE + "/count", auth=WRITES, response=answers(Done), summary="Count lines")
def count(request: HttpRequest, transition: Id, minutes: Id, given: CountsIn, key: Key) -> Any:
    """One side writes down what it counted; refused (409) when it was counted meanwhile."""
    _in_sight(request, transition, minutes)
    return do(
        request,
        key,
        actions.count_lines,
        transition_id=transition,
        minutes_id=minutes,
        side=given.side,
        counts=[c.model_dump() for c in given.counts],
    )


@router.post(ONE + "/count-rest", auth=WRITES, response=answers(Done), summary="Rest as sent")
def count_rest(request: HttpRequest, transition: Id, minutes: Id, given: RestIn, key: Key) -> Any:
    """One side has counted every other line, and found what was sent."""
    _in_sight(request, transition, minutes)
    return do(
        request,
        key,
        actions.count_rest_as_sent,
        transition_id=transition,
        minutes_id=minutes,
        side=given.side,
    )


@router.post(
    ONE + "/lines/{int:line}/refuse", auth=WRITES, response=answers(Done), summary="Refuse a line"
)
def refuse(
    request: HttpRequest, transition: Id, minutes: Id, line: Id, given: RefuseIn, key: Key
) -> Any:
    """The receiver refuses a line, with the reason; it goes back when both have signed."""
    _in_sight(request, transition, minutes)
    return do(
        request,
        key,
        actions.refuse_line,
        transition_id=transition,
        minutes_id=minutes,
        line_id=line,
        reason=given.reason,
        version=given.version,
    )


@router.post(ONE + "/withdraw", auth=WRITES, response=answers(Done), summary="Withdraw")
def withdraw(request: HttpRequest, transition: Id, minutes: Id, given: WhyIn, key: Key) -> Any:
    """The giver takes unsigned minutes back; the items are held again."""
    _in_sight(request, transition, minutes)
    return do(
        request,
        key,
        actions.withdraw_minutes,
        transition_id=transition,
        minutes_id=minutes,
        reason=given.reason,
    )


@router.post(ONE + "/reopen", auth=WRITES, response=answers(Done), summary="Count again")
def reopen(request: HttpRequest, transition: Id, minutes: Id, given: WhyIn, key: Key) -> Any:
    """Before the receiver signs, either head has minutes counted again."""
    _in_sight(request, transition, minutes)
    return do(
        request,
        key,
        actions.reopen_minutes,
        transition_id=transition,
        minutes_id=minutes,
        reason=given.reason,
    )


@router.post(ONE + "/correct", auth=WRITES, response=answers(Done), summary="Correct signed ones")
def correct(request: HttpRequest, transition: Id, minutes: Id, given: CorrectIn, key: Key) -> Any:
    """Open correcting minutes for lines of signed ones; the signed ones stay as they are."""
    _in_sight(request, transition, minutes)
    return do(
        request,
        key,
        actions.correct_after_signature,
        transition_id=transition,
        minutes_id=minutes,
        lines=given.lines,
        reason=given.reason,
    )


@router.post(ONE + "/sign", auth=WRITES, response=answers(Done), summary="Sign: refused")
def sign(request: HttpRequest, transition: Id, minutes: Id) -> Any:
    """Always refused (403): a signature is a person who has just proved again who they are.

    Sign on the page of the minutes.
    """
    _in_sight(request, transition, minutes)
    raise Refused.forbidden(Problem("api.sign-in-person"))

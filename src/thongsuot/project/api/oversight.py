"""Commendations: the log read, proposing, opinions, deciding, announcing."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.oversight import actions, lists, permit
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import Day, Done, Id, In, Key, Listing, Number, Paged, answers

router = Router(tags=["oversight"], auth=READS)
FormCode = Literal["praise", "letter", "certificate", "merit"]
Words = Annotated[str, Field(max_length=500)]


class CommendationOut(Schema):
    """A commendation: whom, for what, in which form, on which figures, and how far it is."""

    id: int
    proposer: int
    decider: int
    body: int
    named: str
    form: str
    work: str
    about: str
    grounds: str
    figures: list[dict[str, Any]]
    state: str
    number: str
    proposed_on: date
    decided_on: date | None
    decided_by: str
    announced_on: date | None


class ProposeIn(In):
    """A person or a collective to commend, for a thing in the system or for other work."""

    proposer: Number
    body: Number
    decider: Number
    form: FormCode
    grounds: Annotated[str, Field(min_length=1, max_length=4_000)]
    person: Number | None = None
    duty: Number | None = None
    plan: Number | None = None
    series: Number | None = None
    about: Words = ""


class AskIn(In):
    """Whose opinion is asked."""

    bodies: Annotated[list[Number], Field(min_length=1, max_length=50)]


class ViewIn(In):
    """What a body that was asked thinks."""

    body: Number
    view: Literal["agree", "disagree"]
    words: Annotated[str, Field(max_length=1_000)] = ""


class DecideIn(In):
    """The decision."""

    form: FormCode
    on: Day
    number: Annotated[str, Field(max_length=60)] = ""


class AnnounceIn(In):
    """When and where it was announced."""

    on: Day
    where: Annotated[str, Field(min_length=1, max_length=300)]


class WhyIn(In):
    """A reason."""

    reason: Annotated[str, Field(min_length=1, max_length=500)]


def _shape(row: Any) -> dict[str, Any]:
    links = ("proposer", "decider", "body")
    names = [n for n in CommendationOut.model_fields if n not in ("id", *links)]
    return {
        "id": row.pk,
        **{n: getattr(row, f"{n}_id") for n in links},
        **{n: getattr(row, n) for n in names},
    }


ONE = "/commendations/{commendation}"


@router.get("/commendations", response=answers(Listing[CommendationOut]), summary="The log")
def every(request: HttpRequest, paged: Query[Paged]) -> Any:
    """As far as it is in sight."""
    return page(lists.rows_for(caller(request)), paged.after, paged.limit, _shape)


@router.post("/commendations", auth=WRITES, response=answers(Done), summary="Propose")
def propose(request: HttpRequest, given: ProposeIn, key: Key) -> Any:
    """For a body of the token."""
    values = given.model_dump()
    proposer = values.pop("proposer")
    return do(request, key, actions.propose, proposer_id=proposer, commendation=values)


@router.get(ONE, response=answers(CommendationOut), summary="One commendation")
def one(request: HttpRequest, commendation: Id) -> Any:
    """When it is in sight."""
    return _shape(permit.in_sight(caller(request), commendation))


@router.post(ONE + "/ask", auth=WRITES, response=answers(Done), summary="Ask for opinions")
def ask(request: HttpRequest, commendation: Id, given: AskIn, key: Key) -> Any:
    """Of bodies of the same province."""
    return do(request, key, actions.ask_views, commendation_id=commendation, bodies=given.bodies)


@router.post(ONE + "/opinion", auth=WRITES, response=answers(Done), summary="Give an opinion")
def opine(request: HttpRequest, commendation: Id, given: ViewIn, key: Key) -> Any:
    """For a body that was asked."""
    return do(
        request, key, actions.give_view, commendation_id=commendation, body_id=given.body,
        view=given.view, words=given.words,
    )  # fmt: skip


@router.post(ONE + "/decide", auth=WRITES, response=answers(Done), summary="Decide")
def decide(request: HttpRequest, commendation: Id, given: DecideIn, key: Key) -> Any:
    """By the head of the competent body."""
    return do(request, key, actions.decide, commendation_id=commendation, **given.model_dump())


@router.post(ONE + "/decline", auth=WRITES, response=answers(Done), summary="Decline")
def decline(request: HttpRequest, commendation: Id, given: WhyIn, key: Key) -> Any:
    """With the reason."""
    return do(request, key, actions.decline, commendation_id=commendation, reason=given.reason)


@router.post(ONE + "/withdraw", auth=WRITES, response=answers(Done), summary="Withdraw")
def withdraw(request: HttpRequest, commendation: Id, given: WhyIn, key: Key) -> Any:
    """By who proposed it."""
    return do(request, key, actions.withdraw, commendation_id=commendation, reason=given.reason)


@router.post(ONE + "/announce", auth=WRITES, response=answers(Done), summary="Announce")
def announce(request: HttpRequest, commendation: Id, given: AnnounceIn, key: Key) -> Any:
    """When, and where."""
    return do(request, key, actions.announce, commendation_id=commendation, **given.model_dump())

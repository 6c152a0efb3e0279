"""Transitions: the days, the bodies, the balance, what stands in the way of an end."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import AllocationRule, Transition
from thongsuot.apps.handover.queries.balance import Receiver, Sentences
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, know_bodies, know_units, page, part
from thongsuot.project.api.filters import KindCode
from thongsuot.project.api.shapes import (
    MOST,
    Done,
    Id,
    In,
    Key,
    Line,
    Listing,
    Number,
    Paged,
    Reason,
    Yes,
    answers,
)
from thongsuot.rules.handover.balance import BalanceRow
from thongsuot.rules.handover.ledger import PLACES, Buckets

router = Router(tags=["transitions"], auth=READS)


class TransitionOut(Schema):
    """A transition with its days."""

    id: int
    name: str
    unit: int
    basis: str
    state: str
    freeze_on: date | None
    trial_from: date | None
    trial_to: date | None
    lessons_on: date | None
    effective_on: date
    deadline_on: date | None
    residual: int | None
    stuck_after: int
    demo: bool


class TransitionBodyOut(Schema):
    """A body that ends or begins."""

    body: int
    name: str
    side: str
    payroll: int | None
    ended_on: date | None


class TeamOut(Schema):
    """A team, and the body it works for."""

    team: int
    name: str
    side: str
    for_body: int
    for_name: str


class TransitionFull(TransitionOut):
    """A transition with its bodies and teams."""

    bodies: list[TransitionBodyOut]
    teams: list[TeamOut]


class BucketsOut(Schema):
    """One figure for each place in which a thing can be."""

    held: int
    transit: int
    accepted: int
    kept: int
    closed: int
    destroyed: int
    disputed: int
    missing: int


class BalanceOut(Schema):
    """One line of the balance: opened equals the sum of the eight buckets, always."""

    giver: int
    receiver: int
    kind: str
    measure: str
    opened_items: int
    items: BucketsOut
    opened_quantity: int
    quantity: BucketsOut
    opened_value: int
    value: BucketsOut


class SentencesOut(Schema):
    """The three sentences in figures; all 0 is what everybody works for."""

    left_out: int
    stuck: int
    gap: int
    unsigned: int


class ReceiverOut(Schema):
    """What comes to one body."""

    body: int
    begins: bool
    opened: int
    items: BucketsOut


class StepOut(Schema):
    """What stands at one of the five steps."""

    step: int
    items: int
    stuck: int


class StatementOut(Schema):
    """Where the papers of the balance are opened, signed in, in a browser."""

    page: str


class ShareIn(In):
    """One receiver of a rule that divides."""

    body: Number
    weight: Annotated[int, Field(strict=True, ge=1, le=10**9)]


class RuleIn(In):
    """An allocation rule; exactly one of receiver, to_successor and shares."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Reason
    kind: KindCode | Literal[""] = ""
    field: Annotated[str, Field(max_length=120)] = ""
    place: Number | None = None
    giver: Number | None = None
    priority: Annotated[int, Field(strict=True, ge=-1000, le=1000)] = 0
    receiver: Number | None = None
    to_successor: Yes = False
    heir_kind: Annotated[str, Field(max_length=24)] = ""
    law: Annotated[str, Field(max_length=200)] = ""
    shares: Annotated[list[ShareIn], Field(max_length=MOST)] = []


class RuleOut(Schema):
    """An allocation rule in force."""

    id: int
    name: str
    kind: str
    field: str
    place: int | None
    giver: int | None
    priority: int
    receiver: int | None
    to_successor: bool
    heir_kind: str
    reason: str
    law: str
    shares: list[dict[str, int]]


class WhyIn(In):
    """The reason."""

    reason: Reason


class EndIn(In):
    """The decision that a body ends by."""

    authority: Line = ""


def _out(transition: Transition) -> dict[str, Any]:
    names = [n for n in TransitionOut.model_fields if n not in ("unit", "residual")]
    return {
        **{name: getattr(transition, name) for name in names},
        "unit": transition.unit_id,
        "residual": transition.residual_id,
    }


def buckets(found: Buckets) -> dict[str, int]:
    """The eight figures by name."""
    return {place: getattr(found, place) for place in PLACES}


def _balance(row: BalanceRow) -> dict[str, Any]:
    names = (
        *("giver", "receiver", "kind", "measure"),
        *("opened_items", "opened_quantity", "opened_value"),
    )
    return {
        **{name: getattr(row, name) for name in names},
        **{name: buckets(getattr(row, name)) for name in ("items", "quantity", "value")},
    }


def _receiver(row: Receiver) -> dict[str, Any]:
    return {
        "body": row.body,
        "begins": row.begins,
        "opened": row.opened,
        "items": buckets(row.items),
    }


@router.get("/transitions", response=answers(Listing[TransitionOut]), summary="My transitions")
def transitions(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """The transitions in which the post has a part."""
    rows = queries.transitions_of(caller(request)).order_by()
    return page(rows, asked.after, asked.limit, _out)


@router.get(
    "/transitions/{int:transition}", response=answers(TransitionFull), summary="One transition"
)
def transition(request: HttpRequest, transition: Id) -> dict[str, Any]:
    """A transition with its bodies and teams."""
    found = queries.transition_in_sight(caller(request), transition)
    return {
        **_out(found),
        "bodies": queries.bodies_of(found),
        "teams": queries.teams_of(found),
    }


@router.get(
    "/transitions/{int:transition}/balance",
    response=answers(Listing[BalanceOut]),
    summary="Balance",
)
def balance(
    request: HttpRequest,
    transition: Id,
    asked: Query[Paged],
    by_receiver: bool = False,
) -> dict[str, Any]:
    """The balance per body, kind and measure, as far as the post may see it."""
    queries.transition_in_sight(caller(request), transition)
    rows = queries.balance(caller(request), transition, by_receiver=by_receiver)
    return part(rows, asked.after, asked.limit, _balance)


@router.get(
    "/transitions/{int:transition}/sentences",
    response=answers(SentencesOut),
    summary="Three sentences",
)
def sentences(request: HttpRequest, transition: Id) -> Sentences:
    """Left out, stuck, gap: as far as the post may see."""
    found = queries.transition_in_sight(caller(request), transition)
    return queries.sentences(caller(request), found, clock.today())


@router.get(
    "/transitions/{int:transition}/receivers",
    response=answers(Listing[ReceiverOut]),
    summary="Who receives how much",
)
def receivers(request: HttpRequest, transition: Id, asked: Query[Paged]) -> dict[str, Any]:
    """Every body that something comes to, and every body that begins."""
    queries.transition_in_sight(caller(request), transition)
    rows = queries.receivers(caller(request), transition)
    return part(rows, asked.after, asked.limit, _receiver)


@router.get(
    "/transitions/{int:transition}/steps", response=answers(Listing[StepOut]), summary="Ageing"
)
def steps(request: HttpRequest, transition: Id, asked: Query[Paged]) -> dict[str, Any]:
    """How much stands at each of the five steps, and how much of it too long."""
    found = queries.transition_in_sight(caller(request), transition)
    rows = queries.ageing(caller(request), found, clock.today())
    return part(rows, asked.after, asked.limit, lambda row: row)


@router.get(
    "/transitions/{int:transition}/statement", response=answers(StatementOut), summary="The papers"
)
def statement(request: HttpRequest, transition: Id) -> dict[str, Any]:
    """The address of the balance page, where the statement is made as XLSX and PDF."""
    queries.transition_in_sight(caller(request), transition)
    return {"page": reverse("handover:balance", args=[transition])}


def _rule(rule: AllocationRule) -> dict[str, Any]:
    names = [n for n in RuleOut.model_fields if n not in ("place", "giver", "receiver", "shares")]
    return {
        **{name: getattr(rule, name) for name in names},
        **{name: getattr(rule, f"{name}_id") for name in ("place", "giver", "receiver")},
        "shares": [{"body": s.body_id, "weight": s.weight} for s in rule.shares.all()],
    }


@router.get(
    "/transitions/{int:transition}/rules", response=answers(Listing[RuleOut]), summary="Rules"
)
def rules(request: HttpRequest, transition: Id, asked: Query[Paged]) -> dict[str, Any]:
    """The allocation rules in force."""
    queries.transition_in_sight(caller(request), transition)
    rows = queries.rules_in_force(transition).order_by()
    return page(rows, asked.after, asked.limit, _rule)


def _rule_given(given: RuleIn) -> dict[str, Any]:
    """The rule as the actions take it, after its bodies and its place were found to exist."""
    know_bodies(given.giver, given.receiver, *(s.body for s in given.shares))
    know_units([given.place])
    return {
        "rule": given.model_dump(exclude={"shares"}, exclude_defaults=True),
        "shares": [s.model_dump() for s in given.shares],
    }


@router.post(
    "/transitions/{int:transition}/rules",
    auth=WRITES,
    response=answers(Done),
    summary="Write a rule",
)
def write_rule(request: HttpRequest, transition: Id, given: RuleIn, key: Key) -> dict[str, Any]:
    """Write an allocation rule."""
    queries.transition_in_sight(caller(request), transition)
    rule = _rule_given(given)
    return do(request, key, actions.write_rule, transition_id=transition, **rule)


@router.post(
    "/transitions/{int:transition}/rules/{int:rule}/change",
    auth=WRITES,
    response=answers(Done),
    summary="Replace a rule",
)
def change_rule(
    request: HttpRequest, transition: Id, rule: Id, given: RuleIn, key: Key
) -> dict[str, Any]:
    """Replace a rule by another; the old one stays on record, retired."""
    queries.transition_in_sight(caller(request), transition)
    new = _rule_given(given)
    return do(request, key, actions.change_rule, transition_id=transition, rule_id=rule, **new)


@router.post(
    "/transitions/{int:transition}/rules/{int:rule}/retire",
    auth=WRITES,
    response=answers(Done),
    summary="Retire a rule",
)
def retire_rule(
    request: HttpRequest, transition: Id, rule: Id, given: WhyIn, key: Key
) -> dict[str, Any]:
    """A rule no longer proposes anything."""
    queries.transition_in_sight(caller(request), transition)
    return do(
        request,
        key,
        actions.retire_rule,
        transition_id=transition,
        rule_id=rule,
        reason=given.reason,
    )


@router.post(
    "/transitions/{int:transition}/bodies/{int:body}/close",
    auth=WRITES,
    response=answers(Done),
    summary="End a body",
)
def close_body(
    request: HttpRequest, transition: Id, body: Id, given: EndIn, key: Key
) -> dict[str, Any]:
    """A body ends; refused (422) with the list of what is left as long as anything is."""
    queries.transition_in_sight(caller(request), transition)
    know_bodies(body)
    return do(
        request,
        key,
        actions.close_body,
        transition_id=transition,
        body_id=body,
        authority=given.authority,
    )

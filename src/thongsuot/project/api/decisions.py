"""Decisions on their way, sessions and duty assignments."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.decisions import actions, lists, permit, queries
from thongsuot.apps.decisions.queries.registers import assignment_of
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import (
    Day,
    Done,
    Id,
    In,
    Key,
    Line,
    Listing,
    Number,
    Paged,
    Reason,
    Text,
    Yes,
    answers,
)
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.decisions import session as sittings

router = Router(tags=["decisions"], auth=READS)


class DocketOut(Schema):
    """A docket and where it stands."""

    id: int
    title: str
    track: str
    owner: int
    owner_name: str | None
    state: str
    since: date
    session: int | None
    number: str
    decided_on: date | None


class DocketWholeOut(DocketOut):
    """A docket with what the table allows now and what it lacks."""

    summary: str
    possible: list[str]
    papers: list[str]
    awaited: list[str]


class SessionOut(Schema):
    """A session of a council."""

    id: int
    name: str
    kind: str
    council: int
    on: date
    members: int
    present: int | None
    state: str


class MilestoneOut(Schema):
    """A day counted from a session; ``confirmed`` False: the number was not read in the law."""

    step: str
    day: date
    working_days: int
    confirmed: bool


class CoverageOut(Schema):
    """A matter the rules give to a commune, and who leads on it."""

    matter: str
    name: str
    field: str
    leads: list[str]


class DocketIn(In):
    """A new docket."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    summary: Reason
    track: Literal["council", "committee"]
    basis: Line = ""
    urgent: Yes = False


class ConsultIn(In):
    """Whom to ask, by when."""

    bodies: Annotated[list[Number], Field(min_length=1, max_length=60)]
    due_on: Day


class OpinionIn(In):
    """What a body that was asked says."""

    stance: Literal["agrees", "comments", "disagrees"]
    text: Text = ""
    number: Annotated[str, Field(max_length=100)] = ""


class WithdrawIn(In):
    """Why."""

    reason: Reason


def _shape(row: Any) -> dict[str, Any]:
    names = ("title", "track", "state", "since", "number", "decided_on", "owner_name")
    return {
        "id": row.pk, "owner": row.owner_id, "session": row.session_id,
        **{name: getattr(row, name) for name in names},
    }  # fmt: skip


def _session(row: Any) -> dict[str, Any]:
    names = ("name", "kind", "on", "members", "present", "state")
    return {"id": row.pk, "council": row.council_id, **{n: getattr(row, n) for n in names}}


@router.get("/dockets", response=answers(Listing[DocketOut]), summary="Dockets in sight")
def every(request: HttpRequest, paged: Query[Paged]) -> Any:
    """What concerns the post."""
    return page(lists.docket_rows(caller(request)), paged.after, paged.limit, _shape)


@router.post("/dockets", auth=WRITES, response=answers(Done), summary="Open a docket")
def opened(request: HttpRequest, given: DocketIn, key: Key) -> Any:
    """For the committee of the token."""
    return do(request, key, actions.open_docket, **given.model_dump())


@router.get("/dockets/{docket}", response=answers(DocketWholeOut), summary="One docket")
def one(request: HttpRequest, docket: Id) -> Any:
    """With what the table allows next and whose opinion is awaited."""
    actor = caller(request)
    permit.docket_in_sight(actor, docket)
    row = lists.docket_rows(actor).get(pk=docket)
    value = queries.docket_value(row, clock.today())
    return {
        **_shape(row), "summary": row.summary, "possible": rules.doable(value),
        "papers": sorted(value.papers), "awaited": value.unanswered,
    }  # fmt: skip


@router.post(
    "/dockets/{docket}/consult", auth=WRITES, response=answers(Done), summary="Ask for opinions"
)
def consult(request: HttpRequest, docket: Id, given: ConsultIn, key: Key) -> Any:
    """Ask bodies for their opinion on the draft."""
    return do(
        request, key, actions.consult, docket_id=docket, bodies=given.bodies, due_on=given.due_on
    )


@router.post(
    "/dockets/{docket}/opinion", auth=WRITES, response=answers(Done), summary="Give an opinion"
)
def opinion(request: HttpRequest, docket: Id, given: OpinionIn, key: Key) -> Any:
    """As a body that was asked; once. Signing stays with the pages, where people prove who they are."""
    return do(request, key, actions.give_opinion, docket_id=docket, **given.model_dump())


@router.post(
    "/dockets/{docket}/withdraw", auth=WRITES, response=answers(Done), summary="Withdraw a docket"
)
def withdraw(request: HttpRequest, docket: Id, given: WithdrawIn, key: Key) -> Any:
    """With the reason."""
    return do(
        request, key, actions.take_step, docket_id=docket, doing="withdraw", reason=given.reason
    )


@router.get("/sessions", response=answers(Listing[SessionOut]), summary="Sessions in sight")
def sessions(request: HttpRequest, paged: Query[Paged]) -> Any:
    """Of the councils in sight."""
    return page(permit.visible_sessions(caller(request)), paged.after, paged.limit, _session)


@router.get(
    "/sessions/{session}/milestones",
    response=answers(list[MilestoneOut]),
    summary="Days counted back",
)
def milestones(request: HttpRequest, session: Id) -> Any:
    """From a session back to its invitation, and on to publication."""
    row = permit.session_in_sight(caller(request), session)
    return list(
        sittings.milestones(row.on, row.kind, calendar_around(row.on.year), queries.parameters())
    )


@router.get(
    "/bodies/{body}/coverage",
    response=answers(list[CoverageOut]),
    summary="Who has which matter",
)
def coverage(request: HttpRequest, body: Id) -> Any:
    """Each matter the rules give to the commune of a body, and who leads; gaps first."""
    actor = caller(request)
    today = clock.today()
    version = assignment_of(body, today)
    seen = version is not None and permit.visible_versions(actor).filter(pk=version.pk).exists()
    found = queries.coverage_of(version if seen else None, body, today)
    return [
        {"matter": c.matter.code, "name": c.matter.name, "field": c.matter.field, "leads": c.leads}
        for c in found
    ]

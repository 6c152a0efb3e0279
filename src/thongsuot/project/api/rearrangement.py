"""Schemes of rearrangement: read, units entered, fates set, opinions, approval, steps."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.rearrangement import actions, lists, permit, queries
from thongsuot.apps.rearrangement.models import Scheme
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import (
    Count,
    Day,
    Done,
    Id,
    In,
    Key,
    Listing,
    Number,
    Paged,
    answers,
)
from thongsuot.rules.rearrangement.option import Sum, Total

router = Router(tags=["rearrangement"], auth=READS)
Line300 = Annotated[str, Field(max_length=300)]
Words = Annotated[str, Field(max_length=500)]
Code = Annotated[str, Field(min_length=1, max_length=30)]
MaybeCode = Annotated[str, Field(max_length=30)]
FundingCode = Literal["state", "part", "running", "self", "company"]
SortCode = Literal["office", "branch", "service-unit"]
StepCode = Literal["decision", "people", "handover", "seal", "announce"]


class SchemeOut(Schema):
    """A scheme: who leads it, pulls it together and decides, and how far it is."""

    id: int
    title: str
    kind: str
    keeper: int
    gatherer: int
    approver: int
    document: int | None
    plan: int | None
    state: str
    due_on: date | None
    chosen: int | None
    chosen_version: int | None
    decision_number: str
    decision_on: date | None


class OwnerOut(Schema):
    """A department in a scheme, and when it had sent in its units."""

    body: int
    name: str
    units: int
    people: int
    leaders: int
    sent_at: datetime | None


class SumOut(Schema):
    """Units, people and posts of leaders."""

    units: int
    people: int
    leaders: int


class OptionOut(Schema):
    """An option: coverage n/N with the missing named, what it lacks, before and after."""

    id: int
    letter: str
    title: str
    version: int
    covered: int
    of: int
    missing: list[str]
    problems: int
    before: SumOut
    after: SumOut
    released: int


class WholeOut(SchemeOut):
    """A scheme with its departments and options, as far as they are in sight."""

    owners: list[OwnerOut]
    options: list[OptionOut]


class UnitOut(Schema):
    """A unit as it is."""

    id: int
    code: str
    name: str
    owner: int
    sort: str
    people: int
    leaders: int
    funding: str
    basis: str


class SchemeIn(In):
    """A scheme to begin."""

    keeper: Number
    title: Annotated[str, Field(min_length=1, max_length=300)]
    kind: Literal["offices", "service-units", "both"]
    owners: Annotated[list[Number], Field(min_length=1, max_length=200)]
    gatherer: Number | None = None
    approver: Number | None = None
    basis: Line300 = ""
    document: Number | None = None
    plan: Number | None = None
    due_on: Day | None = None


class UnitIn(In):
    """A unit of a department as it is."""

    owner: Number
    code: Code
    name: Annotated[str, Field(min_length=1, max_length=300)]
    people: Count
    leaders: Count
    sort: SortCode = "office"
    funding: FundingCode = "state"
    basis: Line300 = ""
    note: Words = ""


class OptionIn(In):
    """An option, empty or like another one."""

    title: Annotated[str, Field(min_length=1, max_length=300)]
    like: Number | None = None


class FateIn(In):
    """What becomes of one unit."""

    unit: Number
    fate: Literal["keep", "merge", "dissolve", "rename", "move", "convert"]
    name: Line300 = ""
    owner: Number | None = None
    funding: Literal["", "state", "part", "running", "self", "company"] = ""
    into: MaybeCode = ""
    tasks_to: MaybeCode = ""
    assets_to: MaybeCode = ""
    people_to: MaybeCode = ""
    released: Count = 0
    leaders: Count | None = None
    note: Words = ""


class FatesIn(In):
    """Fates of units in an option; after submission with the reason for a new version."""

    fates: Annotated[list[FateIn], Field(min_length=1, max_length=5_000)]
    reason: Words = ""


class FoundedIn(In):
    """A unit that is to be founded."""

    code: Code
    name: Annotated[str, Field(min_length=1, max_length=300)]
    owner: Number
    leaders: Count
    sort: SortCode = "office"
    reason: Words = ""


class WordsIn(In):
    """A few words."""

    words: Words = ""


class AskIn(In):
    """Whose opinion is asked, by when."""

    bodies: Annotated[list[Number], Field(min_length=1, max_length=200)]
    due_on: Day


class OpinionIn(In):
    """What a body that was asked thinks."""

    body: Number
    stance: Literal["agree", "comments", "disagree"]
    words: Annotated[str, Field(max_length=10_000)] = ""


class ApproveIn(In):
    """The decision by which one version of an option is approved."""

    option: Number
    version: Number
    number: Annotated[str, Field(min_length=1, max_length=60)]
    on: Day
    basis: Annotated[str, Field(min_length=1, max_length=300)]


class BeginIn(In):
    """A day for each step."""

    decision: Day
    people: Day
    handover: Day
    seal: Day
    announce: Day


class StepIn(In):
    """A step that was taken for a unit."""

    unit: Number
    step: StepCode
    done_on: Day
    paper: Annotated[str, Field(max_length=120)] = ""
    note: Words = ""


def _shape(row: Scheme) -> dict[str, Any]:
    names = ("title", "kind", "state", "due_on", "chosen_version", "decision_number", "decision_on")
    links = ("keeper", "gatherer", "approver", "document", "plan", "chosen")
    return {
        "id": row.pk,
        **{n: getattr(row, n) for n in names},
        **{n: getattr(row, f"{n}_id") for n in links},
    }


def _sum(given: Sum) -> dict[str, int]:
    return {"units": given.units, "people": given.people, "leaders": given.leaders}


def _option(view: queries.OptionView) -> dict[str, Any]:
    whole: Total = view.whole
    return {
        "id": view.option.pk,
        "letter": view.option.letter,
        "title": view.option.title,
        "version": view.option.version,
        "covered": view.covered.done,
        "of": view.covered.of,
        "missing": [p.name for p in view.covered.missing],
        "problems": len(view.problems),
        "before": _sum(whole.before),
        "after": _sum(whole.after),
        "released": whole.released,
    }


def _unit(row: Any) -> dict[str, Any]:
    names = ("code", "name", "sort", "people", "leaders", "funding", "basis")
    return {"id": row.pk, "owner": row.owner_id, **{n: getattr(row, n) for n in names}}


ONE = "/schemes/{scheme}"


@router.get("/schemes", response=answers(Listing[SchemeOut]), summary="Schemes in sight")
def every(request: HttpRequest, paged: Query[Paged]) -> Any:
    """Those that the post leads, pulls together, decides, takes part in or is asked about."""
    return page(permit.visible(caller(request)), paged.after, paged.limit, _shape)


@router.post("/schemes", auth=WRITES, response=answers(Done), summary="Begin a scheme")
def make(request: HttpRequest, given: SchemeIn, key: Key) -> Any:
    """For a body of the token; its departments are told."""
    values = given.model_dump()
    keeper, owners = values.pop("keeper"), values.pop("owners")
    return do(request, key, actions.make_scheme, keeper_id=keeper, owners=owners, scheme=values)


@router.get(ONE, response=answers(WholeOut), summary="One scheme")
def one(request: HttpRequest, scheme: Id) -> Any:
    """With its departments and options; who takes part sees its own department alone."""
    actor = caller(request)
    found = permit.in_sight(actor, scheme)
    whole = permit.sees_whole(actor, found)
    owners = queries.owners_of(found, None if whole else permit.own_bodies(actor))
    return {
        **_shape(found),
        "owners": [{n: getattr(o, n) for n in OwnerOut.model_fields} for o in owners],
        "options": [_option(v) for v in queries.options_of(found)] if whole else [],
    }


@router.get(ONE + "/units", response=answers(Listing[UnitOut]), summary="Units as they are")
def units(request: HttpRequest, scheme: Id, paged: Query[Paged]) -> Any:
    """Those in sight."""
    actor = caller(request)
    rows = lists.units_for(actor, permit.in_sight(actor, scheme))
    return page(rows, paged.after, paged.limit, _unit)


@router.post(ONE + "/units", auth=WRITES, response=answers(Done), summary="Enter a unit")
def put_unit(request: HttpRequest, scheme: Id, given: UnitIn, key: Key) -> Any:
    """A unit of a department, while the scheme is drafted."""
    values = given.model_dump()
    owner = values.pop("owner")
    return do(request, key, actions.put_unit, scheme_id=scheme, owner_id=owner, unit=values)


@router.post(ONE + "/owners/{body}/send", auth=WRITES, response=answers(Done), summary="Send in")
def send(request: HttpRequest, scheme: Id, body: Id, key: Key) -> Any:
    """The list of a department is whole."""
    return do(request, key, actions.send_units, scheme_id=scheme, owner_id=body)


@router.post(ONE + "/options", auth=WRITES, response=answers(Done), summary="Make an option")
def make_option(request: HttpRequest, scheme: Id, given: OptionIn, key: Key) -> Any:
    """The next letter."""
    return do(
        request, key, actions.make_option, scheme_id=scheme, title=given.title, like=given.like or 0
    )


@router.post(
    ONE + "/options/{option}/fates", auth=WRITES, response=answers(Done), summary="Set fates"
)
def set_fates(request: HttpRequest, scheme: Id, option: Id, given: FatesIn, key: Key) -> Any:
    """What becomes of units."""
    fates = [f.model_dump() for f in given.fates]
    return do(
        request, key, actions.set_fates, scheme_id=scheme, option_id=option, fates=fates,
        reason=given.reason,
    )  # fmt: skip


@router.post(
    ONE + "/options/{option}/founded", auth=WRITES, response=answers(Done), summary="Found a unit"
)
def found(request: HttpRequest, scheme: Id, option: Id, given: FoundedIn, key: Key) -> Any:
    """So that others can merge into it."""
    unit = given.model_dump()
    reason = unit.pop("reason")
    return do(
        request, key, actions.found_unit, scheme_id=scheme, option_id=option, unit=unit,
        reason=reason,
    )  # fmt: skip


@router.post(ONE + "/submit", auth=WRITES, response=answers(Done), summary="Submit")
def submit(request: HttpRequest, scheme: Id, given: WordsIn, key: Key) -> Any:
    """Every option gives every unit one fate."""
    return do(request, key, actions.submit_scheme, scheme_id=scheme, words=given.words)


@router.post(ONE + "/opinions", auth=WRITES, response=answers(Done), summary="Ask for opinions")
def ask(request: HttpRequest, scheme: Id, given: AskIn, key: Key) -> Any:
    """By a day."""
    return do(
        request,
        key,
        actions.ask_opinions,
        scheme_id=scheme,
        bodies=given.bodies,
        due_on=given.due_on,
    )


@router.post(ONE + "/opinion", auth=WRITES, response=answers(Done), summary="Give an opinion")
def opine(request: HttpRequest, scheme: Id, given: OpinionIn, key: Key) -> Any:
    """For a body that was asked."""
    return do(
        request, key, actions.give_opinion, scheme_id=scheme, body_id=given.body,
        stance=given.stance, words=given.words,
    )  # fmt: skip


@router.post(ONE + "/approve", auth=WRITES, response=answers(Done), summary="Approve")
def approve(request: HttpRequest, scheme: Id, given: ApproveIn, key: Key) -> Any:
    """One version of one option, by a decision."""
    return do(
        request, key, actions.approve_scheme, scheme_id=scheme, option_id=given.option,
        number=given.number, decided_on=given.on, basis=given.basis, version=given.version,
    )  # fmt: skip


@router.post(ONE + "/begin", auth=WRITES, response=answers(Done), summary="Begin to carry out")
def begin(request: HttpRequest, scheme: Id, given: BeginIn, key: Key) -> Any:
    """A day for each step."""
    return do(request, key, actions.begin_carrying, scheme_id=scheme, days=given.model_dump())


@router.post(ONE + "/steps", auth=WRITES, response=answers(Done), summary="A step was taken")
def carry(request: HttpRequest, scheme: Id, given: StepIn, key: Key) -> Any:
    """For one unit, in the order of steps."""
    values = given.model_dump()
    unit = values.pop("unit")
    return do(request, key, actions.carry_step, scheme_id=scheme, unit_id=unit, **values)


class GridOut(Schema):
    """How far one department is with one step."""

    body: int
    name: str
    late: int
    cells: list[tuple[int, int, int]]


@router.get(ONE + "/progress", response=answers(list[GridOut]), summary="Departments × steps")
def progress(request: HttpRequest, scheme: Id) -> Any:
    """Done, of how many, late; in the order of the steps."""
    actor = caller(request)
    known = permit.in_sight(actor, scheme)
    only = None if permit.sees_whole(actor, known) else permit.own_bodies(actor)
    if known.state not in ("carrying", "done"):
        raise Refused.because("rearrangement.not-in-this-state", known.title[:80])
    return [
        {"body": r.body, "name": r.name, "late": r.late,
         "cells": [(c.done, c.of, c.late) for c in r.cells]}
        for r in queries.grid_of(known, clock.today(), only)
    ]  # fmt: skip

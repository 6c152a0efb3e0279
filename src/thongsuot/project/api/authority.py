"""Competence: who may decide a matter in a place on a day, by which article."""

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.authority.models import Rule
from thongsuot.apps.authority.queries.card import ask
from thongsuot.apps.authority.queries.matters import find_matters, matter_with
from thongsuot.apps.authority.queries.places import unit_with_key
from thongsuot.apps.authority.queries.plain import as_plain
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS
from thongsuot.project.api.doing import page
from thongsuot.project.api.shapes import Day, Listing, Paged, answers

router = Router(tags=["authority"], auth=READS)
Words = Annotated[
    str, Field(max_length=200, description="everyday words, with or without marks, or a code")
]
Money = Annotated[int, Field(ge=0, le=10**17, description="đồng, when it depends on the amount")]


class Named(Schema):
    """A thing to point at."""

    id: int
    name: str


class UnitNamed(Named):
    """A unit to point at."""

    key: str


class PostNamed(Schema):
    """A post to point at."""

    id: int
    title: str


class RuleOut(Schema):
    """A rule that an answer rests on. ``confirmed``: two people compared it with its text."""

    code: str
    kind: str
    office: str
    cited: str
    text: str
    article: str
    clause: str
    since: date | None
    until: date | None
    least: int | None
    most: int | None
    conditions: str
    reading: str
    confirmed: bool


class FormerOut(Schema):
    """Who had the power before, until which day."""

    office: str
    until: date | None


class DelegateOut(Schema):
    """Who may sign instead, by which delegations."""

    person: str
    chain: list[str]
    form: str
    most: int | None
    absence: bool
    until: date | None


class WhoOut(Schema):
    """One answer, or a named gap or clash. ``state``: one, doubtful, gap, or ask (name the amount)."""

    matter: str
    place: UnitNamed | None
    on: date
    amount: int | None
    state: str
    reason: str
    says: str
    office: str
    unit: UnitNamed | None
    body: Named | None
    post: PostNamed | None
    person: str
    confirmed: bool
    expires: date | None
    missing: list[str]
    basis: list[RuleOut]
    chain: list[RuleOut]
    near: list[RuleOut]
    former: list[FormerOut]
    delegates: list[DelegateOut]


class MatterOut(Schema):
    """A matter that may be meant."""

    code: str
    name: str
    field: str


class RuleRow(Schema):
    """A rule of the register."""

    id: int
    code: str
    matter: str
    kind: str
    to_tier: str
    to_organ: str
    text: str
    article: str
    clause: str
    since: date | None
    until: date | None
    status: str
    reading: str


class Who(Schema):
    """What is asked. ``place`` is the key of a unit; without it, what holds in the whole country."""

    matter: Annotated[str, Field(max_length=60)]
    place: Annotated[str, Field(max_length=80)] = ""
    on: Day | None = None
    amount: Money | None = None


@router.get("/authority/who", response=answers(WhoOut), summary="Who may decide")
def who(request: HttpRequest, asked: Query[Who]) -> Any:
    """Who may decide a matter in a place on a day: office, person, article, chain, limits."""
    matter = matter_with(asked.matter)
    place = unit_with_key(asked.place) if asked.place else 0
    if matter is None or (asked.place and not place):
        raise Http404
    return as_plain(ask(matter.code, place, asked.on or clock.today(), asked.amount))


@router.get("/authority/matters", response=answers(list[MatterOut]), summary="Find a matter")
def matters(request: HttpRequest, q: Words) -> Any:
    """The matters that may be meant by everyday words, the likeliest first."""
    return [
        {"code": f.matter.code, "name": f.matter.name, "field": f.matter.field.name}
        for f in find_matters(q)
    ]


@router.get("/authority/rules", response=answers(Listing[RuleRow]), summary="Rules of competence")
def rules(request: HttpRequest, paged: Query[Paged]) -> Any:
    """Every live rule of the register, drafts among them, in the order of ids."""
    rows = Rule.objects.filter(live=True).select_related("matter", "text")
    return page(rows, paged.after, paged.limit, _row)


def _row(rule: Rule) -> dict[str, Any]:
    plain = ("code", "kind", "to_tier", "to_organ", "article", "clause", "since", "until", "status",
             "reading")  # fmt: skip
    return {
        "id": rule.pk,
        "matter": rule.matter.code,
        "text": rule.text.key,
        **{name: getattr(rule, name) for name in plain},
    }

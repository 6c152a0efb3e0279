"""Units, bodies and legal texts, as of a day."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.registry import body_queries, queries
from thongsuot.apps.registry.models import BodyVersion, Coverage, LegalText, UnitVersion
from thongsuot.apps.registry.values import BodyLink, Holder, PostView, Step, UnitLink, UnitView
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS
from thongsuot.project.api.doing import page, part
from thongsuot.project.api.shapes import Day, Id, Listing, Moment, Paged, answers
from thongsuot.rules.kernel.text import fold

router = Router(tags=["registry"], auth=READS)
Words = Annotated[
    str, Field(max_length=200, description="words of the name, with or without marks")
]


class UnitShort(Schema):
    """A unit to point at."""

    id: int
    key: str
    name: str
    kind: str
    code: str
    level: str


class UnitFull(UnitShort):
    """A unit as of a day; ``state`` is in-force, ended or not-begun."""

    since: date | None
    until: date | None
    state: str
    parents: list[UnitShort]
    basis: str
    clause: str
    source: str


class LineageStep(Schema):
    """What of ``src`` went to ``dst``, when, and by which clause of which text."""

    on: date
    share: str
    src: UnitShort | None
    dst: UnitShort | None
    basis: str
    clause: str
    detail: str
    source: str


class LineageOut(Schema):
    """What a unit came from and became. ``through``: told by its communes (a district)."""

    before: list[LineageStep]
    after: list[LineageStep]
    through: bool
    divided: bool


class BodyShort(Schema):
    """A body to point at."""

    id: int
    name: str
    bloc: str
    since: date | None
    until: date | None


class BodyFull(Schema):
    """A body as of a day, where it acts and whom it serves."""

    id: int
    key: str
    name: str
    short_name: str
    kind: str
    since: date | None
    until: date | None
    state: str
    demo: bool
    authority: str
    parent: BodyShort | None
    units: list[UnitShort]
    serves: list[BodyShort]
    children: list[BodyShort]


class HolderOut(Schema):
    """A person in a post."""

    appointment: int
    person: int
    name: str
    since: date | None
    until: date | None
    provisional: bool


class PostOut(Schema):
    """A post and who is in it; nobody means that it is empty that day."""

    id: int
    title: str
    role: str
    since: date | None
    until: date | None
    holders: list[HolderOut]


class LegalTextOut(Schema):
    """A legal text; ``checked`` says whether the text itself was read."""

    id: int
    key: str
    number: str
    title: str
    issued_on: date | None
    in_force_on: date | None
    url: str
    checked: bool


def _link(link: UnitLink | None) -> dict[str, Any] | None:
    if link is None:
        return None
    return {name: getattr(link, name) for name in UnitShort.model_fields}


def _version(version: UnitVersion) -> dict[str, Any] | None:
    return _link(queries.link_of(version))


def _unit(view: UnitView) -> dict[str, Any]:
    names = ("id", "key", "name", "kind", "code", "level", "since", "until", "state")
    return {
        **{name: getattr(view, name) for name in names},
        "parents": [_link(p) for p in view.parents],
        "basis": view.basis.number if view.basis else "",
        "clause": view.clause,
        "source": view.source,
    }


def _step(step: Step) -> dict[str, Any]:
    edge = step.edge
    return {
        "on": edge.on,
        "share": edge.share,
        "src": _link(step.src),
        "dst": _link(step.dst),
        "basis": edge.basis,
        "clause": edge.clause,
        "detail": edge.detail,
        "source": edge.source,
    }


def _body(link: BodyLink) -> dict[str, Any]:
    return {name: getattr(link, name) for name in BodyShort.model_fields}


def _holder(holder: Holder) -> dict[str, Any]:
    return {name: getattr(holder, name) for name in HolderOut.model_fields}


def _post(post: PostView) -> dict[str, Any]:
    names = ("id", "title", "role", "since", "until")
    return {
        **{name: getattr(post, name) for name in names},
        "holders": [_holder(h) for h in post.holders],
    }


class Asked(Paged):
    """A page of a list on a day."""

    on: Day | None = None

    @property
    def day(self) -> date:
        """The day asked about, else today."""
        return self.on or clock.today()


class UnitsAsked(Asked):
    """Which units."""

    q: Words = ""
    level: Literal["", "province", "district", "commune"] = ""
    kind: Annotated[str, Field(max_length=20)] = ""
    code: Annotated[str, Field(max_length=10, description="the official code that day")] = ""
    parent: Id | None = None


class TextsAsked(Paged):
    """Which legal texts."""

    q: Words = ""


class BodiesAsked(Asked):
    """Which bodies."""

    q: Words = ""
    unit: Id | None = None
    kind: Annotated[str, Field(max_length=24)] = ""


def _words(text: str) -> Q:
    found = Q()
    for word in fold(text).split():
        found &= Q(folded__contains=word)
    return found


@router.get("/units", response=answers(Listing[UnitShort]), summary="Units in force on a day")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    """Units in force on a day. With ``code``: the unit that bore it that day."""
    rows = UnitVersion.objects.on(asked.day).select_related("unit").filter(_words(asked.q))
    exactly = {"unit__level": asked.level, "kind": asked.kind, "code": asked.code}
    rows = rows.filter(**{k: v for k, v in exactly.items() if v})
    if asked.parent is not None:
        rows = rows.filter(parent=asked.parent)
    return page(rows, asked.after, asked.limit, _version)


def _known(key: str, on: date | None, known: datetime | None) -> UnitView:
    found = queries.unit_as_of(key[:80], on or clock.today(), known)
    if found is None:
        raise Http404
    return found


@router.get("/units/{key}", response=answers(UnitFull), summary="One unit as of a day")
def unit(
    request: HttpRequest, key: str, on: Day | None = None, known: Moment | None = None
) -> dict[str, Any]:
    """A unit as it was on a day, as known now or at a moment; ``state`` says whether in force."""
    return _unit(_known(key, on, known))


@router.get("/units/{key}/lineage", response=answers(LineageOut), summary="Before and after")
def lineage(
    request: HttpRequest, key: str, on: Day | None = None, known: Moment | None = None
) -> dict[str, Any]:
    """Everything the unit came from and became, by which resolution and clause."""
    found = queries.lineage_of(_known(key, on, known), known)
    return {
        "before": [_step(s) for s in found.before],
        "after": [_step(s) for s in found.after],
        "through": found.through,
        "divided": found.divided,
    }


@router.get("/bodies", response=answers(Listing[BodyShort]), summary="Bodies in force on a day")
def bodies(request: HttpRequest, asked: Query[BodiesAsked]) -> dict[str, Any]:
    """Bodies in force on a day, also those of one unit."""
    day = asked.day
    rows = BodyVersion.objects.on(day).select_related("body").filter(_words(asked.q))
    if asked.unit is not None:
        rows = rows.filter(body__in=Coverage.objects.on(day).filter(unit=asked.unit).values("body"))
    if asked.kind:
        rows = rows.filter(body__kind=asked.kind)
    return page(rows, asked.after, asked.limit, _named)


def _named(version: BodyVersion) -> dict[str, Any]:
    return {
        "id": version.body_id,
        "name": version.name,
        "bloc": version.body.bloc,
        "since": version.since,
        "until": version.until,
    }


@router.get("/bodies/{int:body}", response=answers(BodyFull), summary="One body as of a day")
def body(
    request: HttpRequest, body: Id, on: Day | None = None, known: Moment | None = None
) -> dict[str, Any]:
    """A body as it was on a day, as known now or at a moment; ``state`` says whether in force."""
    found = body_queries.body_as_of(body, on or clock.today(), known)
    if found is None:
        raise Http404
    names = (
        *("id", "key", "name", "short_name", "kind", "since", "until", "state", "demo"),
        "authority",
    )
    return {
        **{name: getattr(found, name) for name in names},
        "parent": _body(found.parent) if found.parent else None,
        "units": [_link(u) for u in found.units],
        "serves": [_body(b) for b in found.serves],
        "children": [_body(b) for b in found.children],
    }


@router.get(
    "/bodies/{int:body}/posts", response=answers(Listing[PostOut]), summary="Posts and people"
)
def posts(request: HttpRequest, body: Id, asked: Query[Asked]) -> dict[str, Any]:
    """The posts of a body on a day with whoever is in them."""
    if body_queries.body_as_of(body, asked.day) is None:
        raise Http404
    return part(body_queries.staff_of(body, asked.day), asked.after, asked.limit, _post)


@router.get("/legal-texts", response=answers(Listing[LegalTextOut]), summary="Legal texts")
def legal_texts(request: HttpRequest, asked: Query[TextsAsked]) -> dict[str, Any]:
    """The legal texts that facts rest on."""
    rows = LegalText.objects.filter(_words(asked.q))
    return page(rows, asked.after, asked.limit, _text)


def _text(text: LegalText) -> dict[str, Any]:
    return {name: getattr(text, name) for name in LegalTextOut.model_fields}


@router.get("/legal-texts/{key}", response=answers(LegalTextOut), summary="One legal text")
def legal_text(request: HttpRequest, key: str) -> dict[str, Any]:
    """One legal text by its key."""
    found = LegalText.objects.filter(key=key[:60]).first()
    if found is None:
        raise Http404
    return _text(found)

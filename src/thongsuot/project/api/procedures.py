"""Procedures, one-stop shops and the desk log."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.procedures import actions, lists, permit, queries
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import (
    Day,
    Done,
    Id,
    In,
    Key,
    Listing,
    Paged,
    Text,
    answers,
)

router = Router(tags=["procedures"], auth=READS)
Code = Annotated[str, Field(min_length=1, max_length=60)]


class ProcedureOut(Schema):
    """A procedure of the catalogue in force."""

    id: int
    code: str
    name: str
    field: str
    province: bool
    commune: bool
    days: int
    fee: str
    decision: str
    boundary_free: bool
    portal: str


class ShopOut(Schema):
    """A one-stop shop with its share of the procedures due there."""

    id: int
    name: str
    body: int
    unit: int
    address: str
    hours: str
    modern: bool
    received: int
    due: int
    missing: list[str]


class TallyOut(Schema):
    """Dossiers by how they kept their day. ``kept`` in hundredths of a percent of ``whole``."""

    received: int
    early: int
    on_time: int
    late: int
    waiting: int
    overdue: int
    whole: int
    kept: int | None


class DossierOut(Schema):
    """A dossier: its number and its days, nothing about a person."""

    id: int
    number: str
    procedure: str
    shop: int
    body: int
    received: date
    due_on: date
    finished: date | None
    state: str
    judged: str


class ReceiveIn(In):
    """A dossier received at a desk."""

    procedure: Code
    received: Day
    outside: Annotated[str, Field(max_length=60)] = ""


class StepIn(In):
    """A step of a dossier."""

    doing: Annotated[str, Field(pattern="^(pause|resume|finish|return)$")]
    on: Day
    reason: Text = ""


def _procedure(row: Any) -> dict[str, Any]:
    names = ("code", "name", "field", "province", "commune", "days", "fee", "boundary_free",
             "portal")  # fmt: skip
    return {
        "id": row.pk,
        "decision": row.announced.number if row.announced else "",
        **{name: getattr(row, name) for name in names},
    }


def _dossier(row: Any) -> dict[str, Any]:
    names = ("number", "received", "due_on", "finished", "state", "judged")
    return {
        "id": row.pk, "procedure": row.procedure.code, "shop": row.shop_id, "body": row.body_id,
        **{name: getattr(row, name) for name in names},
    }  # fmt: skip


@router.get("/procedures", response=answers(Listing[ProcedureOut]), summary="The catalogue")
def catalogue(request: HttpRequest, paged: Query[Paged]) -> Any:
    """The procedures in force."""
    rows = lists.catalogue_rows().select_related("announced")
    return page(rows, paged.after, paged.limit, _procedure)


@router.get("/shops", response=answers(list[ShopOut]), summary="One-stop shops")
def shops(request: HttpRequest) -> Any:
    """With n of N and what is missing, the least covered first."""
    today = clock.today()
    return [
        {
            "id": c.shop.pk, "name": c.shop.name, "body": c.shop.body_id, "unit": c.shop.unit_id,
            "address": c.shop.address, "hours": c.shop.hours, "modern": c.shop.modern,
            "received": c.share.done, "due": c.share.whole, "missing": c.share.missing,
        }
        for c in queries.coverage_of(queries.shops_on(today), today)
    ]  # fmt: skip


@router.get("/shops/{shop}/tally", response=answers(TallyOut), summary="Early, on time, late")
def tally(request: HttpRequest, shop: Id) -> Any:
    """Of the dossiers of a shop in sight."""
    permit.shop_there(shop)
    rows = permit.visible(caller(request)).filter(shop=shop)
    return queries.tally_of(rows, clock.today())


@router.get("/dossiers", response=answers(Listing[DossierOut]), summary="The desk log")
def dossiers(request: HttpRequest, paged: Query[Paged]) -> Any:
    """The dossiers in sight."""
    rows = permit.visible(caller(request)).select_related("procedure")
    return page(rows, paged.after, paged.limit, _dossier)


@router.post(
    "/shops/{shop}/dossiers", auth=WRITES, response=answers(Done), summary="Receive a dossier"
)
def receive(request: HttpRequest, shop: Id, given: ReceiveIn, key: Key) -> Any:
    """It gets a receipt number and a day."""
    return do(
        request, key, actions.receive, shop_id=shop, code=given.procedure,
        received=given.received, outside=given.outside,
    )  # fmt: skip


@router.post(
    "/dossiers/{dossier}/steps", auth=WRITES, response=answers(Done), summary="Step of a dossier"
)
def step(request: HttpRequest, dossier: Id, given: StepIn, key: Key) -> Any:
    """Pause, go on, give the result, give back."""
    return do(request, key, actions.take_step, dossier_id=dossier, **given.model_dump())

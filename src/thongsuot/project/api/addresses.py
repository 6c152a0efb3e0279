"""Addresses, one or many: which commune answers for each today, with the doubt shown."""

from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from thongsuot.apps.registry.address_batch import as_plain
from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.apps.registry.sources_address import resolver
from thongsuot.foundation.refusal import Refused
from thongsuot.project.api.bearer import ASKS, READS
from thongsuot.project.api.shapes import Day, In, answers
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.address import Resolver

MOST: Final = 1_000  # addresses in one call; more go through ``thongsuot address --batch``
router = Router(tags=["addresses"], auth=READS)
Address = Annotated[
    str, Field(max_length=2_000, description="as written; of it the first 400 signs are read")
]


class UnitNamed(Schema):
    """A unit with the official code that it bears, or last bore."""

    code: str
    name: str


class PartOut(UnitNamed):
    """What of a divided commune went there: part, rest, people or land, by which clause."""

    share: str
    basis: str
    clause: str
    detail: str


class MeaningOut(UnitNamed):
    """A unit that the text may mean; ``old``: of before 01/07/2025. ``parts``: where it was divided."""

    old: bool
    slips: int
    earlier_name: bool
    basis: list[list[str]]
    parts: list[PartOut]


class AddressOut(Schema):
    """``status`` one, several or none; ``units``: the communes of today, all that it may be.

    ``asks``: what would decide: hamlet, district, province, day, commune.
    """

    address: str
    status: str
    why: str
    reason: str
    asks: list[str]
    province_code: str
    units: list[UnitNamed]
    means: list[MeaningOut]


class AddressesOut(Schema):
    """The answers in the order of the addresses."""

    rows: list[AddressOut]


class AddressesIn(In):
    """Addresses, and the day they were written where that is known."""

    addresses: Annotated[list[Address], Field(max_length=MOST)]
    on: Day | None = None


def _reader() -> Resolver:
    try:
        return resolver()
    except UnreadableSourceError as unreadable:
        raise Refused([Problem("registry.sources-unreadable")], 503) from unreadable


@router.get("/addresses", response=answers(AddressOut), summary="One address")
def address(request: HttpRequest, q: Address, on: Day | None = None) -> dict[str, Any]:
    """Which commune of today an address is in; ``on``: the day it was written, where known."""
    reader = _reader()
    return as_plain(reader.names, q, reader.resolve(q, on))


@router.post("/addresses", auth=ASKS, response=answers(AddressesOut), summary="Many addresses")
def addresses(request: HttpRequest, given: AddressesIn) -> dict[str, Any]:
    """The same for up to 1,000 addresses. Nothing is written and nothing is kept."""
    reader = _reader()
    return {
        "rows": [as_plain(reader.names, q, reader.resolve(q, given.on)) for q in given.addresses]
    }

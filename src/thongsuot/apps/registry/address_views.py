"""The page for everybody: an old or new address to the commune that answers for it now."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.apps.registry.sources_address import AS_KNOWN, gazetteer
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.ui.parts import page_or_part
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.address import Found, Gazetteer, Reading, Resolver
from thongsuot.rules.registry.address.naming import chain_of
from thongsuot.rules.registry.address.reading import NONE, ONE, SEVERAL

LONGEST = 400  # signs of an address that are read
TAGS = {ONE: "even", SEVERAL: "wait", NONE: "lost"}
EXAMPLES = (
    "Phường Quang Trung, quận Hà Đông, Hà Nội",
    "12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM",
    "xa Hoa Thang, huyen Bac Binh, Binh Thuan",
)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as the page shows it. ``clauses``: (clause, number) of the texts that changed it."""

    key: str
    name: str
    above: str
    code: str
    old: bool = False
    clauses: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1)
def resolver() -> Resolver:
    """The one resolver of this process, made on first use.

    Raises UnreadableSourceError when the sources are not there.
    """
    return Resolver(gazetteer(AS_KNOWN))


@require_GET
def address(request: HttpRequest) -> HttpResponse:
    """Read the address asked about; nothing is stored, nothing is sent on."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    context: dict[str, object] = {"q": text, "examples": EXAMPLES, "longest": LONGEST}
    if text:
        try:
            found = resolver()
        except UnreadableSourceError as unreadable:
            raise Refused([Problem("registry.sources-unreadable"), *unreadable.problems]) from None
        context |= shown(found.names, found.resolve(text))
    return page_or_part(request, "registry/address.html", "registry/parts/address.html", context)


def shown(places: Gazetteer, reading: Reading) -> dict[str, object]:
    """An answer as the page shows it."""
    return {
        "reading": reading,
        "tag": TAGS[reading.status],
        "why": say(Problem(f"registry.address-{reading.why}")),
        "means": [_meant(places, found) for found in reading.means],
        "units": [_line(places, unit) for unit in reading.units],
        "province": None if reading.province is None else _line(places, reading.province),
    }


def _line(places: Gazetteer, unit: int) -> UnitLine:
    name, *above = chain_of(places, unit)
    return UnitLine(places.key[unit], name, ", ".join(above), places.code[unit])


def _meant(places: Gazetteer, found: Found) -> UnitLine:
    name, *above = chain_of(places, found.unit)
    clauses = places.basis.get(found.unit, ()) if found.old else ()
    return UnitLine(
        places.key[found.unit], name, ", ".join(above), places.code[found.unit], found.old,
        tuple((clause, number) for number, clause in clauses),
    )  # fmt: skip

"""Who may take over what a body still has when it ends: one answer for every room that moves things.

A successor acts where the body acts, in what its units became, or above; in the same province,
and never ends itself before it has begun to answer. One that begins on the day of the change
counts already: things are moved before the first day.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Body, BodyVersion, Coverage, UnitEdge, UnitVersion
from thongsuot.rules.kernel.text import sort_key

TIERS = 4  # commune, district, province, and one to notice a chain that bites its tail


def going_on(on: date) -> "QuerySet[BodyVersion]":
    """The bodies that act on a day or begin later, and have no known end."""
    return BodyVersion.objects.known().filter(Q(until__isnull=True) | Q(until__gt=on))


def units_above(units: Iterable[int]) -> frozenset[int]:
    """Those units and all that ever stood above them. One query a tier."""
    found: set[int] = set(units)
    wanted = set(found)
    for _tier in range(TIERS):
        rows = UnitVersion.objects.known().filter(unit__in=wanted, parent__isnull=False)
        wanted = set(rows.values_list("parent", flat=True)) - found
        if not wanted:
            break
        found |= wanted
    return frozenset(found)


def became(units: Iterable[int]) -> frozenset[int]:
    """What those units became, step by step, themselves left out."""
    found: set[int] = set()
    wanted = set(units)
    for _step in range(TIERS):
        rows = UnitEdge.objects.known().filter(src__in=wanted, dst__isnull=False)
        wanted = set(rows.values_list("dst", flat=True)) - found
        if not wanted:
            break
        found |= wanted
    return frozenset(found)


def _roots(units: Iterable[int]) -> frozenset[int]:
    """The provinces in which those units lie, or lay."""
    rows = UnitVersion.objects.known().filter(unit__in=units_above(units), parent__isnull=True)
    return frozenset(rows.values_list("unit", flat=True))


def may_take_over(body: int, successor: int, on: date, *, kinds: Iterable[str] = ()) -> bool:
    """Whether a body may take over what another still has on a day.

    Shapes: ``kinds`` are the kinds of body that can carry such things at all; empty: any.
    """
    if successor == body or not 0 < successor < 2**63:
        return False
    rows = going_on(on).filter(body=successor)
    wanted = tuple(kinds)
    if wanted:
        rows = rows.filter(body__kind__in=wanted)
    if not rows.exists():
        return False
    units = acts_in(body)
    return bool(_roots(units | became(units)) & _roots(acts_in(successor)))


def offered(body: int, on: date, *, kinds: Iterable[str] = ()) -> list[tuple[int, str]]:
    """The bodies that a page offers as successors: of the same kind where the units went, first.

    Then the others there, then those of the units above; each once, by name. Few queries.
    """
    units = acts_in(body)
    heirs = became(units)
    above = units_above(units | heirs) - units - heirs
    kind = Body.objects.filter(pk=body).values_list("kind", flat=True).first()
    wanted = tuple(kinds)
    found: dict[int, str] = {}
    for near in (heirs, units, above):
        covering = Coverage.objects.known().filter(unit__in=near).values("body")
        rows = going_on(on).filter(body__in=covering).exclude(body=body)
        if wanted:
            rows = rows.filter(body__kind__in=wanted)
        held = sorted(
            rows.values_list("body", "body__kind", "name"),
            key=lambda row: (row[1] != kind, sort_key(row[2])),
        )
        for pk, _kind, name in held:
            found.setdefault(pk, name)
    return list(found.items())

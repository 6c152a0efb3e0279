"""In which territories an office stands for the question who may speak of it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from thongsuot.apps.registry import find
from thongsuot.apps.registry.models import UnitVersion


def places_of(body: int, on: date) -> list[int]:
    """The units of a body; for a unit that is still to begin, the one that it will stand under.

    Wards prepare before their first day, when they are in nobody's area yet.
    """
    units = find.places_of(body)
    there = set(UnitVersion.objects.on(on).filter(unit__in=units).values_list("unit", flat=True))
    to_come = UnitVersion.objects.known().filter(unit__in=set(units) - there, since__gt=on)
    above = dict(to_come.values_list("unit", "parent"))
    return [above.get(unit) or unit for unit in units]


def units_to_come(area: Collection[int], on: date) -> list[int]:
    """The units that will stand under one of the area and have not begun."""
    rows = UnitVersion.objects.known().filter(Q(parent__in=area), since__gt=on)
    return list(rows.values_list("unit", flat=True))

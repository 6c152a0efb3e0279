"""Looking at outlines of units on a day, and at points where there are none."""

import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from thongsuot.apps.registry.models import Boundary, BoundarySet, UnitLevel, UnitVersion
from thongsuot.apps.registry.sources import OLD_UNITS, UnreadableSourceError, installed
from thongsuot.rules.registry.address.gazetteer import REFORM


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit on the map: outlined by a set, or a point where one is known, or neither."""

    key: str
    code: str
    name: str
    unit: int
    outline: object = None
    box: tuple[float, float, float, float] | None = None
    point: tuple[float, float] | None = None
    set: int = 0


def live_sets() -> "QuerySet[BoundarySet]":
    """The sets that are drawn, the newest day first."""
    return BoundarySet.objects.filter(withdrawn_at__isnull=True).order_by("-since", "-id")


def units_in(province: int, on: date) -> list[UnitVersion]:
    """The communes of a province on a day, through its districts where it had any. One query."""
    held = UnitVersion.objects.on(on)
    districts = held.filter(parent=province, unit__level=UnitLevel.DISTRICT).values("unit")
    rows = held.filter(
        Q(parent=province) | Q(parent__in=districts), unit__level=UnitLevel.COMMUNE
    ).select_related("unit")
    return list(rows.order_by("code"))


def drawn_on(versions: Iterable[UnitVersion], on: date) -> list[Drawn]:
    """Each unit with the outline of the newest set that had begun, else with its point. One query."""
    units = list(versions)
    outlines = outlines_of([v.unit_id for v in units], on)
    points = known_points() if on >= REFORM else {}
    return [_drawn(v, outlines.get(v.unit_id), points) for v in units]


def _drawn(
    version: UnitVersion, row: Boundary | None, points: dict[str, tuple[float, float]]
) -> Drawn:
    if row is None:
        return Drawn(
            version.unit.key, version.code, version.full_name, version.unit_id,
            point=points.get(version.code),
        )  # fmt: skip
    return Drawn(
        version.unit.key, version.code, version.full_name, version.unit_id, row.outline,
        (row.west, row.south, row.east, row.north), set=row.set_id,
    )  # fmt: skip


def outlines_of(units: Collection[int], on: date) -> dict[int, Boundary]:
    """The outline of each unit as it is drawn on the day."""
    rows = Boundary.objects.filter(
        unit__in=units, set__withdrawn_at__isnull=True, set__since__lte=on
    ).order_by("set__since", "set")
    return {row.unit_id: row for row in rows}


def as_geojson(drawn: Iterable[Drawn]) -> dict[str, object]:
    """What the map draws: outlines and points, each with the key, code and name of its unit."""
    features: list[dict[str, object]] = []
    for one in drawn:
        geometry: dict[str, object] | None = None
        if one.outline is not None:
            geometry = {"type": "MultiPolygon", "coordinates": one.outline}
        elif one.point is not None:
            geometry = {"type": "Point", "coordinates": list(one.point)}
        if geometry is not None:
            told = {"key": one.key, "code": one.code, "name": one.name}
            features.append({"type": "Feature", "properties": told, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


@lru_cache(maxsize=1)
def known_points() -> dict[str, tuple[float, float]]:
    """A point inside each commune since July 2025, as the installed data package has it.

    Empty where the package is not there: a map without points is still a list.
    """
    try:
        path = installed(OLD_UNITS).locate_file("vietnamadminunits/data/dataset.db")
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as data:
            rows = data.execute("SELECT wardCode, wardLon, wardLat FROM admin_units")
            return {code: (lon, lat) for code, lon, lat in rows if lon and lat}
    except (UnreadableSourceError, sqlite3.Error):
        return {}


def beside(unit: int, on: date) -> tuple[tuple[int, ...], BoundarySet | None]:
    """The units that share a stretch of outline with one on a day, and the set that says so."""
    row = outlines_of([unit], on).get(unit)
    if row is None:
        return (), None
    return tuple(row.beside), row.set

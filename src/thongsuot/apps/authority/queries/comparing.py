"""Before and after: what changes hands between two days, for a body, a tier, a field, or by a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from thongsuot.apps.authority.models import Field, Matter
from thongsuot.apps.authority.queries.places import unit_names
from thongsuot.apps.authority.queries.table import whole_table
from thongsuot.apps.authority.queries.world import country, picture_of, spans
from thongsuot.apps.registry.models import Body, BodyVersion, Coverage
from thongsuot.rules.authority.comparing import (
    Line,
    Side,
    compare,
    seen_by,
    without_body,
    without_successor,
)
from thongsuot.rules.authority.values import Office, Rule
from thongsuot.rules.authority.world import Picture
from thongsuot.rules.kernel.problem import Problem

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class View:
    """Through whose eyes a diff is read: a body (its kind of organ in its place) or a tier."""

    body: int = 0
    tier: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of a diff with the names a page shows."""

    change: str
    line: Line
    matter: str
    field: str
    unit: str


def diff(first: date, then: date, view: View) -> tuple[Seen, ...]:
    """What differs between two days as a body or tier sees it, or the whole country. Few queries."""
    table = whole_table()
    return _seen(Side(table, first), Side(table, then), view)


def simulate(draft: Rule, on: date) -> tuple[Seen, ...]:
    """What a draft would change on a day, were it published."""
    table = whole_table()
    return _seen(Side(table, on), Side(table.plus(draft), on), View())


def _seen(before: Side, after: Side, view: View) -> tuple[Seen, ...]:
    if view.body:
        place, holds, world = _body_view(view.body)
        if not place:
            return ()
        lines = compare(before, after, world, place=place, field=view.field)
        return _named(seen_by(lines, holds))
    units = {u for side in (before, after) for r in side.table.rules for u in r.place}
    lines = compare(before, after, country(units), field=view.field)
    if view.tier:
        return _named(seen_by(lines, lambda office: office.tier == view.tier))
    return _named([(line.change, line) for line in lines])


def _body_view(body: int) -> tuple[int, Any, Picture]:
    """The place of a body, how to know its offices, and the world it stands in."""
    row = Body.objects.filter(pk=body).first()
    unit = Coverage.objects.known().filter(body=body).order_by("-since")
    first = unit.values_list("unit", "unit__level").first()
    world = picture_of([first[0]] if first else [], ground=False)
    world.spans = spans()
    if row is None or first is None:
        return 0, None, world
    names = list(BodyVersion.objects.known().filter(body=body).values_list("name", flat=True))
    return first[0], holder(row.kind, first[1], names), world


def holder(kind: str, level: str, names: Iterable[str]) -> Any:
    """How to tell whether an office is this body: same tier, same organ, and its name if one is told."""
    called = tuple(names)

    def holds(office: Office) -> bool:
        if office.tier != level or office.organ != kind:
            return False
        return not office.name or any(office.name in name for name in called)

    return holds


def _named(pairs: Iterable[tuple[str, Line]]) -> tuple[Seen, ...]:
    held = list(pairs)
    names = dict(
        Matter.objects.filter(code__in={x.matter for _, x in held}).values_list("code", "name")
    )
    fields = dict(Field.objects.values_list("code", "name"))
    units = _units({x.unit for _, x in held if x.unit is not None})
    return tuple(
        Seen(
            change, x, names.get(x.matter, x.matter), fields.get(x.field, ""),
            units.get(x.unit or 0, ""),
        )
        for change, x in held
    )  # fmt: skip


def _units(ids: set[int]) -> dict[int, str]:
    from_registry = unit_names(ids, date.max - ONE_DAY)
    return {pk: version.full_name for pk, version in from_registry.items()}


def powers_left(body: int, on: date) -> tuple[Seen, ...]:
    """The matters a body decides on its last day and that nobody decides from ``on``.

    What keeps it from closing: each needs a rule that gives the power on, or another body of its
    kind in the place where the rule goes on.
    """
    place, holds, world = _body_view(body)
    if not place:
        return ()
    table, last = whole_table(), on - ONE_DAY
    lines = without_successor(table, world, holds, place, last, on)
    if world.chain(place, on) and not _others(body, place, on):
        lines += without_body(table, world, holds, place, last, on)
    return _named([(line.change, line) for line in lines])


def _others(body: int, place: int, on: date) -> bool:
    """Whether another body of the same kind acts in the place on a day."""
    kind = Body.objects.filter(pk=body).values_list("kind", flat=True)[:1]
    rows = Coverage.objects.on(on).filter(unit=place, body__kind__in=kind).exclude(body=body)
    return bool(rows.filter(body__in=BodyVersion.objects.on(on).values("body")).exists())


def closing(body: int, on: date) -> list[Problem]:
    """Why a body may not end on a day: powers that nobody would have after its last day."""
    return [
        Problem("authority.power-without-successor", seen.matter, {"on": on})
        for seen in powers_left(body, on)
    ]


__all__ = ["Seen", "View", "closing", "diff", "holder", "powers_left", "simulate"]

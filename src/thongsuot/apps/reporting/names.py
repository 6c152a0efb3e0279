"""Names of bodies and units as they were on a day, looked up at once."""

from collections.abc import Iterable
from datetime import date

from thongsuot.apps.registry.models import BodyVersion, UnitVersion

WITH_LEVEL = ("Hồ Chí Minh",)


def body_names(bodies: Iterable[int], on: date | None = None) -> dict[int, str]:
    """The name of each body: the one on that day, else the newest written. One query."""
    wanted = {b for b in bodies if b}
    if not wanted:
        return {}
    rows = (
        BodyVersion.objects.known()
        .filter(body__in=wanted)
        .order_by("since", "id")
        .values_list("body", "name", "since", "until")
    )
    newest: dict[int, str] = {}
    fitting: dict[int, str] = {}
    for body, name, since, until in rows:
        newest[body] = name
        if on and (since is None or since <= on) and (until is None or on < until):
            fitting[body] = name
    return {body: fitting.get(body) or newest.get(body) or str(body) for body in wanted}


def place_name(units: Iterable[int], on: date) -> str:
    """The place at the head of a paper (địa danh): the first of the units that stood on that day.

    The name alone; with its level where it is called after a person, an event or a number: of the
    units written so in law, Thành phố Hồ Chí Minh. A person can write it otherwise.
    """
    wanted = list(units)
    there = {v.unit_id: v for v in UnitVersion.objects.on(on).filter(unit__in=wanted)}
    found = next((there[unit] for unit in wanted if unit in there), None)
    if found is None:
        return ""
    return found.full_name if found.name in WITH_LEVEL or found.name.isdigit() else found.name


def parents_of(units: Iterable[int], on: date) -> dict[int, int]:
    """The unit directly above each unit on that day, where there was one. One query."""
    rows = UnitVersion.objects.on(on).filter(unit__in=set(units), parent__isnull=False)
    return dict(rows.values_list("unit", "parent"))


def unit_names(units: Iterable[int], on: date) -> dict[int, str]:
    """What units were called on that day, in Vietnamese: it is kept, and printed. One query."""
    rows = UnitVersion.objects.on(on).filter(unit__in=set(units))
    return {version.unit_id: version.native_name for version in rows}

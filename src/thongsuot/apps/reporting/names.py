"""Names of bodies and units as they were on a day, looked up at once."""

from collections.abc import Iterable
from datetime import date

from thongsuot.apps.registry.models import BodyVersion, UnitVersion


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


def parents_of(units: Iterable[int], on: date) -> dict[int, int]:
    """The unit directly above each unit on that day, where there was one. One query."""
    rows = UnitVersion.objects.on(on).filter(unit__in=set(units), parent__isnull=False)
    return dict(rows.values_list("unit", "parent"))


def unit_names(units: Iterable[int], on: date) -> dict[int, str]:
    """What units were called on that day, in Vietnamese: it is kept, and printed. One query."""
    rows = UnitVersion.objects.on(on).filter(unit__in=set(units))
    return {version.unit_id: version.native_name for version in rows}

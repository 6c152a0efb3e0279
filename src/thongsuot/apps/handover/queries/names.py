"""Names of bodies, looked up at once."""

from collections.abc import Iterable
from datetime import date

from thongsuot.apps.registry.models import BodyVersion


def body_names(bodies: Iterable[int], on: date | None = None) -> dict[int, str]:
    """The name of each body: the one on that day, else the newest written."""
    wanted = {b for b in bodies if b}
    rows = BodyVersion.objects.known().filter(body__in=wanted).order_by("since", "id")
    names: dict[int, str] = {}
    fitting: dict[int, str] = {}
    for version in rows:
        names[version.body_id] = version.name
        starts = version.since is None or on is None or version.since <= on
        if on is not None and starts and (version.until is None or on < version.until):
            fitting[version.body_id] = version.name
    return {body: fitting.get(body) or names.get(body) or str(body) for body in wanted}

"""What guarding has against ending a body in the handover: a store is not left to nobody."""

from collections.abc import Iterable

from thongsuot.apps.guarding.models import Place
from thongsuot.apps.handover import beside
from thongsuot.rules.kernel.problem import Problem


def closing(transition_id: int, body_id: int) -> Iterable[Problem]:
    """One problem for each store of the body that is still guarded under its name."""
    rows = Place.objects.filter(body=body_id, until__isnull=True).order_by("name")
    for name in rows.values_list("name", flat=True):
        yield Problem("guarding.place-left", name)


def declare() -> None:
    """Have the handover ask before it ends a body."""
    beside.register(closing=closing)

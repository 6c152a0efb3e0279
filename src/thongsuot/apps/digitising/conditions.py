"""What digitising has against ending a body in the handover: a fonds is not left to nobody."""

from collections.abc import Iterable

from thongsuot.apps.digitising.models import Fonds
from thongsuot.apps.handover import beside
from thongsuot.rules.kernel.problem import Problem


def closing(transition_id: int, body_id: int) -> Iterable[Problem]:
    """One problem for each fonds of the body that is neither closed nor handed on."""
    rows = Fonds.objects.filter(body=body_id, closed_at__isnull=True).order_by("name")
    for name in rows.values_list("name", flat=True):
        yield Problem("digitising.fonds-left", name)


def declare() -> None:
    """Have the handover ask before it ends a body."""
    beside.register(closing=closing)

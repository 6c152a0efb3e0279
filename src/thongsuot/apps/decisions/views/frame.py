"""What the pages of decisions have in common."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import BodyVersion, Coverage, UnitVersion
from thongsuot.foundation import clock
from thongsuot.rules.kernel.text import sort_key

MOST_OFFERED = 400


def tabs(current: str) -> dict[str, Any]:
    """The pages side by side of the room."""
    pages = (
        ("dockets", _("Hồ sơ trình")),
        ("sessions", _("Kỳ họp HĐND")),
        ("versions", _("Quy chế, phân công")),
        ("coverage", _("Ai phụ trách việc gì")),
    )
    return {
        "tabs": [(label, reverse(f"decisions:{name}"), None) for name, label in pages],
        "tab": reverse(f"decisions:{current}"),
        "today": clock.today(),
    }


def near(body: int, *, above: int = 1) -> list[tuple[int, str]]:
    """The bodies around a body: of its own units and of so many tiers above, by name."""
    today = clock.today()
    units = set(acts_in(body))
    for _tier in range(above):
        units |= set(
            UnitVersion.objects.on(today)
            .filter(unit__in=units, parent__isnull=False)
            .values_list("parent", flat=True)
        )
    covering = Coverage.objects.on(today).filter(unit__in=units).values("body")
    rows = BodyVersion.objects.on(today).filter(body__in=covering)
    found = sorted(rows.values_list("body", "name")[:MOST_OFFERED], key=lambda b: sort_key(b[1]))
    return [(pk, name) for pk, name in found if pk != body]

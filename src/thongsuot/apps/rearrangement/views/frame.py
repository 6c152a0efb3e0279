"""What the pages of the room have in common."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.rearrangement import lists, permit
from thongsuot.apps.rearrangement.models import Scheme, SchemeState
from thongsuot.foundation import clock
from thongsuot.foundation.trail.forms import actor_in


def scheme_of(request: HttpRequest, pk: int) -> Scheme:
    """The scheme of the address, when the person may see it. Raises Refused (404) otherwise."""
    return permit.in_sight(actor_in(request), pk)


def frame(request: HttpRequest, scheme: Scheme, current: str) -> dict[str, Any]:
    """The context every page of a scheme shares; ``current`` is the url name of its tab."""
    labels = {
        "one": _("Phương án"),
        "units": _("Hiện trạng"),
        "compare": _("So sánh"),
        "steps": _("Tiến độ"),
    }
    return {
        "scheme": scheme,
        "tone": lists.TONES[SchemeState(scheme.state)],
        "tabs": [
            (label, reverse(f"rearrangement:{n}", args=[scheme.pk]), None)
            for n, label in labels.items()
        ],
        "tab": reverse(f"rearrangement:{current}", args=[scheme.pk]),
        "today": clock.today(),
        "whole": permit.sees_whole(actor_in(request), scheme),
    }


def crumbs(scheme: Scheme, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way back from a page below a scheme."""
    return (
        (_("Phương án sắp xếp"), reverse("rearrangement:all")),
        (scheme.title[:60], reverse("rearrangement:one", args=[scheme.pk])),
        *more,
    )

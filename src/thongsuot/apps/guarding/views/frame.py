"""What the pages of a guarded place have in common."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.guarding import permit
from thongsuot.apps.guarding.models import Place
from thongsuot.apps.handover.views.asking import Asking
from thongsuot.apps.handover.views.asking import ask as asked
from thongsuot.foundation.trail.forms import actor_in

RIGHTS = ("roster.publish", "shift.change", "watch.scan", "watch.order", "guard.enrol", "point.add", "place.hand-on")  # fmt: skip


def open_place(request: HttpRequest, place_id: int, right: str = "look") -> Place:
    """The place, if the person may see it. Raises Refused: 404 unseen, 403 without the right."""
    actor = actor_in(request)
    place = permit.place_in_sight(actor, place_id)
    permit.allow(actor, right, place.body_id)
    return place


def frame(request: HttpRequest, place: Place, current: str) -> dict[str, Any]:
    """The context every page of a place shares; ``current`` is the url name of its tab."""
    actor = actor_in(request)
    tabs = [
        ("place", _("Đang trực")),
        ("shifts", _("Lịch trực")),
        ("book", _("Sổ trực")),
        ("people", _("Người, điểm kiểm tra")),
    ]
    return {
        "place": place,
        "can": {right.replace(".", "_").replace("-", "_"): permit.may(actor, right, place.body_id) for right in RIGHTS},
        "tabs": [(label, reverse(f"guarding:{name}", args=[place.pk]), None) for name, label in tabs],
        "tab": reverse(f"guarding:{current}", args=[place.pk]),
    }  # fmt: skip


def ask(request: HttpRequest, asking: Asking, context: Mapping[str, Any]) -> HttpResponse:
    """The page of one act of this room."""
    return asked(request, "guarding/act.html", asking, context)

"""What the pages of a fonds have in common."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.digitising import permit
from thongsuot.apps.digitising.models import Fonds
from thongsuot.apps.handover.views.asking import Asking
from thongsuot.apps.handover.views.asking import ask as asked
from thongsuot.foundation.trail.forms import actor_in

RIGHTS = ("fonds.close", "fonds.hand-on", "records.take", "records.box", "records.scan", "lot.draw", "lot.judge", "lot.decide", "lot.accept")  # fmt: skip


def open_fonds(request: HttpRequest, fonds_id: int, right: str = "look") -> Fonds:
    """The fonds, if the person may see it. Raises Refused: 404 unseen, 403 without the right."""
    actor = actor_in(request)
    fonds = permit.fonds_in_sight(actor, fonds_id)
    permit.allow(actor, right, fonds.body_id)
    return fonds


def frame(request: HttpRequest, fonds: Fonds, current: str) -> dict[str, Any]:
    """The context every page of a fonds shares; ``current`` is the url name of its tab."""
    actor = actor_in(request)
    tabs = [
        ("fonds", _("Tiến độ")),
        ("records", _("Hồ sơ")),
        ("lots", _("Lô kiểm tra")),
        ("fixity", _("Bản quét còn nguyên")),
    ]
    return {
        "fonds": fonds,
        "can": {right.replace(".", "_").replace("-", "_"): permit.may(actor, right, fonds.body_id) for right in RIGHTS},
        "tabs": [(label, reverse(f"digitising:{name}", args=[fonds.pk]), None) for name, label in tabs],
        "tab": reverse(f"digitising:{current}", args=[fonds.pk]),
    }  # fmt: skip


def ask(request: HttpRequest, asking: Asking, context: Mapping[str, Any]) -> HttpResponse:
    """The page of one act of this room."""
    return asked(request, "digitising/act.html", asking, context)

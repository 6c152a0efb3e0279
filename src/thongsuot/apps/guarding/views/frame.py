"""What the pages of a guarded place have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.guarding import permit
from thongsuot.apps.guarding.models import Place
from thongsuot.apps.handover.views.frame import act_of, actor_in
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem

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


@dataclass(frozen=True, slots=True)
class Asking:
    """A page that asks for an act: its words, its form, what to do with it, where to go after."""

    heading: str
    submit: str
    back: str
    form: Form
    send: Callable[[Act, dict[str, Any]], Mapping[str, Any]]
    done: Callable[[Mapping[str, Any]], str]
    lede: str = ""
    danger: bool = False
    notes: tuple[str, ...] = ()


def ask(request: HttpRequest, asking: Asking, context: Mapping[str, Any]) -> HttpResponse:
    """Show the form, or do the act and go back; refused forms come back with every reason."""
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if asking.form.is_valid():
            try:
                result = asking.send(act_of(request), asking.form.cleaned_data)
            except Refused as refused:
                problems, status = refused.problems, refused.status
            else:
                messages.success(request, asking.done(result))
                return redirect(asking.back)
    found = {**context, "asking": asking, "form": asking.form, "problems": problems}
    return render(request, "guarding/act.html", found, status=status)

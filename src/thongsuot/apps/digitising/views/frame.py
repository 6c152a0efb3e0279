"""What the pages of a fonds have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.digitising import permit
from thongsuot.apps.digitising.models import Fonds
from thongsuot.apps.handover.views.frame import act_of, actor_in
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem

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
    return render(request, "digitising/act.html", found, status=status)

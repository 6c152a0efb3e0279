"""What the pages of settling have in common: the frame, the boxes of forms, how they are read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.apps.handover.models import Transition, TransitionBody
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.handover.views.fields import whole
from thongsuot.apps.handover.views.frame import open_transition
from thongsuot.apps.settling import permit
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.kernel.problem import Problem

Words = str | Promise
Choices = Iterable[tuple[object, object]]
LARGEST_KEY = 2**63 - 1


def frame(request: HttpRequest, transition: Transition, current: str) -> dict[str, Any]:
    """The context every page here shares; ``current`` is the url name of its tab."""
    labels = {
        "sheets": _("Khóa sổ tài chính"),
        "seals": _("Con dấu"),
        "bundles": _("Gói bàn giao"),
    }
    return {
        "transition": transition,
        "today": clock.today(),
        "tabs": [
            (label, reverse(f"settling:{name}", args=[transition.pk]), None)
            for name, label in labels.items()
        ],
        "tab": reverse(f"settling:{current}", args=[transition.pk]),
    }


def ending_body(request: HttpRequest, transition_id: int, body_id: int) -> tuple[Transition, str]:
    """The transition, and the name of a body that ends in it, when its finance may be seen.

    Raises Refused (404) otherwise, always the same.
    """
    transition = open_transition(request, transition_id)
    if body_id > LARGEST_KEY or body_id not in permit.bodies_in_sight(
        actor_in(request), transition
    ):
        raise Refused.missing(Problem("handover.transition-missing"))
    return transition, body_names([body_id])[body_id]


def has_ended(transition: Transition, body_id: int) -> bool:
    """Whether a body has ended already: its pages only show then."""
    return TransitionBody.objects.filter(
        transition=transition, body=body_id, side=TransitionSide.ENDS, ended_on__isnull=False
    ).exists()


def day_in(text: str) -> date:
    """A day as a date box or an office writes it. Raises Refused for anything else."""
    given = text.strip()[:10]
    try:
        if "/" in given:
            given = "-".join(reversed(given.split("/")))
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refused.because("settling.day-unfit", "", value=text[:20]) from error


def money_in(text: str) -> int | None:
    """An amount in đồng as typed; None for an empty box. Raises Refused for anything else."""
    return whole(text) if text.strip() else None


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. ``kind`` is text, long, day, money or choice."""

    name: str
    label: Words
    kind: str = "text"
    required: bool = True
    help: Words = ""
    choices: Choices = ()
    value: str = ""
    most: int = 300

    def filled(self, sent: Mapping[str, str]) -> "Box":
        """The same box with what was sent in it."""
        return replace(self, value=sent.get(self.name, self.value))


def reason_box(label: Words = "") -> Box:
    """The box for a reason."""
    return Box("reason", label or _("Lý do"), "long", most=2_000)


def decider_box() -> Box:
    """The box for who decided."""
    help_text = _("Chức vụ, họ tên; số, ngày của văn bản nếu có.")
    return Box("decided_by", _("Ai quyết định"), help=help_text)


Do = Callable[[Act], Mapping[str, Any]]


def asked(  # noqa: PLR0913  # one page, and what it says
    request: HttpRequest,
    context: dict[str, Any],
    *,
    heading: str,
    boxes: list[Box],
    do: Do,
    done: str,
    back: str,
    submit: str = "",
    lede: str = "",
    danger: bool = False,
    upload: str = "",
) -> HttpResponse:
    """A page with one form: asks, does, goes back; a refusal stands above what was typed."""
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        if answered(request) is not None:
            return redirect(back)
        try:
            do(act_of(request))
        except Refused as refused:
            problems, status = refused.problems, refused.status
            if status in (403, 404):
                raise
        else:
            messages.success(request, done)
            return redirect(back)
    everything = {
        **context,
        "heading": heading,
        "lede": lede,
        "boxes": [box.filled(request.POST) if request.method == "POST" else box for box in boxes],
        "problems": problems,
        "back": back,
        "submit": submit or heading,
        "danger": danger,
        "upload": upload,
    }
    return render(request, "settling/form.html", everything, status=status)

"""What the pages of the room have in common: who acts, what was typed, the tabs, forms."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.apps.directives import permit
from thongsuot.foundation import clock
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem

Words = str | Promise
Choices = Iterable[tuple[object, object]]
MOST_FILES = 20


def number_in(text: str | None) -> int:
    """A number in an address or a box; 0 for anything that cannot be a key."""
    given = (text or "").strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else 0


def day_in(text: str | None) -> date | None:
    """A day as the box of the browser sends it; None when empty. Raises Refused for no day."""
    given = (text or "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refused.because("directives.day-unknown", "", value=given[:40]) from error


def lines_in(text: str | None, most: int = 4_000) -> list[str]:
    """The lines typed, without the empty ones."""
    return [x.strip() for x in (text or "").splitlines()[: most + 1] if x.strip()]


def files_in(request: HttpRequest, name: str = "files") -> list[int]:
    """Keep the files sent; returns their ids in order. Raises Refused for too many."""
    sent = request.FILES.getlist(name)
    if len(sent) > MOST_FILES:
        raise Refused.because("directives.too-many-files", most=MOST_FILES)
    return [keep(f, f.name or "tep", by=actor_in(request)).pk for f in sent]


def tabs(request: HttpRequest, current: str) -> dict[str, Any]:
    """The parts of the room; ``current`` is the url name of the one on show."""
    found = (
        ("duties", _("Nhiệm vụ")),
        ("chase", _("Đôn đốc")),
        ("exceptions", _("Chỗ cần để ý")),
        ("documents", _("Văn bản")),
        ("boards", _("Trọng tâm")),
        ("plans", _("Kế hoạch")),
        ("meetings", _("Buổi làm việc")),
        ("calendar", _("Lịch")),
    )
    return {
        "tabs": [(label, reverse(f"directives:{name}"), None) for name, label in found],
        "tab": reverse(f"directives:{current}"),
        "today": clock.today(),
    }


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form: what it is called, what stands in it, what it offers.

    ``kind``: text, long, date, time, number, choice, file, check; ``offer`` are words to pick from
    while typing.
    """

    name: str
    label: Words
    kind: str = "text"
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    offer: Sequence[str] = ()
    required: bool = False
    help: Words = ""
    wide: bool = False
    most: int = 500
    rows: int = 3


def options(choices: Choices) -> tuple[tuple[str, str], ...]:
    """Choices as text."""
    return tuple((str(value), str(words)) for value, words in choices)


@dataclass(frozen=True, slots=True)
class Form:
    """A form page: its words, its boxes, what sending does (returns where to go)."""

    heading: Words
    boxes: Callable[[], tuple[Box, ...]]
    send: Callable[[Act], str]
    cancel: str
    tab: str
    submit: Words = ""
    note: Words = ""
    second: tuple[str, Words] | None = None  # name of another button, its words


def answer_form(request: HttpRequest, form: Form) -> HttpResponse:
    """Show a form, or send it: 422 with every problem, or on to where ``send`` says."""
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        act = act_of(request)
        try:
            return redirect(form.send(act))
        except Refused as refused:
            if refused.status in (400, 403, 404):
                raise
            problems, status = refused.problems, refused.status
    context = {**tabs(request, form.tab), "form": form, "boxes": form.boxes(), "problems": problems}
    return render(request, "directives/form.html", context, status=status)


def refuse_unless(request: HttpRequest, right: str) -> frozenset[int]:
    """The bodies for which the person may do that; who may for none is not shown the form (403)."""
    actor = actor_in(request)
    bodies = permit.own_bodies(actor, right)
    if not bodies:
        post = actor.hat.post if actor.hat else ""
        raise Refused.forbidden(Problem("directives.not-allowed", actor.name, {"post": post}))
    return bodies


def own_body(request: HttpRequest, bodies: frozenset[int], name: str = "body") -> int:
    """The body for which a form is sent: the one chosen, else the post's own, else the first."""
    wanted = number_in(request.POST.get(name) or request.GET.get(name))
    if wanted in bodies:
        return wanted
    hat = actor_in(request).hat
    return hat.body if hat and hat.body in bodies else min(bodies, default=0)

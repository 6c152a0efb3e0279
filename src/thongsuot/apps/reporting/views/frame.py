"""What the pages of the room have in common: who acts, the tabs, forms that ask and do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.queries.returns import owed
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.kernel.cells import read_date
from thongsuot.rules.kernel.problem import Problem

Words = str | Promise
MOST_DIGITS = 18


def number_in(text: str | None) -> int:
    """A number in an address or a hidden field; 0 for anything that cannot be a key."""
    given = text or ""
    fits = given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS
    return int(given) if fits else 0


def typed(request: HttpRequest) -> dict[str, str]:
    """What a form sent, without the signs no text may hold."""
    sent = request.POST.dict()
    return {name: str(value).replace("\x00", "")[:20_000] for name, value in sent.items()}


def day_in(text: str) -> str:
    """A day as a date box or an office writes it, as ISO text. Raises Refused for anything else."""
    cell = read_date(text.replace("\x00", "").strip()[:40])
    if cell.value is None or not cell.readable:
        raise Refused.because("reporting.day-unreadable", _("Ngày"), value=text[:20])
    return str(cell.value)


def frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """The context every page here shares; ``current`` is the url name of its tab."""
    actor = actor_in(request)
    waiting = owed(actor, clock.now()).count() if permit.own_bodies(actor) else 0
    tabs = (
        ("home", _("Việc báo cáo"), waiting or None),
        ("all-series", _("Chế độ báo cáo"), None),
        ("briefs", _("Văn bản gửi đi"), None),
        ("indicators", _("Chỉ tiêu"), None),
        ("scores", _("Tự đánh giá"), None),
        ("forms", _("Mẫu"), None),
    )
    return {
        "tabs": [(label, reverse(f"reporting:{name}"), count) for name, label, count in tabs],
        "tab": reverse(f"reporting:{current}"),
        "today": clock.today(),
    }


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. ``kind`` is text, long, day, number, choice, check or file."""

    name: str
    label: Words
    kind: str = "text"
    required: bool = True
    help: Words = ""
    choices: Iterable[tuple[object, object]] = ()
    value: str = ""
    most: int = 500
    rows: int = 3

    def filled(self, sent: Mapping[str, str]) -> "Box":
        """The same box with what was sent in it."""
        return replace(self, value=sent.get(self.name, "" if self.kind == "check" else self.value))


def reason_box(label: Words = "", *, required: bool = True) -> Box:
    """The box for a reason."""
    return Box("reason", label or _("Lý do"), "long", required=required)


Do = Callable[[Act, Mapping[str, str]], str | None]


@dataclass(frozen=True, slots=True)
class Asking:
    """A page with one form: what it says, what it asks, what is done with it.

    ``do`` may return the address to go on to; else it is ``back``.
    """

    heading: Words
    boxes: list[Box]
    do: Do
    done: Words
    back: str
    submit: Words = ""
    lede: Words = ""
    danger: bool = False
    crumb: Words = ""


def ask(request: HttpRequest, current: str, asking: Asking) -> HttpResponse:
    """Ask, do, go on; a refusal stands above what was typed."""
    problems: tuple[Problem, ...] = ()
    status = 200
    sent = typed(request)
    if request.method == "POST":
        if answered(request) is not None:
            return redirect(asking.back)
        try:
            onward = asking.do(act_of(request), sent)
        except Refused as refused:
            problems, status = refused.problems, refused.status
            if status in (400, 403, 404):
                raise
        else:
            messages.success(request, str(asking.done))
            return redirect(onward or asking.back)
    boxes = [box.filled(sent) if request.method == "POST" else box for box in asking.boxes]
    shared = frame(request, current)
    here = next(label for label, url, _count in shared["tabs"] if url == shared["tab"])
    context = {
        **shared,
        "asking": asking,
        "crumb": asking.crumb or here,
        "boxes": boxes,
        "problems": problems,
        "multipart": any(box.kind == "file" for box in boxes),
    }
    return render(request, "reporting/ask.html", context, status=status)

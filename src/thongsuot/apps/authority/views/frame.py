"""What the pages of the room have in common: tabs, the act of a form, reading what was sent."""

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

from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.authority.access import may_keep
from thongsuot.rules.kernel.problem import Problem

Words = str | Promise
Choices = Iterable[tuple[object, object]]
LARGEST = 10**17


def tabs(request: HttpRequest, current: str) -> dict[str, Any]:
    """The pages of the room side by side, as far as the person may open them."""
    actor = actor_in(request)
    names = {
        "card": _("Tra thẩm quyền"),
        "rules": _("Sổ quy định"),
        "texts": _("Văn bản"),
        "expiry": _("Hết hiệu lực"),
        "diff": _("Trước và sau"),
        "clashes": _("Điểm vênh"),
    }
    if actor.hat is not None:
        names |= {"delegations": _("Ủy quyền"), "reviews": _("Rà soát")}
    return {
        "tabs": [(label, reverse(f"authority:{name}"), None) for name, label in names.items()],
        "tab": reverse(f"authority:{current}"),
        "today": clock.today(),
        "keeps": may_keep(actor) is None,
    }


def day_in(text: str, *, needed: bool = True) -> date | None:
    """A day as a date box or an office writes it. Raises Refused for anything else."""
    given = text.strip()[:10]
    if not given and not needed:
        return None
    try:
        if "/" in given:
            given = "-".join(part.zfill(2) for part in reversed(given.split("/")))
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refused.because("authority.day-unfit", "", value=text[:20]) from error


def sure_day(text: str) -> date:
    """A day that must be there. Raises Refused otherwise."""
    found = day_in(text)
    if found is None:
        raise Refused.because("authority.day-unfit", "", value=text[:20])
    return found


def money_in(text: str) -> int | None:
    """An amount in đồng as typed, with dots or spaces; None for an empty box."""
    given = text.strip().replace(".", "").replace(" ", "").replace("\u00a0", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit()) or int(given[:20]) > LARGEST:
        raise Refused.because("authority.amount-not-a-number", "", value=text[:20])
    return int(given)


def text_in(request: HttpRequest, name: str, most: int) -> str:
    """What the address asks under a name, without the sign that one of the databases cannot keep."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:most]


def iso(on: date | None) -> str:
    """A day as a date box holds it; empty for none."""
    return on.isoformat() if on else ""


def number_in(text: str | None) -> int:
    """A number in an address or a hidden field; 0 for anything that cannot be a key."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else 0


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. ``kind`` is text, long, day, money, choice, many or tick."""

    name: str
    label: Words
    kind: str = "text"
    required: bool = True
    help: Words = ""
    choices: Choices = ()
    value: str = ""
    most: int = 300
    chosen: tuple[str, ...] = ()

    def filled(self, request: HttpRequest) -> "Box":
        """The same box with what was sent in it."""
        if self.kind == "many":
            return replace(self, chosen=tuple(request.POST.getlist(self.name)))
        return replace(
            self, value=request.POST.get(self.name, "" if self.kind == "tick" else self.value)
        )


@dataclass(frozen=True, slots=True)
class Form:
    """A page with one form: what it says, asks and leads to."""

    heading: str
    boxes: tuple[Box, ...]
    back: str
    submit: str = ""
    lede: str = ""
    danger: bool = False


Do = Callable[[Act], Mapping[str, Any]]


def asked(
    request: HttpRequest,
    form: Form,
    do: Do,
    done: str,
    context: Mapping[str, Any],
    to: Callable[[Mapping[str, Any]], str] | None = None,
) -> HttpResponse:
    """Show a form, do what it sends, go back; a refusal stands above what was typed."""
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        before = answered(request)
        if before is not None:
            return redirect(to(before) if to and before else form.back)
        try:
            result = do(act_of(request))
        except Refused as refused:
            problems, status = refused.problems, refused.status
            if status in (400, 403, 404):
                raise
        else:
            messages.success(request, done)
            return redirect(to(result) if to else form.back)
    sent = request.method == "POST"
    everything = {
        **context,
        "form": form,
        "boxes": [box.filled(request) if sent else box for box in form.boxes],
        "problems": problems,
    }
    return render(request, "authority/form.html", everything, status=status)

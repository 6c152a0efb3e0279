"""A page that asks for one act, for the rooms above: its boxes, the act, and the way back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, answered
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import nfc

Words = str | Promise
Choices = Iterable[tuple[object, object]]
Result = Mapping[str, Any]
LARGEST_KEY = 2**63 - 1


def number_in(text: str | None) -> int:
    """A number in an address or a hidden field; 0 for anything that cannot be a key."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else 0


def day_in(text: str, label: Words = "") -> date:
    """A day as a date box or an office writes it. Raises Refused for anything else."""
    given = text.strip()[:10]
    try:
        if "/" in given:
            given = "-".join(reversed(given.split("/")))
        found = date.fromisoformat(given)
    except ValueError as error:
        raise Refused.because("registry.day-unfit", str(label), value=text[:20]) from error
    if not 1900 <= found.year <= 2200:
        raise Refused.because("registry.day-unfit", str(label), value=text[:20])
    return found


def maybe_day(text: str, label: Words = "") -> date | None:
    """A day, or None for an empty box."""
    return day_in(text, label) if text.strip() else None


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a form. ``kind`` is text, long, day, number, choice, tick or file."""

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
        return replace(self, value=sent.get(self.name, "" if self.kind == "tick" else self.value))

    def problem(self, sent: Mapping[str, str]) -> Problem | None:
        """What is wrong with what was typed, whatever it is about: too long, missing, unfit."""
        text = sent.get(self.name, "")
        facts: dict[str, object] = {"column": str(self.label), "most": self.most}
        if self.required and self.kind not in ("tick", "file") and not text.strip():
            return Problem("registry.box-empty", self.name, facts)
        if len(text) > self.most:
            return Problem("registry.box-too-long", self.name, facts)
        if "\x00" in text:
            return Problem("registry.box-unfit", self.name, facts)
        return None


@dataclass(frozen=True)
class Asking:
    """A page that asks for an act: its words, its boxes, what to do with them, where to go after.

    ``do`` gets the act and what was typed, trimmed and in one Unicode form. ``back`` may be worked
    out of the answer. ``fresh``: the person must have proved who it is within five minutes.
    """

    heading: str
    boxes: tuple[Box, ...]
    do: Callable[[Act, Mapping[str, str]], Result]
    back: str
    done: str
    then: Callable[[Result], str] | None = None
    submit: str = ""
    lede: str = ""
    danger: bool = False
    fresh: bool = False
    notes: tuple[Problem, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def _onward(asking: Asking, result: Result) -> str:
    """Where to go after; empty for the answer of another form: the act itself says so (409)."""
    try:
        return asking.then(result) if asking.then else asking.back
    except KeyError:
        return ""


def ask(request: HttpRequest, asking: Asking, template: str = "registry/ask.html") -> HttpResponse:
    """Show the form, or do the act and go on; a refusal stands above what was typed."""
    if asking.fresh and not reauth.is_fresh(request, timezone.now()):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
    problems: tuple[Problem, ...] = ()
    status = 200
    boxes = asking.boxes
    if request.method == "POST":
        before = answered(request)
        onward = None if before is None else _onward(asking, before)
        if onward:
            return redirect(onward)
        boxes = tuple(box.filled(request.POST) for box in boxes)
        try:
            result = asking.do(act_of(request), _typed(request, asking.boxes))
        except Refused as refused:
            problems, status = refused.problems, refused.status
            if status in (403, 404):
                raise
        else:
            messages.success(request, asking.done)
            return redirect(asking.then(result) if asking.then else asking.back)
    context = {
        "asking": asking,
        "boxes": boxes,
        "problems": problems,
        "upload": any(box.kind == "file" for box in boxes),
        "submit": asking.submit or asking.heading,
        **asking.more,
    }
    return render(request, template, context, status=status)


def _typed(request: HttpRequest, boxes: tuple[Box, ...]) -> dict[str, str]:
    """What was typed into the boxes. Raises Refused with everything that is wrong in form."""
    found = [problem for box in boxes if (problem := box.problem(request.POST))]
    if found:
        raise Refused(found)
    return {name: nfc(str(value)).strip() for name, value in request.POST.items()}


def yes(text: str) -> bool:
    """Whether a tick box was ticked."""
    return text == "1"

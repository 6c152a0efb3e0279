"""A page that asks for one act, for the rooms above: a form, the act, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of
from thongsuot.rules.kernel.problem import Problem


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


def ask(
    request: HttpRequest, template: str, asking: Asking, context: Mapping[str, Any]
) -> HttpResponse:
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
    return render(request, template, found, status=status)

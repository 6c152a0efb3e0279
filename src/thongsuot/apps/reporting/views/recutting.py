"""Figures of a period, which stay in the units of their time, cut to the units of another day."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.apps.registry.recut_views import METHODS, TAGS
from thongsuot.apps.registry.recutting import cut_table
from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.models import Filing, Return, Round
from thongsuot.apps.reporting.queries.returns import COUNTS
from thongsuot.apps.reporting.values import form_of, from_kept, shown
from thongsuot.apps.reporting.views.frame import day_in, frame
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.recut import LAND, PEOPLE
from thongsuot.rules.registry.recut_table import FigureTable
from thongsuot.rules.reporting.forms import Across, Field, Form

SHOWN = 500


@require_GET
@login_required
def one(request: HttpRequest, round_id: int) -> HttpResponse:
    """One figure of a period by the units of a chosen day: whole, or named where it cannot be.

    Nothing is kept: the period stays as it was reported. What went to several units is not
    divided by guess; it is named and counted as left.
    """
    round_ = permit.round_in_sight(actor_in(request), round_id)
    form = form_of(round_.version)
    offered = [f for f in form.fields if f.across is Across.SUM]
    chosen = _chosen(form, offered, request.GET.get("chi-tieu", ""), round_)
    on, problems = _day(request)
    counts = LAND if request.GET.get("dem") == LAND else PEOPLE
    asked_on = date.fromordinal(round_.until.toordinal() - 1)
    figures, without = figures_of(round_, chosen)
    answer = cut_table(FigureTable(figures=figures, rows=len(figures)), asked_on, on, counts)
    context = {
        **frame(request, "all-series"),
        "round": round_,
        "period": period_words(round_.series.kind, round_.period),
        "offered": offered,
        "chosen": chosen,
        "on": on,
        "counts": counts,
        "asked_on": asked_on,
        "lines": [
            (line, shown(chosen, line.value), METHODS[line.method], TAGS[line.method])
            for line in answer.lines[:SHOWN]
        ],
        "more": max(0, len(answer.lines) - SHOWN),
        "sums": [
            (words, shown(chosen, value))
            for words, value in (
                (_("đã báo cáo"), answer.given),
                (_("đã quy đổi"), answer.arrived),
                (_("chưa chia được"), answer.kept_back),
            )
        ],
        "left": answer.left,
        "without": without,
        "problems": problems,
    }
    return render(request, "reporting/recut.html", context, status=422 if problems else 200)


def _chosen(form: Form, offered: list[Field], key: str, round_: Round) -> Field:
    if not offered:
        raise Refused.because("reporting.nothing-to-recut", round_.series.name)
    found = next((f for f in offered if f.key == key), None)
    return found or form.field(offered[0].key)


def _day(request: HttpRequest) -> tuple[date, tuple[Problem, ...]]:
    asked = request.GET.get("den", "")
    if not asked:
        return clock.today(), ()
    try:
        return date.fromisoformat(day_in(asked)), ()
    except Refused as refused:
        return clock.today(), refused.problems


def figures_of(round_: Round, one: Field) -> tuple[dict[int, int], int]:
    """What each unit reported for the figure, and how many reports name no unit. Two queries."""
    units = dict(
        Return.objects.filter(round=round_, received_at__isnull=False).values_list("pk", "unit")
    )
    newest = Filing.objects.filter(owner__in=units, kind__in=COUNTS).order_by("number")
    values = {f.owner_id: from_kept(f.values).get(one.key) for f in newest}
    figures: dict[int, int] = {}
    without = 0
    for owner, unit in units.items():
        value = values.get(owner)
        if not isinstance(value, int):
            continue
        if unit is None:
            without += 1
        else:
            figures[unit] = figures.get(unit, 0) + value
    return figures, without

"""The roster of a place: the list of shifts, making the next one, changing one, an absence."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.guarding import actions, forms, lists, queries
from thongsuot.apps.guarding.actions.rosters import MOST_SHIFTS, check_roster
from thongsuot.apps.guarding.models import Place, Shift, ShiftState
from thongsuot.apps.guarding.views.frame import ask, frame, open_place
from thongsuot.apps.handover.views.asking import Asking
from thongsuot.apps.handover.views.frame import number_in
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing
from thongsuot.foundation.tables.listing import Place as Where
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of
from thongsuot.rules.guarding.roster import MOST_DAYS, Duty, plan_shifts
from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.kernel.problem import Problem

STARTS = "06:00 14:00 22:00"
A_WEEK = timedelta(days=7)
Row = dict[str, Any]


@require_GET
@login_required
def shifts(request: HttpRequest, place_id: int) -> HttpResponseBase:
    """Every shift of a place: filter, sort, CSV, XLSX, print."""
    seen = open_place(request, place_id)
    where = Where(scope=f"guarding:{seen.pk}", source=Source("guarding.shifts", {"place": seen.pk}))
    listing = Listing(lists.SHIFTS, queries.shifts_of(seen), request, where, today=clock.today())
    return answer(listing, "guarding/shifts.html", frame(request, seen, "shifts"))


@require_http_methods(["GET", "POST"])
@login_required
def roster(request: HttpRequest, place_id: int) -> HttpResponse:
    """Make the next roster: guards in turn, then shift by shift; published only without a gap."""
    seen = open_place(request, place_id, "roster.publish")
    people = forms.by_name(queries.guards_of(seen.body_id))
    problems: tuple[Problem, ...] = ()
    status, rows = 200, []
    if request.method == "POST":
        try:
            rows = read_rows(request.POST)
            if request.POST.get("do") == "1":
                return _publish(request, seen, rows)
            problems = preview(seen, rows)
        except Refused as refused:
            problems, status = refused.problems, refused.status
    elif request.GET.get("ca"):
        try:
            rows = planned_rows(request, seen)
            problems = preview(seen, rows)
        except Refused as refused:
            problems, status = refused.problems, refused.status
    begins = timezone.localtime(queries.covered_until(seen) or seen.since).date()
    context = {
        **frame(request, seen, "shifts"),
        "people": people,
        "rows": rows,
        "problems": problems,
        "first": request.GET.get("tu") or begins.isoformat(),
        "last": request.GET.get("den") or (begins + A_WEEK - timedelta(days=1)).isoformat(),
        "starts": request.GET.get("ca") or STARTS,
        "in_turn": {number_in(n) for n in request.GET.getlist("nguoi")},
        "reached": queries.covered_until(seen),
    }
    return render(request, "guarding/roster.html", context, status=status)


def _publish(request: HttpRequest, place: Place, rows: Sequence[Row]) -> HttpResponse:
    window = window_of(place, rows)
    actions.publish_roster(
        act_of(request),
        place_id=place.pk,
        since=window.since,
        until=window.until,
        shifts=[{name: row[name] for name in ("guard", "since", "until")} for row in rows],
    )
    messages.success(request, _("Đã ban hành lịch trực, không có khoảng trống nào."))
    return redirect("guarding:shifts", place.pk)


def window_of(place: Place, rows: Sequence[Row]) -> Span:
    """From where the last roster ends, or the first shift begins, to the end of the last shift."""
    begins = queries.covered_until(place) or min(r["since"] for r in rows)
    until = max(r["until"] for r in rows)
    if until <= begins:
        raise Refused.because("guarding.times-out-of-order", since=begins, until=until)
    return Span(begins, until)


def preview(place: Place, rows: Sequence[Row]) -> tuple[Problem, ...]:
    """Everything that would keep these shifts from being published."""
    duties = [Duty(r["guard"], place.pk, Span(r["since"], r["until"])) for r in rows if r["guard"]]
    return check_roster(place, window_of(place, rows), duties)


def planned_rows(request: HttpRequest, place: Place) -> list[Row]:
    """The shifts that a pattern makes, from where the last roster ends. Raises Refused."""
    first, last = _day(request.GET.get("tu")), _day(request.GET.get("den"))
    starts = [t for t in map(_time, request.GET.get("ca", "")[:200].split()) if t is not None]
    guards = [n for n in map(number_in, request.GET.getlist("nguoi")) if n]
    known = set(queries.guards_of(place.body_id).values_list("pk", flat=True))
    whole = first and last and starts and guards and set(guards) <= known
    if not whole or first is None or last is None or len(starts) != len(set(starts)):
        raise Refused.because("guarding.roster-incomplete")
    if last < first:
        raise Refused.because("guarding.times-out-of-order", since=first, until=last)
    days = (last - first).days + 1
    if days > MOST_DAYS or days * len(starts) > MOST_SHIFTS:
        raise Refused.because("guarding.roster-too-long", place.name, most=MOST_DAYS)
    zone = timezone.get_current_timezone()
    made = plan_shifts(first, last, starts, guards, place.pk, zone)
    reached = queries.covered_until(place)
    return [
        {"guard": d.guard, "since": d.span.since, "until": d.span.until}
        for d in made
        if reached is None or d.span.since >= reached
    ] or _nothing(place)


def _nothing(place: Place) -> list[Row]:
    until = queries.covered_until(place)
    raise Refused.because("guarding.roster-already", place.name, until=until)


def read_rows(sent: QueryDict) -> list[Row]:
    """The shifts as a page sends them back, each with the guard chosen. Raises Refused."""
    since, until = sent.getlist("since"), sent.getlist("until")
    guards = sent.getlist("guard")
    if not since or not len(since) == len(until) == len(guards) <= MOST_SHIFTS:
        raise Refused.because("guarding.roster-incomplete")
    rows = []
    for begins, ends, guard in zip(since, until, guards, strict=True):
        a, b = _moment(begins), _moment(ends)
        if a is None or b is None or b <= a:
            raise Refused.because("guarding.time-not-read", f"{begins} – {ends}"[:60])
        rows.append({"guard": number_in(guard), "since": a, "until": b})
    return rows


def _day(text: str | None) -> date | None:
    try:
        return parse_date((text or "")[:10])
    except ValueError:
        return None


def _time(text: str) -> time | None:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  # a time of the local clock
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


@require_http_methods(["GET", "POST"])
@login_required
def shift(request: HttpRequest, place_id: int, shift_id: int) -> HttpResponse:
    """Another guard or other hours for one shift, or none at all; a gap is refused."""
    seen = open_place(request, place_id, "shift.change")
    one = Shift.objects.filter(pk=min(shift_id, 2**63 - 1), place=seen).first()
    if one is None:
        raise Refused.missing(Problem("guarding.shift-missing"))
    start = {"guard_id": one.guard_id, "since": one.since, "until": one.until}
    form = forms.ShiftForm(
        request.POST or None,
        initial=start,
        guards=forms.by_name(queries.guards_of(seen.body_id)),
    )
    asking = Asking(
        heading=_("Đổi ca trực"),
        submit=_("Đổi ca"),
        back=reverse("guarding:shifts", args=[seen.pk]),
        form=form,
        send=lambda act, v: actions.change_shift(act, shift_id=one.pk, **v),
        done=lambda _r: _("Đã đổi ca. Lịch trực vẫn không có khoảng trống."),
        lede=_("Nếu để lại khoảng trống, việc đổi bị từ chối kèm tên những người trực thay được."),
    )
    return ask(request, asking, frame(request, seen, "shifts"))


@require_http_methods(["GET", "POST"])
@login_required
def absence(request: HttpRequest, place_id: int) -> HttpResponse:
    """A guard will be away: who takes each shift is chosen in the same act."""
    seen = open_place(request, place_id, "shift.change")
    people = forms.by_name(queries.guards_of(seen.body_id))
    form = forms.AbsenceForm(request.POST or None, guards=people)
    problems: tuple[Problem, ...] = ()
    status, taken = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            instead = {
                name.partition("-")[2]: number_in(str(value))
                for name, value in request.POST.items()
                if name.startswith("ca-")
            }
            taken = _falling_into(values, instead)
            try:
                actions.record_absence(
                    act_of(request), body_id=seen.body_id, instead=instead, **values
                )
            except Refused as refused:
                problems, status = refused.problems, refused.status
            else:
                messages.success(request, _("Đã ghi vắng và người trực thay."))
                return redirect("guarding:shifts", seen.pk)
    context = {
        **frame(request, seen, "shifts"),
        "form": form,
        "problems": problems,
        "taken": taken,
        "people": people,
    }
    return render(request, "guarding/absence.html", context, status=status)


def _falling_into(values: dict[str, Any], instead: dict[str, int]) -> list[Row]:
    if values["until"] <= values["since"]:
        return []
    found = Shift.objects.filter(
        guard=values["guard_id"],
        state=ShiftState.PLANNED,
        since__lt=values["until"],
        until__gt=values["since"],
    ).select_related("place")
    return [
        {"shift": s, "chosen": instead.get(str(s.pk), 0)} for s in found.order_by("since")[:100]
    ]

"""Who holds what tonight, or on any other day; and who was nominated for what is left."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.handover import actions, lists_holders, queries
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import Disposition
from thongsuot.apps.handover.queries.holders import Share
from thongsuot.apps.handover.views.fields import bodies_ending, offered, receivers, whole
from thongsuot.apps.handover.views.frame import frame, may, open_transition, refuse_stranger
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.filters import Bad, Days
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem

FIRST = 12  # so many bodies are named beside the list; the filter has all


def day_asked(request: HttpRequest) -> date:
    """The day in the address (2025-07-01 or 01/07/2025); today without one.

    Raises Refused (400) for what is no day.
    """
    typed = request.GET.get("ngay", "").strip()
    if not typed:
        return clock.today()
    try:
        asked = Days("ngay", "").read({"ngay-tu": [typed]})
    except Bad:
        asked = None
    if asked is None or asked[0] is None:
        raise Refused([Problem("handover.day-unknown", "", {"value": typed[:40]})], 400)
    return asked[0]


@require_GET
@login_required
def holders(request: HttpRequest, transition_id: int) -> HttpResponseBase:
    """Who holds every live item at the end of a day: by body, by how it came, item by item."""
    transition = open_transition(request, transition_id)
    actor, today, on = actor_in(request), clock.today(), day_asked(request)
    table, rows, found = lists_holders.holders_of_day(actor, transition, on, today)
    listing = Listing(
        table,
        rows,
        request,
        Place(
            scope=f"transition:{transition.pk}",
            source=Source("handover.holders", {"transition": transition.pk, "on": on.isoformat()}),
            allow=("ngay",),
            all_count=lambda: sum(s.items for s in found),
        ),
        today=today,
    )
    context = {
        **frame(request, transition, "holders"),
        "on": on,
        "is_today": on == today,
        "total": sum(s.items for s in found),
        "unnamed": sum(s.items for s in found if s.code == Disposition.OVERDUE),
        "waiting": sum(s.items for s in found if s.code == Disposition.CARETAKER),
        "by_code": _by_code(found),
        "by_body": _by_body(found),
        "here": reverse("handover:holders", args=[transition.pk]),
        "days": _days(transition, today, on),
        "may_nominate": may(actor, "body.nominate", transition),
    }
    return answer(listing, "handover/holders.html", context)


def _by_code(found: tuple[Share, ...]) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for share in found:
        counts[share.code] += share.items
        people[share.code] += share.citizens
    return [
        {
            "code": code.value,
            "label": code.label,
            "tone": lists_holders.TONES[code],
            "items": counts[code],
            "people": people[code],
        }
        for code in Disposition
        if counts[code]
    ]


def _by_body(found: tuple[Share, ...]) -> list[tuple[int, str, int]]:
    counts: Counter[int] = Counter()
    for share in found:
        counts[share.body] += share.items
    first = counts.most_common(FIRST)
    names = queries.body_names([body for body, _n in first])
    return [(body, names.get(body, ""), n) for body, n in first]


def _days(transition: Transition, today: date, on: date) -> list[tuple[date, str, bool]]:
    """The days that people ask about, in order: today, the last day, the first day after."""
    wanted = {
        transition.effective_on: _("ngày hiệu lực"),
        today: _("hôm nay"),
    }
    return [(day, wanted[day], day == on) for day in sorted(wanted)]


@require_http_methods(["GET", "POST"])
@login_required
def nominate(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Name the body that holds what an ending body leaves without a receiver."""
    transition = open_transition(request, transition_id)
    refuse_stranger(request, "body.nominate", transition)
    sent, givers, choices = request.POST, bodies_ending(transition), receivers(transition)
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            actions.nominate_body(
                act_of(request),
                transition_id=transition.pk,
                giver_id=offered(whole(sent.get("giver_id", "")), givers) or 0,
                body_id=offered(whole(sent.get("body_id", "")), choices) or 0,
                authority=sent.get("authority", "")[:300],
                reason=sent.get("reason", "")[:2_000],
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ghi cơ quan được chỉ định."))
            return redirect("handover:holders", transition.pk)
    nominated = queries.nominated_on(transition.pk, clock.today())
    names = queries.body_names([*nominated, *nominated.values()])
    context = {
        **frame(request, transition, "holders"),
        "givers": givers,
        "choices": choices,
        "sent": sent,
        "problems": problems,
        "nominated": [(names.get(g, ""), names.get(b, "")) for g, b in nominated.items()],
    }
    return render(request, "handover/nominate.html", context, status=status)


BASE = "ban-giao/<int:transition_id>/nguoi-giu/"
urlpatterns = [
    path(BASE, holders, name="holders"),
    path(f"{BASE}chi-dinh/", nominate, name="nominate"),
]

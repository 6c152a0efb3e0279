"""After-the-end radar: what falls due when its holder is gone and nobody has signed for it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.http import require_GET

from thongsuot.apps.handover import lists_radar, permit, queries
from thongsuot.apps.handover.models.choices import Allocation
from thongsuot.apps.handover.views.frame import frame, open_transition
from thongsuot.foundation import clock
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in

WEEKS = 8  # so many weeks after the end are shown one by one


@dataclass(slots=True)
class Week:
    """A week after the end: what falls in it, of whom, and how much of it nobody is named for."""

    first: date
    last: date
    items: int = 0
    people: int = 0
    unsure: int = 0
    days: Counter[date] = field(default_factory=Counter)


@require_GET
@login_required
def radar(request: HttpRequest, transition_id: int) -> HttpResponseBase:
    """The radar by week and by who is hurt, then item by item; people and businesses first."""
    transition = open_transition(request, transition_id)
    actor, today, end = actor_in(request), clock.today(), transition.effective_on
    table, rows = lists_radar.radar_of(actor, transition)
    listing = Listing(
        table,
        rows,
        request,
        Place(
            scope=f"transition:{transition.pk}",
            source=Source("handover.radar", {"transition": transition.pk}),
        ),
        today=today,
    )
    coming = queries.coming_due(permit.visible_in(actor, transition), end)
    weeks, later = by_week(coming, end)
    context = {
        **frame(request, transition, "radar"),
        "weeks": weeks,
        "later": later,
        "here": reverse("handover:radar", args=[transition.pk]),
        "days_until": (end - today).days,
        "total": sum(w.items for w in (*weeks, later)),
        "people": sum(w.people for w in (*weeks, later)),
        "unsure": sum(w.unsure for w in (*weeks, later)),
    }
    return answer(listing, "handover/radar.html", context)


def by_week(coming: "QuerySet[Any]", end: date) -> tuple[list[Week], Week]:
    """The weeks after the end in which something falls, and all that comes later, in one look."""
    unsure = ~Q(allocation=Allocation.CONFIRMED) | Q(state__in=("disputed", "missing"))
    per_day = (
        coming.order_by()
        .values_list("due")
        .annotate(
            n=Count("pk"),
            people=Count("pk", filter=Q(citizen=True)),
            unsure=Count("pk", filter=unsure),
        )
    )
    first = [end + timedelta(weeks=n) for n in range(WEEKS)]
    weeks = [Week(day, day + timedelta(days=6)) for day in first]
    later = Week(end + timedelta(weeks=WEEKS), date.max)
    for due, count, people, nobody in per_day:
        number = (due - end).days // 7
        week = weeks[number] if number < WEEKS else later
        week.items += count
        week.people += people
        week.unsure += nobody
        week.days[due] += count
    return [week for week in weeks if week.items], later


urlpatterns = [path("ban-giao/<int:transition_id>/sau-ngay-ket-thuc/", radar, name="radar")]

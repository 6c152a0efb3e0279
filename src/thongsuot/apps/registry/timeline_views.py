"""The page of a unit through time: a range over its dated events, links without script."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thongsuot.apps.registry import body_queries, timeline
from thongsuot.apps.registry.actors import ActorRequest
from thongsuot.apps.registry.asof import day_asked
from thongsuot.foundation import clock


@require_GET
def through_time(request: ActorRequest, key: str) -> HttpResponse:
    """What a unit was at one stop, and what is otherwise than at the stop before."""
    today = clock.today()
    start = timeline.moment(key, today)
    if start is None:
        raise Http404
    stops = timeline.stops_of(start.view.id, today)
    at = timeline.nearest_stop(stops, request.GET.get("moc", ""), day_asked(request))
    now = start if stops[at] == today else timeline.moment(key, stops[at])
    before = timeline.moment(key, stops[at - 1]) if at else None
    signed_in = bool(request.actor.user)
    context = {
        "now": now,
        "stops": [(i, day, i == at) for i, day in enumerate(stops)],
        "at": at,
        "last": len(stops) - 1,
        "changes": timeline.changes(before, now) if now else (),
        "before": before,
        "bodies": body_queries.bodies_of(start.view.id, stops[at]) if signed_in else (),
        "as_of": stops[at],
    }
    return render(request, "registry/timeline.html", context)

"""Looking at units, bodies and people as of a day; public for territories, not for people."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from thongsuot.apps.registry import body_queries, find, lists, queries
from thongsuot.apps.registry.actors import ActorRequest
from thongsuot.apps.registry.asof import day_asked, knowledge_asked
from thongsuot.apps.registry.holdings import what_happens
from thongsuot.apps.registry.models import LegalText, Person
from thongsuot.apps.registry.picture import picture_of
from thongsuot.apps.registry.queries import ONE_DAY
from thongsuot.apps.registry.search import search
from thongsuot.apps.registry.steps import local_problem
from thongsuot.apps.registry.values import HistoryLine, Hit, Lineage
from thongsuot.foundation import clock
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.ui.parts import page_or_part, wants_part
from thongsuot.rules.registry.access import may_edit

PALETTE = 8  # hits of each group in the small window of Ctrl+K
PAGE_OF_HITS = 40
DAYS = Place(allow=("ngay", "biet"))


@require_GET
def country(request: ActorRequest) -> HttpResponse:
    """Every province on a day, with how many units stand below it."""
    on, at = day_asked(request), knowledge_asked(request)
    first, last = queries.span()
    context = {"country": queries.country(on, at), "as_of": on, "first": first, "last": last}
    return render(request, "registry/country.html", context)


@require_GET
def units(request: ActorRequest) -> HttpResponseBase:
    """Every unit of a day as one list: filter, sort, CSV, XLSX, print."""
    on, at = day_asked(request), knowledge_asked(request)
    listing = Listing(lists.UNITS, lists.units_on(on, at), request, DAYS, today=clock.today())
    return answer(listing, "registry/list.html", {"as_of": on})


@require_GET
@login_required
def bodies(request: ActorRequest) -> HttpResponseBase:
    """Every body of a day as one list: filter, sort, CSV, XLSX, print."""
    on, at = day_asked(request), knowledge_asked(request)
    listing = Listing(lists.BODIES, lists.bodies_on(on, at), request, DAYS, today=clock.today())
    return answer(listing, "registry/list.html", {"as_of": on})


@require_GET
def unit(request: ActorRequest, key: str) -> HttpResponse:
    """One unit: what it was, what it is on that day, what became of it."""
    on, at = day_asked(request), knowledge_asked(request)
    view = queries.unit_as_of(key, on, at)
    if view is None:
        raise Http404
    lineage = queries.lineage_of(view, at)
    signed_in = bool(request.actor.user)
    below = queries.children(view.id, on, at)
    history = queries.history_of(view.id)
    context = {
        "unit": view,
        "as_of": on,
        "known_at": at,
        "lineage": lineage,
        "pictures": pictures_of(lineage, view.id),
        "children": below,
        "deep": any(row.below for row in below),
        "history": history,
        "marks": marks_of(history, on),
        "readings": queries.disagreements_of(view.id),
        "bodies": body_queries.bodies_of(view.id, on, at) if signed_in else (),
        "neighbourhoods": queries.neighbourhoods_of(view.id, on) if signed_in else (),
        "governance": queries.governance_of(view.id, on),
        "may_edit": signed_in and may_edit(request.actor, [view.id]) is None,
        "may_local": signed_in and local_problem(request.actor, view.id, clock.today()) is None,
    }
    return render(request, "registry/unit.html", context)


def marks_of(history: Sequence[HistoryLine], on: date) -> list[dict[str, object]]:
    """The days on which something changed for a unit, each with the day before, to jump to."""
    lines = [h for h in history if h.superseded_at is None]
    days = {d for h in lines for d in (h.on, h.until) if d is not None}
    around = sorted({near for d in days for near in (d - ONE_DAY, d)})
    return [{"day": d, "at": d == on} for d in around]


def pictures_of(lineage: Lineage, unit: int) -> list[dict[str, object]]:
    """One picture for each day on which something happened, before and after, in order."""
    drawn = []
    for side, steps in (("before", lineage.before), ("after", lineage.after)):
        main = lineage.main if side == "after" else frozenset((unit,))
        for on in sorted({s.edge.on for s in steps}):
            picture = picture_of([s for s in steps if s.edge.on == on], main)
            if picture is not None:
                drawn.append({"on": on, "last": on - ONE_DAY, "side": side, "picture": picture})
    return drawn


@require_GET
@login_required
def body(request: ActorRequest, body_id: int) -> HttpResponse:
    """One body with its posts and people on a day, and what happens when it closes."""
    on, at = day_asked(request), knowledge_asked(request)
    view = body_queries.body_as_of(body_id, on, at)
    if view is None:
        raise Http404
    context = {
        "body": view,
        "as_of": on,
        "known_at": at,
        "posts": body_queries.staff_of(body_id, on, at),
        "history": body_queries.history_of_body(body_id),
        "holdings": what_happens(body_id, on),
        "may_edit": may_edit(request.actor, find.places_of(body_id)) is None,
    }
    return render(request, "registry/body.html", context)


@require_GET
@login_required
def person(request: ActorRequest, person_id: int) -> HttpResponse:
    """One person with every post held, as now known."""
    who = get_object_or_404(Person, pk=person_id)
    rows = body_queries.person_history(person_id)
    names = {
        b.id: b for b in body_queries.links_of({r.post.body_id for r in rows}, day_asked(request))
    }
    context = {
        "person": who,
        "as_of": day_asked(request),
        "lines": [{"appointment": r, "body": names.get(r.post.body_id)} for r in rows],
    }
    return render(request, "registry/person.html", context)


@require_GET
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One legal text and whether its own words were read."""
    return render(request, "registry/law.html", {"text": get_object_or_404(LegalText, key=key)})


@require_GET
def search_page(request: ActorRequest) -> HttpResponse:
    """Everything a query finds, in groups."""
    query = request.GET.get("q", "")
    hits = search(query, request.actor, clock.today(), PAGE_OF_HITS)
    context = {"q": query, "hits": hits}
    return page_or_part(request, "registry/search.html", "registry/parts/hits.html", context)


@require_GET
def search_quick(request: ActorRequest) -> HttpResponse:
    """The few best matches: a part for the small window of Ctrl+K, JSON for everybody else."""
    query = request.GET.get("q", "")
    hits = search(query, request.actor, clock.today(), PALETTE)
    if wants_part(request):
        response: HttpResponse = render(request, "registry/parts/quick.html", {"hits": hits})
    else:
        response = JsonResponse({"results": [_as_json(h) for h in hits]})
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _as_json(hit: Hit) -> dict[str, object]:
    told = asdict(hit)
    told.pop("rank")
    return told | {"group": str(hit.group)}

"""The list of schemes, one scheme, options side by side, the grid of departments and steps."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thongsuot.apps.rearrangement import lists, papers, permit, queries
from thongsuot.apps.rearrangement.models import StepWord
from thongsuot.apps.rearrangement.views.doors import doors_of, may_make
from thongsuot.apps.rearrangement.views.frame import frame, scheme_of
from thongsuot.apps.registry.naming import body_names
from thongsuot.foundation import clock
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in


@require_GET
@login_required
def every(request: HttpRequest) -> HttpResponseBase:
    """The schemes that concern the post."""
    actor = actor_in(request)
    listing = Listing(
        lists.SCHEMES, lists.schemes_for(actor, clock.today()), request,
        Place(source=Source("rearrangement.schemes", {})),
    )  # fmt: skip
    return answer(listing, "rearrangement/all.html", {"may_make": may_make(actor)})


@require_GET
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One scheme: who has sent in, what each option covers and saves, opinions, what to do next."""
    actor, scheme = actor_in(request), scheme_of(request, pk)
    context = frame(request, scheme, "one")
    only = None if context["whole"] else permit.own_bodies(actor)
    owners = queries.owners_of(scheme, only)
    opinions = list(scheme.opinions.order_by("pk"))
    names = body_names(
        {scheme.keeper_id, scheme.gatherer_id, scheme.approver_id, *(o.body_id for o in opinions)}
    )
    context |= {
        "keeper": names[scheme.keeper_id],
        "gatherer": names[scheme.gatherer_id],
        "approver": names[scheme.approver_id],
        "owners": owners,
        "sent": sum(o.sent_at is not None for o in owners),
        "silent": [o.name for o in owners if o.sent_at is None],
        "views": queries.options_of(scheme) if context["whole"] else [],
        "opinions": [(names[o.body_id], o) for o in opinions] if context["whole"] else [],
        "doors": doors_of(actor, scheme),
        "demo": scheme.demo,
    }
    return render(request, "rearrangement/one.html", context)


@require_GET
@login_required
def side_by_side(request: HttpRequest, pk: int) -> HttpResponse:
    """Options side by side, by department: units, people and leaders before and after."""
    scheme = scheme_of(request, pk)
    permit.allow(actor_in(request), "whole.see", permit.sides(scheme))
    views = queries.options_of(scheme)
    names = body_names({o for v in views for o in v.totals if o})
    context = {
        **frame(request, scheme, "compare"),
        "views": views,
        "rows": queries.compare(views, names, _("Tổng cộng")),
    }
    return render(request, "rearrangement/compare.html", context)


@require_GET
@login_required
def steps(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far it is carried out: departments × steps, then each step of each unit."""
    actor, scheme = actor_in(request), scheme_of(request, pk)
    context = frame(request, scheme, "steps")
    only = None if context["whole"] else permit.own_bodies(actor)
    context |= {
        "grid": queries.grid_of(scheme, clock.today(), only),
        "heads": [label for _value, label in StepWord.choices],
    }
    listing = Listing(
        lists.STEPS, lists.steps_for(actor, scheme), request,
        Place(f"scheme:{pk}", Source("rearrangement.steps", {"scheme": pk})),
    )  # fmt: skip
    return answer(listing, "rearrangement/steps.html", context)


@require_GET
@login_required
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The scheme as a paper to submit."""
    actor, scheme = actor_in(request), scheme_of(request, pk)
    permit.allow(actor, "whole.see", permit.sides(scheme))
    if form not in papers.FORMS:
        raise Http404
    content, kind, name = papers.FORMS[form](actor, scheme, clock.now())
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response

"""Closing: each body that ends, what is left of it, and its end; then the transition is locked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.actions.closing import what_is_left
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import TransitionSide, TransitionState
from thongsuot.apps.handover.views.frame import frame, open_transition
from thongsuot.apps.registry.actions import close_problems
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.handover.access import AREA, TABLE, Relation, relations
from thongsuot.rules.handover.balance import BalanceRow, total
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem, blocking


def _may_close(actor: Actor, place: int) -> bool:
    return (
        AREA in relations(actor, Relation(place=place)) and actor.role in TABLE["body.close"][AREA]
    )


@require_GET
@login_required
def closing(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Every body of the transition: what it still holds, whether it has ended, who works on it."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    balances: dict[int, list[BalanceRow]] = {}
    for row in queries.balance(actor, transition.pk):
        balances.setdefault(row.giver, []).append(row)
    bodies = queries.bodies_of(transition)
    context = {
        **frame(request, transition, "closing"),
        "ends": [
            (b, total(balances.get(b.body, []))) for b in bodies if b.side == TransitionSide.ENDS
        ],
        "begins": [b for b in bodies if b.side == TransitionSide.BEGINS],
        "teams": _teams(queries.teams_of(transition)),
        "may_close": _may_close(actor, transition.unit_id),
        "all_ended": all(b.ended_on for b in bodies if b.side == TransitionSide.ENDS),
        "locked": transition.state == TransitionState.CLOSED,
    }
    return render(request, "handover/closing.html", context)


def _teams(rows: tuple[queries.TeamRow, ...]) -> list[tuple[str, str, int]]:
    """Each team once, with how many bodies it works for."""
    found: dict[tuple[str, str], int] = {}
    for row in rows:
        found[row.name, row.side] = found.get((row.name, row.side), 0) + 1
    return [(name, side, count) for (name, side), count in sorted(found.items())]


@require_http_methods(["GET", "POST"])
@login_required
def close_body(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """What is left of one body; and its end, when nothing is."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            actions.close_body(
                act_of(request),
                transition_id=transition.pk,
                body_id=body_id,
                authority=request.POST.get("authority", "")[:300],
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ghi kết thúc hoạt động."))
            return redirect("handover:closing", transition.pk)
    row = transition.bodies.filter(body=body_id, side=TransitionSide.ENDS).first()
    if row is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    seen = total([r for r in queries.balance(actor, transition.pk) if r.giver == body_id])
    # What is left is named to those who answer for the body; a receiver sees only its own figures.
    whole = actor.speaks_for(body_id) or AREA in relations(
        actor, Relation(place=transition.unit_id)
    )
    left = problems or (tuple(_left(transition, body_id)) if whole else ())
    context = {
        **frame(request, transition, "closing"),
        "body": body_id,
        "name": queries.body_names([body_id])[body_id],
        "row": row,
        "seen": seen,
        "left": left,
        "whole": whole,
        "blocked": bool(blocking(left)),
        "may_close": _may_close(actor, transition.unit_id) and row.ended_on is None,
        "too_early": clock.today() < transition.effective_on,
    }
    return render(request, "handover/close_body.html", context, status=status)


def _left(transition: Transition, body_id: int) -> list[Problem]:
    """What is left of a body here and in every other room, told before anybody tries to end it."""
    left = what_is_left(transition, body_id)
    elsewhere = close_problems(body_id, transition.effective_on)
    return left + [p for p in elsewhere if p not in left and not p.subject.startswith(OWN)]


@require_POST
@login_required
def lock(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Lock the transition: nothing is written in it afterwards."""
    transition = open_transition(request, transition_id)
    actions.close_transition(act_of(request), transition_id=transition.pk)
    messages.success(request, _("Đã khóa cuộc chuyển giao."))
    return redirect("handover:balance", transition.pk)


OWN = "handover."  # the tables of this room, counted by kind above
BASE = "ban-giao/<int:transition_id>/ket-thuc/"
urlpatterns = [
    path(BASE, closing, name="closing"),
    path(f"{BASE}khoa/", lock, name="lock"),
    path(f"{BASE}<int:body_id>/", close_body, name="close-body"),
]

"""Who receives what: the rules, what they leave open, running them, writing and retiring one."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover import actions, lists, permit, queries
from thongsuot.apps.handover.models import AllocationRule, Transition
from thongsuot.apps.handover.models.choices import Kind, TransitionSide
from thongsuot.apps.handover.views.fields import bodies_ending, offered, receivers, whole
from thongsuot.apps.handover.views.frame import frame, may, number_in, open_transition
from thongsuot.apps.registry.models import BodyKind
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.handover.access import AREA, GIVER, TABLE, Relation, relations
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

RULES = "rule.write"


def _may_write(actor: Actor, transition: Transition) -> bool:
    area = AREA in relations(actor, Relation(place=transition.unit_id))
    return (area and actor.role in TABLE[RULES][AREA]) or (
        actor.role in TABLE[RULES][GIVER]
        and transition.bodies.filter(
            side=TransitionSide.ENDS, body__in=actor.hat.bodies if actor.hat else ()
        ).exists()
    )


@require_GET
@login_required
def allocation(request: HttpRequest, transition_id: int) -> HttpResponse:
    """The rules in force with what each proposes, and everything no rule decides."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    items = queries.items_of(actor, transition.pk)
    rules = list(
        AllocationRule.objects.filter(transition=transition, retired_at=None)
        .prefetch_related("shares")
        .order_by("-priority", "kind", "name")
    )
    used = dict(items.order_by().values_list("rule").annotate(n=Count("pk")))
    ids = {r.receiver_id or 0 for r in rules} | {r.giver_id or 0 for r in rules}
    names = queries.body_names(ids | {s.body_id for r in rules for s in r.shares.all()})
    wards = dict(lists.wards_of(items))
    context = {
        **frame(request, transition, "allocation"),
        "rules": [_rule(r, names, wards, used.get(r.pk, 0)) for r in rules],
        "open": _left_open(transition, queries.gap_counts(items)),
        "proposed": items.filter(state="held", allocation="proposed").count(),
        "shared": items.filter(state="held", allocation="shared").count(),
        "may_write": _may_write(actor, transition),
        "may_propose": may(actor, "items.propose", transition),
    }
    return render(request, "handover/allocation.html", context)


def _rule(
    rule: AllocationRule, names: dict[int, str], wards: dict[int, str], used: int
) -> dict[str, Any]:
    when = [
        str(Kind(rule.kind).label) if rule.kind else "",
        rule.field,
        wards.get(rule.place_id or 0, ""),
        names.get(rule.giver_id or 0, ""),
    ]
    shares = list(rule.shares.all())
    if shares:
        to = ", ".join(f"{names[s.body_id]} ({s.weight})" for s in shares)
    elif rule.to_successor:
        to = _("nơi kế tiếp của địa bàn")
    else:
        to = names.get(rule.receiver_id or 0, "")
    return {"rule": rule, "when": " · ".join(w for w in when if w), "to": to, "used": used}


def _left_open(
    transition: Transition, counts: dict[tuple[str, str], int]
) -> list[tuple[str, str, int, str]]:
    words = {**dict(lists.WHY), "none": _("chưa chạy quy tắc"), "gap": _("chưa có nơi nhận")}
    base = reverse("handover:items", args=[transition.pk])
    found = []
    for (kind, why), count in sorted(counts.items(), key=lambda pair: -pair[1]):
        query = {"kind": kind, "state": "held"}
        query |= {"why": why} if why in dict(lists.WHY) else {"allocation": why}
        found.append(
            (
                str(Kind(kind).label).capitalize(),
                str(words.get(why, why)),
                count,
                f"{base}?{urlencode(query)}",
            )
        )
    return found


@require_POST
@login_required
def propose(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Run the rules over everything not confirmed yet."""
    transition = open_transition(request, transition_id)
    done = actions.propose_receivers(act_of(request), transition_id=transition.pk)
    said = _("Đã chạy quy tắc: %(proposed)s mục có đề xuất, %(gap)s mục chưa có nơi nhận.") % {
        "proposed": done.get("proposed", 0),
        "gap": done.get("gap", 0),
    }
    messages.success(request, said)
    return redirect("handover:allocation", transition.pk)


@require_http_methods(["GET", "POST"])
@login_required
def write_rule(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Write one rule: which items, to whom, why."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    if not _may_write(actor, transition):
        raise Refused.forbidden(Problem("handover.not-allowed", actor.name, {"act": RULES}))
    items = queries.items_of(actor, transition.pk)
    offers: dict[str, list[tuple[int, str]]] = {
        "place": list(lists.wards_of(items)),
        "giver": bodies_ending(transition),
        "receiver": receivers(transition),
    }
    problems: tuple[Problem, ...] = ()
    status = 200
    sent = request.POST
    if request.method == "POST":
        try:
            rule = _asked_rule(sent, offers)
            actions.write_rule(act_of(request), transition_id=transition.pk, rule=rule)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã ghi quy tắc. Chạy quy tắc để thấy đề xuất mới."))
            return redirect("handover:allocation", transition.pk)
    fields = items.order_by("field").values_list("field", flat=True).distinct()
    context = {
        **frame(request, transition, "allocation"),
        "kinds": Kind.choices,
        "fields": [f for f in fields if f],
        "wards": offers["place"],
        "givers": offers["giver"],
        "receivers": offers["receiver"],
        "sent": sent,
        "problems": problems,
    }
    return render(request, "handover/rule.html", context, status=status)


def _asked_rule(sent: QueryDict, offers: dict[str, list[tuple[int, str]]]) -> dict[str, Any]:
    """The rule as the form says it. Raises Refused for a number or a choice that was not offered."""
    rule: dict[str, Any] = {
        "name": sent.get("name", "")[:200],
        "reason": sent.get("reason", "")[:2_000],
        "law": sent.get("law", "")[:200],
        "kind": sent.get("kind", "") if sent.get("kind", "") in Kind.values else "",
        "field": sent.get("field", "")[:80],
        "priority": min(99, whole(sent.get("priority", ""))),
    }
    for key in ("place", "giver"):
        chosen = offered(number_in(sent.get(key)), offers[key])
        if chosen:
            rule[key] = chosen
    if sent.get("receiver") == "successor":
        return rule | {"to_successor": True, "heir_kind": BodyKind.PEOPLES_COMMITTEE.value}
    return rule | {"receiver": offered(number_in(sent.get("receiver")), offers["receiver"])}


@require_http_methods(["GET", "POST"])
@login_required
def retire_rule(request: HttpRequest, transition_id: int, rule_id: int) -> HttpResponse:
    """Take a rule out of force, with the reason; what it proposed stays until run again."""
    transition = open_transition(request, transition_id)
    if request.method == "POST" and answered(request) is not None:
        return redirect("handover:allocation", transition.pk)
    rule = AllocationRule.objects.filter(transition=transition, pk=rule_id, retired_at=None).first()
    if rule is None:
        raise Http404
    permit.allow(
        actor_in(request),
        RULES,
        Relation(giver=rule.giver_id or 0, place=transition.unit_id),
    )
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            actions.retire_rule(
                act_of(request),
                transition_id=transition.pk,
                rule_id=rule.pk,
                reason=request.POST.get("reason", "")[:2_000],
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã bỏ quy tắc."))
            return redirect("handover:allocation", transition.pk)
    context = {
        **frame(request, transition, "allocation"),
        "question": _("Bỏ quy tắc “%(name)s”") % {"name": rule.name},
        "consequences": [
            _("Mục đã chốt giữ nguyên; mục mới đề xuất sẽ được tính lại khi chạy quy tắc.")
        ],
        "action": request.path,
        "confirm": _("Bỏ quy tắc"),
        "cancel": reverse("handover:allocation", args=[transition.pk]),
        "ask_reason": True,
        "reason": request.POST.get("reason", ""),
        "key": request.POST.get("key") or uuid4().hex,
        "problems": problems,
    }
    return render(request, "ui/confirm.html", context, status=status)


BASE = "ban-giao/<int:transition_id>/noi-nhan/"
urlpatterns = [
    path(BASE, allocation, name="allocation"),
    path(f"{BASE}chay/", propose, name="propose"),
    path(f"{BASE}quy-tac/", write_rule, name="write-rule"),
    path(f"{BASE}quy-tac/<int:rule_id>/bo/", retire_rule, name="retire-rule"),
]

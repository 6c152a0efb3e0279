"""Disputes: two bodies claim one item, or nobody does; opened, argued, held, decided, closed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import DisputeSort, Stance
from thongsuot.apps.handover.queries.disputes import (
    disputed_in_sight,
    lines_of_dispute,
    openings,
    parties,
    places_of,
    positions,
)
from thongsuot.apps.handover.views.fields import offered, receivers, whole
from thongsuot.apps.handover.views.frame import (
    frame,
    item_on,
    may,
    open_transition,
    refuse_stranger,
)
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.handover.access import HEADS
from thongsuot.rules.handover.ledger import ACCEPTED, HELD, MISSING
from thongsuot.rules.handover.superior import check_decider
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

Where = dict[str, Any]


@require_GET
@login_required
def disputes(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Every item in dispute, who holds it meanwhile, and what each side says."""
    transition = open_transition(request, transition_id)
    actor, today = actor_in(request), clock.today()
    items = disputed_in_sight(actor, transition)
    page = Paginator(items.order_by("changed_at", "pk"), 30).get_page(request.GET.get("trang"))
    ids = [i.pk for i in page]
    held = queries.held_on(Item.objects.filter(pk__in=ids), transition, today, today)
    holding = dict(held.values_list("pk", "hold_body"))
    said = positions(ids)
    names = queries.body_names({*holding.values(), *(b for one in said.values() for b in one)})
    why = openings(ids)
    rows = [
        {
            "item": item,
            "holder": names.get(holding.get(item.pk) or 0, ""),
            "why": why.get(item.pk),
            "said": [(names.get(body, ""), line) for body, line in said.get(item.pk, {}).items()],
        }
        for item in page
    ]
    context = {
        **frame(request, transition, "disputes"),
        "page": page,
        "rows": rows,
        "may_settle": may(actor, "dispute.settle", transition),
    }
    return render(request, "handover/disputes.html", context)


def _open(act: Act, sent: QueryDict, where: Where, item: Item, other: int | None) -> str:
    of = ACCEPTED if item.q_accepted else HELD
    actions.open_dispute(act, reason=_text(sent, "reason"), of=of, against_id=other, **where)
    return _("Đã mở tranh chấp.")


def _settle(act: Act, sent: QueryDict, where: Where, item: Item, other: int | None) -> str:
    actions.settle_dispute(
        act,
        to=sent.get("to", ""),
        reason=_text(sent, "reason"),
        authority=sent.get("authority", "")[:300],
        receiver_id=other if sent.get("to") == HELD else None,
        **where,
    )
    return _("Đã ghi quyết định giải quyết.")


def _hold(act: Act, sent: QueryDict, where: Where, item: Item, other: int | None) -> str:
    actions.name_provisional(
        act,
        body_id=other or 0,
        reason=_text(sent, "reason"),
        authority=sent.get("authority", "")[:300],
        **where,
    )
    return _("Đã ghi nơi giữ tạm.")


def _say(act: Act, sent: QueryDict, where: Where, item: Item, other: int | None) -> str:
    actions.give_position(
        act,
        body_id=whole(sent.get("body_id", "")),
        stance=sent.get("stance", ""),
        text=_text(sent, "reason"),
        authority=sent.get("authority", "")[:300],
        **where,
    )
    return _("Đã ghi ý kiến.")


def _text(sent: QueryDict, name: str) -> str:
    return sent.get(name, "")[:2_000]


DOINGS: dict[str, Callable[[Act, QueryDict, Where, Item, int | None], str]] = {
    "giu-tam": _hold,
    "y-kien": _say,
    "quyet-dinh": _settle,
}


@require_http_methods(["GET", "POST"])
@login_required
def dispute(request: HttpRequest, transition_id: int, item_id: int) -> HttpResponse:
    """Open a dispute about an item; or follow the one that is open: positions, holder, decision."""
    transition = open_transition(request, transition_id)
    item = item_on(request, transition, item_id)
    if request.method == "POST" and answered(request) is not None:
        return redirect("handover:item", transition.pk, item.pk)
    going_on = item.q_disputed > 0
    if not going_on:
        refuse_stranger(request, "dispute.open", transition, item)
    choices = receivers(transition)
    problems: tuple[Problem, ...] = ()
    status = 200
    sent = request.POST
    if request.method == "POST":
        do = DOINGS.get(sent.get("viec", ""), _settle) if going_on else _open
        where = {"transition_id": transition.pk, "item_id": item.pk}
        try:
            other = offered(whole(sent.get("receiver_id", "")), choices)
            done = do(act_of(request), sent, where, item, other)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, done)
            again = do in (_hold, _say)
            return redirect(
                "handover:dispute" if again else "handover:item", transition.pk, item.pk
            )
    context = {
        **frame(request, transition, "disputes"),
        "item": item,
        "settling": going_on,
        "ways": (
            (HELD, _("trở lại bên giao để giao cho nơi được quyết định")),
            (ACCEPTED, _("ở lại nơi đã nhận")),
            (MISSING, _("ghi là thiếu")),
        ),
        "receivers": choices,
        "sent": sent,
        "problems": problems,
        **(_going_on(actor_in(request), transition, item) if going_on else {}),
    }
    return render(request, "handover/dispute.html", context, status=status)


def _going_on(actor: Actor, transition: Transition, item: Item) -> dict[str, Any]:
    """What the page of an open dispute shows: its steps, its sides, who holds, who may do what."""
    today = clock.today()
    lines, sides = lines_of_dispute(item), parties(transition, item)
    holding = queries.holders_on(item, today)
    names = queries.body_names({*sides, *(x.body_id or 0 for x in lines), *(h.body for h in holding)})  # fmt: skip
    said = positions([item.pk]).get(item.pk, {})
    decides = may(actor, "dispute.settle", transition) and not check_decider(
        actor, places_of(sides, today)
    )
    return {
        "lines": [
            {
                "on": line.on,
                "title": f"{line.get_sort_display()}: {names.get(line.body_id or 0, '')}".rstrip(
                    ": "
                ),
                "detail": " · ".join(
                    str(part)
                    for part in (
                        line.get_stance_display() if line.sort == DisputeSort.POSITION else "",
                        line.text,
                        line.authority,
                        f"{line.entry.actor_name}, {line.entry.actor_body}".rstrip(", "),
                    )
                    if part
                ),
                "state": "plain",
                "receipt": line.entry.hash[:16],
            }
            for line in reversed(lines)
        ],
        "sides": [
            (names.get(body, ""), said[body].get_stance_display() if body in said else "")
            for body in sorted(sides)
        ],
        "nobody": bool(said) and all(s.stance == Stance.DECLINES for s in said.values()),
        "holder": names.get(holding[0].body, "") if holding else "",
        "mine": [
            (body, names.get(body, ""))
            for body in sorted(sides)
            if actor.role in HEADS and actor.speaks_for(body)
        ],
        "stances": Stance.choices,
        "decides": decides,
    }


BASE = "ban-giao/<int:transition_id>/"
urlpatterns = [
    path(f"{BASE}tranh-chap/", disputes, name="disputes"),
    path(f"{BASE}muc/<int:item_id>/tranh-chap/", dispute, name="dispute"),
]

"""Disputes: two bodies claim one item, or nobody does; opened with a reason, settled by a decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models.choices import ItemState
from thongsuot.apps.handover.queries.disputes import openings
from thongsuot.apps.handover.views.fields import offered, receivers, whole
from thongsuot.apps.handover.views.frame import (
    act_of,
    actor_in,
    answered,
    frame,
    item_on,
    may,
    open_transition,
    refuse_stranger,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover.ledger import ACCEPTED, HELD, MISSING
from thongsuot.rules.kernel.problem import Problem


@require_GET
@login_required
def disputes(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Every item in dispute, who holds it meanwhile, and what each side says."""
    transition = open_transition(request, transition_id)
    items = queries.items_of(actor_in(request), transition.pk, {"state": [ItemState.DISPUTED]})
    page = Paginator(items.order_by("changed_at"), 30).get_page(request.GET.get("trang"))
    names = queries.body_names(b for i in page for b in (i.giver_id, i.receiver_id or 0))
    why = openings(i.pk for i in page)
    rows = [
        {
            "item": item,
            "giver": names.get(item.giver_id, ""),
            "receiver": names.get(item.receiver_id or 0, ""),
            "why": why.get(item.pk),
        }
        for item in page
    ]
    context = {
        **frame(request, transition, "disputes"),
        "page": page,
        "rows": rows,
        "may_settle": may(actor_in(request), "dispute.settle", transition),
    }
    return render(request, "handover/disputes.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def dispute(request: HttpRequest, transition_id: int, item_id: int) -> HttpResponse:
    """Open a dispute about an item, or settle the one that is open."""
    transition = open_transition(request, transition_id)
    item = item_on(request, transition, item_id)
    if request.method == "POST" and answered(request) is not None:
        return redirect("handover:item", transition.pk, item.pk)
    settling = item.q_disputed > 0
    refuse_stranger(request, "dispute.settle" if settling else "dispute.open", transition, item)
    choices = receivers(transition)
    problems: tuple[Problem, ...] = ()
    status = 200
    sent = request.POST
    if request.method == "POST":
        where: dict[str, Any] = {"transition_id": transition.pk, "item_id": item.pk}
        reason = sent.get("reason", "")[:2_000]
        try:
            other = offered(whole(sent.get("receiver_id", "")), choices)
            if settling:
                actions.settle_dispute(
                    act_of(request), to=sent.get("to", ""), reason=reason,
                    authority=sent.get("authority", "")[:300],
                    receiver_id=other if sent.get("to") == HELD else None, **where,
                )  # fmt: skip
            else:
                of = ACCEPTED if item.q_accepted else HELD
                actions.open_dispute(
                    act_of(request), reason=reason, of=of, against_id=other, **where
                )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            done = _("Đã ghi quyết định giải quyết.") if settling else _("Đã mở tranh chấp.")
            messages.success(request, done)
            return redirect("handover:item", transition.pk, item.pk)
    context = {
        **frame(request, transition, "disputes"),
        "item": item,
        "settling": settling,
        "ways": (
            (HELD, _("trở lại bên giao để giao cho nơi được quyết định")),
            (ACCEPTED, _("ở lại nơi đã nhận")),
            (MISSING, _("ghi là thiếu")),
        ),
        "receivers": choices,
        "sent": sent,
        "problems": problems,
    }
    return render(request, "handover/dispute.html", context, status=status)


BASE = "ban-giao/<int:transition_id>/"
urlpatterns = [
    path(f"{BASE}tranh-chap/", disputes, name="disputes"),
    path(f"{BASE}muc/<int:item_id>/tranh-chap/", dispute, name="dispute"),
]

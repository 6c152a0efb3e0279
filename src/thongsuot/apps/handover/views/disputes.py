"""Disputes: two bodies claim one item, or nobody does; opened with a reason, settled by a decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models.choices import ItemState
from thongsuot.apps.handover.views.fields import receivers, whole
from thongsuot.apps.handover.views.frame import act_of, actor_in, frame, open_transition
from thongsuot.apps.handover.views.items import may
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
    rows = [
        {
            "item": item,
            "giver": names.get(item.giver_id, ""),
            "receiver": names.get(item.receiver_id or 0, ""),
            "why": next((h for h in reversed(queries.history_of(item)) if h.what in ("disputed", "differing")), None),
        }
        for item in page
    ]  # fmt: skip
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
    item = queries.item_in_sight(actor_in(request), item_id)
    if item.transition_id != transition.pk:
        raise Http404
    settling = item.q_disputed > 0
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = request.POST
        where: dict[str, Any] = {"transition_id": transition.pk, "item_id": item.pk}
        reason = sent.get("reason", "")[:2_000]
        other = whole(sent.get("receiver_id", "")) or None
        try:
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
            problems = refused.problems
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
        "receivers": receivers(transition),
        "problems": problems,
    }
    return render(request, "handover/dispute.html", context, status=422 if problems else 200)


BASE = "ban-giao/<int:transition_id>/"
urlpatterns = [
    path(f"{BASE}tranh-chap/", disputes, name="disputes"),
    path(f"{BASE}muc/<int:item_id>/tranh-chap/", dispute, name="dispute"),
]

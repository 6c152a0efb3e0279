"""Unfinished work: the register, its age and forecast, freezing it, proposing and finishing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from thongsuot.apps.handover import actions, lists_backlog, papers, papers_backlog, permit
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.queries.backlog import backlog as figures_of
from thongsuot.apps.handover.views.fields import Field, offered, receivers, whole
from thongsuot.apps.handover.views.frame import frame, may, open_transition, refuse_stranger
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.selection import read_selection
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import Bulk
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.rules.kernel.problem import Problem

MOST = 5_000


@dataclass(frozen=True, slots=True)
class Doing:
    """Something done to chosen work: its words, what it asks, which right it needs."""

    label: str | Promise
    explain: str | Promise
    submit: str | Promise
    right: str
    fields: tuple[Field, ...]
    send: Callable[[Act, dict[str, Any], Mapping[str, str], Transition], Mapping[str, Any]]
    danger: bool = False


def _propose(
    act: Act, where: dict[str, Any], sent: Mapping[str, str], transition: Transition
) -> Mapping[str, Any]:
    asked = whole(sent.get("asked_id", ""))
    return actions.propose_carried(
        act,
        text=sent.get("text", "")[:2_000],
        asked_id=offered(asked, receivers(transition)) if asked else None,
        **where,
    )


def _finish(
    act: Act, where: dict[str, Any], sent: Mapping[str, str], transition: Transition
) -> Mapping[str, Any]:
    return actions.finish_carried(act, how=sent.get("how", "")[:2_000], **where)


DOINGS: dict[str, Doing] = {
    "de-xuat": Doing(
        gettext_lazy("Ghi đề xuất"),
        gettext_lazy("Đề xuất gửi cấp có thẩm quyền cho những việc sẽ chuyển tiếp."),
        gettext_lazy("Ghi đề xuất"),
        "backlog.propose",
        (
            Field("text", gettext_lazy("Nội dung đề xuất"), long=True),
            Field("asked_id", gettext_lazy("Nơi quyết định"), whole, receivers, required=False),
        ),
        _propose,
    ),
    "xong": Doing(
        gettext_lazy("Đã giải quyết xong"),
        gettext_lazy("Việc ra khỏi danh sách tồn đọng. Ghi rõ kết quả: văn bản, ngày trả."),
        gettext_lazy("Ghi đã giải quyết xong"),
        "backlog.finish",
        (Field("how", gettext_lazy("Kết quả"), long=True),),
        _finish,
    ),
}


@require_GET
@login_required
def backlog(request: HttpRequest, transition_id: int) -> HttpResponseBase:
    """The register of unfinished work with its figures, and what is proposed item by item."""
    transition = open_transition(request, transition_id)
    actor, today = actor_in(request), clock.today()
    table, rows = lists_backlog.register_of(actor, transition)
    figures = figures_of(permit.visible_in(actor, transition), transition, today)
    listing = Listing(
        table,
        rows,
        request,
        Place(
            scope=f"transition:{transition.pk}",
            source=Source("handover.backlog", {"transition": transition.pk}),
        ),
        bulk=tuple(
            Bulk(doing.label, reverse("handover:backlog-act", args=[transition.pk, name]))
            for name, doing in DOINGS.items()
            if may(actor, doing.right, transition) and (figures.frozen_on or name != "xong")
        ),
        today=today,
    )
    context = {
        **frame(request, transition, "backlog"),
        "figures": figures,
        "ages": lists_backlog.ages_said(figures.ages),
        "proposals": [
            (code, label, figures.proposals[code])
            for code, label in lists_backlog.PROPOSALS.items()
            if figures.proposals.get(code)
        ],
        "here": reverse("handover:backlog", args=[transition.pk]),
        "before": today < transition.effective_on,
        "may_freeze": figures.frozen_on is None
        and today >= transition.effective_on
        and may(actor, "backlog.freeze", transition),
    }
    return answer(listing, "handover/backlog.html", context)


@require_POST
@login_required
def freeze(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Freeze the register: from now on it only goes down."""
    transition = open_transition(request, transition_id)
    done = actions.freeze_backlog(act_of(request), transition_id=transition.pk)
    messages.success(request, _("Đã chốt %(n)s việc tồn đọng.") % {"n": done["count"]})
    return redirect("handover:backlog", transition.pk)


@require_POST
@login_required
def act(request: HttpRequest, transition_id: int, doing: str) -> HttpResponse:
    """Show what an act on the chosen work will do and ask what it needs; then do it."""
    if doing not in DOINGS:
        raise Http404
    what = DOINGS[doing]
    transition = open_transition(request, transition_id)
    if request.POST.get("do") == "1" and answered(request) is not None:
        return redirect("handover:backlog", transition.pk)
    refuse_stranger(request, what.right, transition)
    table, rows = lists_backlog.register_of(actor_in(request), transition)
    chosen = read_selection(table, rows, request.POST, today=clock.today())
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.POST.get("do") == "1":
        ids = sorted(chosen.rows.values_list("pk", flat=True)[: MOST + 1])
        where = {"transition_id": transition.pk, "choice": {"ids": ids}}
        try:
            done = what.send(act_of(request), where, request.POST.dict(), transition)
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            said = _("%(label)s: xong %(count)s việc.")
            messages.success(request, said % {"label": what.label, "count": done["count"]})
            return redirect("handover:backlog", transition.pk)
    context = {
        **frame(request, transition, "backlog"),
        "what": what,
        "send_to": reverse("handover:backlog-act", args=[transition.pk, doing]),
        "chosen": chosen,
        "sample": chosen.rows.order_by("pk")[:8],
        "fields": [
            {
                "field": one,
                "choices": one.choices(transition) if one.choices else (),
                "value": request.POST.get(one.name, one.initial),
            }
            for one in what.fields
        ],
        "problems": problems,
        "kept": (),
        "cancel": reverse("handover:backlog", args=[transition.pk]),
    }
    return render(request, "handover/act.html", context, status=status)


@require_GET
@login_required
def paper(request: HttpRequest, transition_id: int) -> HttpResponse:
    """The list of proposals as a paper to send up (DOCX)."""
    transition = open_transition(request, transition_id)
    content, media = papers_backlog.proposals_docx(actor_in(request), transition, clock.now())
    return papers.download(content, media, f"de-xuat-chuyen-tiep-{transition.pk}.docx")


BASE = "ban-giao/<int:transition_id>/ton-dong/"
urlpatterns = [
    path(BASE, backlog, name="backlog"),
    path(f"{BASE}chot/", freeze, name="backlog-freeze"),
    path(f"{BASE}lam/<slug:doing>/", act, name="backlog-act"),
    path(f"{BASE}de-xuat.docx", paper, name="backlog-paper"),
]

"""The balance: the list of transitions, the three sentences, where everything stands, and the statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from thongsuot.apps.handover import beside, papers, queries
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import Kind, MinutesState, Step
from thongsuot.apps.handover.views.frame import days_left, frame, may, number_in, open_transition
from thongsuot.foundation import clock
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.foundation.wording import money, quantity
from thongsuot.rules.handover.balance import BalanceRow, total
from thongsuot.rules.handover.ledger import Buckets

FIRST = 6  # so many lines of the radar stand on the page; the list has the rest
COLUMNS = (
    ("accepted", gettext_lazy("Đã nhận")),
    ("kept", gettext_lazy("Giữ lại")),
    ("closed", gettext_lazy("Kết thúc")),
    ("destroyed", gettext_lazy("Tiêu hủy")),
    ("disputed", gettext_lazy("Tranh chấp")),
    ("transit", gettext_lazy("Đang giao")),
    ("held", gettext_lazy("Chưa giao")),
    ("missing", gettext_lazy("Còn thiếu")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the balance on the page: figures that each open the list behind them."""

    name: str
    url: str
    note: str
    opened: int
    figures: tuple[
        tuple[str, str | Promise, int, str], ...
    ]  # place, heading, count, address of the list
    done: int
    settled: int
    waiting: int
    lost: int


@require_GET
@login_required
def transitions(request: HttpRequest) -> HttpResponse:
    """Every transition the person has a part in."""
    actor, today = actor_in(request), clock.today()
    rows = [
        (t, days_left(today, t.effective_on), total(queries.balance(actor, t.pk)))
        for t in queries.transitions_of(actor).select_related("unit")
    ]
    return render(request, "handover/transitions.html", {"rows": rows})


@require_GET
@login_required
def balance(request: HttpRequest, transition_id: int) -> HttpResponse:
    """The balance of one transition, for what the person may see of it."""
    transition = open_transition(request, transition_id)
    giver = number_in(request.GET.get("co-quan"))
    actor = actor_in(request)
    rows = [r for r in queries.balance(actor, transition.pk) if not giver or r.giver == giver]
    context = {
        **frame(request, transition, "balance"),
        "lines": [_line(transition, kind, part, giver) for kind, part in _by_kind(rows)],
        "whole": _line(transition, "", rows, giver),
        "headings": [heading for _place, heading in COLUMNS],
        "sentences": queries.sentences(actor, transition, clock.today()),
        "receivers": _receivers(request, transition),
        "radar": queries.radar_first(actor, transition, FIRST),
        "givers": _givers(request, transition, rows, giver),
        "giver": giver,
        "beside": beside.links_of("transition", transition.pk, actor),
        "may_import": may(actor, "items.add", transition),
        "steps": [
            (row, Step(row.step).label) for row in queries.ageing(actor, transition, clock.today())
        ],
    }
    return render(request, "handover/balance.html", context)


def _by_kind(rows: Iterable[BalanceRow]) -> Iterable[tuple[str, list[BalanceRow]]]:
    found: dict[str, list[BalanceRow]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    return ((kind, found[kind]) for kind in Kind.values if kind in found)


def _line(transition: Transition, kind: str, rows: list[BalanceRow], giver: int) -> Line:
    whole = total(rows, kind=kind)
    items = whole.items
    base = reverse("handover:items", args=[transition.pk])
    more = (f"&kind={kind}" if kind else "") + (f"&giver={giver}" if giver else "")
    return Line(
        name=str(Kind(kind).label).capitalize() if kind else _("Cộng"),
        url=f"{base}?{more.lstrip('&')}",
        note=_note(kind, rows, whole),
        opened=whole.opened_items,
        figures=tuple(
            (place, heading, items[place], f"{base}?state={place}{more}")
            for place, heading in COLUMNS
        ),
        done=items.accepted,
        settled=items.kept + items.closed + items.destroyed,
        waiting=items.held + items.transit + items.disputed,
        lost=items.missing,
    )


def _note(kind: str, rows: list[BalanceRow], whole: BalanceRow) -> str:
    """What beside the number of items describes a kind: its money, or its quantity."""
    if not kind:
        return ""
    if whole.opened_value:
        return money(whole.opened_value)
    measures = {r.measure for r in rows}
    one = measures.pop() if len(measures) == 1 else ""
    return (
        quantity(whole.opened_quantity, one)
        if one and whole.opened_quantity != whole.opened_items
        else ""
    )


def _receivers(request: HttpRequest, transition: Transition) -> list[dict[str, Any]]:
    """Where things go: given, signed for, minutes signed of all, and what it waits for."""
    actor = actor_in(request)
    found = [r for r in queries.receivers(actor, transition.pk) if r.opened]
    names = queries.body_names(r.body for r in found)
    signed: dict[int, dict[str, int]] = {
        int(str(row["receiver"])): {k: int(str(v)) for k, v in row.items()}
        for row in queries.minutes_of(actor, transition.pk)
        .exclude(state=MinutesState.WITHDRAWN)
        .order_by()
        .values("receiver")
        .annotate(
            every=Count("pk", distinct=True),
            done=Count("pk", filter=Q(state=MinutesState.SIGNED), distinct=True),
            giver=Count("pk", filter=Q(state=MinutesState.GIVER_SIGNED), distinct=True),
        )
    }
    return [
        {
            "name": names[r.body],
            "url": f"{reverse('handover:items', args=[transition.pk])}?receiver={r.body}",
            "opened": r.opened,
            "accepted": r.items.accepted,
            "minutes": signed.get(r.body, {}),
            "state": _receiver_state(r.items, signed.get(r.body, {})),
        }
        for r in found
    ]


def _receiver_state(items: Buckets, minutes: dict[str, int]) -> tuple[str, str]:
    if items.disputed:
        return "lost", _("tranh chấp %(n)s") % {"n": items.disputed}
    if items.missing:
        return "lost", _("thiếu %(n)s") % {"n": items.missing}
    if minutes.get("giver"):
        return "wait", _("chờ bên nhận ký")
    if items.transit:
        return "wait", _("chờ đếm")
    if items.held:
        return "wait", _("chưa lập biên bản")
    others = items.kept + items.closed + items.destroyed
    if others:
        return "even", _("xong, %(n)s không phải giao") % {"n": others}
    return "even", _("xong, cân")


def _givers(
    request: HttpRequest, transition: Transition, rows: list[BalanceRow], giver: int
) -> list[tuple[int, str, bool]]:
    every = rows if not giver else queries.balance(actor_in(request), transition.pk)
    names = queries.body_names({r.giver for r in every})
    return sorted(((body, name, body == giver) for body, name in names.items()), key=lambda g: g[1])


@require_GET
@login_required
def statement(request: HttpRequest, transition_id: int, form: str) -> HttpResponse:
    """The whole balance statement as a file: XLSX to work on, PDF to print, DOCX to edit."""
    transition = open_transition(request, transition_id)
    if form not in papers.BALANCE_FORMS:
        raise Http404
    values = papers.balance_values(actor_in(request), transition, clock.now())
    content, media, ending = papers.BALANCE_FORMS[form](values)
    return papers.download(content, media, f"can-doi-{transition.pk}.{ending}")

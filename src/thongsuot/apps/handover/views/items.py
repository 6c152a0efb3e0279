"""The list of items, one item with everything that happened to it, and acts on many at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover import actions, beside, lists, queries
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import Disposition, Kind, Step
from thongsuot.apps.handover.views.fields import (
    FIELDS,
    Field,
    offered,
    parts_of,
    receivers,
    whole,
)
from thongsuot.apps.handover.views.frame import (
    frame,
    item_on,
    may,
    number_in,
    open_transition,
    refuse_stranger,
)
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.selection import Selection, read_selection
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import Bulk
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.foundation.ui.context import weekday_and_day
from thongsuot.foundation.wording import day, money, quantity
from thongsuot.rules.handover.holder import Holder
from thongsuot.rules.handover.kinds import KINDS, Column, ColumnType
from thongsuot.rules.kernel.problem import Problem

MOST_IDS = 5_000
Words = str | Promise
Send = Callable[[Act, dict[str, Any], Mapping[str, str]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Doing:
    """Something done to chosen items: its words, what it asks, which right it needs, its action."""

    label: Words
    explain: Words
    submit: Words
    right: str
    fields: tuple[str, ...]
    send: Send
    danger: bool = False


def _sent(action: Callable[..., Mapping[str, Any]], *names: str) -> Send:
    """Call an action with the transition, the choice and some fields of the form."""

    def send(act: Act, where: dict[str, Any], values: Mapping[str, str]) -> Mapping[str, Any]:
        return action(act, **where, **{n: FIELDS[n].value(values.get(n, "")) for n in names})

    return send


DOINGS: dict[str, Doing] = {
    "buoc": Doing(
        gettext_lazy("Chuyển bước"),
        gettext_lazy("Năm bước đi theo thứ tự, không bỏ bước nào. Bước bàn giao đi cùng biên bản."),
        gettext_lazy("Chuyển bước"),
        "items.advance",
        ("to",),
        _sent(actions.advance_step, "to"),
    ),
    "chot": Doing(
        gettext_lazy("Chốt nơi nhận đã đề xuất"),
        gettext_lazy(
            "Các mục đã chọn phải có đề xuất. Sau khi chốt, nơi nhận thấy được các mục này."
        ),
        gettext_lazy("Chốt nơi nhận"),
        "items.confirm",
        (),
        _sent(actions.confirm_allocation),
    ),
    "noi-nhan": Doing(
        gettext_lazy("Chọn nơi nhận"),
        gettext_lazy("Ghi rõ lý do: sau này ai cũng đọc được vì sao mục này về nơi ấy."),
        gettext_lazy("Ghi nơi nhận"),
        "items.override",
        ("receiver_id", "reason", "authority"),
        _sent(actions.override_receiver, "receiver_id", "reason", "authority"),
    ),
    "chia": Doing(
        gettext_lazy("Chia theo quy tắc chia"),
        gettext_lazy(
            "Chia số lượng, số tiền cho các nơi nhận theo tỷ lệ của quy tắc, đúng tới đơn vị cuối cùng."
        ),
        gettext_lazy("Chia"),
        "items.split",
        ("reason",),
        _sent(actions.divide_shared, "reason"),
    ),
    "bien-ban": Doing(
        gettext_lazy("Lập biên bản"),
        gettext_lazy(
            "Mỗi cặp bên giao, bên nhận thành một biên bản. Chỉ lấy mục đã phân loại và đã chốt nơi nhận."
        ),
        gettext_lazy("Lập biên bản"),
        "minutes.dispatch",
        ("place",),
        _sent(actions.dispatch, "place"),
    ),
    "giu-lai": Doing(
        gettext_lazy("Giữ lại"),
        gettext_lazy("Có quyết định để một cơ quan khác giữ tiếp, không bàn giao."),
        gettext_lazy("Ghi giữ lại"),
        "items.keep",
        ("keeper_id", "reason", "authority"),
        _sent(actions.keep_items, "keeper_id", "reason", "authority"),
        danger=True,
    ),
    "ket-thuc": Doing(
        gettext_lazy("Kết thúc"),
        gettext_lazy("Việc đã xong trước ngày chuyển giao, không còn gì để giao."),
        gettext_lazy("Ghi kết thúc"),
        "items.close",
        ("reason",),
        _sent(actions.close_items, "reason"),
        danger=True,
    ),
    "tieu-huy": Doing(
        gettext_lazy("Tiêu hủy theo quyết định"),
        gettext_lazy("Phải có số quyết định. Không hoàn tác được."),
        gettext_lazy("Ghi tiêu hủy"),
        "items.destroy",
        ("reason", "authority"),
        _sent(actions.destroy_items, "reason", "authority"),
        danger=True,
    ),
    "thieu": Doing(
        gettext_lazy("Báo thiếu"),
        gettext_lazy("Đã tìm mà không thấy. Mục sẽ hiện ở câu “Không bỏ sót” cho tới khi tìm ra."),
        gettext_lazy("Báo thiếu"),
        "items.missing",
        ("reason",),
        _sent(actions.report_missing, "reason"),
        danger=True,
    ),
    "thay": Doing(
        gettext_lazy("Đã tìm thấy"),
        gettext_lazy("Mục trở lại tay bên giao để bàn giao tiếp."),
        gettext_lazy("Ghi đã tìm thấy"),
        "items.found",
        ("reason",),
        _sent(actions.report_found, "reason"),
    ),
    "mo-lai": Doing(
        gettext_lazy("Mở lại mục đã kết thúc, giữ lại"),
        gettext_lazy("Mục trở lại tay bên giao."),
        gettext_lazy("Mở lại"),
        "items.reopen",
        ("of", "reason"),
        _sent(actions.reopen_items, "of", "reason"),
    ),
}


@require_GET
@login_required
def items(request: HttpRequest, transition_id: int) -> HttpResponseBase:
    """The items of a transition in sight: filter, choose, act, take away as a file."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    rows = queries.items_of(actor, transition.pk)
    bulk = tuple(
        Bulk(doing.label, reverse("handover:act", args=[transition.pk, name]), danger=doing.danger)
        for name, doing in DOINGS.items()
        if may(actor, doing.right, transition)
    )
    listing = Listing(
        lists.items_table(transition, rows),
        lists.named(rows),
        request,
        Place(
            scope=f"transition:{transition.pk}",
            source=Source("handover.items", {"transition": transition.pk}),
        ),
        bulk=bulk,
        today=clock.today(),
    )
    return answer(listing, "handover/items.html", frame(request, transition, "items"))


@require_POST
@login_required
def act(request: HttpRequest, transition_id: int, doing: str) -> HttpResponse:
    """Show what an act on the chosen items will do and ask what it needs; then do it."""
    if doing not in DOINGS:
        raise Http404
    what = DOINGS[doing]
    transition = open_transition(request, transition_id)
    done = answered(request) if request.POST.get("do") == "1" else None
    if done is not None:  # the same form again: what it did has changed which rows fit
        messages.success(request, _said(what, done))
        return redirect(_back(transition, doing, done, request.POST))
    refuse_stranger(request, what.right, transition)
    rows = queries.items_of(actor_in(request), transition.pk)
    table = lists.items_table(transition, rows)
    chosen = read_selection(table, rows, request.POST, today=clock.today())
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.POST.get("do") == "1":
        where = {"transition_id": transition.pk, "choice": _choice(chosen, request.POST)}
        try:
            done = dict(what.send(act_of(request), where, request.POST.dict()))
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _said(what, done))
            return redirect(_back(transition, doing, done, request.POST))
    context = {
        **frame(request, transition, "items"),
        "what": what,
        "send_to": reverse("handover:act", args=[transition.pk, doing]),
        "chosen": chosen,
        "sample": lists.named(chosen.rows).order_by("pk")[:8],
        "fields": [_filled(FIELDS[name], transition, request.POST) for name in what.fields],
        "problems": problems,
        "kept": [
            (k, request.POST[k])
            for k in ("loc", "muc")
            if k in request.POST and k not in dict(chosen.hidden)
        ],
        "cancel": _list(transition, request.POST),
    }
    return render(request, "handover/act.html", context, status=status)


def _choice(chosen: Selection, sent: QueryDict) -> dict[str, Any]:
    """The choice as plain values: ids while they are few, else the filter and how many were seen."""
    if chosen.count <= MOST_IDS:
        return {"ids": sorted(chosen.rows.values_list("pk", flat=True))}
    asked = QueryDict(sent.get("loc", ""))
    named = {k: v for k, v in asked.lists() if any(v) and k not in ("sap", "trang", "cot", "co")}
    strangers = set(named) - lists.REPEATABLE
    if strangers:
        raise Refused.because("handover.narrow-first", most=MOST_IDS)
    wanted = {k: v[0] if k in ("q",) else [_plain(x) for x in v] for k, v in named.items()}
    return {"filter": wanted, "expected": chosen.count}


def _plain(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _filled(field: Field, transition: Transition, sent: QueryDict) -> dict[str, Any]:
    return {
        "field": field,
        "choices": field.choices(transition) if field.choices else (),
        "value": sent.get(field.name, field.initial),
    }


def _said(what: Doing, done: Mapping[str, Any]) -> str:
    count = done.get("count", 0)
    return _("%(label)s: xong %(count)s mục.") % {
        "label": what.label,
        "count": f"{count:,}".replace(",", "."),
    }


def _back(transition: Transition, doing: str, done: Mapping[str, Any], sent: QueryDict) -> str:
    """Where the person goes on: the minutes just made, the item, or the list as it was filtered."""
    if doing == "bien-ban":
        made = list(done.get("minutes", ()))
        if len(made) == 1:
            return reverse("handover:minutes-page", args=[transition.pk, made[0]])
        return reverse("handover:minutes", args=[transition.pk])
    one = number_in(sent.get("muc"))
    if one:
        return reverse("handover:item", args=[transition.pk, one])
    return _list(transition, sent)


def _list(transition: Transition, sent: QueryDict) -> str:
    """The list with the filter under which the rows were chosen."""
    query = sent.get("loc", "")[:2_000]
    return reverse("handover:items", args=[transition.pk]) + (f"?{query}" if query else "")


@require_GET
@login_required
def item(request: HttpRequest, transition_id: int, item_id: int) -> HttpResponse:
    """One item: what it is, where every part of it is, who answers for it, what happened to it."""
    transition = open_transition(request, transition_id)
    actor = actor_in(request)
    found = item_on(request, transition, item_id)
    history = queries.history_of(found)
    holders = queries.holders_on(found, clock.today())
    later = queries.holders_on(found, transition.effective_on)
    names = queries.body_names(
        {found.giver_id, found.receiver_id or 0, *(h.body for h in (*holders, *later))}
        | {h.body or 0 for h in history}
        | set(found.candidates or ())
    )
    doings = [
        (name, doing)
        for name, doing in DOINGS.items()
        if FITTING[name](found) and may(actor, doing.right, transition, found)
    ]
    context = {
        **frame(request, transition, "items"),
        "item": found,
        "giver": names.get(found.giver_id, ""),
        "receiver": names.get(found.receiver_id or 0, ""),
        "candidates": [(body, names[body]) for body in found.candidates or () if body in names],
        "holders": _holding(holders, names),
        "later": _holding(later, names) if clock.today() < transition.effective_on else (),
        "places": lists.PLACE_LABELS,
        "history": [lists.event(h, names, found.measure) for h in reversed(history)],
        "details": _details(found, names.get(found.giver_id, "")),
        "standing": queries.standing(found, clock.today()),
        "doings": doings,
        "beside": beside.links_of("item", found.pk, actor),
        "may_dispute": may(actor, "dispute.open", transition, found),
        "may_split": may(actor, "items.split", transition, found) and found.q_held > 1,
        "steps": [(value, label, found.step) for value, label in Step.choices],
    }
    return render(request, "handover/item.html", context)


def _holding(
    holders: tuple[Holder, ...], names: Mapping[int, str]
) -> list[tuple[str, int, str | Promise]]:
    """Each holder of a part: its name, how much, how it came to hold it."""
    return [(names.get(h.body, ""), h.quantity, Disposition(h.code).label) for h in holders]


FITTING: dict[str, Callable[[Item], bool]] = {
    "buoc": lambda i: i.state in ("held", "transit", "disputed") and i.step < Step.CLASSIFY,
    "chot": lambda i: i.state == "held" and i.allocation == "proposed",
    "noi-nhan": lambda i: i.state == "held",
    "chia": lambda i: i.state == "held" and i.allocation == "shared",
    "bien-ban": lambda i: (
        i.state == "held" and i.allocation == "confirmed" and i.step >= Step.CLASSIFY
    ),
    "giu-lai": lambda i: i.state == "held",
    "ket-thuc": lambda i: i.state == "held",
    "tieu-huy": lambda i: i.state == "held",
    "thieu": lambda i: i.q_held > 0,
    "thay": lambda i: i.q_missing > 0,
    "mo-lai": lambda i: i.q_kept > 0 or i.q_closed > 0,
}


def _details(found: Item, giver: str) -> list[tuple[object, object]]:
    """What is written down about an item: its own columns, then those of its annex."""
    rows: list[tuple[object, object]] = [
        (_("Cơ quan giao"), giver),
        (_("Lĩnh vực"), found.field),
        (_("Nơi để"), found.place),
        (_("Hộp, cặp"), found.container),
        (_("Đến hạn"), weekday_and_day(found.next_due) if found.next_due else ""),
        (_("Mùa vụ"), _season(found)),
    ]
    for column in KINDS[Kind(found.kind).value].annex:
        value = found.annex.get(column.key)
        if value not in (None, ""):
            rows.append((column.title, _annex_text(column, value)))
    return [row for row in (*rows, (_("Ghi chú"), found.note)) if row[1] not in (None, "")]


def _season(found: Item) -> str:
    if found.season_due is None or found.season_until is None:
        return found.season
    return f"{found.season}: {day(found.season_due)} – {day(found.season_until)}"  # the dash of a range


def _annex_text(column: Column, value: Any) -> str:
    if column.choices:
        return column.label(str(value))
    if column.type == ColumnType.DATE and len(str(value)) == 10:
        return day(date.fromisoformat(str(value)))
    if column.type == ColumnType.MONEY and isinstance(value, int):
        return money(value)
    if column.unit and isinstance(value, int):
        return quantity(value, column.unit)
    return str(value)


@require_http_methods(["GET", "POST"])
@login_required
def split(request: HttpRequest, transition_id: int, item_id: int) -> HttpResponse:
    """Split one item into parts that each go their own way, exactly."""
    transition = open_transition(request, transition_id)
    found = item_on(request, transition, item_id)
    refuse_stranger(request, "items.split", transition, found)
    choices = receivers(transition)
    problems: tuple[Problem, ...] = ()
    status = 200
    sent = _pairs(request.POST)
    if request.method == "POST":
        try:
            actions.split_item(
                act_of(request),
                transition_id=transition.pk,
                item_id=found.pk,
                parts=[_part(found, q, r, choices) for q, r in sent if q.strip()],
                reason=request.POST.get("reason", "")[:2_000],
            )
        except Refused as refused:
            problems, status = refused.problems, refused.status
        else:
            messages.success(request, _("Đã chia mục %(code)s.") % {"code": found.code})
            return redirect(f"{reverse('handover:items', args=[transition.pk])}?q={found.code}")
    context = {
        **frame(request, transition, "items"),
        "item": found,
        "receivers": choices,
        "problems": problems,
        "sent": sent or [("", "")] * 3,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "handover/split.html", context, status=status)


def _pairs(sent: QueryDict) -> list[tuple[str, str]]:
    """The quantity and the receiver of each part, as typed."""
    return list(zip(sent.getlist("quantity"), sent.getlist("receiver_id"), strict=False))[:50]


def _part(
    found: Item, quantity: str, receiver: str, choices: list[tuple[int, str]]
) -> dict[str, Any]:
    """One part, its quantity typed in the unit of the item. Raises Refused for what is no number."""
    parts = parts_of(quantity, found.measure)
    if parts is None:
        raise Refused.because("handover.not-a-number", found.code, value=quantity[:40])
    return {"quantity": parts, "receiver": offered(whole(receiver), choices)}

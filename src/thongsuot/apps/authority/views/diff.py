"""Before and after of the whole table, and what a draft rule would change."""

from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.authority.actions.rules import DEFAULTS, put_rule_checked
from thongsuot.apps.authority.models import Field
from thongsuot.apps.authority.models.choices import Tier
from thongsuot.apps.authority.queries.comparing import Seen, View, diff, simulate
from thongsuot.apps.authority.queries.table import text_values
from thongsuot.apps.authority.views.frame import Box, day_in, number_in, tabs, text_in
from thongsuot.apps.authority.views.rules import rule_boxes, rule_sent
from thongsuot.apps.authority.words import REASONS, cited, office_words
from thongsuot.apps.registry.models import Body, BodyVersion
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import day
from thongsuot.rules.authority import texts
from thongsuot.rules.authority import values as v
from thongsuot.rules.authority.comparing import Outcome
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

JULY = date(2025, 7, 1)
MOST = 2_000  # lines shown on the page; the file has them all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {
    "gained": "even", "lost": "plain", "moved": "plain", "gap": "lost", "clash": "lost",
    "settled": "even",
}  # fmt: skip


def change_word(code: str) -> str:
    """What happened to a matter, in words."""
    return {
        "gained": _("nhận thêm"),
        "lost": _("chuyển đi"),
        "moved": _("chuyển nơi"),
        "gap": _("khoảng trống"),
        "clash": _("vênh nhau"),
        "settled": _("đã rõ"),
    }[code]


def _line(seen: Seen) -> dict[str, Any]:
    line = seen.line
    return {
        "change": change_word(seen.change),
        "code": seen.change,
        "tone": TONES[seen.change],
        "matter": seen.matter,
        "matter_code": line.matter,
        "field": seen.field,
        "unit": seen.unit,
        "least": line.least,
        "most": line.most,
        "former": _former(line.after) if line.before.state == "gap" else "",
        "before": _side(line.before),
        "after": _side(line.after),
    }


def _former(outcome: Outcome) -> str:
    """Who had it before by what the rules of today say, where the register has no rule of then."""
    offices = dict.fromkeys(r.origin for r in outcome.rules if r.origin is not None)
    return ", ".join(office_words(o) for o in offices)


def _side(outcome: Outcome) -> dict[str, Any]:
    offices = ", ".join(office_words(o) for o in outcome.offices)
    reason = str(REASONS.get(outcome.reason, ""))
    rules = "; ".join(dict.fromkeys(cited(r.basis) for r in outcome.rules))
    return {"office": "" if outcome.state == "gap" else offices, "reason": reason, "rules": rules}


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The diff of two days for a body, a tier or a field, on the page or as a workbook."""
    today = clock.today()
    problems: tuple[Problem, ...] = ()
    first, then = JULY - timedelta(days=1), JULY if today < JULY else today
    try:
        first = day_in(request.GET.get("tu", ""), needed=False) or first
        then = day_in(request.GET.get("den", ""), needed=False) or then
    except Refused as refused:
        problems = refused.problems
    view = View(
        number_in(request.GET.get("co-quan")),
        request.GET.get("cap", "") if request.GET.get("cap") in Tier.values else "",
        text_in(request, "linh-vuc", 40),
    )
    seen = diff(first, then, view) if not problems else ()
    if request.GET.get("xuat") == "xlsx":
        return _workbook(seen, first, then)
    wanted = request.GET.get("thay-doi", "")
    counted = Counter(s.change for s in seen)
    shown = [s for s in seen if not wanted or s.change == wanted]
    asked = {"tu": first.isoformat(), "den": then.isoformat(), "cap": view.tier,
             "linh-vuc": view.field, "co-quan": view.body or ""}  # fmt: skip
    query = urlencode({k: val for k, val in asked.items() if val})
    context = {
        **tabs(request, "diff"),
        "problems": problems,
        "first": first,
        "then": then,
        "view": view,
        "body": _body_name(view.body),
        "tiers": Tier.choices,
        "fields": Field.objects.order_by("group__number", "name").values_list("code", "name"),
        "stats": [(change_word(c), counted[c], f"?{query}&thay-doi={c}") for c in TONES if counted[c]],
        "lines": [_line(s) for s in shown[:MOST]],
        "more": max(0, len(shown) - MOST),
        "total": len(seen),
        "query": query,
        "wanted": wanted,
    }  # fmt: skip
    return render(request, "authority/diff.html", context)


def _body_name(body: int) -> str:
    if not body or not Body.objects.filter(pk=body).exists():
        return ""
    rows = BodyVersion.objects.known().filter(body=body).order_by("-since")
    return rows.values_list("name", flat=True).first() or ""


def _workbook(seen: tuple[Seen, ...], first: date, then: date) -> HttpResponse:
    """Every line as a workbook; texts are text cells, so that nothing is ever a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "in_memory": True}) as book:
        sheet = book.add_worksheet(_("Trước và sau"))
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True}
        )
        titles = (
            _("Thay đổi"), _("Lĩnh vực"), _("Việc"), _("Địa bàn"), _("Từ số tiền"), _("Đến số tiền"),
            _("Tại ngày %(on)s") % {"on": day(first)}, _("Căn cứ"),
            _("Tại ngày %(on)s") % {"on": day(then)}, _("Căn cứ"),
        )  # fmt: skip
        for at, title in enumerate(titles):
            sheet.write_string(0, at, title, head)
        for row, line in enumerate(map(_line, seen), 1):
            before, after = line["before"], line["after"]
            texts_ = (line["change"], line["field"], line["matter"], line["unit"] or _("cả nước"))
            for at, text in enumerate(texts_):
                sheet.write_string(row, at, text)
            for at, amount in ((4, line["least"]), (5, line["most"])):
                if amount is not None:
                    sheet.write_number(row, at, amount)
            for at, text in enumerate(
                (before["office"] or before["reason"], before["rules"],
                 after["office"] or after["reason"], after["rules"]), 6,
            ):  # fmt: skip
                sheet.write_string(row, at, text)
        sheet.set_column(0, 1, 18)
        sheet.set_column(2, 2, 50)
        sheet.set_column(3, 9, 26)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(seen)), len(titles) - 1)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    name = f"tham-quyen-{first.isoformat()}-{then.isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@login_required
def simulation(request: HttpRequest) -> HttpResponse:
    """What a draft rule would change, before anybody writes it down. Nothing is kept."""
    problems: tuple[Problem, ...] = ()
    lines: list[dict[str, Any]] | None = None
    status = 200
    on = clock.today()
    if request.method == "POST":
        try:
            on = day_in(request.POST.get("on", ""), needed=False) or on
            lines = [_line(s) for s in simulate(_draft(request), on)]
        except Refused as refused:
            problems, status = refused.problems, refused.status
    boxes = (
        Box("on", _("Xem tại ngày"), "day", value=on.isoformat()),
        Box("replaces", _("Thay quy định (mã)"), required=False, most=60,
            help=_("Để trống thì bản thử đứng cạnh các quy định đang có.")),
        *(b for b in rule_boxes(None, code=False) if b.name not in ("reading", "sources", "note", "replaced")),
    )  # fmt: skip
    context = {
        **tabs(request, "diff"),
        "boxes": [b.filled(request) if request.method == "POST" else b for b in boxes],
        "problems": problems,
        "lines": lines,
        "on": on,
    }
    return render(request, "authority/simulation.html", context, status=status)


def _draft(request: HttpRequest) -> v.Rule:
    """The draft as the table would hold it, its article in force as its text says."""
    replaces = request.POST.get("replaces", "").strip().upper()[:60]
    row = put_rule_checked("BAN-THU", {**DEFAULTS, **rule_sent(request)})
    text = row["text"]
    period = Period(row["since"], row["until"])
    force = texts.force_of(text_values({text.pk})[text.pk], row["article"], row["clause"])
    origin = (
        v.Office(row["from_tier"], row["from_organ"], row["from_title"], row["from_name"])
        if row["from_tier"]
        else None
    )
    return v.Rule(
        "BAN-THU", row["kind"], row["matter"].code,
        v.Office(row["to_tier"], row["to_organ"], row["to_title"], row["to_name"]),
        field=row["matter"].field.code, origin=origin,
        basis=v.Citation(text.key, row["article"], row["clause"], text.number), period=period,
        place=frozenset(row["places"]), least=row["least"], most=row["most"],
        replaces=frozenset({replaces} if replaces else ()), force=texts.within(period, force),
    )  # fmt: skip


urlpatterns = [
    path("tham-quyen/truoc-sau/", page, name="diff"),
    path("tham-quyen/thu-quy-dinh/", simulation, name="simulation"),
]

"""One period as who gathers sees it: who reported, reminding, adding up, Excel, locking."""

import io
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.reporting import imports, lists, permit
from thongsuot.apps.reporting.actions import rounds
from thongsuot.apps.reporting.downloads import download
from thongsuot.apps.reporting.models import Filing, Return, Round
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.returns import COUNTS
from thongsuot.apps.reporting.queries.rollup import Gathered, gather
from thongsuot.apps.reporting.queries.rounds import counts_of
from thongsuot.apps.reporting.queries.snapshots import figure_text
from thongsuot.apps.reporting.values import form_of, from_kept, shown
from thongsuot.apps.reporting.views.frame import Asking, ask, day_in, frame, number_in, reason_box
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.engine import kind_of
from thongsuot.foundation.imports.writing import write_rows
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import act_of, actor_in, answered
from thongsuot.foundation.wording import moment, say
from thongsuot.rules.reporting.forms import Across
from thongsuot.rules.reporting.rollup import figures

UNITS_SHOWN = 400


def _heads(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """What every page of a period says at its top."""
    return {
        **frame(request, "all-series"),
        "round": round_,
        "series": round_.series,
        "period": period_words(round_.series.kind, round_.period),
        "counts": counts_of(round_, clock.now()),
    }


@require_GET
@login_required
def one(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """Who reported for a period: the five counts with their denominator, and everybody by name."""
    actor, now = actor_in(request), clock.now()
    round_ = permit.round_in_sight(actor, round_id)
    listing = Listing(
        lists.RETURNS,
        lists.return_rows(round_, now),
        request,
        Place(scope=f"round:{round_.pk}", source=Source("reporting.returns", {"round": round_.pk})),
    )
    open_ = round_.locked_at is None
    context = {
        **_heads(request, round_),
        "may_remind": open_ and permit.allowed(actor, "remind", round_),
        "may_lock": open_ and permit.allowed(actor, "round.lock", round_),
        "may_bring": open_ and permit.allowed(actor, "return.bring", round_),
        "recipients": round_.series.recipients.filter(ended_at__isnull=True).order_by("place"),
    }
    return answer(listing, "reporting/round.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def remind(request: HttpRequest, round_id: int) -> HttpResponse:
    """Remind those whose report is not there; the texts to copy for Zalo stand beside."""
    actor = actor_in(request)
    round_ = permit.round_in_sight(actor, round_id)
    permit.allow(actor, "remind", round_)
    if request.method == "POST":
        if answered(request) is None:
            chosen = [n for n in map(number_in, request.POST.getlist("don-vi")) if n]
            done = rounds.remind(act_of(request), round_id=round_.pk, returns=chosen)
            messages.success(request, _("Đã nhắc %(n)s đơn vị.") % {"n": done["reminded"]})
        return redirect("reporting:remind", round_id=round_.pk)
    owing = list(Return.objects.filter(round=round_, received_at__isnull=True).order_by("pk"))
    names = body_names((r.body_id for r in owing), round_.since)
    due = moment(round_.due_at)
    rows = [
        {
            "row": r,
            "name": names[r.body_id],
            "text": rounds.reminder_text(
                round_.series.name, due, names[r.body_id], rounds.address_of(r.pk)
            ),
        }
        for r in owing
    ]
    context = {**_heads(request, round_), "rows": rows, "locked": round_.locked_at is not None}
    return render(request, "reporting/remind.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def lock(request: HttpRequest, round_id: int) -> HttpResponse:
    """Lock a period; with units missing it asks for the reason and names them."""
    actor = actor_in(request)
    round_ = permit.round_in_sight(actor, round_id)
    permit.allow(actor, "round.lock", round_)
    counts = counts_of(round_, clock.now())
    missing = counts.waiting + counts.silent

    def do(act: Any, sent: Mapping[str, str]) -> None:
        rounds.lock_round(act, round_id=round_.pk, reason=sent.get("reason", ""))

    lede = _("Từ lúc khóa, số liệu kỳ này không đổi nữa; đơn vị nào cần sửa thì mở lại riêng.")
    if missing:
        said = {"n": missing, "all": counts.expected, "names": ", ".join(counts.missing_names[:12])}
        lede = f"{lede} {_('Còn thiếu %(n)s trên %(all)s đơn vị: %(names)s.') % said}"
    asking = Asking(
        heading=_("Khóa kỳ báo cáo"),
        crumb=period_words(round_.series.kind, round_.period),
        lede=lede,
        boxes=[
            reason_box(_("Lý do khóa khi còn thiếu") if missing else "", required=bool(missing))
        ],
        do=do,
        done=_("Đã khóa kỳ."),
        back=reverse("reporting:round", args=[round_.pk]),
        submit=_("Khóa kỳ"),
        danger=True,
    )
    return ask(request, "all-series", asking)


@require_GET
@login_required
def totals(request: HttpRequest, round_id: int) -> HttpResponse:
    """What the period adds up to at this moment: by group, and unit by unit."""
    round_ = permit.round_in_sight(actor_in(request), round_id)
    found = gather([round_], clock.now())
    context = {
        **_heads(request, round_),
        "may_recut": any(f.across is Across.SUM for f in found.form.fields),
        "whole": _texts(found),
        "said": [(found.form.field(f.key), f.texts) for f in found.figures if f.texts],
        **_columns(found),
    }
    return render(request, "reporting/totals.html", context)


def _texts(found: Gathered) -> list[tuple[str, list[dict[str, Any]]]]:
    """The figures of the whole by field of work."""
    works: dict[str, list[dict[str, Any]]] = {}
    for figure in found.figures:
        one = found.form.field(figure.key)
        if one.across is not Across.GATHER:
            row = {
                "field": one,
                "text": figure_text(one, figure),
                "said": figure.said,
                "units": figure.units,
            }
            works.setdefault(one.work, []).append(row)
    return list(works.items())  # fmt: skip


def _columns(found: Gathered) -> dict[str, Any]:
    """The table of units or groups: one row each, one column a number."""
    asked = [f for f in found.form.fields if f.across in (Across.SUM, Across.AVERAGE, Across.SHARE)]
    if len(found.groups) > 1:
        rows = []
        for group in found.groups:
            by_key = {f.key: f for f in figures(found.form, group.sums)}
            cells = [figure_text(one, by_key.get(one.key)) for one in asked]
            rows.append((group.name, "", cells))
    else:
        rows = [
            (
                u.name,
                u.standing.value,
                [shown(one, (u.values or {}).get(one.key)) for one in asked],
            )
            for u in found.units[:UNITS_SHOWN]
        ]
    return {"columns": asked, "rows": rows, "grouped": len(found.groups) > 1}


@require_GET
@login_required
def workbook(request: HttpRequest, round_id: int, form: str) -> HttpResponse:
    """The sheet of a period: every unit with what stands; it can be filled in and brought back."""
    round_ = permit.round_in_sight(actor_in(request), round_id)
    if form != "xlsx":
        raise Http404
    content = sheet_of(round_)
    return download(content, XLSX, f"bao-cao-{round_.since:%Y-%m-%d}.xlsx")


def sheet_of(round_: Round) -> bytes:
    """Every expected unit in the columns of the form, in the order they are expected."""
    asked = form_of(round_.version)
    owners = list(round_.returns.select_related("body").order_by("pk"))
    names = body_names((r.body_id for r in owners), round_.since)
    newest = Filing.objects.filter(round=round_, kind__in=COUNTS).order_by("number")
    there = {f.owner_id: from_kept(f.values) for f in newest}
    rows = (
        imports.as_row(
            asked,
            r.body.key,
            names[r.body_id],
            there.get(r.pk, {}) if r.received_at else {},
        )
        for r in owners
    )
    out = io.BytesIO()
    write_rows(kind_of(imports.code_of(round_)), rows, out)
    return out.getvalue()


@require_http_methods(["GET", "POST"])
@login_required
def bring(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take the reports of many units from one Excel file: preview, cells in the wrong, undo."""
    round_ = permit.round_in_sight(actor_in(request), round_id)
    scope = {"round": round_.pk, "body": round_.series.body_id}
    kind = imports.code_of(round_)
    return importer.bring(request, kind=kind, scope=scope)  # type: ignore[arg-type]  # has an actor


@require_POST
@login_required
def open_round(request: HttpRequest, series_id: int) -> HttpResponse:
    """Open the period of a series in which a day lies."""

    series = permit.series_in_sight(actor_in(request), series_id, whole=True)
    if answered(request) is None:
        try:
            last = request.POST.get("until", "").strip()
            done = rounds.open_round(
                act_of(request),
                series_id=series.pk,
                on=day_in(request.POST.get("on", "")),
                until=day_in(last) if last else "",
            )
        except Refused as refused:
            if refused.status in (400, 403, 404):
                raise

            for problem in refused.problems:
                messages.error(request, say(problem))
        else:
            messages.success(request, _("Đã mở kỳ. Các đơn vị thấy ngay trên trang của mình."))
            return redirect("reporting:round", round_id=int(str(done["round"])))
    return redirect("reporting:series", series_id=series.pk)

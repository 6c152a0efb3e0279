"""Closing sheets: all of them, one with its tie and its match, and what is done with it."""

import io
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.papers import download
from thongsuot.apps.handover.views.frame import open_transition
from thongsuot.apps.settling import actions, papers, permit, queries
from thongsuot.apps.settling.imports import CODE
from thongsuot.apps.settling.models import ClosingSheet, Confirmation, SheetException, SheetLine
from thongsuot.apps.settling.models.choices import Section, SheetState
from thongsuot.apps.settling.views.frame import (
    Box,
    asked,
    day_in,
    decider_box,
    ending_body,
    frame,
    has_ended,
    money_in,
    reason_box,
)
from thongsuot.foundation import clock
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.settling import finance as rules
from thongsuot.rules.settling.finance import Match, Statement
from thongsuot.rules.settling.finance_columns import SHEET_COLUMNS, codes_in


@require_GET
@login_required
def sheets(request: HttpRequest, transition_id: int) -> HttpResponse:
    """Every ending body with its closing sheet: what it says, whether it ties, what is wrong."""
    transition = open_transition(request, transition_id)
    seen = permit.bodies_in_sight(actor_in(request), transition)
    rows = queries.sheet_rows(transition, seen)
    needed = [row for row in rows if row.needed]
    context = {
        **frame(request, transition, "sheets"),
        "rows": needed,
        "others": [row for row in rows if not row.needed],
        "ready": sum(not row.problems for row in needed),
        "differing": sum(bool(row.differing) for row in needed),
        "without": sum(row.statement is None for row in needed),
    }
    return render(request, "settling/sheets.html", context)


@dataclass(frozen=True, slots=True)
class Shown:
    """One section of a sheet as its page shows it: lines, each with what the ledger says."""

    label: str
    section: str
    rows: tuple[tuple[SheetLine, Match, int | None], ...]
    total: int


def _sections(sheet: ClosingSheet, statement: Statement) -> Iterator[Shown]:
    rows = list(SheetLine.objects.filter(sheet=sheet, live=True).order_by("pk"))
    behind = dict(zip((r.code for r in rows), statement.reconciled.matches, strict=True))
    for section in Section:
        mine = [r for r in rows if r.section == section]
        if mine:
            shown = tuple((r, behind[r.code], rules.share(r.amount, r.granted or 0)) for r in mine)
            yield Shown(str(section.label), section.value, shown, sum(r.amount for r in mine))


@require_GET
@login_required
def sheet(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """The closing sheet of one body: its lines, the kho bạc beside it, the ledger behind it."""
    transition, name = ending_body(request, transition_id, body_id)
    found = queries.sheet_of(transition.pk, body_id)
    context = {
        **frame(request, transition, "sheets"),
        "body": body_id,
        "name": name,
        "sheet": found,
        "may": _may(request, transition, body_id, found),
        "ended": has_ended(transition, body_id),
        **(_said(found, name) if found else {}),
    }
    return render(request, "settling/sheet.html", context)


def _said(found: ClosingSheet, name: str) -> dict[str, Any]:
    statement = queries.statement_of(found)
    accounts = statement.accounts
    reconciled = statement.reconciled
    confirmations = Confirmation.objects.filter(sheet=found).select_related("file", "entry")
    return {
        "statement": statement,
        "sections": list(_sections(found, statement)),
        "accounts": accounts,
        "sums": (
            sum(a.sheet for a in accounts),
            sum(a.confirmed or 0 for a in accounts),
            sum(a.difference for a in accounts),
        ),
        "strays": reconciled.strays,
        "problems": rules.closing_problems(name, statement),
        "confirmations": list(confirmations.order_by("-pk")),
        "exceptions": list(SheetException.objects.filter(sheet=found).order_by("pk")),
        "frozen": found.state == SheetState.FROZEN,
    }


def _may(
    request: HttpRequest, transition: Transition, body_id: int, found: ClosingSheet | None
) -> dict[str, bool]:
    """What the page offers; the actions ask again."""
    actor, open_ = actor_in(request), not has_ended(transition, body_id)
    frozen = found is not None and found.state == SheetState.FROZEN
    may = {
        right: open_ and permit.allowed(actor, f"sheet.{right}", transition, giver=body_id)
        for right in ("write", "confirm", "freeze", "reopen", "except")
    }
    may["write"] &= not frozen
    may["freeze"] &= found is not None and not frozen
    may["reopen"] &= frozen
    return may


def _url(transition: Transition, body_id: int) -> str:
    return reverse("settling:sheet", args=[transition.pk, body_id])


def _guarded(request: HttpRequest, right: str, transition: Transition, body_id: int) -> None:
    """Who may not send a form is not shown it either."""
    permit.allow(actor_in(request), f"sheet.{right}", transition, giver=body_id)


def _line_boxes(row: SheetLine | None) -> list[Box]:
    """The boxes of a line, in the order of the columns of the sheet."""
    boxes = []
    for column in SHEET_COLUMNS:
        kind = {"money": "money", "choice": "choice"}.get(str(column.type), "text")
        value = getattr(row, column.key) if row is not None else ""
        shown = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        boxes.append(
            Box(column.key, column.title, kind, column.required, column.help,
                Section.choices if kind == "choice" else (), shown, column.most or 300)
        )  # fmt: skip
    return boxes


def _line(sent: Mapping[str, str]) -> dict[str, Any]:
    """A line as its form was sent; of an estimate the rest is worked out when left blank."""
    row: dict[str, Any] = {c.key: sent.get(c.key, "").strip() for c in SHEET_COLUMNS}
    for key in ("granted", "spent", "amount"):
        row[key] = money_in(row[key])
    row["year"] = (
        int(row["year"]) if str(row["year"]).isdecimal() and len(row["year"]) == 4 else None
    )
    row["items"] = list(codes_in(row["items"]))
    if row["amount"] is None and row["granted"] is not None and row["spent"] is not None:
        row["amount"] = max(row["granted"] - row["spent"], 0)
    return row


@require_http_methods(["GET", "POST"])
@login_required
def line(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Write a line of the sheet, or write one again (``?ma=``)."""
    transition, name = ending_body(request, transition_id, body_id)
    _guarded(request, "write", transition, body_id)
    found = queries.sheet_of(transition.pk, body_id)
    code = request.GET.get("ma", "")[:60]
    row = SheetLine.objects.filter(sheet=found, live=True, code=code).first() if found else None
    return asked(
        request,
        frame(request, transition, "sheets"),
        heading=_("Sửa dòng") if row else _("Thêm dòng"),
        lede=name,
        boxes=_line_boxes(row),
        do=lambda act: actions.write_lines(
            act, transition_id=transition.pk, body_id=body_id, lines=[_line(request.POST.dict())]
        ),
        done=_("Đã ghi dòng vào bảng khóa sổ."),
        back=_url(transition, body_id),
        submit=_("Ghi dòng"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def remove(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Take a line off the sheet, with the reason."""
    transition, name = ending_body(request, transition_id, body_id)
    _guarded(request, "write", transition, body_id)
    code = (request.POST.get("ma") or request.GET.get("ma") or "")[:60]
    return asked(
        request,
        frame(request, transition, "sheets"),
        heading=_("Bỏ dòng"),
        lede=name,
        boxes=[Box("ma", _("Mã dòng"), value=code, most=60), reason_box()],
        do=lambda act: actions.remove_line(
            act, transition_id=transition.pk, body_id=body_id, code=code,
            reason=request.POST.get("reason", ""),
        ),
        done=_("Đã bỏ dòng khỏi bảng khóa sổ."),
        back=_url(transition, body_id),
        danger=True,
    )  # fmt: skip


EMPTY_ROWS = 3


def _amount_boxes(statement: Statement | None) -> list[Box]:
    """An account and an amount, for each account of the sheet and a few more."""
    known = [account.number for account in statement.accounts] if statement else []
    boxes = []
    for at, number in enumerate([*known, *([""] * EMPTY_ROWS)], 1):
        boxes.append(
            Box(f"tk_{at}", _("Tài khoản %(n)s") % {"n": at}, required=False, value=number, most=40)
        )
        boxes.append(Box(f"st_{at}", _("Số kho bạc xác nhận (đồng)"), "money", required=False))
    return boxes


def _amounts(sent: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = []
    for name, account in sent.items():
        at = name.removeprefix("tk_")
        if name.startswith("tk_") and (account.strip() or sent.get(f"st_{at}", "").strip()):
            amount = money_in(sent.get(f"st_{at}", ""))
            if amount is not None or not account.strip():
                rows.append({"account": account.strip(), "amount": amount})
    return rows


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Record a confirmation of the kho bạc: number, day, file, and an amount for each account."""
    transition, name = ending_body(request, transition_id, body_id)
    _guarded(request, "confirm", transition, body_id)
    found = queries.sheet_of(transition.pk, body_id)
    statement = queries.statement_of(found) if found else None
    return asked(
        request,
        frame(request, transition, "sheets"),
        heading=_("Ghi xác nhận số dư của kho bạc"),
        lede=name,
        boxes=[
            Box("number", _("Số xác nhận"), most=100),
            Box("on", _("Ngày"), "day", value=clock.today().isoformat()),
            *_amount_boxes(statement),
        ],
        do=lambda act: actions.record_confirmation(
            act,
            transition_id=transition.pk,
            body_id=body_id,
            number=request.POST.get("number", ""),
            on=day_in(request.POST.get("on", "")),
            amounts=_amounts(request.POST.dict()),
            file_id=_kept(request),
        ),
        done=_("Đã ghi xác nhận của kho bạc."),
        back=_url(transition, body_id),
        submit=_("Ghi xác nhận"),
        upload=_("Bản quét của xác nhận (PDF, ảnh)"),
    )


def _kept(request: HttpRequest) -> int | None:
    """The file sent with a form, kept; None when there is none."""
    sent = request.FILES.get("tep")
    if not isinstance(sent, UploadedFile) or not sent.name:
        return None
    return keep(io.BytesIO(sent.read()), sent.name, by=actor_in(request)).pk


@require_GET
@login_required
def confirmation_file(
    request: HttpRequest, transition_id: int, body_id: int, pk: int
) -> HttpResponseBase:
    """The scan of a confirmation."""
    ending_body(request, transition_id, body_id)
    found = Confirmation.objects.filter(
        pk=min(pk, 2**63 - 1), sheet__transition=transition_id, sheet__body=body_id
    ).select_related("file")
    one = found.first()
    if one is None or one.file is None:
        raise Refused.missing(Problem("settling.file-missing", ""))
    return send(one.file)


@require_http_methods(["GET", "POST"])
@login_required
def excuse(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Excuse by name that a line or an item does not add up with the ledger."""
    transition, name = ending_body(request, transition_id, body_id)
    _guarded(request, "except", transition, body_id)
    code = (request.POST.get("ma") or request.GET.get("ma") or "")[:80]
    return asked(
        request,
        frame(request, transition, "sheets"),
        heading=_("Ghi ngoại lệ"),
        lede=name,
        boxes=[
            Box("ma", _("Mã dòng hoặc mã mục"), value=code, most=80,
                help=_("Ngoại lệ chỉ đúng với số chênh lúc này; số khác đi thì phải ghi lại.")),
            reason_box(),
            decider_box(),
        ],
        do=lambda act: actions.except_difference(
            act, transition_id=transition.pk, body_id=body_id, code=code,
            reason=request.POST.get("reason", ""), decided_by=request.POST.get("decided_by", ""),
        ),
        done=_("Đã ghi ngoại lệ."),
        back=_url(transition, body_id),
    )  # fmt: skip


@require_POST
@login_required
def freeze(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Settle the figures of a sheet."""
    transition, _name = ending_body(request, transition_id, body_id)
    actions.freeze_sheet(act_of(request), transition_id=transition.pk, body_id=body_id)
    messages.success(request, _("Đã chốt số liệu."))
    return redirect(_url(transition, body_id))


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Open a frozen sheet again."""
    transition, name = ending_body(request, transition_id, body_id)
    _guarded(request, "reopen", transition, body_id)
    return asked(
        request,
        frame(request, transition, "sheets"),
        heading=_("Mở lại bảng khóa sổ"),
        lede=name,
        boxes=[reason_box()],
        do=lambda act: actions.reopen_sheet(
            act, transition_id=transition.pk, body_id=body_id,
            reason=request.POST.get("reason", ""),
        ),
        done=_("Đã mở lại bảng khóa sổ."),
        back=_url(transition, body_id),
        danger=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def bring(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """Bring a closing sheet from a file."""
    transition, _name = ending_body(request, transition_id, body_id)
    _guarded(request, "write", transition, body_id)
    scope = {"transition": transition.pk, "body": body_id}
    return importer.bring(request, kind=CODE, scope=scope)  # type: ignore[arg-type]  # has an actor


@require_GET
@login_required
def template(request: HttpRequest, transition_id: int, body_id: int) -> HttpResponse:
    """The workbook to fill in."""
    ending_body(request, transition_id, body_id)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mau.xlsx"
        write_template(file, "Bảng khóa sổ tài chính", SHEET_COLUMNS)
        content = file.read_bytes()
    return download(content, papers.XLSX, _("mau-bang-khoa-so.xlsx"))


@require_GET
@login_required
def paper(request: HttpRequest, transition_id: int, body_id: int, form: str) -> HttpResponse:
    """The sheet as a workbook that can be brought again, or the table of the kho bạc to sign."""
    transition, _name = ending_body(request, transition_id, body_id)
    found = queries.sheet_of(transition.pk, body_id)
    if found is None or form not in papers.FORMS:
        raise Refused.missing(Problem("settling.no-sheet", ""))
    content, media, name = papers.FORMS[form](transition, found, clock.now())
    return download(content, media, name)


BASE = "ban-giao/<int:transition_id>/khoa-so/"
ONE = f"{BASE}<int:body_id>/"
urlpatterns = [
    path(BASE, sheets, name="sheets"),
    path(ONE, sheet, name="sheet"),
    path(f"{ONE}dong/", line, name="line"),
    path(f"{ONE}bo-dong/", remove, name="remove-line"),
    path(f"{ONE}kho-bac/", confirm, name="confirm-balance"),
    path(f"{ONE}kho-bac/<int:pk>/", confirmation_file, name="confirmation-file"),
    path(f"{ONE}ngoai-le/", excuse, name="excuse"),
    path(f"{ONE}chot/", freeze, name="freeze"),
    path(f"{ONE}mo-lai/", reopen, name="reopen-sheet"),
    path(f"{ONE}nhap/", bring, name="bring"),
    path(f"{ONE}nhap/mau.xlsx", template, name="template"),
    path(f"{ONE}doi-chieu.<slug:form>", paper, name="sheet-paper"),
]

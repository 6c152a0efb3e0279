"""The pages of an import, the same for every kind: bring, answer, look, fix, apply, take back."""

import io
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thongsuot.foundation import clock
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports import actions, containers, queries, screens
from thongsuot.foundation.imports.columns import shown
from thongsuot.foundation.imports.csvtext import ENCODINGS
from thongsuot.foundation.imports.engine import ImportKind, Scope, kind_of
from thongsuot.foundation.imports.models import ImportBatch, State
from thongsuot.foundation.imports.sheetxml import column_letters
from thongsuot.foundation.imports.writing import AsTyped, write_rows
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.ui.parts import wants_part
from thongsuot.foundation.wording import number
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem, blocking

AT_ONCE = 600_000  # bytes; a larger file is read beside the pages, with its progress shown
PER_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ActorRequest(HttpRequest):
    """A request on which it is known who acts."""

    actor: Actor


def _act(request: ActorRequest) -> Act:
    key = request.POST.get("key", "")
    if not re.fullmatch(r"[\w-]{8,100}", key):
        raise Refused.because("imports.batch-changed", "")
    return Act(by=request.actor, key=key, at=clock.now())


def _seen(request: ActorRequest, pk: int) -> tuple[ImportBatch, ImportKind]:
    """The batch and its kind, for who may see it; to others it is not there."""
    batch = ImportBatch.objects.select_related("file").filter(pk=pk).first()
    if batch is None:
        raise Refused.missing(Problem("imports.batch-unknown", str(pk)))
    kind = kind_of(batch.kind)
    try:
        kind.may(request.actor, batch.scope)
    except Refused:  # somebody else's: not even that it is there
        raise Refused.missing(Problem("imports.batch-unknown", str(pk))) from None
    return batch, kind


# --- bringing a file in -----------------------------------------------------------------------


def bring(request: ActorRequest, *, kind: str, scope: dict[str, Any]) -> HttpResponse:
    """The page on which a file is picked, and taking it. Rooms call this from a view of theirs.

    Raises Refused when the person may not import into the scope.
    """
    declared = kind_of(kind)
    declared.may(request.actor, scope)
    problems: tuple[Problem, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_take(request, declared, scope))
        except Refused as refused:
            problems, status = refused.problems, refused.status
    earlier = queries.batches_of(kind, scope)[:20]
    context = {
        "kind": declared,
        "place": declared.place(scope),
        "back": declared.back(scope),
        "problems": problems,
        "batches": [_listed(batch) for batch in earlier],
    }
    return render(request, "imports/bring.html", context, status=status)


def _take(request: ActorRequest, kind: ImportKind, scope: Scope) -> str:
    """Keep the file, open the import, have it read. Returns where to look next."""
    act = _act(request)
    sent = request.FILES.get("tep")
    if not isinstance(sent, UploadedFile) or not sent.name:
        raise Refused.because("imports.no-file", "")
    name = display_name(sent.name)
    as_csv = bool(request.POST.get("nhu_csv"))
    refuse_if(_at_the_gate(sent, name, as_csv=as_csv))
    sent.seek(0)
    kept_as = f"{name}.csv" if as_csv else name
    stored = keep(sent, kept_as, by=request.actor)
    made = actions.bring(
        act,
        kind=kind.code,
        scope=dict(scope),
        file=stored.pk,
        name=name,
        options={"as_csv": as_csv},
    )
    return _read(int(str(made["batch"])), stored.size, request)


def _at_the_gate(sent: "UploadedFile[Any]", name: str, *, as_csv: bool) -> tuple[Problem, ...]:
    """What is wrong with the file as a file, before it is kept."""
    with tempfile.NamedTemporaryFile() as copy:
        for piece in sent.chunks():
            copy.write(piece)
        copy.flush()
        found = containers.gate(Path(copy.name), name)
    if as_csv and found.kind == containers.CSV:
        return ()
    return found.problems


def _read(batch: int, size: int, request: ActorRequest) -> str:
    """Have a batch read: at once when the file is small, else as long work."""
    url = reverse("imports:one", args=[batch])
    if size <= AT_ONCE:
        actions.stage(batch)
        return url
    job = start("imports.stage", owner=int(request.user.pk or 0), batch=batch, url=url)
    ImportBatch.objects.filter(pk=batch).update(job=job.pk)
    return reverse("jobs:one", args=[job.pk])


@require_safe
@never_cache
@login_required
def mine(request: ActorRequest) -> HttpResponse:
    """The imports of the person, of every kind, the newest first."""
    found = ImportBatch.objects.filter(owner=request.actor.user).order_by("-id")
    page = Paginator(found, 30).get_page(request.GET.get("trang"))
    context = {"page": page, "batches": [_listed(batch) for batch in page]}
    return render(request, "imports/mine.html", context)


def _listed(batch: ImportBatch) -> dict[str, object]:
    kind = kind_of(batch.kind)
    word, state = screens.BATCH_STATES[batch.state]
    return {
        "batch": batch,
        "kind": kind.title,
        "place": kind.place(batch.scope),
        "word": word,
        "state": state,
        "counts": queries.counts_of(batch),
    }


# --- one import -------------------------------------------------------------------------------


@require_safe
@never_cache
@login_required
def one(request: ActorRequest, pk: int) -> HttpResponse:
    """One import where it stands: being read, asking, previewed, applied, taken back, dropped."""
    batch, kind = _seen(request, pk)
    if batch.state == State.READING and queries.being_read(batch):
        return HttpResponseRedirect(reverse("jobs:one", args=[batch.job]))
    asking = batch.state in (State.READING, State.ASKED)
    if asking or (batch.state == State.STAGED and "cot" in request.GET):
        return render(request, "imports/asked.html", _asked(batch, kind))
    if batch.state == State.STAGED:
        return render(request, "imports/preview.html", _previewed(request, batch, kind))
    return render(request, "imports/ended.html", _frame(batch, kind))


def _frame(batch: ImportBatch, kind: ImportKind) -> dict[str, Any]:
    """What every page of a batch knows."""
    problems = queries.problems_of(batch)
    counts = queries.counts_of(batch)
    word, state = screens.BATCH_STATES[batch.state]
    return {
        "batch": batch,
        "kind": kind,
        "place": kind.place(batch.scope),
        "back": kind.back(batch.scope),
        "counts": counts,
        "rows_in_file": counts.rows,
        "tags": screens.tags(batch),
        "word": word,
        "state": state,
        "blocking": blocking(problems),
        "remarks": [problem for problem in problems if not problem.blocks],
        "can_undo": batch.state == State.APPLIED and kind.take_back is not None,
        "result": [(str(k), v) for k, v in batch.result.items() if isinstance(v, int)],
    }


def _asked(batch: ImportBatch, kind: ImportKind) -> dict[str, Any]:
    context = _frame(batch, kind)
    layout, options = batch.layout, queries.options_of(batch)
    parts = screens.asked(context["blocking"])
    if batch.state == State.STAGED:
        parts |= {"columns"}
    if batch.state == State.READING:
        parts |= {"again"}  # the reading was interrupted; nothing is asked but to begin anew
    places = {place: key for key, place in layout.get("places", {}).items()}
    sample = layout.get("sample", [])
    context |= {
        "parts": parts,
        "sheets": layout.get("sheets", []),
        "hidden": layout.get("hidden", []),
        "encodings": ENCODINGS,
        "options": options,
        "final": not parts,
        "targets": [(column.key, column.title, column.required) for column in kind.columns],
        "columns": [
            screens.MappedColumn(
                at,
                column_letters(at + 1),
                title,
                tuple(row[at] for row in sample if at < len(row)),
                (options.mapping or {}).get(str(at)) or places.get(at, ""),
            )
            for at, title in enumerate(layout.get("titles", []))
            if title or at in places
        ],
    }
    return context


def _previewed(request: ActorRequest, batch: ImportBatch, kind: ImportKind) -> dict[str, Any]:
    context = _frame(batch, kind)
    counts = context["counts"]
    only = request.GET.get("loc", "loi" if counts.error else "tat-ca")
    if only not in queries.FILTERS:
        only = "tat-ca"
    wanted = request.GET.get("trang", "1")
    found = queries.rows_of(batch, only, int(wanted) if wanted.isdecimal() else 1, PER_PAGE)
    columns = screens.heads(kind, batch, found.rows, faults_first=only == "loi")
    editing = request.GET.get("dong", "")
    context |= {
        "chosen": only,
        "heads": columns,
        "rows": [
            screens.row_on_screen(kind, row, columns, str(row.number) == editing)
            for row in found.rows
        ],
        "page": Paginator(range(found.total), PER_PAGE).get_page(found.page),
        "totals": _totals(batch, kind),
        "options": queries.options_of(batch),
        "ready": counts.to_write and not counts.error and not context["blocking"],
        "leave": counts.to_write and counts.error and not context["blocking"],
        "merged": _has(batch, "imports.merged-cell"),
        "old_text": _has(batch, "cell.old-encoding"),
        "hidden_rows": any(p.code == "imports.hidden-rows" for p in context["remarks"]),
    }
    return context


def _has(batch: ImportBatch, code: str) -> bool:
    """Whether a fault with that code is among the first rows with errors."""
    found = queries.rows_of(batch, "loi", 1, 500)
    return any(fault.code == code for row in found.rows for fault in row.faults)


def _totals(batch: ImportBatch, kind: ImportKind) -> list[screens.TotalOnScreen]:
    paper = queries.options_of(batch).paper
    found = []
    for key, text in batch.totals.items():
        column = kind.columns[kind.at[key]]
        stated = number(paper[key]) if key in paper else ""
        found.append(screens.TotalOnScreen(key, column.title, shown(column, text), stated))
    return found


# --- doing ------------------------------------------------------------------------------------


@require_POST
@login_required
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the answers about the file, and read it again."""
    batch, _kind = _seen(request, pk)
    version = request.POST.get("version", "")
    actions.answer(
        _act(request),
        batch_id=pk,
        version=int(version) if version.isdecimal() else 0,
        options=_options(request.POST),
    )
    return HttpResponseRedirect(_read(pk, batch.file.size, request))


# Name of a field of the form → the option it answers.
_TEXTS = {"trang_tinh": "sheet", "ma_chu": "encoding", "dau": "separator", "dong_an": "hidden"}
_NUMBERS = {"tieu_de": "header_row", "nhan": "scale"}
_TICKS = {"nhu_csv": "as_csv", "dien_gop": "fill_down", "chuyen_ma": "convert_old"}


def _options(sent: Mapping[str, str]) -> dict[str, object]:
    """The answers on the form; only what the form asked for is changed."""
    found: dict[str, object] = {o: sent[n] for n, o in _TEXTS.items() if sent.get(n)}
    found |= {o: int(sent[n]) for n, o in _NUMBERS.items() if sent.get(n, "").isdecimal()}
    found |= {o: sent[n] == "1" for n, o in _TICKS.items() if n in sent}
    mapping = {name[4:]: key for name, key in sent.items() if re.fullmatch(r"cot-\d{1,3}", name)}
    if mapping:
        found["mapping"] = {at: key for at, key in mapping.items() if key}
    return found


@require_POST
@login_required
def totals(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the totals of the signed paper, to be compared with the sums of the file."""
    _batch, kind = _seen(request, pk)
    actions.state_totals(
        _act(request),
        batch_id=pk,
        paper=_paper(request.POST, kind),
        explained=request.POST.get("giai_trinh", "")[:500],
    )
    return HttpResponseRedirect(reverse("imports:one", args=[pk]))


def _paper(sent: Mapping[str, str], kind: ImportKind) -> dict[str, int]:
    """The totals on the signed paper, as typed: 1.500.000 or 1500000."""
    found: dict[str, int] = {}
    for key in kind.summed:
        digits = sent.get(f"tong-{key}", "").replace(".", "").replace(" ", "").strip()
        if digits.isdecimal() and len(digits) < 19:
            found[key] = int(digits)
    return found


@require_POST
@login_required
def fix(request: ActorRequest, pk: int) -> HttpResponse:
    """Take cells typed anew in one row; htmx gets the row and the head of the page."""
    batch, kind = _seen(request, pk)
    row = request.POST.get("row", "")
    cells: list[dict[str, object]] = [
        {"row": int(row) if row.isdecimal() else 0, "column": name[2:], "text": text}
        for name, text in request.POST.items()
        if name.startswith("o-")
    ]
    actions.fix_cells(_act(request), batch_id=pk, version=0, cells=cells)
    if not wants_part(request):
        query = request.POST.get("back", "")
        safe = query if re.fullmatch(r"[\w=&-]{0,80}", query) else ""
        return HttpResponseRedirect(f"{reverse('imports:one', args=[pk])}?{safe}")
    batch, kind = _seen(request, pk)
    found = queries.find_row(batch, int(row))
    if found is None:
        raise Refused.because("imports.cell-unknown", str(pk), row=row)
    _page, rows, at = found
    by_key = {head.key: head for head in screens.all_heads(kind)}
    wanted = request.POST.get("heads", "").split(",")
    columns = [by_key[key] for key in wanted if key in by_key]
    columns = columns or screens.heads(kind, batch, [rows[at]])
    context = _previewed(request, batch, kind)
    context |= {"row": screens.row_on_screen(kind, rows[at], columns), "heads": columns}
    return render(request, "imports/parts/fixed.html", context)


@require_POST
@login_required
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the whole batch, as it was previewed."""
    _seen(request, pk)
    result = actions.apply(
        _act(request),
        batch_id=pk,
        digest=request.POST.get("digest", ""),
        leave_errors=request.POST.get("de_lai") == "1",
    )
    written = int(str(result["new"])) + int(str(result["changed"]))
    messages.success(request, _("Đã ghi {n} dòng vào sổ.").format(n=number(written)))
    return HttpResponseRedirect(reverse("imports:one", args=[pk]))


@require_POST
@login_required
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Let the import go; nothing of it was written."""
    batch, kind = _seen(request, pk)
    actions.drop(_act(request), batch_id=pk)
    messages.success(request, _("Đã bỏ lần nhập số {n}; sổ không đổi.").format(n=pk))
    return HttpResponseRedirect(kind.back(batch.scope))


@require_POST
@login_required
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Undo the whole batch, with the reason."""
    _seen(request, pk)
    actions.take_back(_act(request), batch_id=pk, reason=request.POST.get("reason", ""))
    messages.success(request, _("Đã hoàn tác lần nhập số {n}.").format(n=pk))
    return HttpResponseRedirect(reverse("imports:one", args=[pk]))


# --- files ------------------------------------------------------------------------------------


@require_safe
@never_cache
@login_required
def errors(request: ActorRequest, pk: int) -> FileResponse:
    """The rows with errors as a workbook that can be repaired and brought in again."""
    batch, kind = _seen(request, pk)
    out = io.BytesIO()
    why, line = _("Lỗi"), _("Dòng trong tệp")
    rows = []
    for row in queries.errors_of(batch):
        texts: dict[str, Any] = dict(zip(kind.names, row.values, strict=True))
        texts[why] = "; ".join(
            f"{kind.columns[f.column].title}: {screens.said(f)}"
            if f.column >= 0
            else screens.said(f)
            for f in row.faults
        )
        texts[line] = str(row.number)
        texts |= {
            kind.names[f.column]: AsTyped(f.raw) for f in row.faults if f.column >= 0 and f.blocks
        }
        rows.append(texts)
    write_rows(kind, rows, out, more=(why, line))
    out.seek(0)
    name = f"dong-loi-{pk}.xlsx"
    response = FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@login_required
def original(request: ActorRequest, pk: int) -> FileResponse:
    """The file as it was sent."""
    batch, _kind = _seen(request, pk)
    return send(batch.file, batch.file_name)

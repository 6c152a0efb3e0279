"""The files of a fonds: the list, boxing, scans, one file with its story, lists from Excel."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.apps.digitising import actions, forms, imports, lists, permit, queries
from thongsuot.apps.digitising.models import Fonds, Record, Scan, Stage
from thongsuot.apps.digitising.views.frame import frame, open_fonds
from thongsuot.apps.handover.papers import XLSX, download
from thongsuot.foundation import clock
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports import views as importer
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.selection import read_selection
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.tables.table import Bulk
from thongsuot.foundation.trail.forms import act_of, actor_in
from thongsuot.rules.kernel.problem import Problem

MOST_FILES = 50
LARGEST = 2**63 - 1


@require_GET
@login_required
def records(request: HttpRequest, fonds_id: int) -> HttpResponseBase:
    """Every file of a fonds: filter, sort, choose, CSV, XLSX, print."""
    seen = open_fonds(request, fonds_id)
    where = Place(
        scope=f"digitising:{seen.pk}", source=Source("digitising.records", {"fonds": seen.pk})
    )
    boxing = permit.may(actor_in(request), "records.box", seen.body_id) and not seen.closed_at
    bulk = (Bulk(_("Đóng hộp"), reverse("digitising:box", args=[seen.pk])),) if boxing else ()
    listing = Listing(
        lists.RECORDS, queries.records_of(seen), request, where, bulk=bulk, today=clock.today()
    )
    return answer(listing, "digitising/records.html", frame(request, seen, "records"))


@require_POST
@login_required
def box(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Put the chosen files into a box: first what will happen, then the label, then the act."""
    seen = open_fonds(request, fonds_id, "records.box")
    chosen = read_selection(
        lists.RECORDS, queries.records_of(seen), request.POST, today=clock.today()
    )
    form = forms.BoxForm(request.POST if request.POST.get("do") == "1" else None)
    problems: tuple[Problem, ...] = ()
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                ids = list(chosen.rows.values_list("pk", flat=True))
                done = actions.box_records(
                    act_of(request), fonds_id=seen.pk, ids=ids, box=form.cleaned_data["box"]
                )
            except Refused as refused:
                problems, status = refused.problems, refused.status
            else:
                messages.success(request, _("Đã đóng %(records)s hồ sơ vào hộp %(box)s.") % done)
                return redirect("digitising:records", seen.pk)
    context = {
        **frame(request, seen, "records"),
        "chosen": chosen,
        "sample": chosen.rows.order_by("code")[:8],
        "form": form,
        "problems": problems,
    }
    return render(request, "digitising/box.html", context, status=status)


def record_on(fonds: Fonds, record_id: int) -> Record:
    """A file of the fonds. Raises Refused (404)."""
    found = None
    if record_id <= LARGEST:
        found = queries.records_of(fonds).filter(pk=record_id).select_related("lot").first()
    if found is None:
        raise Refused.missing(Problem("digitising.record-missing"))
    return found


@require_GET
@login_required
def record(request: HttpRequest, fonds_id: int, record_id: int) -> HttpResponse:
    """One file: where it stands, its scans, everything that happened to it."""
    seen = open_fonds(request, fonds_id)
    one = record_on(seen, record_id)
    context = {
        **frame(request, seen, "records"),
        "record": one,
        "tone": lists.TONES[Stage(one.stage)],
        "scans": one.scans.select_related("file").order_by("-turn", "pk"),
        "lines": one.lines.select_related("entry").order_by("pk"),
    }
    return render(request, "digitising/record.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def scan(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Bring scans, many at once: the name of each file is the code of the file it belongs to."""
    seen = open_fonds(request, fonds_id, "records.scan")
    problems: list[Problem] = []
    done: list[str] = []
    status = 200
    if request.method == "POST":
        act = act_of(request)
        files = request.FILES.getlist("file")
        if not files or len(files) > MOST_FILES:
            problems.append(Problem("digitising.no-files", "", {"most": MOST_FILES}))
        for number, sent in enumerate(files[:MOST_FILES]):
            try:
                done.append(_keep(act.sub(str(number)), seen, sent))
            except Refused as refused:
                problems += refused.problems
        if done and not problems:
            messages.success(request, _("Đã lưu %(n)s bản quét.") % {"n": len(done)})
            return redirect("digitising:records", seen.pk)
        status = 422
    context = {**frame(request, seen, "records"), "problems": problems, "done": done}
    return render(request, "digitising/scan.html", context, status=status)


def _keep(act: Any, fonds: Fonds, sent: Any) -> str:
    """Keep one scan; returns the code of its file. Raises Refused."""
    stem = Path(sent.name or "").stem.replace("\x00", "").strip()
    by_code = queries.records_of(fonds)
    found = (
        by_code.filter(code=stem).first() or by_code.filter(code=stem.partition("__")[0]).first()
    )
    if found is None:
        example = by_code.order_by("code").values_list("code", flat=True).first() or "HS-001"
        raise Refused.because("digitising.no-such-code", sent.name[:200], example=f"{example}.pdf")
    stored = keep(sent, sent.name, by=act.by)
    result = actions.keep_scan(
        act, fonds_id=fonds.pk, record_id=found.pk, sha256=stored.sha256, name=sent.name[:200]
    )
    return str(result["code"])


@require_GET
@login_required
def scan_file(request: HttpRequest, fonds_id: int, scan_id: int) -> HttpResponseBase:
    """One scan as a download."""
    seen = open_fonds(request, fonds_id)
    rows = Scan.objects.filter(pk=min(scan_id, LARGEST), record__fonds=seen)
    one = rows.select_related("file").first()
    if one is None:
        raise Refused.missing(Problem("digitising.record-missing"))
    return send(one.file, one.name)


@require_http_methods(["GET", "POST"])
@login_required
def bring(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """Bring the list of the files of a fonds from Excel or CSV."""
    seen = open_fonds(request, fonds_id, "records.take")
    return importer.bring(request, kind="digitising.records", scope={"fonds": seen.pk})  # type: ignore[arg-type]  # has an actor


@require_GET
@login_required
def template(request: HttpRequest, fonds_id: int) -> HttpResponse:
    """The workbook to fill in: columns, examples, how to."""
    open_fonds(request, fonds_id)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mau.xlsx"
        write_template(file, "Danh sách hồ sơ của phông", imports.COLUMNS)
        content = file.read_bytes()
    return download(content, XLSX, "mau-ho-so-phong.xlsx")

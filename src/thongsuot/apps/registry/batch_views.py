"""The page for many addresses: paste lines or send a file, get them back with their answers.

Open to everybody, because a ward clerk without an account has the same files; limited for those who
are not signed in, because a large file keeps one core busy for a minute.
"""

from collections import Counter
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thongsuot.apps.registry import batch_spool
from thongsuot.apps.registry.address_views import TAGS, resolver
from thongsuot.apps.registry.batch import Answered, Layout, answered, columns_of
from thongsuot.apps.registry.sheets_in import MEGABYTE, Row, file_rows, pasted_rows
from thongsuot.apps.registry.sources import UnreadableSourceError
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import CSV, XLSX
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.exports import Extract, csv_text, write_workbook
from thongsuot.rules.kernel.problem import Problem

OPEN_ROWS, OPEN_BYTES = 2_000, MEGABYTE  # without signing in
OWN_ROWS, OWN_BYTES = 200_000, 32 * MEGABYTE  # signed in: as long work from AT_ONCE bytes on
AT_ONCE = 300_000
SHOWN = 200


@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """The form; with addresses, their answers as a page, XLSX or CSV, or a job for a large file."""
    known = bool(request.user.is_authenticated)
    context: dict[str, object] = {
        "text": request.POST.get("dong", "")[:200_000],
        "known": known,
        "open_rows": OPEN_ROWS,
        "own_rows": OWN_ROWS,
    }
    if request.method != "POST":
        return render(request, "registry/batch.html", context)
    try:
        sent = request.FILES.get("tep")
        if isinstance(sent, UploadedFile) and known and (sent.size or 0) > AT_ONCE:
            return HttpResponseRedirect(_as_job(request, sent))
        layout, rows = _answers(_rows(request, known=known))
    except UnreadableSourceError as unreadable:
        raise Refused([Problem("registry.sources-unreadable"), *unreadable.problems]) from None
    except Refused as refused:
        context["problems"] = refused.problems
        return render(request, "registry/batch.html", context, status=refused.status)
    if request.POST.get("ra") in ("xlsx", "csv"):
        return _file(layout, rows, request.POST["ra"])
    counts = Counter(row.status for row in rows)
    context |= {
        "rows": [(row, TAGS[row.status], _address(layout, row)) for row in rows[:SHOWN]],
        "more": max(0, len(rows) - SHOWN),
        "counts": [counts["one"], counts["several"], counts["none"]],
    }
    return render(request, "registry/batch.html", context)


def _address(layout: Layout, row: Answered) -> str:
    return row.cells[layout.at] if layout.at < len(row.cells) else ""


def _rows(request: HttpRequest, *, known: bool) -> list[Row]:
    sent = request.FILES.get("tep")
    most, limit = (OWN_ROWS, OWN_BYTES) if known else (OPEN_ROWS, OPEN_BYTES)
    if isinstance(sent, UploadedFile):
        return file_rows(sent, most=most, limit=limit)
    rows = pasted_rows(request.POST.get("dong", ""), split=False)
    if not rows:
        raise Refused([Problem("registry.nothing-pasted")])
    if len(rows) > OPEN_ROWS:
        raise Refused.because("registry.too-many-rows", "", limit=OPEN_ROWS)
    return rows


def _answers(rows: list[Row]) -> tuple[Layout, list[Answered]]:
    layout, lines = answered(rows, resolver())
    return layout, list(lines)


def _as_job(request: HttpRequest, sent: "UploadedFile[bytes]") -> str:
    """Lay the file aside and have it answered beside the pages. Returns where to look."""
    name = display_name(sent.name or "tep")
    if (sent.size or 0) > OWN_BYTES:
        raise Refused.because("files.too-big", name, limit=OWN_BYTES // MEGABYTE)
    rows = len(file_rows(sent, most=OWN_ROWS, limit=OWN_BYTES))
    sent.seek(0)
    spooled = batch_spool.keep(sent)
    job = start(
        "registry.addresses", owner=int(request.user.pk or 0), spooled=spooled, name=name, rows=rows
    )
    return reverse("jobs:one", args=[job.pk])


def _file(layout: Layout, rows: list[Answered], form: str) -> HttpResponse:
    extract = Extract(_("Địa chỉ đã tra"), columns_of(layout), rows, (), clock.now(), "")
    if form == "csv":
        response = HttpResponse(b"".join(csv_text(extract)), content_type=CSV)
    else:
        out = BytesIO()
        write_workbook(out, extract)
        response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="dia-chi-da-tra.{form}"'
    return response

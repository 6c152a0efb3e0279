"""What a view answers with a list: the page, its part for htmx, a file, or a page to print."""

from collections.abc import Mapping
from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import XLSX
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.exports import Extract, csv_text, write_workbook
from thongsuot.foundation.tables.listing import DIRECT, Listing
from thongsuot.foundation.tables.table import BOM, EXPORT
from thongsuot.foundation.ui.parts import page_or_part
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

PRINTED = 5_000  # rows of a page to print
CHUNK = 2_000


def answer(
    listing: Listing, page: str, context: Mapping[str, object] | None = None
) -> HttpResponseBase:
    """Answer with the list. ``page`` is the room's template; it includes ``tables/list.html``.

    Raises Refused: 400 for a format that is not offered, 422 for a workbook too long to wait for.
    """
    form = listing.request.GET.get(EXPORT, "")
    if form:
        return _file(listing, form)
    everything = {"listing": listing, **(context or {})}
    return page_or_part(listing.request, page, "tables/part.html", everything)


def _file(listing: Listing, form: str) -> HttpResponseBase:
    if form == "csv":
        return _csv(listing)
    if form == "xlsx":
        return _xlsx(listing)
    if form == "in":
        return _printed(listing)
    raise Refused([Problem("tables.unknown-format", form[:20])], 400)


def extract_of(listing: Listing) -> Extract:
    """What goes into the file of this list."""
    actor = getattr(listing.request, "actor", None)
    return Extract(
        title=str(listing.table.title),
        columns=listing.columns,
        rows=listing.everything.iterator(chunk_size=CHUNK),
        says=listing.asked.says(),
        at=clock.now(),
        by=actor.name if isinstance(actor, Actor) else "",
    )


def _csv(listing: Listing) -> StreamingHttpResponse:
    bom = listing.request.GET.get(BOM) != "0"
    response = StreamingHttpResponse(
        csv_text(extract_of(listing), bom=bom), content_type="text/csv; charset=utf-8"
    )
    _as_download(response, f"{listing.table.title}.csv")
    return response


def _xlsx(listing: Listing) -> FileResponse:
    if listing.needs_job:
        raise Refused.because("tables.too-many-to-send", limit=DIRECT)
    target = TemporaryFile()  # noqa: SIM115  # the answer closes it
    write_workbook(target, extract_of(listing))
    target.seek(0)
    response = FileResponse(target, content_type=XLSX)
    _as_download(response, f"{listing.table.title}.xlsx")
    return response


def _printed(listing: Listing) -> HttpResponse:
    rows = listing.everything[: PRINTED + 1]
    context = {
        "listing": listing,
        "lines": listing.lines_of(rows)[:PRINTED],
        "cut": len(rows) > PRINTED,
        "most": PRINTED,
        "at": clock.now(),
    }
    return render(listing.request, "tables/print.html", context)


def _as_download(response: HttpResponseBase, name: str) -> None:
    header = content_disposition_header(True, display_name(name))
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"

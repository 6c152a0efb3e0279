"""The page that cuts old figures to new units and back: paste or send a table, get one back."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thongsuot.apps.registry.asof import read_day
from thongsuot.apps.registry.recutting import Cut, Line, cut
from thongsuot.apps.registry.sheets_in import MEGABYTE, Row, file_rows, pasted_rows
from thongsuot.foundation import clock
from thongsuot.foundation.files.kinds import CSV, XLSX
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.exports import Extract, csv_text, write_workbook
from thongsuot.foundation.wording import number, say
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.address.gazetteer import REFORM
from thongsuot.rules.registry.recut import LAND, NOT_POSSIBLE, PEOPLE, SHARED, WHOLE

MOST = 20_000
LIMIT = 4 * MEGABYTE
SHOWN = 200
METHODS = {
    WHOLE: gettext_lazy("nguyên vẹn"),
    SHARED: gettext_lazy("theo tỷ lệ"),
    NOT_POSSIBLE: gettext_lazy("còn thiếu phần chưa chia được"),
}
TAGS = {WHOLE: "even", SHARED: "plain", NOT_POSSIBLE: "wait"}
COLUMNS = (
    Column("code", gettext_lazy("Mã"), kind=Kind.CODE),
    Column("name", gettext_lazy("Đơn vị")),
    Column("value", gettext_lazy("Số liệu"), kind=Kind.NUMBER),
    Column("method", gettext_lazy("Cách tính"), lambda line: str(METHODS[line.method])),
    Column("origin", gettext_lazy("Gồm từ")),
)


@require_http_methods(["GET", "POST"])
def recut(request: HttpRequest) -> HttpResponse:
    """The form; with a table, the table in its new cut as a page, XLSX or CSV. Nothing is kept."""
    sent = request.POST
    asked_on = read_day(sent.get("tu", "")) or REFORM_EVE
    on = read_day(sent.get("den", "")) or max(REFORM, clock.today())
    counts = LAND if sent.get("dem") == LAND else PEOPLE
    context: dict[str, object] = {
        "asked_on": asked_on, "on": on, "counts": counts, "text": sent.get("bang", "")[:PAGE_TEXT],
        "most": MOST,
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        try:
            answer = cut(_rows(request), asked_on, on, counts)
        except Refused as refused:
            context["problems"], status = refused.problems, refused.status
        else:
            if sent.get("ra") in ("xlsx", "csv"):
                return _file(answer, sent["ra"], asked_on, on)
            context |= {
                "cut": answer,
                "lines": [
                    (line, METHODS[line.method], TAGS[line.method]) for line in answer.lines[:SHOWN]
                ],
                "more": max(0, len(answer.lines) - SHOWN),
            }
    return render(request, "registry/recut.html", context, status=status)


REFORM_EVE = date(2025, 6, 30)
PAGE_TEXT = 200_000


def _rows(request: HttpRequest) -> list[Row]:
    sent = request.FILES.get("tep")
    if isinstance(sent, UploadedFile):
        return file_rows(sent, most=MOST, limit=LIMIT)
    rows = pasted_rows(request.POST.get("bang", ""), split=True)
    if not rows:
        raise Refused([Problem("registry.nothing-pasted")])
    if len(rows) > MOST:
        raise Refused.because("registry.too-many-rows", "", limit=MOST)
    return rows


def _file(answer: Cut, form: str, asked_on: date, on: date) -> HttpResponse:
    """The new cut as a file that can be sent back in for the way home."""
    title = _("Quy đổi số liệu {a} sang {b}").format(a=f"{asked_on:%d/%m/%Y}", b=f"{on:%d/%m/%Y}")
    total = _("Tổng đã cho {given}, đã chia {arrived}, chưa chia được {left}").format(
        given=number(answer.given), arrived=number(answer.arrived), left=number(answer.kept_back)
    )
    says = (total, *(say(problem) for problem in (*answer.left, *answer.problems)[:SHOWN]))
    extract = Extract(title, COLUMNS, _in_order(answer), says, clock.now(), "")
    if form == "csv":
        response = HttpResponse(b"".join(csv_text(extract)), content_type=CSV)
    else:
        out = BytesIO()
        write_workbook(out, extract)
        response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="quy-doi-so-lieu.{form}"'
    return response


def _in_order(answer: Cut) -> Iterator[Line]:
    return iter(answer.lines)

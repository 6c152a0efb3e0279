"""The addresses of the product, and one list of jobs to test lists with."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone

from thongsuot.foundation.jobs.models import Job, State
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.filters import Choice, Days, Numbers, Preset, Text, YesNo
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.selection import read_selection
from thongsuot.foundation.tables.sources import Asker, Source, source
from thongsuot.foundation.tables.table import Bulk, Empty, Table
from thongsuot.project.urls import urlpatterns as product

STATES = {"queued": "đang chờ", "running": "đang làm", "done": "xong", "failed": "không xong"}
TONES = {"queued": "wait", "running": "wait", "done": "even", "failed": "lost"}

JOBS = Table(
    code="test.jobs",
    title="Danh mục thử",
    noun="mục",
    columns=(
        Column("title", "Tên", order="title", url=lambda row: f"/muc/{row.pk}/"),
        Column("kind", "Loại", kind=Kind.CODE, order="kind"),
        Column("owner", "Người giữ", value="owner.full_name", order="owner__full_name"),
        Column("done", "Số lượng", kind=Kind.NUMBER, order="done"),
        Column(
            "state", "Tình trạng", value=lambda row: STATES[row.state],
            state=lambda row: TONES[row.state], order="state",
        ),
        Column("started", "Bắt đầu", value="started_at", kind=Kind.DATE, order="started_at"),
        Column("ended", "Kết thúc", value="ended_at", kind=Kind.MOMENT, order="ended_at", default=False),
        Column("heavy", "Nặng", kind=Kind.YES, default=False),
        Column("size", "Khối lượng", value=lambda row: (row.done, "m²"), kind=Kind.QUANTITY, default=False),
    ),
    filters=(
        Text("q", "Tìm", fields=("title", "kind")),
        Choice("tinh-trang", "Tình trạng", field="state", choices=tuple(STATES.items())),
        Choice("loai", "Loại", field="kind", choices=(("task", "Nhiệm vụ"), ("case", "Hồ sơ")), many=False),
        Days("bat-dau", "Bắt đầu", field="started_at", moment=True),
        Numbers("so-luong", "Số lượng", field="done"),
        YesNo("nang", "Nặng", field="heavy"),
        Preset("tre", "Trễ", where=lambda today: Q(started_at__date__lt=today, ended_at=None)),
    ),
    order="-pk",
    related=("owner",),
    size=25,
    empty=Empty("Chưa có mục nào", "Nhập từ Excel để bắt đầu.", "/nhap/", "Nhập từ Excel"),
)  # fmt: skip


@source("test.jobs")
def rows_of(asker: Asker, *, kind: str) -> tuple[Table, "QuerySet[Job]"]:
    found = Job.objects.filter(owner=asker.user)
    return JOBS, found.filter(kind=kind) if kind else found


@login_required
def jobs(request: HttpRequest) -> HttpResponseBase:
    listing = Listing(
        JOBS,
        Job.objects.filter(owner=request.user.pk),
        request,
        Place(scope="test", source=Source("test.jobs", {"kind": ""}), allow=("ngay",)),
        bulk=(Bulk("Chọn nơi nhận", "/thu/chon/"), Bulk("Bỏ", "/thu/chon/", danger=True)),
    )
    return answer(listing, "test_tables/page.html")


def public(request: HttpRequest) -> HttpResponseBase:
    return answer(Listing(JOBS, Job.objects.all(), request), "test_tables/page.html")


def choose(request: HttpRequest) -> HttpResponse:
    chosen = read_selection(
        JOBS,
        Job.objects.filter(owner=request.user.pk),
        request.POST,
        today=timezone.localdate(),
    )
    lines = [str(chosen.count), str(chosen.everything), "; ".join(chosen.says)]
    return HttpResponse("\n".join([*lines, *(f"{n}={v}" for n, v in chosen.hidden)]))


TODAY = date(2025, 6, 24)
RUNNING = State.RUNNING
urlpatterns = [
    path("thu/", jobs),
    path("thu/cong-khai/", public),
    path("thu/chon/", choose),
    *product,
]

"""The lists of digitising, declared once: fonds, their files, checks of their scans."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.digitising import permit, queries
from thongsuot.apps.digitising.models import Outcome, Record, Stage
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table

TONES = {
    Stage.COUNTED: "wait",
    Stage.BOXED: "wait",
    Stage.SCANNED: "plain",
    Stage.CHECKED: "plain",
    Stage.ACCEPTED: "even",
}
FONDS = Table(
    code="digitising.fonds",
    title=_("Số hóa theo phông"),
    noun=_("phông"),
    order="folded",
    columns=(
        Column(
            "name",
            _("Phông"),
            order="folded",
            url=lambda f: reverse("digitising:fonds", args=[f.pk]),
            note=lambda f: _("minh họa") if f.demo else "",
        ),
        Column("body", _("Cơ quan"), "body_name"),
        Column("counted", _("Kiểm đếm"), "n_counted", kind=Kind.NUMBER),
        Column("boxed", _("Đóng hộp"), "n_boxed", kind=Kind.NUMBER),
        Column("scanned", _("Quét"), "n_scanned", kind=Kind.NUMBER),
        Column("checked", _("Kiểm tra"), "n_checked", kind=Kind.NUMBER),
        Column("accepted", _("Nghiệm thu"), "n_accepted", kind=Kind.NUMBER),
        Column(
            "state",
            _("Tình trạng"),
            value=lambda f: _("đã đóng phông") if f.closed_at else _("đang số hóa"),
            state=lambda f: "even" if f.closed_at else "wait",
        ),
    ),
    filters=(
        Text("q", _("Tìm phông"), fields=("folded",)),
        Preset("mo", _("Chưa đóng phông"), where=lambda today: Q(closed_at__isnull=True)),
    ),
    empty=Empty(
        _("Chưa có phông nào của bạn"),
        _("Lãnh đạo, tổ trưởng của cơ quan giữ tài liệu mở phông từ danh mục tài liệu lưu trữ."),
    ),
)
RECORDS = Table(
    code="digitising.records",
    title=_("Hồ sơ của phông"),
    noun=_("hồ sơ"),
    order="code",
    columns=(
        Column(
            "code",
            "Mã hồ sơ",  # the titles of a file to import stay Vietnamese
            kind=Kind.CODE,
            order="code",
            url=lambda r: reverse("digitising:record", args=[r.fonds_id, r.pk]),
        ),
        Column("title", "Tiêu đề hồ sơ", order="folded"),
        Column("box", "Hộp số", kind=Kind.CODE, order="box"),
        Column("pages", "Số tờ", kind=Kind.NUMBER, order="pages"),
        Column("year_from", "Năm đầu", value=lambda r: str(r.year_from or ""), default=False),
        Column("year_to", "Năm cuối", value=lambda r: str(r.year_to or ""), default=False),
        Column(
            "stage",
            _("Bước"),
            value=lambda r: r.get_stage_display(),
            state=lambda r: TONES[Stage(r.stage)],
            order="stage",
        ),
        Column("turn", _("Lần quét"), kind=Kind.NUMBER, order="turn", default=False),
        Column("changed_at", _("Đổi lúc"), kind=Kind.MOMENT, order="changed_at", default=False),
    ),
    filters=(
        Text("q", _("Tìm mã, tiêu đề"), fields=("folded",)),
        Choice("buoc", _("Bước"), field="stage", choices=[(str(v), w) for v, w in Stage.choices]),
        Days("doi", _("Đổi lúc"), field="changed_at", moment=True),
        Preset("quet-lai", _("Phải quét lại"), where=lambda today: Q(turn__gt=1, stage__lt=Stage.SCANNED)),
    ),
    empty=Empty(_("Không có hồ sơ nào khớp"), _("Bỏ bớt bộ lọc, hoặc nhập danh sách từ Excel.")),
)  # fmt: skip
CHECKS = Table(
    code="digitising.checks",
    title=_("Bản quét và lần kiểm tra gần nhất"),
    noun=_("bản quét"),
    order="record__code",
    related=("record", "file"),
    columns=(
        Column("code", _("Mã hồ sơ"), "record.code", kind=Kind.CODE, order="record__code"),
        Column("name", _("Tệp"), order="name"),
        Column("size", _("Cỡ (byte)"), "file.size", kind=Kind.NUMBER, order="file__size"),
        Column("sha256", _("Mã băm SHA-256"), "file.sha256", kind=Kind.CODE, default=False),
        Column("read_at", _("Đọc lại lúc"), kind=Kind.MOMENT),
        Column(
            "outcome",
            _("Kết quả"),
            value=lambda s: Outcome(s.last).label if s.last else _("chưa đọc lại"),
            state=lambda s: "wait" if not s.last else "even" if s.last == Outcome.SOUND else "lost",
        ),
    ),
    filters=(
        Choice("ket-qua", _("Kết quả"), field="last", choices=Outcome.choices),
        Preset("chua", _("Chưa đọc lại lần nào"), where=lambda today: Q(last=None)),
        Preset("hong", _("Hỏng hoặc mất"), where=lambda today: Q(last__in=("changed", "missing"))),
    ),
    empty=Empty(_("Chưa có bản quét nào khớp")),
)


@source("digitising.records")
def records(asker: Asker, *, fonds: int) -> tuple[Table, "QuerySet[Record]"]:
    """The files of a fonds that the asker may see."""
    user = User.objects.get(pk=asker.user)
    seen = permit.fonds_in_sight(actor_of(user, asker.on, asker.appointment), fonds)
    return RECORDS, queries.records_of(seen)


def checks_of(fonds: Any) -> "QuerySet[Any]":
    """The scans that count, each with what its last check found and when."""
    found = queries.current_scans(fonds)
    return found.annotate(last=queries.last_of("outcome"), read_at=queries.last_of("at"))

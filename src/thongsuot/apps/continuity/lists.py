"""The lists of the room: copies, servers, drills; declared once."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.continuity import queries
from thongsuot.apps.continuity.models import (
    Copy,
    CopyKind,
    CopyState,
    DrillResult,
    Fitness,
)
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

TONES = {
    CopyState.PLANNED: "plain",
    CopyState.MADE: "wait",
    CopyState.VERIFIED: "even",
    CopyState.DIFFERENT: "lost",
    CopyState.STOPPED: "quiet",
}
FIT_TONES = {Fitness.UNKNOWN: "wait", Fitness.FIT: "even", Fitness.UNFIT: "lost"}
RESULT_TONES = {DrillResult.WHOLE: "even", DrillResult.PARTLY: "wait", DrillResult.FAILED: "lost"}


def rhythm(copy: Copy) -> str:
    """How often a copy is made, in words."""
    if not copy.every_days:
        return str(_("một lần"))
    return str(_("mỗi {days} ngày")).format(days=copy.every_days)


def _late(today: date) -> Q:
    return Q(state__in=queries.OPEN, due_on__lt=today)


COPIES = Table(
    code="continuity.copies",
    title=_("Sổ bản sao dữ liệu"),
    noun=_("bản sao"),
    order="due_on",
    related=("server", "item"),
    columns=(
        Column("system", _("Hệ thống, phần mềm"), order="folded",
               url=lambda c: reverse("continuity:copy", args=[c.pk]),
               note=lambda c: _("minh họa") if c.demo else ""),
        Column("kind", _("Loại"), value=lambda c: c.get_kind_display(), order="kind"),
        Column("owner", _("Cơ quan có dữ liệu"), value=lambda c: c.owner_name),
        Column("receiver", _("Cơ quan nhận"), value=lambda c: c.receiver_name),
        Column("server", _("Máy chủ"), "server.name", default=False),
        Column("item", _("Mục bàn giao"), "item.code", kind=Kind.CODE, default=False),
        Column("due_on", _("Hạn"), kind=Kind.DATE, order="due_on", note=rhythm),
        Column("round", _("Lần thứ"), kind=Kind.NUMBER, default=False),
        Column("verified_on", _("Đúng gần nhất"), kind=Kind.DATE, order="verified_on"),
        Column("state", _("Tình trạng"), value=lambda c: c.get_state_display(),
               state=lambda c: TONES[CopyState(c.state)], order="state"),
    ),
    filters=(
        Text("tim", _("Tìm"), fields=("folded",)),
        Choice("loai", _("Loại"), field="kind", choices=CopyKind.choices),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=CopyState.choices),
        Days("han", _("Hạn"), field="due_on"),
        Preset("tre", _("Quá hạn"), where=_late),
    ),
    empty=Empty(_("Chưa có bản sao nào"), _("Lập kế hoạch sao cho từng phần mềm, cơ sở dữ liệu, thư mục dùng chung.")),
)  # fmt: skip

SERVERS = Table(
    code="continuity.servers",
    title=_("Máy chủ"),
    noun=_("máy chủ"),
    order="folded",
    columns=(
        Column("name", _("Tên"), order="folded", url=lambda s: reverse("continuity:server", args=[s.pk])),
        Column("body", _("Cơ quan"), value=lambda s: s.body_name),
        Column("place", _("Nơi đặt")),
        Column("system", _("Hệ điều hành, cơ sở dữ liệu")),
        Column("cores", _("Nhân"), kind=Kind.NUMBER, order="cores"),
        Column("memory_gb", _("Bộ nhớ (GB)"), kind=Kind.NUMBER, order="memory_gb"),
        Column("disk_gb", _("Ổ đĩa (GB)"), kind=Kind.NUMBER, order="disk_gb"),
        Column("purpose", _("Dùng để giữ"), default=False),
        Column("fit", _("Đánh giá"), value=lambda s: s.get_fit_display(), state=lambda s: FIT_TONES[Fitness(s.fit)], order="fit"),
        Column("fit_reason", _("Vì sao"), default=False),
        Column("fit_on", _("Ngày đánh giá"), kind=Kind.DATE, order="fit_on", default=False),
    ),
    filters=(
        Text("tim", _("Tìm"), fields=("folded",)),
        Choice("danh-gia", _("Đánh giá"), field="fit", choices=Fitness.choices),
    ),
    empty=Empty(_("Chưa có máy chủ nào"), _("Ghi cấu hình từng máy chủ và đánh giá có phù hợp không trước khi sao dữ liệu sang.")),
)  # fmt: skip

DRILLS = Table(
    code="continuity.drills",
    title=_("Diễn tập phục hồi"),
    noun=_("lần diễn tập"),
    order="-on",
    related=("copy",),
    columns=(
        Column("on", _("Ngày"), kind=Kind.DATE, order="on"),
        Column("what", _("Đã phục hồi"), order="folded"),
        Column("body", _("Cơ quan"), value=lambda d: d.body_name),
        Column("copy", _("Từ bản sao"), "copy.system", default=False),
        Column("result", _("Kết quả"), value=lambda d: d.get_result_display(), state=lambda d: RESULT_TONES[DrillResult(d.result)], order="result"),
        Column("minutes", _("Phút"), kind=Kind.NUMBER, order="minutes"),
        Column("compared", _("Đã so với")),
        Column("name", _("Người ghi"), default=False),
    ),
    filters=(
        Text("tim", _("Tìm"), fields=("folded",)),
        Choice("ket-qua", _("Kết quả"), field="result", choices=DrillResult.choices),
        Days("ngay-lam", _("Ngày"), field="on"),
    ),
    empty=Empty(_("Chưa diễn tập lần nào"), _("Bản sao chưa phục hồi thử lần nào thì chưa biết có dùng được không.")),
)  # fmt: skip


def _asking(asker: Asker) -> Actor:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("continuity.copy-missing"))
    return actor_of(user, asker.on, asker.appointment)


@source("continuity.copies")
def copies_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The copies for a long file, for what that person may see on that day."""
    return COPIES, queries.named(queries.visible_copies(_asking(asker)))

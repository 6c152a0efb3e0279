"""The lists of procedures: the catalogue, the shops, the desk log; declared once."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority.queries.fields import field_choices, with_field_name
from thongsuot.apps.procedures import permit
from thongsuot.apps.procedures.models import (
    TONES,
    DossierState,
    Judgement,
    Procedure,
    Shop,
)
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.naming import named
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text, YesNo
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

PROCEDURES = Table(
    code="procedures.catalogue",
    title=_("Danh mục thủ tục hành chính"),
    noun=_("thủ tục"),
    columns=(
        Column("name", _("Thủ tục"), url=lambda p: reverse("procedures:procedure", args=[p.code])),
        Column("code", _("Mã"), kind=Shape.CODE, order="code"),
        Column("field", _("Lĩnh vực"), value=lambda p: p.field_name, order="field"),
        Column("commune", _("Cấp xã"), kind=Shape.YES),
        Column("province", _("Cấp tỉnh"), kind=Shape.YES),
        Column("days", _("Ngày làm việc"), kind=Shape.NUMBER),
        Column("fee", _("Phí, lệ phí"), default=False),
        Column("announced", _("Quyết định công bố"), kind=Shape.CODE,
               value=lambda p: p.announced.number if p.announced else ""),
        Column("boundary_free", _("Không phụ thuộc địa giới"), kind=Shape.YES, default=False),
    ),
    filters=(
        Text("q", _("Tìm theo tên, mã")),
        Choice("linh-vuc", _("Lĩnh vực"), field="field", choices=field_choices),
        YesNo("cap-xa", _("Nhận ở cấp xã"), field="commune"),
        YesNo("cap-tinh", _("Nhận ở cấp tỉnh"), field="province"),
        YesNo("phi-dia-gioi", _("Không phụ thuộc địa giới"), field="boundary_free"),
        Preset("chua", _("Chưa ghi quyết định công bố"), where=lambda today: Q(announced=None)),
    ),
    order="code",
    related=("announced",),
    empty=Empty(_("Danh mục chưa có thủ tục nào"), _("Nhập từ Excel theo bộ thủ tục đã công bố.")),
)  # fmt: skip
SHOPS = Table(
    code="procedures.shops",
    title=_("Bộ phận một cửa"),
    noun=_("nơi"),
    columns=(
        Column("name", _("Nơi tiếp nhận"), url=lambda s: reverse("procedures:shop", args=[s.pk])),
        Column("body", _("Cơ quan"), value=lambda s: s.body_name),
        Column("address", _("Địa chỉ")),
        Column("hours", _("Giờ làm việc")),
        Column("phone", _("Điện thoại"), kind=Shape.CODE, default=False),
        Column("modern", _("Trang thiết bị đồng bộ"), kind=Shape.YES),
        Column("until", _("Thôi từ"), kind=Shape.DATE, default=False),
    ),
    filters=(Text("q", _("Tìm nơi tiếp nhận")), YesNo("dong-bo", _("Trang thiết bị đồng bộ"), field="modern")),
    order="pk",
    empty=Empty(_("Chưa có bộ phận một cửa nào"), _("Lãnh đạo Trung tâm hoặc UBND mở ở đây.")),
)  # fmt: skip
DOSSIERS = Table(
    code="procedures.dossiers",
    title=_("Sổ theo dõi hồ sơ"),
    noun=_("hồ sơ"),
    columns=(
        Column("number", _("Số biên nhận"), kind=Shape.CODE,
               url=lambda d: reverse("procedures:dossier", args=[d.pk]), note=lambda d: d.outside),
        Column("procedure", _("Thủ tục"), value=lambda d: d.procedure.name,
               note=lambda d: d.procedure.code),
        Column("shop", _("Nơi nhận"), value=lambda d: d.shop.name),
        Column("body", _("Nơi giải quyết"), value=lambda d: d.body_name),
        Column("received", _("Ngày nhận"), kind=Shape.DATE, order="received"),
        Column("due_on", _("Hạn trả"), kind=Shape.DATE, order="due_on"),
        Column("finished", _("Ngày trả"), kind=Shape.DATE),
        Column("judged", _("Đúng hạn"), value=lambda d: d.get_judged_display(), default=False),
        Column("state", _("Tình trạng"), value=lambda d: d.get_judged_display() or d.get_state_display(),
               state=lambda d: "lost" if d.judged == Judgement.LATE else TONES[DossierState(d.state)]),
    ),
    filters=(
        Text("q", _("Tìm theo số biên nhận"),
             search=lambda words: Q(number__icontains="-".join(words)) | Q(outside__icontains="-".join(words))),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=DossierState.choices),
        Choice("han", _("Kết quả"), field="judged", choices=Judgement.choices),
        Days("nhan", _("Ngày nhận"), field="received"),
        Days("han-tra", _("Hạn trả"), field="due_on"),
        Preset("qua-han", _("Quá hạn chưa trả"),
               where=lambda today: Q(state=DossierState.OPEN, due_on__lt=today)),
    ),
    order="-received",
    related=("procedure", "shop"),
    empty=Empty(_("Sổ chưa có hồ sơ nào"), _("Nhận hồ sơ ở trang của bộ phận một cửa, hoặc nhập từ Excel.")),
)  # fmt: skip


def catalogue_rows() -> "QuerySet[Any]":
    """The catalogue in force: it is public."""
    return with_field_name(Procedure.objects.filter(live=True))


def shop_rows() -> "QuerySet[Any]":
    """The shops, with the names of their bodies: they are public."""
    return named(Shop.objects.all(), body_name="body")


def dossier_rows(actor: Actor) -> "QuerySet[Any]":
    """The dossiers in sight."""
    return named(permit.visible(actor), body_name="body")


def _asked(asker: Asker) -> Actor:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("procedures.missing"))
    return actor_of(user, asker.on, asker.appointment)


@source("procedures.dossiers")
def dossiers_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The desk log for a long file."""
    return DOSSIERS, dossier_rows(_asked(asker))

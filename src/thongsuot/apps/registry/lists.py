"""The long lists of the registry: all units of a day, all bodies of a day."""

from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.models import (
    Bloc,
    BodyKind,
    BodyVersion,
    Coverage,
    UnitKind,
    UnitLevel,
    UnitVersion,
)
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.filters import Choice, Text
from thongsuot.foundation.tables.table import Empty, Table

UNITS = Table(
    code="registry.units",
    title=_("Danh sách đơn vị hành chính"),
    noun=_("đơn vị"),
    order="code",
    related=("unit", "basis"),
    columns=(
        Column(
            "name",
            _("Tên"),
            "full_name",
            order="folded",
            url=lambda v: reverse("registry:unit", args=[v.unit.key]),
        ),
        Column("code", _("Mã"), kind=Kind.CODE, order="code"),
        Column("kind", _("Loại"), lambda v: str(UnitKind(v.kind).label), order="kind"),
        Column("parent", _("Thuộc"), "parent_name", order="parent_name"),
        Column("since", _("Từ ngày"), kind=Kind.DATE, order="since"),
        Column("until", _("Đến trước ngày"), kind=Kind.DATE, order="until", default=False),
        Column("basis", _("Căn cứ"), "basis.number", default=False),
        Column("clause", _("Điều, khoản"), default=False),
        Column("source", _("Nguồn"), default=False),
    ),
    filters=(
        Text("tim", _("Tìm")),
        Choice("cap", _("Cấp"), field="unit__level", choices=UnitLevel.choices),
        Choice(
            "loai",
            _("Loại"),
            field="kind",
            choices=UnitKind.choices,
        ),
    ),
    empty=Empty(_("Không có đơn vị nào khớp"), _("Bỏ bớt điều kiện, hoặc chọn ngày khác.")),
)

BODIES = Table(
    code="registry.bodies",
    title=_("Danh sách cơ quan, tổ chức"),
    noun=_("cơ quan"),
    order="folded",
    related=("body",),
    columns=(
        Column(
            "name",
            _("Tên"),
            order="folded",
            url=lambda v: reverse("registry:body", args=[v.body_id]),
        ),
        Column("kind", _("Loại"), lambda v: str(BodyKind(v.body.kind).label), order="body__kind"),
        Column("bloc", _("Khối"), lambda v: str(Bloc(v.body.bloc).label), order="body__bloc"),
        Column("unit", _("Địa bàn"), "unit_name", order="unit_name"),
        Column("parent", _("Cấp trên"), "parent_name", order="parent_name"),
        Column("since", _("Từ ngày"), kind=Kind.DATE, order="since"),
        Column("until", _("Đến trước ngày"), kind=Kind.DATE, order="until", default=False),
        Column("authority", _("Căn cứ"), default=False),
    ),
    filters=(
        Text("tim", _("Tìm")),
        Choice("khoi", _("Khối"), field="body__bloc", choices=Bloc.choices),
        Choice("loai", _("Loại"), field="body__kind", choices=BodyKind.choices),
    ),
    empty=Empty(_("Chưa có cơ quan nào"), _("Mở trang của một đơn vị để thành lập cơ quan.")),
)


def units_on(on: date, at: datetime | None = None) -> "QuerySet[Any]":
    """The units in force on a day, each with the name of its parent."""
    above = UnitVersion.objects.on(on, at).filter(unit=OuterRef("parent")).values("name")[:1]
    return UnitVersion.objects.on(on, at).annotate(parent_name=Subquery(above))


def bodies_on(on: date, at: datetime | None = None) -> "QuerySet[Any]":
    """The bodies in force on a day, each with its parent and the first unit it acts in."""
    above = BodyVersion.objects.on(on, at).filter(body=OuterRef("parent")).values("name")[:1]
    covered = Coverage.objects.on(on, at).filter(body=OuterRef(OuterRef("body"))).values("unit")
    place = UnitVersion.objects.known(at).filter(unit__in=covered).order_by("-since", "unit")
    return BodyVersion.objects.on(on, at).annotate(
        parent_name=Subquery(above), unit_name=Subquery(place.values("name")[:1])
    )

"""The lists of settling: the register of seals and the bundles, declared once."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import permit as handover
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.apps.settling import permit
from thongsuot.apps.settling.models import Bundle, Seal
from thongsuot.apps.settling.models.choices import BundleState, SealState, SealType, Sort
from thongsuot.apps.settling.queries.seals import named, named_bodies
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.settling.seals import SETTLED

SEAL_TONES = {
    SealState.IN_USE: "plain",
    SealState.REPORTED: "wait",
    SealState.RETURNED: "wait",
    SealState.CERTIFIED: "even",
    SealState.LOST: "lost",
    SealState.ANNOUNCED: "quiet",
}
BUNDLE_TONES = {
    BundleState.DRAFT: "wait",
    BundleState.CONFIRMED: "even",
    BundleState.DISSOLVED: "quiet",
}
SEALS = Table(
    code="settling.seals",
    title=_("Sổ con dấu"),
    noun=_("con dấu"),
    columns=(
        Column("code", _("Mã"), kind=Shape.CODE, order="code",
               url=lambda s: reverse("settling:seal", args=[s.transition_id, s.pk])),
        Column("title", _("Con dấu"), note=lambda s: s.certificate_no),
        Column("seal_type", _("Loại"), value=lambda s: s.get_seal_type_display(), default=False),
        Column("body", _("Cơ quan"), value=lambda s: s.body_name),
        Column("side", _("Cũ, mới"), value=lambda s: _("cũ") if s.old else _("mới cấp"), default=False),
        Column("keeper", _("Người giữ"), default=False),
        Column("receiver", _("Cơ quan công an"), value=lambda s: s.receiver_name, default=False),
        Column("paper", _("Giấy tờ"), kind=Shape.CODE),
        Column("since", _("Từ ngày"), kind=Shape.DATE),
        Column("state", _("Tình trạng"), value=lambda s: s.get_state_display(),
               state=lambda s: SEAL_TONES[SealState(s.state)]),
    ),
    filters=(
        Text("q", _("Tìm theo mã, tên")),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=SealState.choices),
        Choice("loai", _("Loại dấu"), field="seal_type", choices=SealType.choices),
        Preset("con", _("Chưa thu hồi xong"),
               where=lambda today: Q(old=True) & ~Q(state__in=sorted(SETTLED))),
        Preset("moi", _("Mới cấp"), where=lambda today: Q(old=False)),
    ),
    order="code",
    empty=Empty(
        _("Chưa có con dấu nào trong sổ"),
        _("Lập sổ từ danh mục: mọi mục thuộc loại con dấu được đưa vào."),
    ),
)  # fmt: skip
BUNDLES = Table(
    code="settling.bundles",
    title=_("Gói bàn giao"),
    noun=_("gói"),
    columns=(
        Column("title", _("Gói"), order="folded",
               url=lambda b: reverse("settling:bundle", args=[b.transition_id, b.pk]),
               note=lambda b: b.lead.code),
        Column("sort", _("Loại"), value=lambda b: b.get_sort_display()),
        Column("giver", _("Cơ quan giao"), value=lambda b: b.giver_name),
        Column("receiver", _("Nơi nhận"), value=lambda b: b.receiver_name),
        Column("parts", _("Số phần"), value=lambda b: b.count, kind=Shape.NUMBER),
        Column("excepted", _("Ngoại lệ"), value=lambda b: b.excepted, kind=Shape.NUMBER),
        Column("state", _("Tình trạng"), value=lambda b: b.get_state_display(),
               state=lambda b: BUNDLE_TONES[BundleState(b.state)]),
    ),
    filters=(
        Text("q", _("Tìm theo tên, mã")),
        Choice("loai", _("Loại"), field="sort", choices=Sort.choices),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=BundleState.choices),
    ),
    order="folded",
    related=("lead",),
    empty=Empty(
        _("Chưa có gói nào"),
        _("Chọn một đơn vị sự nghiệp, ban quản lý hoặc đề án rồi ghép người, tiền, hồ sơ, hợp đồng."),
    ),
)  # fmt: skip


def seals_table(rows: "QuerySet[Seal]") -> Table:
    """The register with the bodies that are in it to choose from."""
    bodies = [
        (str(pk), name)
        for pk, name in named_bodies(rows.order_by().values_list("body", flat=True).distinct())
    ]
    return SEALS.varied(
        filters=(*SEALS.filters, Choice("co-quan", _("Cơ quan"), field="body", choices=bodies))
    )


def seal_rows(actor: Actor, transition: Transition) -> "QuerySet[Seal]":
    """The register as far as the person may see it, with names."""
    return named(permit.visible_seals(actor, transition))


def bundle_rows(actor: Actor, transition: Transition) -> "QuerySet[Bundle]":
    """The bundles that the person may see, with names and counts."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return permit.visible_bundles(actor, transition).annotate(
        giver_name=Subquery(newest.filter(body=OuterRef("lead__giver")).values("name")[:1]),
        receiver_name=Subquery(newest.filter(body=OuterRef("lead__receiver")).values("name")[:1]),
        count=Count("parts", filter=Q(parts__live=True), distinct=True),
        excepted=Count("exceptions", distinct=True),
    )


def _asked(asker: Asker, transition: int) -> tuple[Actor, Transition]:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    actor = actor_of(user, asker.on, asker.appointment)
    return actor, handover.transition_in_sight(actor, transition)


@source("settling.seals")
def seals_source(asker: Asker, *, transition: int) -> tuple[Table, "QuerySet[Any]"]:
    """The register for a long file, for what that person may see on that day."""
    rows = seal_rows(*_asked(asker, transition))
    return seals_table(rows), rows


@source("settling.bundles")
def bundles_source(asker: Asker, *, transition: int) -> tuple[Table, "QuerySet[Any]"]:
    """The bundles for a long file, for what that person may see on that day."""
    return BUNDLES, bundle_rows(*_asked(asker, transition))

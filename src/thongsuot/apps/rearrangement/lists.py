"""The lists of the room: schemes, units as they are, fates of an option, steps; declared once."""

from typing import Any

from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.rearrangement import permit
from thongsuot.apps.rearrangement.models import (
    CarriedStep,
    FateLine,
    FateWord,
    FoundedUnit,
    Funding,
    Option,
    PresentUnit,
    Scheme,
    SchemeKind,
    SchemeState,
    StepWord,
    UnitSort,
)
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.naming import named
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

TONES = {
    SchemeState.DRAFT: "quiet",
    SchemeState.SUBMITTED: "plain",
    SchemeState.CONSULTED: "wait",
    SchemeState.APPROVED: "even",
    SchemeState.CARRYING: "plain",
    SchemeState.DONE: "even",
    SchemeState.DROPPED: "quiet",
}
FATE_TONES = {
    FateWord.KEEP: "quiet",
    FateWord.RENAME: "plain",
    FateWord.MOVE: "plain",
    FateWord.CONVERT: "plain",
    FateWord.MERGE: "wait",
    FateWord.DISSOLVE: "lost",
}

SCHEMES = Table(
    code="rearrangement.schemes",
    title=_("Phương án sắp xếp"),
    noun=_("phương án sắp xếp"),
    columns=(
        Column("title", _("Tên"), order="folded", url=lambda s: reverse("rearrangement:one", args=[s.pk]),
               note=lambda s: s.basis),
        Column("kind", _("Sắp xếp"), value=lambda s: s.get_kind_display()),
        Column("keeper", _("Chủ trì"), value=lambda s: s.keeper_name),
        Column("approver", _("Phê duyệt"), value=lambda s: s.approver_name, default=False),
        Column("sent", _("Cơ quan đã gửi"), value=lambda s: f"{s.sent}/{s.owner_count}"),
        Column("due_on", _("Hạn gửi hiện trạng"), kind=Shape.DATE, order="due_on", default=False),
        Column("decision", _("Quyết định"), value=lambda s: s.decision_number),
        Column("late", _("Bước quá hạn"), kind=Shape.NUMBER, value=lambda s: s.late),
        Column("state", _("Bước"), value=lambda s: s.get_state_display(), state=lambda s: TONES[SchemeState(s.state)],
               order="state"),
    ),
    filters=(
        Text("q", _("Tìm theo tên, căn cứ")),
        Choice("buoc", _("Bước"), field="state", choices=SchemeState.choices),
        Choice("loai", _("Sắp xếp"), field="kind", choices=SchemeKind.choices),
        Days("han", _("Hạn gửi hiện trạng"), field="due_on"),
    ),
    order="-pk",
    empty=Empty(_("Chưa có phương án sắp xếp nào"), _("Cơ quan chủ trì lập phương án, các sở, ngành nhập đơn vị của mình.")),
)  # fmt: skip
UNITS = Table(
    code="rearrangement.units",
    title=_("Hiện trạng đơn vị"),
    noun=_("đơn vị"),
    columns=(
        Column("code", _("Mã"), kind=Shape.CODE, order="code"),
        Column("name", _("Tên đơn vị"), order="folded",
               url=lambda u: reverse("rearrangement:unit", args=[u.scheme_id, u.pk]), note=lambda u: u.note),
        Column("owner", _("Cơ quan"), value=lambda u: u.owner_name),
        Column("sort", _("Loại"), value=lambda u: u.get_sort_display(), order="sort"),
        Column("people", _("Số người"), kind=Shape.NUMBER, order="people"),
        Column("leaders", _("Số lãnh đạo"), kind=Shape.NUMBER, order="leaders"),
        Column("funding", _("Tự chủ"), value=lambda u: u.get_funding_display(), order="funding"),
        Column("basis", _("Căn cứ thành lập")),
        Column("note", _("Ghi chú"), default=False),
    ),
    filters=(
        Text("q", _("Tìm theo tên, mã")),
        Choice("loai", _("Loại"), field="sort", choices=UnitSort.choices),
        Choice("tu-chu", _("Tự chủ"), field="funding", choices=Funding.choices),
    ),
    order="code",
    empty=Empty(_("Chưa có đơn vị nào"), _("Lấy từ sổ đăng ký cơ quan, nhập từ Excel, hoặc thêm từng đơn vị.")),
)  # fmt: skip


def _after(line: Any) -> str:
    """What comes of a unit, in one phrase."""
    fate = FateWord(line.fate)
    if fate is FateWord.MERGE:
        return str(_("vào %(to)s") % {"to": line.into_name or line.into or "…"})
    if fate is FateWord.DISSOLVE:
        to = line.people_name or line.people_to or line.tasks_to or "…"
        return str(_("nhiệm vụ, tài sản, người về %(to)s") % {"to": to})
    if fate is FateWord.MOVE:
        return str(_("về %(to)s") % {"to": line.new_owner_name or "…"})
    if fate is FateWord.CONVERT:
        return str(line.get_funding_display())
    return str(line.name)


FATES = Table(
    code="rearrangement.fates",
    title=_("Hướng sắp xếp từng đơn vị"),
    noun=_("đơn vị"),
    columns=(
        Column("code", _("Mã"), value=lambda f: f.present.code, kind=Shape.CODE, order="present__code"),
        Column("name", _("Đơn vị hiện nay"), value=lambda f: f.present.name, order="present__folded",
               url=lambda f: reverse("rearrangement:fate", args=[f.present.scheme_id, f.option_id, f.present_id])),
        Column("owner", _("Cơ quan"), value=lambda f: f.owner_name),
        Column("fate", _("Hướng sắp xếp"), value=lambda f: f.get_fate_display(), order="fate",
               state=lambda f: FATE_TONES[FateWord(f.fate)]),
        Column("after", _("Sau sắp xếp"), value=_after),
        Column("people", _("Số người"), value=lambda f: f.present.people, kind=Shape.NUMBER, order="present__people"),
        Column("released", _("Nghỉ, tinh giản"), kind=Shape.NUMBER, order="released"),
        Column("leaders", _("Lãnh đạo sau"), kind=Shape.NUMBER,
               value=lambda f: f.present.leaders if f.leaders is None and f.fate not in ("merge", "dissolve") else f.leaders or 0),
        Column("note", _("Ghi chú"), default=False),
    ),
    filters=(
        Choice("huong", _("Hướng sắp xếp"), field="fate", choices=FateWord.choices),
    ),
    order="present__code",
    empty=Empty(_("Chưa đơn vị nào có hướng sắp xếp"), _("Chọn hướng cho từng đơn vị ở danh sách còn thiếu bên trên.")),
)  # fmt: skip
STEPS = Table(
    code="rearrangement.steps",
    title=_("Tiến độ thực hiện từng đơn vị"),
    noun=_("bước"),
    columns=(
        Column("unit", _("Đơn vị"), value=lambda s: s.present.name, order="present__folded",
               url=lambda s: reverse("rearrangement:carry", args=[s.scheme_id, s.present_id, s.step])),
        Column("owner", _("Cơ quan"), value=lambda s: s.owner_name),
        Column("step", _("Bước"), value=lambda s: s.get_step_display(), order="step"),
        Column("due_on", _("Hạn"), kind=Shape.DATE, order="due_on"),
        Column("done_on", _("Xong ngày"), kind=Shape.DATE, order="done_on"),
        Column("paper", _("Văn bản")),
        Column("by_name", _("Người ghi"), default=False),
        Column("note", _("Ghi chú"), default=False),
    ),
    filters=(
        Choice("buoc", _("Bước"), field="step", choices=StepWord.choices),
        Preset("con", _("Chưa xong"), where=lambda today: Q(done_on__isnull=True)),
        Preset("tre", _("Quá hạn"), where=lambda today: Q(done_on__isnull=True, due_on__lt=today)),
    ),
    order="due_on",
    empty=Empty(_("Chưa có bước nào"), _("Các bước có sau khi phương án được phê duyệt và bắt đầu thực hiện.")),
)  # fmt: skip


def schemes_for(actor: Actor, today: Any) -> "QuerySet[Any]":
    """The schemes in sight with the names of their bodies, who has sent in, and what is late."""
    late = CarriedStep.objects.filter(
        scheme=OuterRef("pk"), done_on__isnull=True, due_on__lt=today
    ).order_by()
    counted = late.values("scheme").annotate(n=Count("pk")).values("n")
    rows = named(permit.visible(actor), keeper_name="keeper", approver_name="approver")
    found: QuerySet[Any] = rows.annotate(
        owner_count=Count("owners", distinct=True),
        sent=Count("owners", filter=Q(owners__sent_at__isnull=False), distinct=True),
        late=Coalesce(Subquery(counted), Value(0)),
    )
    return found


def units_for(actor: Actor, scheme: Scheme, owner: int = 0) -> "QuerySet[Any]":
    """The units of a scheme in sight, or those of one department."""
    rows = permit.visible_units(actor, scheme)
    return named(rows.filter(owner=owner) if owner else rows, owner_name="owner")


def fates_for(actor: Actor, scheme: Scheme, option: Option, version: int) -> "QuerySet[Any]":
    """The fates of one version of an option, for the units in sight."""
    rows = FateLine.objects.filter(
        option=option, version=version, present__in=permit.visible_units(actor, scheme)
    ).select_related("present")
    units = PresentUnit.objects.filter(scheme=scheme)
    fresh = FoundedUnit.objects.filter(option=option, version=version)

    def called(column: str) -> Coalesce:
        there = units.filter(code=OuterRef(column)).values("name")[:1]
        new = fresh.filter(code=OuterRef(column)).values("name")[:1]
        return Coalesce(Subquery(new), Subquery(there), Value(""), output_field=CharField())

    owned: QuerySet[Any] = named(rows, owner_name="present__owner", new_owner_name="owner")
    found: QuerySet[Any] = owned.annotate(into_name=called("into"), people_name=called("people_to"))
    return found


def steps_for(actor: Actor, scheme: Scheme) -> "QuerySet[Any]":
    """The steps of a scheme in sight."""
    rows = CarriedStep.objects.filter(
        scheme=scheme, present__in=permit.visible_units(actor, scheme)
    ).select_related("present")
    found: QuerySet[Any] = named(rows, owner_name="present__owner")
    return found


def _asked(asker: Asker) -> Actor:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("rearrangement.missing"))
    return actor_of(user, asker.on, asker.appointment)


@source("rearrangement.schemes")
def schemes_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The list of schemes for a long file."""
    return SCHEMES, schemes_for(_asked(asker), asker.on)


@source("rearrangement.units")
def units_source(asker: Asker, scheme: int, owner: int = 0) -> tuple[Table, "QuerySet[Any]"]:
    """The units of a scheme for a long file."""
    actor = _asked(asker)
    return UNITS, units_for(actor, permit.in_sight(actor, scheme), owner)


@source("rearrangement.fates")
def fates_source(
    asker: Asker, scheme: int, option: int, version: int
) -> tuple[Table, "QuerySet[Any]"]:
    """The fates of an option for a long file."""
    actor = _asked(asker)
    found = permit.in_sight(actor, scheme)
    return FATES, fates_for(actor, found, permit.option_in_sight(actor, found, option), version)


@source("rearrangement.steps")
def steps_source(asker: Asker, scheme: int) -> tuple[Table, "QuerySet[Any]"]:
    """The steps of a scheme for a long file."""
    actor = _asked(asker)
    return STEPS, steps_for(actor, permit.in_sight(actor, scheme))

"""The lists of the room: rules, texts, delegations, declared once."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority import permit
from thongsuot.apps.authority.models import Field, Rule, TextDays
from thongsuot.apps.authority.models.choices import (
    DelegationState,
    Reading,
    RuleKind,
    Status,
    TextKind,
    Tier,
    Verdict,
)
from thongsuot.apps.authority.words import office_of
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.authority.values import CHECKERS
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

READING_TONES = {Reading.READ: "even", Reading.PART: "plain", Reading.UNREAD: "wait"}
STATUS_TONES = {Status.DRAFT: "wait", Status.PUBLISHED: "even", Status.WITHDRAWN: "quiet"}
DELEGATION_TONES = {
    DelegationState.PROPOSED: "wait",
    DelegationState.SIGNED: "even",
    DelegationState.REVOKED: "quiet",
    DelegationState.REFUSED: "quiet",
}


def _fields() -> list[tuple[str, str]]:
    return list(Field.objects.order_by("group__number", "name").values_list("code", "name"))


def _checked(rule: Any) -> str:
    return _("%(n)s/%(of)s người") % {"n": rule.same, "of": CHECKERS}


def _unsure(rule: Any) -> bool:
    """Whether it counts although nobody, or only one, compared it with its text."""
    return bool(rule.status == Status.PUBLISHED and rule.same < CHECKERS)


def _standing(rule: Any) -> str:
    return str(_("cần xác nhận")) if _unsure(rule) else str(rule.get_status_display())


RULES = Table(
    code="authority.rules",
    title=_("Sổ quy định thẩm quyền"),
    noun=_("quy định"),
    columns=(
        Column("matter", _("Việc"), value=lambda r: r.matter.name, order="matter__folded",
               url=lambda r: reverse("authority:rule", args=[r.code])),
        Column("code", _("Mã"), kind=Shape.CODE, order="code"),
        Column("field", _("Lĩnh vực"), value=lambda r: r.matter.field.name, order="matter__field__name",
               default=False),
        Column("kind", _("Hình thức"), value=lambda r: r.get_kind_display(), default=False),
        Column("from", _("Trước đây"), value=lambda r: office_of(r, "from") or "–", default=False),
        Column("to", _("Giao cho"), value=lambda r: office_of(r, "to")),
        Column("text", _("Căn cứ"), value=lambda r: r.text.number, order="text__number",
               note=lambda r: " ".join(p for p in (
                   _("Điều %(n)s") % {"n": r.article} if r.article else "",
                   _("khoản %(n)s") % {"n": r.clause} if r.clause else "") if p)),
        Column("since", _("Từ ngày"), kind=Shape.DATE, order="since"),
        Column("until", _("Đến trước ngày"), kind=Shape.DATE, value=lambda r: r.until or r.text_until),
        Column("reading", _("Đã đọc"), value=lambda r: r.get_reading_display(),
               state=lambda r: READING_TONES[Reading(r.reading)], default=False),
        Column("checks", _("Đối chiếu"), value=_checked,
               state=lambda r: "even" if r.same >= CHECKERS else "wait"),
        Column("status", _("Tình trạng"), value=_standing,
               state=lambda r: "wait" if _unsure(r) else STATUS_TONES[Status(r.status)],
               note=lambda r: _("có dự thảo bản mới") if r.has_draft else ""),
    ),
    filters=(
        Text("q", _("Tìm việc, mã"), fields=("matter__folded", "code")),
        Choice("linh-vuc", _("Lĩnh vực"), field="matter__field__code", choices=_fields),
        Choice("cap", _("Giao cho cấp"), field="to_tier", choices=Tier.choices),
        Choice("hinh-thuc", _("Hình thức"), field="kind", choices=RuleKind.choices),
        Choice("tinh-trang", _("Tình trạng"), field="status", choices=Status.choices),
        Choice("da-doc", _("Đã đọc"), field="reading", choices=Reading.choices),
        Preset("cho", _("Chờ đối chiếu"),
               where=lambda today: (Q(same__lt=CHECKERS) & ~Q(status=Status.WITHDRAWN))
               | Q(has_draft=True)),
    ),
    order="code",
    related=("matter__field", "text__days"),
    empty=Empty(_("Chưa có quy định nào khớp"), _("Bỏ bớt điều kiện, hoặc nhập quy định từ Excel.")),
)  # fmt: skip

TEXTS = Table(
    code="authority.texts",
    title=_("Sổ văn bản"),
    noun=_("văn bản"),
    columns=(
        Column("number", _("Số, ký hiệu"), value=lambda d: d.text.number, order="text__number",
               url=lambda d: reverse("authority:text", args=[d.text.key])),
        Column("title", _("Trích yếu"), value=lambda d: d.text.title),
        Column("kind", _("Loại"), value=lambda d: d.get_kind_display()),
        Column("field", _("Lĩnh vực"), value=lambda d: d.field.name if d.field else "–"),
        Column("since", _("Hiệu lực từ"), kind=Shape.DATE, order="since"),
        Column("until", _("Đến trước ngày"), kind=Shape.DATE, order="until"),
        Column("rules", _("Quy định"), value=lambda d: d.count, kind=Shape.NUMBER),
        Column("reading", _("Đã đọc"), value=lambda d: d.get_reading_display(),
               state=lambda d: READING_TONES[Reading(d.reading)]),
    ),
    filters=(
        Text("q", _("Tìm số, tên"), fields=("text__folded",)),
        Choice("loai", _("Loại"), field="kind", choices=TextKind.choices),
        Choice("linh-vuc", _("Lĩnh vực"), field="field__code", choices=_fields),
        Choice("da-doc", _("Đã đọc"), field="reading", choices=Reading.choices),
        Preset("bo-28", _("Bộ 28 nghị định"), where=lambda today: Q(of_set=True)),
        Preset("con-han", _("Còn hiệu lực"),
               where=lambda today: Q(until__isnull=True) | Q(until__gt=today)),
    ),
    order="text__number",
    related=("text", "field"),
    empty=Empty(_("Chưa có văn bản nào khớp"), _("Bỏ bớt điều kiện.")),
)  # fmt: skip

DELEGATIONS = Table(
    code="authority.delegations",
    title=_("Sổ ủy quyền"),
    noun=_("văn bản ủy quyền"),
    columns=(
        Column("number", _("Số"), order="number", kind=Shape.CODE,
               url=lambda d: reverse("authority:delegation", args=[d.pk])),
        Column("giver", _("Người ủy quyền"), value=lambda d: d.giver.person.full_name,
               note=lambda d: f"{d.giver_post.title}, {d.giver_name}"),
        Column("receiver", _("Nhận ủy quyền"),
               value=lambda d: d.person.full_name if d.person else d.post.title,
               note=lambda d: f"{d.post.title}, {d.receiver_name}" if d.person else d.receiver_name),
        Column("since", _("Từ ngày"), kind=Shape.DATE, order="since"),
        Column("until", _("Đến trước ngày"), kind=Shape.DATE, order="until"),
        Column("most", _("Đến số tiền"), kind=Shape.MONEY, default=False),
        Column("absence", _("Khi vắng mặt"), kind=Shape.YES, default=False),
        Column("state", _("Tình trạng"), value=lambda d: d.get_state_display(),
               state=lambda d: DELEGATION_TONES[DelegationState(d.state)]),
    ),
    filters=(
        Text("q", _("Tìm số, tên"), fields=("number", "person__folded", "giver__person__folded")),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=DelegationState.choices),
        Days("den", _("Hết hạn"), field="until"),
        Preset("con", _("Đang có hiệu lực"), where=lambda today: Q(
            state=DelegationState.SIGNED, since__lte=today, until__gt=today)),
        Preset("cho-ky", _("Chờ ký"), where=lambda today: Q(state=DelegationState.PROPOSED)),
    ),
    order="-pk",
    related=("giver__person", "giver_post", "post", "person"),
    empty=Empty(_("Chưa có văn bản ủy quyền nào"),
                _("Người ủy quyền ký ở đây; hết hạn hoặc đổi chức vụ thì văn bản tự dừng.")),
)  # fmt: skip


def rule_rows() -> "QuerySet[Any]":
    """Every live rule with how many people found it to be as its text says."""
    days = TextDays.objects.filter(text=OuterRef("text")).values("until")[:1]
    return Rule.objects.filter(live=True).annotate(
        same=Count("checks", filter=Q(checks__verdict=Verdict.SAME), distinct=True),
        text_until=Subquery(days),
        has_draft=Exists(Rule.objects.filter(code=OuterRef("code"), waiting=True)),
    )


def text_rows() -> "QuerySet[Any]":
    """Every text of the register with how many rules rest on it."""
    counted = (
        Rule.objects.filter(live=True, text=OuterRef("text"))
        .order_by()
        .values("text")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return TextDays.objects.annotate(count=Subquery(counted))


def delegation_rows(actor: Actor) -> "QuerySet[Any]":
    """The delegations that a person may see, with the names of both bodies."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return permit.visible_delegations(actor).annotate(
        giver_name=Subquery(newest.filter(body=OuterRef("giver_body")).values("name")[:1]),
        receiver_name=Subquery(newest.filter(body=OuterRef("body")).values("name")[:1]),
    )


@source("authority.rules")
def rules_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The register of rules for a long file; it is public."""
    return RULES, rule_rows()


@source("authority.delegations")
def delegations_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The delegations for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("authority.delegation-missing"))
    return DELEGATIONS, delegation_rows(actor_of(user, asker.on, asker.appointment))

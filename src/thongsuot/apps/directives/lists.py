"""The lists of documents, duties, plans and sessions."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.guard import WORDS
from thongsuot.apps.directives.models import (
    TO_DO,
    Attendance,
    Document,
    DocumentKind,
    Duty,
    DutyState,
    EveryWord,
    Lane,
    Meeting,
    Milestone,
    Plan,
    PlanKind,
    Question,
)
from thongsuot.apps.directives.naming import with_names
from thongsuot.apps.directives.queries import late_on, silent_on, standing_of
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.foundation.words.search import finder
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import Standing
from thongsuot.rules.kernel.problem import Problem

STANDINGS = {
    Standing.DUE: _("chưa đến hạn"),
    Standing.GRACE: _("vừa quá hạn"),
    Standing.LATE: _("quá hạn, đang làm"),
    Standing.SILENT: _("quá hạn, im lặng"),
    Standing.REPORTED: _("báo đúng hạn"),
    Standing.NOTHING: _("không phát sinh"),
    Standing.RECEIVED_LATE: _("báo trễ hạn"),
}
STANDING_TONES = {
    Standing.DUE: "plain",
    Standing.GRACE: "wait",
    Standing.LATE: "wait",
    Standing.SILENT: "lost",
    Standing.REPORTED: "even",
    Standing.NOTHING: "even",
    Standing.RECEIVED_LATE: "wait",
}
TONES = {
    DutyState.DRAFT: "quiet",
    DutyState.ISSUED: "plain",
    DutyState.ACCEPTED: "plain",
    DutyState.RETURNED: "lost",
    DutyState.IN_PROGRESS: "plain",
    DutyState.REPORTED: "wait",
    DutyState.COMPLETED: "even",
    DutyState.RECALLED: "quiet",
    DutyState.DROPPED: "quiet",
}
LANE_TONES = {Lane.NOW: "lost", Lane.PRIORITY: "wait", Lane.NORMAL: "quiet"}


def stands(duty: Any) -> str:
    """How a duty stands now, in words; empty for one that is not to be done."""
    found = standing_of(duty, clock.now())
    return str(STANDINGS[found]) if found else ""


def stands_tone(duty: Any) -> str:
    """The colour of how a duty stands."""
    found = standing_of(duty, clock.now())
    return STANDING_TONES[found] if found else "quiet"


DUTIES = Table(
    code="directives.duties",
    title=_("Nhiệm vụ"),
    noun=_("nhiệm vụ"),
    order="due_on",
    related=("person", "document"),
    columns=(
        Column("task", _("Nhiệm vụ"), order="folded", url=lambda d: reverse("directives:duty", args=[d.pk])),
        Column("code", _("Mã"), kind=Kind.CODE),
        Column("lead", _("Chủ trì"), value=lambda d: d.lead_name or d.lead_words),
        Column("person", _("Người phụ trách"), value=lambda d: d.person.full_name if d.person else ""),
        Column("due_on", _("Hạn"), kind=Kind.DATE, order="due_on"),
        Column("standing", _("Tình hình"), value=stands, state=stands_tone),
        Column("state", _("Trạng thái"), value=lambda d: d.get_state_display(), state=lambda d: TONES[DutyState(d.state)], order="state"),
        Column("percent", _("Tiến độ, %"), kind=Kind.NUMBER, default=False),
        Column("lane", _("Ưu tiên"), value=lambda d: d.get_lane_display(), state=lambda d: LANE_TONES[Lane(d.lane)], order="lane"),
        Column("assigner", _("Nơi giao"), value=lambda d: d.assigner_name),
        Column("manner", _("Cách giao"), value=lambda d: d.get_manner_display() if d.state != DutyState.DRAFT else "", default=False),
        Column("every", _("Định kỳ"), value=lambda d: d.get_every_display(), default=False),
        Column("product", _("Sản phẩm"), default=False),
        Column("place_words", _("Địa bàn"), default=False),
        Column("document", _("Văn bản"), value=lambda d: (d.document.number or d.document.title) if d.document else "", default=False),
        Column("first_due_on", _("Hạn đầu"), kind=Kind.DATE, default=False),
    ),
    filters=(
        Text("tim", _("Tìm"), search=finder(WORDS)),
        Choice("trang-thai", _("Trạng thái"), field="state", choices=DutyState.choices),
        Choice("uu-tien", _("Ưu tiên"), field="lane", choices=Lane.choices),
        Days("han", _("Hạn"), field="due_on"),
        Choice("dinh-ky", _("Định kỳ"), field="every", choices=EveryWord.choices),
        Preset("lam", _("Đang phải làm"), where=lambda _today: TO_DO),
        Preset("tre", _("Quá hạn"), where=late_on),
        Preset("im", _("Im lặng"), where=silent_on),
        Preset("nghiem-thu", _("Chờ nghiệm thu"), where=lambda _today: Q(state=DutyState.REPORTED)),
        Preset("gia-han", _("Xin gia hạn"), where=lambda _today: Q(asked_on__isnull=False)),
        Preset("du-thao", _("Dự thảo"), where=lambda _today: Q(state=DutyState.DRAFT)),
    ),
    empty=Empty(
        _("Chưa có nhiệm vụ nào"),
        _("Vào sổ một văn bản rồi lập dự thảo từ từng câu giao việc, hoặc lập trực tiếp một nhiệm vụ."),
    ),
)  # fmt: skip

DOCUMENTS = Table(
    code="directives.documents",
    title=_("Văn bản chỉ đạo"),
    noun=_("văn bản"),
    order="-issued_on",
    columns=(
        Column("title", _("Trích yếu"), order="folded", url=lambda d: reverse("directives:document", args=[d.pk])),
        Column("number", _("Số, ký hiệu"), kind=Kind.CODE),
        Column("kind", _("Loại"), value=lambda d: d.get_kind_display(), order="kind"),
        Column("issued_on", _("Ngày"), kind=Kind.DATE, order="issued_on"),
        Column("issuer", _("Cơ quan ban hành"), value=lambda d: d.issuer_name),
        Column("signer", _("Người ký"), default=False),
        Column("duties", _("Nhiệm vụ"), value=lambda d: d.duty_count, kind=Kind.NUMBER),
    ),
    filters=(
        Text("tim", _("Tìm trong trích yếu và toàn văn"), fields=("folded", "folded_text")),
        Choice("loai", _("Loại"), field="kind", choices=DocumentKind.choices),
        Days("ngay-ban-hanh", _("Ngày ban hành"), field="issued_on"),
        Preset("chua", _("Chưa lập nhiệm vụ"), where=lambda _today: Q(duties__isnull=True)),
    ),
    empty=Empty(_("Chưa có văn bản nào"), _("Vào sổ kết luận, thông báo, kế hoạch rồi lập nhiệm vụ từ toàn văn.")),
)  # fmt: skip

PLANS = Table(
    code="directives.plans",
    title=_("Chương trình, đề án, kế hoạch"),
    noun=_("kế hoạch"),
    order="folded",
    columns=(
        Column("title", _("Tên"), order="folded", url=lambda p: reverse("directives:plan", args=[p.pk])),
        Column("kind", _("Loại"), value=lambda p: p.get_kind_display(), order="kind"),
        Column("owner", _("Cơ quan chủ trì"), value=lambda p: p.owner_name),
        Column("day", _("Ngày đích"), kind=Kind.DATE, order="day"),
        Column("year", _("Năm"), value=lambda p: str(p.year or ""), order="year", default=False),
        Column("theme", _("Chủ đề năm"), default=False),
        Column("done", _("Mốc xong"), value=lambda p: f"{p.done}/{p.every}"),
        Column("late", _("Mốc quá hạn"), kind=Kind.NUMBER, value=lambda p: p.late),
        Column("version", _("Lần điều chỉnh"), kind=Kind.NUMBER, value=lambda p: p.version - 1),
    ),
    filters=(
        Text("tim", _("Tìm"), fields=("folded",)),
        Choice("loai", _("Loại"), field="kind", choices=PlanKind.choices),
        Preset("tre", _("Có mốc quá hạn"), where=lambda _today: Q(late__gt=0)),
    ),
    empty=Empty(_("Chưa có kế hoạch nào"), _("Lập từ mẫu, lùi ngày từ ngày đích: đại hội, bầu cử, sơ kết.")),
)  # fmt: skip

MEETINGS = Table(
    code="directives.meetings",
    title=_("Buổi làm việc"),
    noun=_("buổi"),
    order="-on",
    columns=(
        Column("title", _("Nội dung"), order="folded", url=lambda m: reverse("directives:meeting", args=[m.pk])),
        Column("on", _("Ngày"), kind=Kind.DATE, order="on"),
        Column("head", _("Chủ trì")),
        Column("host", _("Cơ quan tổ chức"), value=lambda m: m.host_name),
        Column("called", _("Được mời"), kind=Kind.NUMBER, value=lambda m: m.called),
        Column("came", _("Có mặt"), kind=Kind.NUMBER, value=lambda m: m.came),
        Column("owed", _("Còn nợ trả lời"), kind=Kind.NUMBER, value=lambda m: m.owed),
    ),
    filters=(
        Text("tim", _("Tìm"), fields=("folded",)),
        Days("ngay-hop", _("Ngày"), field="on"),
        Preset("no", _("Còn nợ trả lời"), where=lambda _today: Q(owed__gt=0)),
    ),
    empty=Empty(_("Chưa ghi buổi làm việc nào"), _("Ghi thành phần, báo cáo đã nghe, câu hỏi và kết luận.")),
)  # fmt: skip


def named_documents(rows: "QuerySet[Document]") -> "QuerySet[Any]":
    """Documents with issuer and number of duties beside them."""
    from_versions = _newest("issuer")
    counted = Duty.objects.filter(document=OuterRef("pk")).exclude(state=DutyState.DROPPED)
    count = counted.order_by().values("document").annotate(n=Count("pk")).values("n")
    return rows.annotate(issuer_name=from_versions, duty_count=Coalesce(Subquery(count), 0))


def named_plans(rows: "QuerySet[Plan]", today: date) -> "QuerySet[Any]":
    """Plans with owner and how many milestones of the roadmap in use are done and late."""
    steps = Milestone.objects.filter(plan=OuterRef("pk"), version=OuterRef("version"))
    late = steps.filter(done_on__isnull=True, due_on__lt=today)
    return rows.annotate(
        owner_name=_newest("owner"),
        every=_count(steps, "plan"),
        done=_count(steps.filter(done_on__isnull=False), "plan"),
        late=_count(late, "plan"),
    )


def named_meetings(rows: "QuerySet[Meeting]") -> "QuerySet[Any]":
    """Sessions with host, attendance and what is still owed."""
    attendance = Attendance.objects.filter(meeting=OuterRef("pk"))
    owed = Question.objects.filter(meeting=OuterRef("pk"), closed_at__isnull=True)
    return rows.annotate(
        host_name=_newest("host"),
        called=_count(attendance, "meeting"),
        came=_count(attendance.filter(came=True), "meeting"),
        owed=_count(owed, "meeting"),
    )


def _count(rows: "QuerySet[Any]", by: str) -> Coalesce:
    """How many of the rows belong to the one outside."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def _newest(field: str) -> Subquery:
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return Subquery(newest.filter(body=OuterRef(field)).values("name")[:1])


def duties_table(actor: Actor) -> Table:
    """The list of duties with the filters that depend on the person."""
    mine = (
        Preset("toi", _("Giao cho tôi"), where=lambda _today: Q(person__account=actor.user)),
        Preset("giao-di", _("Cơ quan tôi giao"), where=lambda _today: Q(assigner__in=_own(actor))),
        Preset("chu-tri", _("Cơ quan tôi chủ trì"), where=lambda _today: Q(lead__in=_own(actor))),
    )
    return DUTIES.varied(filters=(*DUTIES.filters, *mine))


def _own(actor: Actor) -> frozenset[int]:
    return actor.hat.bodies | {actor.hat.body} if actor.hat else frozenset()


@source("directives.duties")
def duties_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The duties for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("directives.duty-missing"))
    actor = actor_of(user, asker.on, asker.appointment)
    return duties_table(actor), with_names(permit.visible_duties(actor))

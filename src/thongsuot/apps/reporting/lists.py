"""The lists of the room: who reported for a period, what one's bodies reported."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.models import Return, Round, Standing, State
from thongsuot.apps.reporting.queries.returns import delivered
from thongsuot.apps.reporting.queries.rounds import with_standing
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.kernel.problem import Problem

TONES = {
    Standing.ON_TIME: "even",
    Standing.NOTHING: "even",
    Standing.LATE: "wait",
    Standing.WAITING: "quiet",
    Standing.SILENT: "lost",
}


def _name(row: Any) -> str:
    return row.name or str(row.body_id)


def _standing(row: Any) -> str:
    return str(Standing(row.standing).label)


def _tone(row: Any) -> str:
    return TONES[Standing(row.standing)]


def _doing(row: Any) -> str:
    return "" if row.state in (State.SUBMITTED, State.NOTHING) else str(row.get_state_display())


def _url(row: Any) -> str:
    return reverse("reporting:return", args=[row.pk])


COLUMNS = (
    Column("name", _("Đơn vị"), value=_name, order="folded", url=_url),
    Column("standing", _("Tình trạng"), value=_standing, state=_tone, order="standing"),
    Column("received_at", _("Nộp lúc"), kind=Shape.MOMENT, order="received_at"),
    Column("state", _("Đang làm"), value=_doing),
    Column("filings", _("Số lần ghi"), value=lambda r: r.filings_count, kind=Shape.NUMBER,
           order="filings_count", default=False),
    Column("reminded", _("Đã nhắc"), kind=Shape.NUMBER, order="reminded"),
    Column("reminded_at", _("Nhắc lần cuối"), kind=Shape.MOMENT, default=False),
    Column("reopen_reason", _("Lý do mở lại"), default=False),
)  # fmt: skip
FILTERS = (
    Text("q", _("Tìm theo tên đơn vị"), fields=("folded",)),
    Choice("standing", _("Tình trạng"), choices=list(Standing.choices)),
    Choice("state", _("Đang làm"), choices=list(State.choices)),
)
RETURNS = Table(
    code="reporting.returns",
    title=_("Tình hình nộp báo cáo"),
    noun=_("đơn vị"),
    columns=COLUMNS,
    filters=FILTERS,
    order="folded",
    empty=Empty(_("Không có đơn vị nào"), _("Bỏ bớt bộ lọc, hoặc xem lại danh sách đơn vị phải báo cáo.")),
)  # fmt: skip


def named(rows: "QuerySet[Return]") -> "QuerySet[Return]":
    """Returns with the newest name of their body, as read and as searched."""
    newest = BodyVersion.objects.known().filter(body=OuterRef("body")).order_by("-since", "-pk")
    return rows.annotate(
        name=Subquery(newest.values("name")[:1]), folded=Subquery(newest.values("folded")[:1])
    )


def return_rows(round_: Round, now: datetime) -> "QuerySet[Return]":
    """Everybody expected for a period, with name and standing."""
    return named(with_standing(Return.objects.filter(round=round_), now))


def _period(row: Any) -> str:
    return period_words(row.round.series.kind, row.round.period)


OWN = Table(
    code="reporting.own",
    title=_("Báo cáo đã nộp"),
    noun=_("báo cáo"),
    columns=(
        Column("period", _("Kỳ"), value=_period, url=_url, order="round__since"),
        Column("series", _("Báo cáo"), value=lambda r: r.round.series.name),
        Column("name", _("Đơn vị"), value=_name, default=False),
        Column("standing", _("Tình trạng"), value=_standing, state=_tone),
        Column("received_at", _("Nộp lúc"), kind=Shape.MOMENT, order="received_at"),
    ),
    filters=(
        Choice("standing", _("Tình trạng"), choices=list(Standing.choices)),
        Preset("khoa", _("Kỳ đã khóa"), where=lambda _today: Q(round__locked_at__isnull=False)),
    ),
    order="-round__since",
    empty=Empty(_("Chưa nộp báo cáo nào"), _("Báo cáo phải nộp đứng ở đầu trang này.")),
)


def own_rows(actor: Any, now: datetime) -> "QuerySet[Return]":
    """What the person's bodies delivered, for the list."""
    return named(with_standing(delivered(actor, now).order_by(), now))


def _asking(asker: Asker) -> Any:
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("reporting.return-missing"))
    return actor_of(user, asker.on, asker.appointment)


@source("reporting.returns")
def returns_source(asker: Asker, *, round: int) -> tuple[Table, "QuerySet[Any]"]:
    """Who reported, for a long file, for what that person may see on that day."""
    found = permit.round_in_sight(_asking(asker), round)
    return RETURNS, return_rows(found, clock.now())


@source("reporting.own")
def own_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """What one's bodies delivered, for a long file."""
    return OWN, own_rows(_asking(asker), clock.now())

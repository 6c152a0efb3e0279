"""The register of unfinished work as a list, declared once."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import beside, lists, permit, queries
from thongsuot.apps.handover.guard import WORDS
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import ItemState, Kind
from thongsuot.apps.handover.queries.backlog import register
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text, YesNo
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.foundation.words.search import finder
from thongsuot.rules.handover import carry
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

PROPOSALS = {
    carry.DECIDE: _("đề nghị quyết định nơi nhận đang tranh chấp"),
    carry.SEARCH: _("đề nghị tiếp tục tìm, làm rõ trách nhiệm"),
    carry.NAME: _("đề nghị quyết định nơi tiếp nhận"),
    carry.SIGN: _("đề nghị nơi nhận ký nhận và giải quyết tiếp"),
    carry.GO_ON: _("nơi đã nhận giải quyết dứt điểm"),
}
AGES = {
    carry.OVER_30: _("quá hạn hơn 30 ngày"),
    carry.TO_30: _("quá hạn 8 đến 30 ngày"),
    carry.TO_7: _("quá hạn 1 đến 7 ngày"),
    carry.NOT_DUE: _("chưa tới hạn"),
    carry.UNDATED: _("không có hạn"),
}


def proposal_of(item: Item) -> str:
    """The words proposed for an item: those written by people, else those that its place gives."""
    return str(item.said or PROPOSALS[item.proposal])  # type: ignore[attr-defined]  # the register's


def _sent(item: Item) -> str:
    """What was asked of a competent body about an item, and how far it is."""
    known = beside.carried()
    return known.said(item) if known else ""


def _sent_page(item: Item) -> str:
    """Where that is read, or asked."""
    known = beside.carried()
    return known.page(item) if known else ""


BACKLOG = Table(
    code="handover.backlog",
    title=_("Tồn đọng và đề xuất chuyển tiếp"),
    noun=_("việc"),
    columns=(
        Column(
            "code",
            _("Mã"),
            kind=Shape.CODE,
            order="code",
            url=lambda i: reverse("handover:item", args=[i.transition_id, i.pk]),
        ),
        Column("title", _("Nội dung"), order="folded", note=lambda i: i.field),
        Column(
            "kind", _("Loại"), value=lambda i: i.get_kind_display(), order="kind", default=False
        ),
        Column("giver", _("Cơ quan giao"), value=lambda i: i.giver_name),
        Column("receiver", _("Nơi nhận"), value=lambda i: i.receiver_name or ""),
        Column("next_due", _("Hạn"), kind=Shape.DATE, order="next_due"),
        Column("citizen", _("Liên quan dân"), kind=Shape.YES, order="citizen"),
        Column(
            "state",
            _("Tình trạng"),
            value=lambda i: i.get_state_display(),
            state=lambda i: lists.TONES[ItemState(i.state)],
        ),
        Column("proposal", _("Đề xuất"), value=proposal_of, note=lambda i: i.asked_name or ""),
        Column("asked", _("Nơi quyết định"), value=lambda i: i.asked_name or "", default=False),
        Column("difficulty", _("Kiến nghị đã gửi"), value=_sent, url=_sent_page),
        Column("frozen_on", _("Ngày chốt"), kind=Shape.DATE, default=False),
    ),
    filters=(
        Text("q", _("Tìm theo mã, tên"), search=finder(WORDS)),
        YesNo("citizen", _("Liên quan người dân, doanh nghiệp")),
        Choice("de-xuat", _("Đề xuất"), field="proposal", choices=PROPOSALS.items()),
        Choice("kind", _("Loại"), choices=[(k, Kind(k).label) for k in carry.WORK]),
        Choice("state", _("Tình trạng"), choices=ItemState.choices),
        Days("han", _("Hạn"), field="next_due"),
        Preset("qua-han", _("Quá hạn"), where=lambda today: Q(next_due__lt=today)),
        Preset(
            "qua-30",
            _("Quá hạn hơn 30 ngày"),
            where=lambda today: Q(next_due__lt=today - timedelta(days=30)),
        ),
    ),
    order="-citizen",
    empty=Empty(
        _("Không còn tồn đọng"),
        _("Mọi nhiệm vụ, hồ sơ đã giải quyết xong, hoặc không khớp bộ lọc."),
    ),
)


def register_of(actor: Actor, transition: Transition) -> "tuple[Table, QuerySet[Any]]":
    """The register of a transition as a list, for what the person may see."""
    givers, receivers = queries.bodies_in(transition.pk)
    names = queries.body_names(givers | receivers)
    options = sorted(((str(b), n) for b, n in names.items()), key=lambda pair: pair[1])
    table = BACKLOG.varied(
        filters=(
            *BACKLOG.filters,
            Choice("giver", _("Cơ quan giao"), choices=[o for o in options if int(o[0]) in givers]),
            Choice(
                "receiver", _("Nơi nhận"), choices=[o for o in options if int(o[0]) in receivers]
            ),
        )
    )
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    rows = lists.named(register(permit.visible_in(actor, transition), transition)).annotate(
        asked_name=Subquery(newest.filter(body=OuterRef("asked_id")).values("name")[:1])
    )
    known = beside.carried()
    return table, known.rows(rows) if known else rows


@source("handover.backlog")
def backlog_source(asker: Asker, *, transition: int) -> "tuple[Table, QuerySet[Any]]":
    """The same list for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    actor = actor_of(user, asker.on, asker.appointment)
    return register_of(actor, permit.transition_in_sight(actor, transition))


def ages_said(ages: dict[str, int]) -> list[tuple[str, Any, int]]:
    """The ages that have something, the oldest first, in words."""
    return [(code, AGES[code], ages[code]) for code in carry.AGES if ages.get(code)]

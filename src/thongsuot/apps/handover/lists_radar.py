"""The list of the after-the-end radar, declared once."""

from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import lists, permit, queries
from thongsuot.apps.handover.guard import WORDS
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Kind
from thongsuot.apps.handover.queries.balance import UNCERTAIN
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text, YesNo
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.foundation.wording import day
from thongsuot.foundation.words.search import finder
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def _season(item: Item) -> str:
    """The season in words with its last day, where the day comes from one."""
    until = item.season_until
    if until is None or item.due == item.next_due:  # type: ignore[attr-defined]  # the radar's own
        return ""
    return f"{item.season} ({day(until)})"


RADAR = Table(
    code="handover.radar",
    title=_("Việc tới hạn sau ngày kết thúc"),
    noun=_("việc"),
    columns=(
        Column(
            "code",
            _("Mã"),
            kind=Shape.CODE,
            order="code",
            url=lambda i: reverse("handover:item", args=[i.transition_id, i.pk]),
        ),
        Column("title", _("Tên"), order="folded", note=lambda i: i.field),
        Column("due", _("Tới hạn"), kind=Shape.DATE, order="due", note=_season),
        Column(
            "citizen",
            _("Ảnh hưởng tới"),
            value=lambda i: _("người dân, doanh nghiệp") if i.citizen else _("nội bộ"),
            state=lambda i: "lost" if i.citizen else "quiet",
            order="citizen",
        ),
        Column("kind", _("Loại"), value=lambda i: i.get_kind_display(), order="kind"),
        Column("giver", _("Cơ quan giữ"), value=lambda i: i.giver_name),
        Column(
            "receiver",
            _("Nơi nhận"),
            value=lambda i: i.receiver_name or i.get_allocation_display(),
            note=lambda i: i.get_allocation_display() if i.receiver_id else "",
        ),
        Column(
            "state",
            _("Tình trạng"),
            value=lambda i: i.get_state_display(),
            state=lambda i: lists.TONES[ItemState(i.state)],
            default=False,
        ),
    ),
    filters=(
        Text("q", _("Tìm theo mã, tên"), search=finder(WORDS)),
        YesNo("citizen", _("Liên quan người dân, doanh nghiệp")),
        Choice("kind", _("Loại"), choices=Kind.choices),
        Days("han", _("Tới hạn"), field="due"),
        Preset("chua", _("Chưa chắc ai giữ"), where=lambda today: Q(UNCERTAIN)),
        Preset(
            "cho-ky",
            _("Đã chốt nơi nhận, chưa ký nhận"),
            where=lambda today: Q(
                allocation=Allocation.CONFIRMED, state__in=(ItemState.HELD, ItemState.TRANSIT)
            ),
        ),
        Preset("mua", _("Theo mùa vụ"), where=lambda today: Q(season_due__isnull=False)),
    ),
    order="urgency",
    empty=Empty(
        _("Không có việc nào"),
        _("Mọi việc tới hạn sau ngày kết thúc đều đã có nơi ký nhận, hoặc không khớp bộ lọc."),
    ),
)


def radar_of(actor: Actor, transition: Transition) -> "tuple[Table, QuerySet[Any]]":
    """The radar of a transition as a list, for what the person may see."""
    givers, _receivers = queries.bodies_in(transition.pk)
    names = sorted(queries.body_names(givers).items(), key=lambda pair: pair[1])
    choice = Choice("giver", _("Cơ quan giữ"), choices=[(str(b), n) for b, n in names])
    table = RADAR.varied(filters=(*RADAR.filters, choice))
    coming = queries.coming_due(permit.visible_in(actor, transition), transition.effective_on)
    urgency = Concat(
        Case(When(citizen=True, then=Value("0")), default=Value("1")),
        Cast("due", CharField()),
        output_field=CharField(),
    )
    return table, lists.named(coming).annotate(urgency=urgency)


@source("handover.radar")
def radar_source(asker: Asker, *, transition: int) -> "tuple[Table, QuerySet[Any]]":
    """The same list for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    actor = actor_of(user, asker.on, asker.appointment)
    return radar_of(actor, permit.transition_in_sight(actor, transition))

"""The list of who holds what on a day, declared once."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import lists, permit, queries
from thongsuot.apps.handover.guard import WORDS
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import Disposition, ItemState, Kind
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Text, YesNo
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.foundation.words.search import finder
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

TONES = {
    Disposition.WITH_GIVER: "plain",
    Disposition.SIGNED: "even",
    Disposition.NAMED: "even",
    Disposition.NOMINATED: "plain",
    Disposition.CARETAKER: "wait",
    Disposition.PROVISIONAL: "wait",
    Disposition.BY_DECISION: "quiet",
    Disposition.SEARCHING: "lost",
    Disposition.OVERDUE: "lost",
}
HOLDERS = Table(
    code="handover.holders",
    title=_("Ai giữ đêm nay"),
    noun=_("mục"),
    columns=(
        Column(
            "code",
            _("Mã"),
            kind=Shape.CODE,
            order="code",
            url=lambda i: reverse("handover:item", args=[i.transition_id, i.pk]),
        ),
        Column("title", _("Tên"), order="folded", note=lambda i: i.place),
        Column("kind", _("Loại"), value=lambda i: i.get_kind_display(), order="kind"),
        Column("holder", _("Người giữ"), value=lambda i: i.holder_name or ""),
        Column(
            "how",
            _("Vì sao"),
            value=lambda i: Disposition(i.hold_code).label,
            state=lambda i: TONES[Disposition(i.hold_code)],
        ),
        Column("giver", _("Cơ quan giao"), value=lambda i: i.giver_name, default=False),
        Column(
            "where",
            _("Phần đang ở"),
            value=lambda i: ItemState(i.hold_place).label,
            default=False,
        ),
        Column(
            "quantity", _("Số lượng"), value=lambda i: (i.opened, i.measure), kind=Shape.QUANTITY
        ),
        Column("next_due", _("Đến hạn"), kind=Shape.DATE, order="next_due", default=False),
    ),
    filters=(
        Text("q", _("Tìm theo mã, tên"), search=finder(WORDS)),
        Choice("vi-sao", _("Vì sao"), field="hold_code", choices=Disposition.choices),
        Choice("kind", _("Loại"), choices=Kind.choices),
        YesNo("citizen", _("Liên quan người dân")),
    ),
    order="pk",
    empty=Empty(
        _("Không có mục nào phải giữ"),
        _("Ngày này chưa có gì trong danh mục, hoặc mọi mục khớp bộ lọc đã kết thúc."),
    ),
)


def holders_of_day(
    actor: Actor, transition: Transition, on: date, today: date
) -> "tuple[Table, QuerySet[Any], tuple[queries.Share, ...]]":
    """The list of who holds what of a transition on a day, for what the person may see.

    With it comes how many items each body holds and why.
    """
    held = queries.held_on(permit.visible_in(actor, transition), transition, on, today)
    found = queries.shares(held)
    names = queries.body_names({s.body for s in found})
    bodies = sorted(((str(b), n) for b, n in names.items()), key=lambda pair: pair[1])
    table = HOLDERS.varied(
        filters=(
            *HOLDERS.filters,
            Choice("giu", _("Người giữ"), field="hold_body", choices=bodies),
        )
    )
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    named = lists.named(held).annotate(
        holder_name=Subquery(newest.filter(body=OuterRef("hold_body")).values("name")[:1])
    )
    return table, named, found


@source("handover.holders")
def holders_source(asker: Asker, *, transition: int, on: str) -> "tuple[Table, QuerySet[Any]]":
    """The same list for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    actor = actor_of(user, asker.on, asker.appointment)
    found = permit.transition_in_sight(actor, transition)
    day = date.fromisoformat(on)
    table, rows, _shares = holders_of_day(actor, found, day, clock.today())
    return table, rows

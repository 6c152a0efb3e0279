"""The list of shifts of a guarded place, declared once: page, CSV, XLSX, print."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.guarding import permit, queries
from thongsuot.apps.guarding.models import ShiftState
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.tables.filters import Choice, Days, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table

SHIFTS = Table(
    code="guarding.shifts",
    title=_("Lịch trực"),
    noun=_("ca"),
    order="since",
    related=("guard__person", "replaces__guard__person"),
    columns=(
        Column(
            "since",
            _("Vào ca"),
            kind=Kind.MOMENT,
            order="since",
            url=lambda s: reverse("guarding:shift", args=[s.place_id, s.pk]),
        ),
        Column("until", _("Hết ca"), kind=Kind.MOMENT, order="until"),
        Column("guard", _("Người trực"), "guard.person.full_name", order="folded"),
        Column(
            "state",
            _("Tình trạng"),
            value=lambda s: s.get_state_display(),
            state=lambda s: "even" if s.state == ShiftState.PLANNED else "quiet",
            order="state",
        ),
        Column("instead", _("Thay cho"), "replaces.guard.person.full_name"),
        Column("reason", _("Lý do")),
    ),
    filters=(
        Text("q", _("Tìm người trực"), fields=("folded",)),
        Choice("tinh-trang", _("Tình trạng"), field="state", choices=ShiftState.choices),
        Days("ngay", _("Vào ca"), field="since", moment=True),
        Preset("con", _("Chỉ ca đang tính"), where=lambda today: Q(state=ShiftState.PLANNED)),
    ),
    empty=Empty(_("Chưa có ca trực nào"), _("Bấm “Xếp lịch trực” để ban hành lịch đầu tiên.")),
)


@source("guarding.shifts")
def shifts(asker: Asker, *, place: int) -> tuple[Table, "QuerySet[Any]"]:
    """The shifts of a place that the asker may see."""
    user = User.objects.get(pk=asker.user)
    seen = permit.place_in_sight(actor_of(user, asker.on, asker.appointment), place)
    return SHIFTS, queries.shifts_of(seen)

"""The log as a list, declared once."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.oversight import permit
from thongsuot.apps.oversight.choices import TONES, FormWord, StateWord, WorkKind
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

COMMENDATIONS = Table(
    code="oversight.commendations",
    title=_("Sổ ghi nhận, biểu dương"),
    noun=_("mục biểu dương"),
    columns=(
        Column("named", _("Tập thể, cá nhân"), url=lambda c: reverse("oversight:one", args=[c.pk]), order="folded",
               note=lambda c: c.body_name if c.person_id else ""),
        Column("about", _("Việc được biểu dương")),
        Column("form", _("Hình thức"), value=lambda c: c.get_form_display(), order="form"),
        Column("proposer", _("Nơi đề nghị"), value=lambda c: c.proposer_name),
        Column("decider", _("Nơi quyết định"), value=lambda c: c.decider_name, default=False),
        Column("proposed_on", _("Ngày đề nghị"), kind=Shape.DATE, order="proposed_on"),
        Column("number", _("Quyết định"), kind=Shape.CODE),
        Column("decided_on", _("Ngày quyết định"), kind=Shape.DATE, order="decided_on"),
        Column("announced_on", _("Ngày công bố"), kind=Shape.DATE, order="announced_on", default=False),
        Column("state", _("Bước"), value=lambda c: c.get_state_display(), state=lambda c: TONES[StateWord(c.state)], order="state"),
    ),
    filters=(
        Text("q", _("Tìm theo tên, việc")),
        Choice("hinh-thuc", _("Hình thức"), field="form", choices=FormWord.choices),
        Choice("buoc", _("Bước"), field="state", choices=StateWord.choices),
        Choice("viec", _("Loại việc"), field="work", choices=WorkKind.choices),
        Days("quyet-dinh", _("Ngày quyết định"), field="decided_on"),
        Preset("ca-nhan", _("Cá nhân"), where=lambda today: Q(person__isnull=False)),
        Preset("tap-the", _("Tập thể"), where=lambda today: Q(person__isnull=True)),
    ),
    order="-pk",
    empty=Empty(_("Chưa có mục biểu dương nào"), _("Đề nghị biểu dương từ đây; số liệu nhiệm vụ đúng hạn có sẵn làm căn cứ.")),
)  # fmt: skip


def rows_for(actor: Actor) -> "QuerySet[Any]":
    """The commendations in sight, with the names of their bodies."""
    rows = permit.visible(actor)
    return named(rows, proposer_name="proposer", decider_name="decider", body_name="body")


@source("oversight.commendations")
def commendations_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The log for a long file."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("oversight.missing"))
    return COMMENDATIONS, rows_for(actor_of(user, asker.on, asker.appointment))

"""The list of boxes."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.custody import permit, queries
from thongsuot.apps.custody.models import Container, ContainerKind
from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Preset, Text
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.rules.custody.labels import by_eye
from thongsuot.rules.kernel.problem import Problem

LIVE = Q(seals__isnull=False, seals__opened__isnull=True)


def _standing(row: Any) -> str:
    return ", ".join(filter(None, (row.above_name, row.place_name)))


def _state(row: Any) -> str:
    if row.rings:
        return str(_("có cảnh báo"))
    if row.seal:
        return str(_("đang niêm phong"))
    if not row.things:
        return str(_("trống"))
    return str(_("đã mở")) if row.was_sealed else str(_("chưa niêm phong"))


def _tone(row: Any) -> str:
    if row.rings:
        return "lost"
    if row.seal:
        return "even"
    return "wait" if row.things else "quiet"


COLUMNS = (
    Column("name", _("Tên"), order="folded", url=lambda c: reverse("custody:one", args=[c.pk])),
    Column("label", _("Mã nhãn"), value=lambda c: by_eye(c.label), kind=Shape.CODE),
    Column("kind", _("Loại"), value=lambda c: c.get_kind_display(), order="kind", default=False),
    Column("place", _("Nơi để"), value=_standing),
    Column("things", _("Bên trong"), kind=Shape.NUMBER, order="things"),
    Column("seal", _("Số niêm phong"), value=lambda c: c.seal or "", kind=Shape.CODE),
    Column("holder", _("Cơ quan giữ"), value=lambda c: c.holder_name),
    Column("state", _("Tình trạng"), value=_state, state=_tone),
)
FILTERS = (
    Text("q", _("Tìm theo tên"), fields=("folded",)),
    Choice(
        "kind",
        _("Loại"),
        choices=[(ContainerKind.BOX, _("hộp")), (ContainerKind.FOLDER, _("cặp"))],
    ),
    Preset("kin", _("Đang niêm phong"), where=lambda _today: LIVE),
    Preset("ho", _("Có hồ sơ, chưa niêm phong"), where=lambda _today: Q(things__gt=0) & ~Q(pk__in=_sealed())),
    Preset("trong", _("Trống"), where=lambda _today: Q(things=0)),
    Preset("giao", _("Đã giao cho nơi nhận"), where=lambda _today: ~Q(holder=F("owner"))),
    Preset("reo", _("Có cảnh báo"), where=lambda _today: Q(alarms__isnull=False, alarms__resolved_at__isnull=True)),
)  # fmt: skip
BOXES = Table(
    code="custody.boxes",
    title=_("Hộp niêm phong"),
    noun=_("hộp, cặp"),
    columns=COLUMNS,
    filters=FILTERS,
    order="folded",
    empty=Empty(
        _("Chưa có hộp nào"),
        _("Lập kho, giá trước; rồi lập hộp theo cột Hộp của danh mục bàn giao."),
    ),
)


def _sealed() -> "QuerySet[Any]":
    return Container.objects.filter(LIVE).values("pk")


def boxes_table(transitions: list[tuple[int, str]], bodies: list[tuple[int, str]]) -> Table:
    """The list with the filters that depend on the person."""
    extra = (
        Choice("cuoc", _("Cuộc chuyển giao"), field="transition", choices=[(str(pk), n) for pk, n in transitions]),
        Choice("holder", _("Cơ quan giữ"), choices=[(str(pk), n) for pk, n in bodies]),
    )  # fmt: skip
    return BOXES.varied(filters=(*FILTERS, *extra))


def boxes(actor: Any) -> "QuerySet[Any]":
    """The boxes and folders in sight, with what the list says of them."""
    rows = permit.visible_containers(actor).filter(
        kind__in=(ContainerKind.BOX, ContainerKind.FOLDER)
    )
    return queries.with_state(rows)


@source("custody.boxes")
def boxes_source(asker: Asker) -> tuple[Table, "QuerySet[Any]"]:
    """The boxes for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("custody.container-missing"))
    return BOXES, boxes(actor_of(user, asker.on, asker.appointment))

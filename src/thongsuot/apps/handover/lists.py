"""The lists of the handover: items and minutes, declared once."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import permit, queries
from thongsuot.apps.handover.calendar import standing_limit
from thongsuot.apps.handover.guard import WORDS
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import Allocation, ItemState, Kind, Step
from thongsuot.apps.handover.queries.balance import STANDING, UNCERTAIN
from thongsuot.apps.handover.queries.items import Happening
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import BodyVersion, UnitVersion
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.columns import Kind as Shape
from thongsuot.foundation.tables.filters import Choice, Days, Numbers, Preset, Text, YesNo
from thongsuot.foundation.tables.sources import Asker, source
from thongsuot.foundation.tables.table import Empty, Table
from thongsuot.foundation.wording import quantity
from thongsuot.foundation.words.search import finder
from thongsuot.rules.kernel.problem import Problem

TONES = {
    ItemState.HELD: "plain",
    ItemState.TRANSIT: "wait",
    ItemState.ACCEPTED: "even",
    ItemState.KEPT: "quiet",
    ItemState.CLOSED: "quiet",
    ItemState.DESTROYED: "quiet",
    ItemState.DISPUTED: "lost",
    ItemState.MISSING: "lost",
    ItemState.UNDONE: "quiet",
    ItemState.REPLACED: "quiet",
}
SURE = {
    Allocation.NONE: "wait",
    Allocation.PROPOSED: "plain",
    Allocation.SHARED: "wait",
    Allocation.GAP: "lost",
    Allocation.CLASH: "lost",
    Allocation.CONFIRMED: "even",
}


COLUMNS = (
    Column(
        "code",
        _("Mã"),
        kind=Shape.CODE,
        order="code",
        url=lambda i: reverse("handover:item", args=[i.transition_id, i.pk]),
    ),
    Column("title", _("Tên"), order="folded", note=lambda i: i.place),
    Column("kind", _("Loại"), value=lambda i: i.get_kind_display(), order="kind"),
    Column("giver", _("Cơ quan giao"), value=lambda i: i.giver_name, default=False),
    Column("quantity", _("Số lượng"), value=lambda i: (i.opened, i.measure), kind=Shape.QUANTITY),
    Column("value", _("Giá trị"), kind=Shape.MONEY, order="value", default=False),
    Column("container", _("Hộp"), kind=Shape.CODE, order="container", default=False),
    Column("step", _("Bước"), value=lambda i: i.get_step_display(), order="step"),
    Column(
        "receiver",
        _("Nơi nhận"),
        value=lambda i: i.receiver_name or i.get_allocation_display(),
        note=lambda i: (
            i.get_allocation_display() if i.receiver_id and i.allocation != "confirmed" else ""
        ),
    ),
    Column("next_due", _("Đến hạn"), kind=Shape.DATE, order="next_due", default=False),
    Column(
        "state",
        _("Tình trạng"),
        value=lambda i: i.get_state_display(),
        state=lambda i: TONES[ItemState(i.state)],
        order="state",
    ),
)
FILTERS = (
    Text("q", _("Tìm theo mã, tên"), search=finder(WORDS)),
    Choice("kind", _("Loại"), choices=Kind.choices),
    Choice("state", _("Tình trạng"), choices=ItemState.choices),
    Choice("allocation", _("Quyết định nơi nhận"), choices=Allocation.choices),
    Choice("step", _("Bước"), choices=[(str(v), label) for v, label in Step.choices]),
    YesNo("citizen", _("Liên quan người dân")),
    Days("due", _("Đến hạn"), field="next_due"),
    Numbers("value", _("Giá trị (đồng)"), field="value"),
)
ITEMS = Table(
    code="handover.items",
    title=_("Danh mục bàn giao"),
    noun=_("mục"),
    columns=COLUMNS,
    filters=FILTERS,
    order="pk",
    empty=Empty(_("Không có mục nào khớp"), _("Bỏ bớt bộ lọc, hoặc nhập danh mục từ Excel.")),
)
# Filters that a bulk act can repeat by itself; with others on, the ticked rows are sent.
REPEATABLE = frozenset({"q", "kind", "state", "allocation", "step", "giver", "receiver", "unit", "field", "rule", "why", "container", "batch"})  # fmt: skip


def items_table(transition: Transition, items: "QuerySet[Item]") -> Table:
    """The list of items of one transition, with the filters that depend on it."""
    givers, receivers = map(_named_bodies, queries.bodies_in(transition.pk))
    fields = queries.values_in(transition.pk, "field")
    wards = _named_units(queries.values_in(transition.pk, "unit_id"))
    end, stuck_after = transition.effective_on, transition.stuck_after

    def standing(today: date) -> Q:
        first = datetime.combine(standing_limit(today, stuck_after), time.min)
        late = Q(step__in=Step.values, step_at__lt=timezone.make_aware(first))
        return Q(STANDING) & late

    undecided = Q(state="held", allocation__in=("none", "gap", "clash", "shared"))
    extra = (
        Choice("giver", _("Cơ quan giao"), choices=givers),
        Choice("receiver", _("Nơi nhận"), choices=receivers),
        Choice("unit", _("Phường, xã cũ"), choices=[(str(unit), name) for unit, name in wards]),
        Choice("field", _("Lĩnh vực"), choices=[(f, f) for f in fields if f]),
        Choice("why", _("Vì sao chưa có nơi nhận"), choices=WHY),
        Preset("sot", _("Thiếu hoặc chưa có ai nhận"), where=lambda today: Q(state="missing") | undecided),
        Preset("tac", _("Đứng yên quá lâu"), where=standing),
        Preset("trong", _("Đến hạn sau ngày kết thúc, chưa chắc ai giữ"), where=lambda today: Q(UNCERTAIN) & (Q(next_due__gte=end) | Q(season_due__isnull=False))),
    )  # fmt: skip
    return ITEMS.varied(filters=(*FILTERS, *extra))


WHY = (
    ("no-rule", _("chưa có quy tắc nào")),
    ("no-place", _("không rõ địa bàn")),
    ("divided", _("phường cũ bị chia")),
    ("no-successor", _("địa bàn chưa có đơn vị kế tiếp")),
    ("no-body", _("nơi kế tiếp chưa có cơ quan phù hợp")),
    ("rules-differ", _("các quy tắc trái nhau")),
    ("receiver-is-giver", _("nơi nhận trùng nơi giao")),
    ("refused", _("bên nhận từ chối")),
)


def _named_bodies(ids: set[int]) -> list[tuple[str, str]]:
    names = queries.body_names(ids)
    return sorted(((str(body), name) for body, name in names.items()), key=lambda p: p[1])


def _named_units(ids: list[int]) -> list[tuple[int, str]]:
    rows = UnitVersion.objects.known().filter(unit__in=ids).order_by().values_list("unit", "name")
    return sorted(rows.distinct(), key=lambda pair: str(pair[1]))


def wards_of(items: "QuerySet[Item]") -> list[tuple[int, str]]:
    """The old wards that items come from, by name."""
    rows = (
        items.filter(unit__isnull=False)
        .order_by()
        .values_list("unit", "unit__versions__name")
        .distinct()
    )
    return sorted(rows, key=lambda pair: str(pair[1]))


def named(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """The items with the names of giver and receiver beside them, in the same query."""
    newest = BodyVersion.objects.known().order_by("-since", "-id")
    return items.annotate(
        giver_name=Subquery(newest.filter(body=OuterRef("giver")).values("name")[:1]),
        receiver_name=Subquery(newest.filter(body=OuterRef("receiver")).values("name")[:1]),
    )


@source("handover.items")
def items_source(asker: Asker, *, transition: int) -> tuple[Table, "QuerySet[Any]"]:
    """The items of a transition for a long file, for what that person may see on that day."""
    user = User.objects.filter(pk=asker.user, is_active=True).first()
    if user is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    actor = actor_of(user, asker.on, asker.appointment)
    found = permit.transition_in_sight(actor, transition)
    items = permit.visible_items(actor).filter(transition=found)
    return items_table(found, items), named(items)


PLACE_LABELS = {state.value: state.label for state in ItemState}
MOVES = {
    "opened": _("Đưa vào danh mục"),
    "receiver": _("Chốt nơi nhận"),
    "undone": _("Rút khỏi danh mục cùng lần nhập"),
    "late-found": _("Phát hiện sau, đưa vào danh mục"),
    "split-from": _("Chia ra thành các phần"),
    "split-to": _("Tách ra từ một mục khác"),
    "dispatched": _("Lên biên bản, đang giao"),
    "withdrawn": _("Rút khỏi biên bản"),
    "received": _("Bên nhận đã ký nhận"),
    "refused": _("Bên nhận từ chối"),
    "short": _("Bên nhận đếm thiếu"),
    "differing": _("Hai bên đếm khác nhau"),
    "over": _("Bên nhận đếm dư"),
    "kept": _("Giữ lại theo quyết định"),
    "closed": _("Kết thúc"),
    "destroyed": _("Tiêu hủy theo quyết định"),
    "reopened": _("Mở lại"),
    "missed": _("Báo thiếu"),
    "found": _("Đã tìm thấy"),
    "disputed": _("Có tranh chấp"),
    "settled": _("Đã giải quyết tranh chấp"),
    "corrected": _("Đính chính sau khi ký"),
}


def event(happening: Happening, names: dict[int, str], measure: str) -> dict[str, object]:
    """One line of an item's life, as the timeline shows it."""
    if happening.what == "step":
        title = f"{Step(int(happening.src)).label} → {Step(int(happening.dst)).label}"
    else:
        title = str(MOVES[happening.what])
    parts = [
        quantity(happening.quantity, measure) if happening.quantity else "",
        names.get(happening.body or 0, ""),
        f"{happening.who}, {happening.post}" if happening.post else happening.who,
        happening.reason,
        happening.authority,
    ]
    return {
        "on": happening.at,
        "title": title,
        "detail": " · ".join(p for p in parts if p),
        "state": "lost"
        if happening.what in ("missed", "short", "disputed", "refused")
        else "plain",
        "receipt": happening.receipt[:16],
    }

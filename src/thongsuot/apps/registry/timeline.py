"""A unit through time: the days on which something changed, and what it was between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from thongsuot.apps.registry import outlines
from thongsuot.apps.registry.models import UnitKind, UnitVersion
from thongsuot.apps.registry.queries import ONE_DAY, history_of, link_of, unit_as_of
from thongsuot.apps.registry.values import Text, UnitLink, UnitView
from thongsuot.foundation.wording import day as written
from thongsuot.rules.kernel.text import sort_key

MOST_BESIDE = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """A unit on a day. ``beside`` lie around it by outlines; else they are its sisters."""

    on: date
    view: UnitView
    beside: tuple[UnitLink, ...]
    by_outline: str  # whose outlines say so; empty for sisters
    below: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than at the stop before."""

    label: Text
    before: str
    after: str


def stops_of(unit: int, today: date) -> tuple[date, ...]:
    """The days to stop at: the eve and the day of every change, and today."""
    lines = [h for h in history_of(unit) if h.superseded_at is None]
    days = {d for h in lines for d in (h.on, h.until) if d is not None}
    return tuple(sorted({near for d in days for near in (d - ONE_DAY, d)} | {today}))


def nearest_stop(stops: Sequence[date], asked: str, on: date) -> int:
    """The place of the stop asked for by its number, else of the last one up to a day."""
    if asked.isascii() and asked.isdecimal() and len(asked) < 6:
        return min(int(asked), len(stops) - 1)
    return max((i for i, day in enumerate(stops) if day <= on), default=0)


def moment(key: str, on: date) -> Moment | None:
    """What a unit was on a day; None for an unknown unit. Eight queries at most."""
    view = unit_as_of(key, on)
    if view is None:
        return None
    links, source = _around(view, on)
    below = UnitVersion.objects.on(on).filter(parent=view.id).count()
    return Moment(on, view, links, source, below)


def _around(view: UnitView, on: date) -> tuple[tuple[UnitLink, ...], str]:
    """Who lies around a unit: by outlines where there are any, else who stands under the same."""
    if view.state != "in-force":
        return (), ""
    units, made = outlines.beside(view.id, on)
    held = UnitVersion.objects.on(on).select_related("unit")
    if made is not None:
        found = held.filter(unit__in=units)
    elif view.parents:
        found = held.filter(parent=view.parents[-1].id).exclude(unit=view.id)
    else:
        found = held.none()
    rows = sorted(found, key=lambda v: sort_key(v.name))
    return tuple(link_of(v, on) for v in rows[:MOST_BESIDE]), made.source if made else ""


def changes(before: Moment | None, now: Moment) -> tuple[Change, ...]:
    """What is otherwise than before; empty at the first stop or where nothing is."""
    if before is None:
        return ()
    a, b = before.view, now.view
    pairs = [
        (_("Tình trạng"), _state(a), _state(b)),
        (_("Tên"), a.name, b.name),
        (_("Loại"), str(UnitKind(a.kind).label), str(UnitKind(b.kind).label)),
        (_("Mã"), a.code, b.code),
        (_("Thuộc"), _above(a), _above(b)),
        (_("Đơn vị trực thuộc"), str(before.below), str(now.below)),
    ]
    return tuple(Change(label, x, y) for label, x, y in pairs if x != y)


def _above(view: UnitView) -> str:
    return ", ".join(link.name for link in reversed(view.parents))


def _state(view: UnitView) -> str:
    if view.state == "ended":
        return (
            _("đã kết thúc {on}").format(on=written(view.until)) if view.until else _("đã kết thúc")
        )
    if view.state == "not-begun":
        return _("chưa có")
    return _("đang có")

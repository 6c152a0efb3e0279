"""The columns of a list: what a cell says on the page, and what it is in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thongsuot.foundation import wording
from thongsuot.rules.kernel.quantity import UNITS, to_decimal

NOTHING = "–"
Row = Any  # a model instance or whatever else the list is made of
Getter = Callable[[Row], object]
Exported = str | int | Decimal | bool | date | datetime | None


class Kind(Enum):
    """What the values of a column are. Amounts and counts stand right, days as dd/mm/yyyy.

    QUANTITY takes pairs (smallest parts, unit code); MOMENT keeps the time of day; CODE never
    breaks over lines; YES takes booleans.
    """

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"
    QUANTITY = "quantity"
    DATE = "date"
    MOMENT = "moment"
    YES = "yes"


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY, Kind.QUANTITY})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    ``value`` is a getter or a path such as ``receiver.name``; left out, the key itself is the
    path. ``order`` names the database field to sort by (``receiver__name``); without it the
    column cannot be sorted. ``default`` False hides it until somebody asks for it. ``export``
    replaces the value in files; ``url`` makes the cell a link; ``state`` makes it a tag (even,
    wait, lost, plain, quiet); ``note`` is a second, quiet line.
    """

    key: str
    label: str | Promise
    value: Getter | str = ""
    kind: Kind = Kind.TEXT
    order: str = ""
    default: bool = True
    export: Getter | None = None
    url: Callable[[Row], str] | None = None
    state: Callable[[Row], str] | None = None
    note: Getter | None = None

    @property
    def numeric(self) -> bool:
        """Whether the cells stand right."""
        return self.kind in NUMERIC

    def read(self, row: Row) -> object:
        """The value of this column in a row; None where the path leads nowhere."""
        if callable(self.value):
            return self.value(row)
        return follow(row, self.value or self.key)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows. ``look`` are its classes."""

    text: object
    label: str
    look: str = ""
    url: str = ""
    state: str = ""
    note: object = ""


def follow(row: Row, path: str) -> object:
    """The value at the end of a path of attributes or keys; None as soon as one is missing."""
    value: object = row
    for name in _steps(path):
        if value is None:
            return None
        value = value.get(name) if isinstance(value, dict) else getattr(value, name)
    return value


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.replace("__", ".").split("."))


def cell(column: Column, row: Row) -> Cell:
    """The cell of a column in a row, ready to be shown."""
    value = column.read(row)
    return Cell(
        text=shown(column.kind, value),
        label=str(column.label),
        look=_look(column, value),
        url=column.url(row) if column.url else "",
        state=column.state(row) if column.state and value not in (None, "") else "",
        note=column.note(row) if column.note else "",
    )


def _look(column: Column, value: object) -> str:
    if column.numeric:
        return "num" if value not in (None, 0) else "num zero"
    return "code" if column.kind is Kind.CODE else ""


def shown(kind: Kind, value: object) -> object:
    """The value as a page says it; nothing as –."""
    if value is None or value == "":
        return NOTHING
    write = _WRITTEN.get(kind)
    return value if write is None else write(value)


def _written_quantity(value: Any) -> str:
    parts, unit = value
    return NOTHING if parts is None else wording.quantity(parts, unit)


_WRITTEN: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: wording.number,
    Kind.MONEY: wording.number,
    Kind.QUANTITY: _written_quantity,
    Kind.DATE: wording.day,
    Kind.MOMENT: wording.moment,
    Kind.YES: lambda value: _("có") if value else _("không"),
}


def exported(column: Column, row: Row) -> Exported:
    """The value as a file holds it: numbers and days as such, everything else as text."""
    value = column.export(row) if column.export else column.read(row)
    if column.kind is Kind.QUANTITY and isinstance(value, tuple):
        parts, unit = value
        if parts is None:
            return None
        return to_decimal(parts, UNITS[unit]) if unit in UNITS else int(parts)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if value is None or isinstance(value, str | int | Decimal):
        return value
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.date() if column.kind is Kind.DATE else local
    return value if isinstance(value, date) else str(value)


def key_of(row: Row) -> int:
    """The number a row is chosen by."""
    return int(row.pk if isinstance(row, Model) else row["pk"])

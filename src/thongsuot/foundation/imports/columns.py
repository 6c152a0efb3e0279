"""One reader per column, and what the column as a whole says about how to read its cells."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import msgspec

from thongsuot.foundation.imports.engine import ColumnSpec, Value
from thongsuot.rules.kernel.cells import (
    BLANK,
    Cell,
    DayOrder,
    PartDate,
    Raw,
    Separators,
    read_bool,
    read_choice,
    read_code,
    read_date,
    read_int,
    read_money,
    read_number,
    read_quantity,
    read_text,
    read_unit,
    read_year,
)
from thongsuot.rules.kernel.cells_value import spoilt
from thongsuot.rules.kernel.quantity import LARGEST, UNITS

Read = Callable[[Raw], Cell]
NUMBERS = frozenset(("int", "quantity", "money"))
DAYS = frozenset(("date", "year"))


class Reading(msgspec.Struct, frozen=True):
    """How the cells of one table are read, kept with the batch so that a cell can be read again.

    ``numbers`` and ``days`` hold for a column what its values show (see Separators, DayOrder);
    ``scale`` multiplies money, when the table is in thousands and a person said so.
    """

    numbers: dict[str, tuple[int, int]] = {}
    days: dict[str, tuple[int, int]] = {}
    from_1904: bool = False
    scale: int = 1

    def separators(self, key: str) -> Separators:
        """How the numbers of that column are written."""
        return Separators(*self.numbers.get(key, (0, 0)))

    def order(self, key: str) -> DayOrder:
        """How the dates of that column are written."""
        return DayOrder(*self.days.get(key, (0, 0)))


def reader_of(column: ColumnSpec, reading: Reading) -> Read:
    """The reader for the cells of that column; its values are of the sorts in ``engine.Value``."""
    make = _MAKERS[str(column.type)]
    return make(column, reading)


def _text(column: ColumnSpec, reading: Reading) -> Read:
    most = column.most
    return lambda raw: read_text(raw, limit=most)


def _code(column: ColumnSpec, reading: Reading) -> Read:
    most = column.most
    return lambda raw: read_code(raw, limit=most)


def _int(column: ColumnSpec, reading: Reading) -> Read:
    how = reading.separators(column.key)
    return lambda raw: read_int(raw, how)


def _quantity(column: ColumnSpec, reading: Reading) -> Read:
    how = reading.separators(column.key)
    unit = UNITS.get(column.unit)
    if unit is not None:
        return lambda raw: read_quantity(raw, unit, how)

    def read(raw: Raw) -> Cell:
        cell = read_number(raw, how)
        if isinstance(cell.value, Decimal):
            return cell._replace(value=str(cell.value))
        return cell

    return read


def _money(column: ColumnSpec, reading: Reading) -> Read:
    how, scale = reading.separators(column.key), reading.scale
    if scale == 1:
        return lambda raw: read_money(raw, how)

    def read(raw: Raw) -> Cell:
        cell = read_number(raw, how)
        if cell.value is None:
            return cell
        whole = Decimal(str(cell.value)) * scale
        if whole != int(whole):
            return spoilt(raw, "cell.finer-than-unit", unit="đồng", places=0)
        if whole > LARGEST:
            return spoilt(raw, "cell.number-too-large")
        return cell._replace(value=int(whole), note="scaled")

    return read


def _date(column: ColumnSpec, reading: Reading) -> Read:
    order, partial, from_1904 = reading.order(column.key), column.partial, reading.from_1904

    def read(raw: Raw) -> Cell:
        if isinstance(raw, date) and raw.year == 1900 and raw.month < 3 and not from_1904:
            return spoilt(raw, "cell.date-serial")  # spreadsheets count a 29/02/1900 that never was
        cell = read_date(raw, order, partial=partial, from_1904=from_1904)
        value = cell[0]
        return cell if value is None else cell._replace(value=day_text(value))

    return read


def day_text(value: object) -> str:
    """A day, or the part of one that is known, as it is kept: 2025-07-01, 2025-07, 2025."""
    if isinstance(value, PartDate):
        return f"{value.year:04d}-{value.month:02d}" if value.month else f"{value.year:04d}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _year(column: ColumnSpec, reading: Reading) -> Read:
    return read_year


def _choice(column: ColumnSpec, reading: Reading) -> Read:
    words = column.words

    def read(raw: Raw) -> Cell:
        cell = read_choice(raw, words)
        if cell.note == "alias" and raw == column.label(str(cell.value)):
            return cell._replace(note="")  # the printed word for the value is no other spelling
        return cell

    return read


def _bool(column: ColumnSpec, reading: Reading) -> Read:
    return read_bool


def _unit(column: ColumnSpec, reading: Reading) -> Read:
    return read_unit


_MAKERS: Mapping[str, Callable[[ColumnSpec, Reading], Read]] = {
    "text": _text,
    "code": _code,
    "int": _int,
    "quantity": _quantity,
    "money": _money,
    "date": _date,
    "year": _year,
    "choice": _choice,
    "bool": _bool,
    "unit": _unit,
}


@dataclass(slots=True)
class ColumnReader:
    """Reads a column page by page and remembers texts that repeat."""

    column: ColumnSpec
    read: Read
    most: int = 4_096
    _memory: dict[Raw, Cell] = field(default_factory=lambda: {"": BLANK})

    def cells(self, raws: Iterable[Raw]) -> list[Cell]:
        """The cells of one page, in order."""
        if str(self.column.type) in NUMBERS:
            read = self.read
            return [BLANK if raw == "" else read(raw) for raw in raws]
        known, once = self._memory.get, self._once
        return [known(raw) or once(raw) for raw in raws]

    def _once(self, raw: Raw) -> Cell:
        cell = self.read(raw)
        # 1, 1.0 and True are one key to a dictionary: numbers only where none of them is a value.
        plain = type(raw) in (str, date) or str(self.column.type) in DAYS
        if plain and len(self._memory) < self.most:
            self._memory[raw] = cell
        return cell


def shown(column: ColumnSpec, value: Value) -> str:
    """A kept value as a person would type it into the cell of that column."""
    if value is None:
        return ""
    kind = str(column.type)
    if kind == "bool":
        return "Có" if value else "Không"
    if kind == "choice":
        return column.label(str(value))
    if kind == "date":
        return "/".join(reversed(str(value).split("-")))
    if kind in NUMBERS:
        return _number_shown(column, value)
    return str(value)


def _number_shown(column: ColumnSpec, value: Value) -> str:
    number = Decimal(str(value))
    if str(column.type) == "quantity" and column.unit in UNITS:
        number = number.scaleb(-UNITS[column.unit].scale)
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))

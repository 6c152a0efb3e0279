"""Reading rows of an inventory: cells into values by column, then the rules between fields."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from thongsuot.rules.handover.kinds import Kind
from thongsuot.rules.handover.kinds_columns import Column, ColumnType
from thongsuot.rules.handover.kinds_rules import row_problems
from thongsuot.rules.kernel.cells import (
    BLANK,
    Cell,
    DayOrder,
    PartDate,
    Raw,
    Separators,
    day_order,
    read_bool,
    read_choice,
    read_code,
    read_date,
    read_int,
    read_money,
    read_quantity,
    read_text,
    read_unit,
    read_year,
    remembering,
    separators,
)
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import UNITS, Unit

Read = Callable[[Raw], Cell]
_NUMBERS = (ColumnType.MONEY, ColumnType.QUANTITY, ColumnType.INT)


class Row(NamedTuple):
    """One row as read.

    ``values`` has every column of the kind: typed, None when blank or unreadable. ``problems``
    have the key of the column as subject. ``changed`` lists what was normalised: (key, what stood
    there, the note of the cell), to be shown beside the value.
    """

    values: dict[str, object]
    problems: tuple[Problem, ...]
    changed: tuple[tuple[str, Raw, str], ...]

    @property
    def readable(self) -> bool:
        """Whether the row may go on: nothing wrong with it that blocks."""
        return not any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What whole columns say about how their numbers and dates are written, by key.

    Evidence of two parts of a file adds up with ``+``.
    """

    numbers: Mapping[str, Separators] = field(default_factory=dict)
    dates: Mapping[str, DayOrder] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Kind, places: Mapping[str, int], rows: Sequence[Sequence[Raw]]) -> "Evidence":
        """The evidence of these rows. ``places`` gives the index of the column of each key."""
        numbers: dict[str, Separators] = {}
        dates: dict[str, DayOrder] = {}
        for key, at in places.items():
            column = kind.by_key.get(key)
            if column is not None and column.type in _NUMBERS:
                numbers[key] = separators(row[at] for row in rows if at < len(row))
            elif column is not None and column.type is ColumnType.DATE:
                dates[key] = day_order(row[at] for row in rows if at < len(row))
        return cls(numbers, dates)

    def __add__(self, other: "Evidence") -> "Evidence":
        numbers, dates = dict(self.numbers), dict(self.dates)
        for key, how in other.numbers.items():
            numbers[key] = numbers.get(key, Separators()) + how
        for key, order in other.dates.items():
            dates[key] = dates.get(key, DayOrder()) + order
        return Evidence(numbers, dates)


NO_EVIDENCE = Evidence()


class RowReader:
    """Reads the rows of one table of one kind.

    Shapes: ``places`` gives for each key the index of its column in a row; keys that have no
    column stay None. ``on`` is the day of reading. ``money_scale`` is what the money of the file
    is to be multiplied by (1000 for "nghìn đồng"), confirmed by a person before.
    """

    def __init__(
        self,
        kind: Kind,
        places: Mapping[str, int],
        on: date,
        evidence: Evidence = NO_EVIDENCE,
        *,
        from_1904: bool = False,
        money_scale: int = 1,
    ) -> None:
        self.kind = kind
        self.on = on
        self._evidence = evidence
        self._from_1904 = from_1904
        self._money_scale = money_scale
        self._blank: dict[str, object] = {column.key: None for column in kind.columns}
        self._required = kind.required
        self._quantity_at = places.get("quantity", -1)
        self._quantity_readers: dict[str, Read] = {}
        self._parts: list[tuple[str, int, Read]] = [
            (key, at, self._reader(kind.by_key[key]))
            for key, at in places.items()
            if key in kind.by_key and key != "quantity"
        ]

    def read(self, raw: Sequence[Raw]) -> Row:
        """The row, with everything wrong in its cells and between them."""
        values = self._blank.copy()
        odd: list[tuple[str, Cell]] = []
        width = len(raw)
        for key, at, read in self._parts:
            if at < width:
                value = raw[at]
                if value is None or value == "":
                    continue
                cell = read(value)
                values[key] = cell[0]
                if cell[2] or cell[3]:
                    odd.append((key, cell))
        cell = self._quantity(values, raw[self._quantity_at] if self._has_quantity(width) else None)
        values["quantity"] = cell[0]
        if cell[2] or cell[3]:
            odd.append(("quantity", cell))
        problems = [replace(p, subject=key) for key, cell in odd for p in cell[2]]
        unreadable = {p.subject for p in problems if p.blocks}
        problems.extend(
            Problem("cell.required", key)
            for key in self._required
            if values[key] is None and key not in unreadable
        )
        problems += row_problems(self.kind, values, self.on)
        changed = tuple((key, cell[1], cell[3]) for key, cell in odd if cell[3])
        return Row(values, tuple(problems), changed)

    def _has_quantity(self, width: int) -> bool:
        return 0 <= self._quantity_at < width

    def _quantity(self, values: dict[str, object], raw: Raw) -> Cell:
        measure = values["measure"]
        if measure is None:
            values["measure"] = measure = self.kind.measure
        if not self.kind.counted and raw in (None, ""):
            return Cell(10 ** UNITS[str(measure)].scale)
        read = self._quantity_readers.get(str(measure))
        if read is None:
            how = self._evidence.numbers.get("quantity", Separators())
            read = self._quantity_readers[str(measure)] = _quantities(UNITS[str(measure)], how)
        return read(raw)

    def _reader(self, column: Column) -> Read:
        if column.type in _NUMBERS:
            return self._number_reader(column)
        if column.type is ColumnType.DATE:
            order = self._evidence.dates.get(column.key, DayOrder())
            partial, from_1904 = column.partial, self._from_1904
            return remembering(
                lambda raw: read_date(raw, order, partial=partial, from_1904=from_1904)
            )
        if column.type is ColumnType.CHOICE:
            words = column.words
            return remembering(lambda raw: _labelled(read_choice(raw, words), column))
        most = column.most
        if column.type is ColumnType.CODE:
            return read_code if most == 60 else lambda raw: read_code(raw, limit=most)
        plain = {ColumnType.YEAR: read_year, ColumnType.BOOL: read_bool, ColumnType.UNIT: read_unit}
        if column.type in plain:
            return remembering(plain[column.type])
        return _texts(column)

    def _number_reader(self, column: Column) -> Read:
        how = self._evidence.numbers.get(column.key, Separators())
        if column.type is ColumnType.QUANTITY:
            return _quantities(UNITS[column.unit], how)
        if column.type is ColumnType.INT:
            return remembering(lambda raw: read_int(raw, how))
        if self._money_scale == 1:
            return lambda raw: BLANK if raw is None else read_money(raw, how)
        return _scaled_money(self._money_scale, how)


def _quantities(unit: Unit, how: Separators) -> Read:
    return remembering(lambda raw: read_quantity(raw, unit, how))


def _scaled_money(scale: int, how: Separators) -> Read:
    thousandths = Unit("", {1_000: 3, 1_000_000: 6, 1_000_000_000: 9}[scale])
    return lambda raw: read_quantity(raw, thousandths, how)


_REPEATING = frozenset({"giver", "unit", "field", "place", "proposed", "note", "origin", "fonds"})


def _texts(column: Column) -> Read:
    most, lines = column.most, column.key == "note"
    if column.key in _REPEATING:
        return remembering(lambda raw: read_text(raw, limit=most, lines=lines))
    return read_text if most == 500 else lambda raw: read_text(raw, limit=most)


def _labelled(cell: Cell, column: Column) -> Cell:
    """A choice written as its own label was not changed: there is nothing to show."""
    if cell.note == "alias" and cell.original == column.label(str(cell.value)):
        return cell._replace(note="")
    if cell.problems and cell.problems[0].code == "cell.not-allowed":
        facts = dict(cell.problems[0].facts)
        facts["allowed"] = tuple(choice.label for choice in column.choices)
        facts["nearest"] = column.label(str(facts["nearest"]))
        return cell._replace(problems=(replace(cell.problems[0], facts=facts),))
    return cell


def annex_of(kind: Kind, values: Mapping[str, object]) -> dict[str, str | int | bool]:
    """The annex of a row as it is kept: blank columns left out, days as ISO text.

    Shapes: quantities in the smallest parts of the column's unit; partial dates as "2019" or
    "2019-06".
    """
    kept: dict[str, str | int | bool] = {}
    for column in kind.annex:
        value = values.get(column.key)
        if isinstance(value, PartDate):
            kept[column.key] = f"{value.year}-{value.month:02d}" if value.month else str(value.year)
        elif isinstance(value, date):
            kept[column.key] = value.isoformat()
        elif isinstance(value, (str, int)):
            kept[column.key] = value
    return kept


def doubled_codes(rows: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The codes that stand more than once, each with the places where it stands.

    Shapes: ``rows`` are (key of the code, place). Equal keys are equal codes or codes that differ
    only by case, space, dash or marks.
    """
    places: dict[str, list[str]] = {}
    for key, place in rows:
        places.setdefault(key, []).append(place)
    return {key: tuple(where) for key, where in places.items() if len(where) > 1}

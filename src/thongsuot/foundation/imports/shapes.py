"""Which rows below the header are rows of the table, and what is odd about a row as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from thongsuot.foundation.imports.containers import CSV
from thongsuot.foundation.imports.readers import Row, Sheet
from thongsuot.foundation.imports.rows import ASIDE, WHOLE_ROW, Fault, Staged
from thongsuot.foundation.imports.table import Layout, Options
from thongsuot.rules.kernel.cells import Cell
from thongsuot.rules.kernel.cells_row import row_shape
from thongsuot.rules.kernel.cells_value import shown, spoilt
from thongsuot.rules.kernel.text import fold

_SURE = 3  # a code longer than this is no numbering of columns
_OPENINGS = ("ton", "con", "luy")  # how the folded first letters of a total row begin


@dataclass(slots=True)
class Shapes:
    """Divides rows into rows of the table and rows that are set aside, with the reason.

    ``key`` is the place of the column that tells rows apart; -1 when the file has none.
    """

    sheet: Sheet
    layout: Layout
    options: Options
    kind_of_file: str
    key: int = -1
    blank: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    _plain: dict[str, bool] = field(default_factory=dict)
    _titles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._titles = self.layout.keys

    def divide(
        self, chunk: Iterable[tuple[int, Row]]
    ) -> tuple[list[tuple[int, Row]], list[tuple[Staged, Row]]]:
        """The rows of the table, and those set aside; empty rows are only counted."""
        kept: list[tuple[int, Row]] = []
        aside: list[tuple[Staged, Row]] = []
        at, plain = self.key, self._plain
        for number, row in chunk:
            key = row[at] if 0 <= at < len(row) else ""
            if type(key) is str and len(key) > _SURE:
                head = key[:3]
                sure = plain.get(head)
                if sure or (sure is None and self._is_plain(head)):
                    kept.append((number, row))
                    continue
            shape = row_shape(row, self._titles)
            if shape == "row":
                kept.append((number, row))
            elif shape == "blank":
                self.blank.append(number)
            else:
                aside.append((_aside(number, row, shape), row))
        if self.options.hidden == "skip" and self.sheet.marks.hidden_rows:
            kept = self._without_hidden(kept, aside)
        return kept, aside

    def _is_plain(self, head: str) -> bool:
        """Whether a code that starts so can be neither a total nor a title; remembered."""
        folded = fold(head)
        of_title = any(title.startswith(folded) for title in self._titles)
        plain = not folded.startswith(_OPENINGS) and not of_title
        if len(self._plain) < 10_000:
            self._plain[head] = plain
        return plain

    def _without_hidden(
        self, kept: list[tuple[int, Row]], aside: list[tuple[Staged, Row]]
    ) -> list[tuple[int, Row]]:
        hidden = self.sheet.marks.hidden_rows
        aside += [(_aside(number, row, "hidden"), row) for number, row in kept if number in hidden]
        return [(number, row) for number, row in kept if number not in hidden]

    def faults(self, number: int, row: Row) -> list[Fault]:
        """What is to be said about the row as a whole."""
        found = []
        marks = self.sheet.marks
        if number in marks.hidden_rows:
            self.hidden.append(number)
            found.append(Fault(WHOLE_ROW, "imports.row-hidden", blocks=False))
        crossed = marks.styled.get(number, 0)
        if crossed and crossed * 2 >= sum(1 for cell in row if cell != ""):
            self.struck.append(number)
            found.append(Fault(WHOLE_ROW, "imports.row-struck", blocks=False))
        if self.kind_of_file == CSV:
            found += self._field_count(row)
        return found

    def _field_count(self, row: Row) -> list[Fault]:
        wanted, count = len(self.layout.titles), len(row)
        if count < wanted or any(row[wanted:]):
            return [Fault(WHOLE_ROW, "imports.fields-count", {"count": count, "wanted": wanted})]
        return []

    @property
    def watched(self) -> bool:
        """Whether any row of this sheet may have something said about it as a whole."""
        marks = self.sheet.marks
        return bool(marks.hidden_rows or marks.styled or self.kind_of_file == CSV)


def _aside(number: int, row: Row, shape: str) -> Staged:
    texts = [shown(cell) if cell not in (None, "") else "" for cell in row[:40]]
    return Staged(number, ASIDE, shape=shape, values=texts)


class Overlays:
    """What the quick reader gives wrongly or not at all: errors, formulas, merged cells.

    ``at`` maps the number of a row to the cells that stand in for what was read, by place.
    """

    def __init__(self, sheet: Sheet, layout: Layout, options: Options) -> None:
        self.at: dict[int, dict[int, Cell]] = {}
        self.formulas: dict[int, dict[int, str]] = {}
        self.filled = 0
        self._fill: dict[int, list[tuple[int, int]]] = {}
        self._tops: dict[tuple[int, int], object] = {}
        marks = sheet.marks
        for (row, column), formula in marks.formula_at.items():
            self.formulas.setdefault(row, {})[column - 1] = f"={formula}"[:200]
        for row, column in marks.uncached:
            formula = self.formulas.get(row, {}).get(column - 1, "=")
            self._put(row, column - 1, spoilt(formula, "imports.not-computed"))
        for (row, column), error in marks.errors.items():
            self._put(row, column - 1, spoilt(error, "cell.sheet-error"))
        self._merged(sheet, layout, options)

    def _put(self, row: int, place: int, cell: Cell) -> None:
        self.at.setdefault(row, {})[place] = cell

    def _merged(self, sheet: Sheet, layout: Layout, options: Options) -> None:
        places = set(layout.places.values())
        for first, left, last, _right in sheet.merged:
            place = left - 1
            if last <= layout.last or first == last or place not in places:
                continue
            self._tops[(first, place)] = ""
            for row in range(max(first, layout.last) + 1, last + 1):
                if options.fill_down:
                    self._fill.setdefault(row, []).append((first, place))
                else:
                    cell = spoilt("", "imports.merged-cell", first=first, last=last)
                    self._put(row, place, cell)

    def fill(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Put the value of a merged cell into the rows it covers, when a person said so."""
        for number, row in rows:
            for first, place in self._tops:
                if first == number and place < len(row):
                    self._tops[(first, place)] = row[place]
            for top, place in self._fill.get(number, ()):
                if place < len(row) and row[place] == "":
                    row[place] = self._tops[(top, place)]
                    self.filled += 1

    @property
    def filling(self) -> bool:
        """Whether there is anything to fill down."""
        return bool(self._fill)

    def filled_places(self, number: int) -> tuple[int, ...]:
        """The columns of that row whose value came from the cell above."""
        return tuple(place for _top, place in self._fill.get(number, ()))

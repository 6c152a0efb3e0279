"""From rows of a file to staged pages: read every cell, judge every row, write nothing.

Pages of five hundred rows are worked on column by column; a page in which nothing is odd costs
little. What can only be known at the end (the same code twice, what exists already) is put into
the pages afterwards.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from thongsuot.foundation.imports.columns import DAYS, NUMBERS, ColumnReader, Reading, reader_of
from thongsuot.foundation.imports.containers import CSV
from thongsuot.foundation.imports.engine import ImportKind, Session, Values
from thongsuot.foundation.imports.readers import Row, Sheet, Workbook
from thongsuot.foundation.imports.rows import (
    ERROR,
    NEW,
    PAGE,
    WHOLE_ROW,
    Counts,
    Fault,
    Staged,
    encode,
)
from thongsuot.foundation.imports.shapes import Overlays, Shapes
from thongsuot.foundation.imports.table import Layout, Options
from thongsuot.foundation.imports.twins import Twins
from thongsuot.foundation.imports.writing import unguarded
from thongsuot.rules.kernel.cells import Cell, day_order, separators
from thongsuot.rules.kernel.cells_value import shown
from thongsuot.rules.kernel.problem import Problem

Tell = Callable[[int, int], None]
Kept = list[tuple[int, Row]]


@dataclass(slots=True)
class Page:
    """One staged page: its rows as they are kept, and how many of each sort."""

    content: bytes
    counts: Counts
    first: int
    last: int


@dataclass(slots=True)
class Total:
    """A total row of the file: what it states for a column and what was counted down to it.

    ``since`` counts from the total row before; one of the two should equal what is stated.
    """

    row: int
    column: str
    stated: Decimal
    counted: Decimal
    since: Decimal


@dataclass(slots=True)
class Table:
    """A whole file, staged. ``sums`` are over every row with a readable value."""

    pages: list[Page] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    sums: dict[str, Decimal] = field(default_factory=dict)
    totals: list[Total] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """The counts of all pages together."""
        total = Counts()
        for page in self.pages:
            total = total + page.counts
        return total

    @property
    def digest(self) -> str:
        """SHA-256 over all pages: what was previewed is what may be applied."""
        return digest_of(page.content for page in self.pages)


def digest_of(contents: Iterable[bytes | memoryview]) -> str:
    """SHA-256 over the contents of pages in their order."""
    whole = hashlib.sha256()
    for content in contents:
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


class Stager:
    """Stages one sheet for one kind. Made for one run."""

    def __init__(
        self,
        book: Workbook,
        sheet: Sheet,
        layout: Layout,
        kind: ImportKind,
        session: Session,
        options: Options,
    ) -> None:
        self.sheet, self.layout, self.options = sheet, layout, options
        self.kind, self.session = kind, session
        self.table = Table(reading=Reading(from_1904=book.from_1904, scale=max(options.scale, 1)))
        self.shapes = Shapes(sheet, layout, options, book.kind, layout.places.get(kind.key, -1))
        self.overlays = Overlays(sheet, layout, options)
        self.converted = 0
        self._twins = Twins(kind)
        self._evident = False
        self._guarded = book.kind == CSV  # texts may carry the apostrophe of an export
        self._used = sorted((kind.at[key], place) for key, place in layout.places.items())
        self._place_of = dict(self._used)
        self._width = max(layout.places.values(), default=0) + 1
        self._readers = self._make_readers()
        self._required = [kind.at[key] for key in kind.required]
        self._key = kind.at[kind.key]
        self._summed = [(key, kind.at[key]) for key in kind.summed if key in layout.places]
        self._before: dict[str, Decimal] = {}  # sums at the last total row

    def run(self, tell: Tell = lambda _done, _total: None) -> Table:
        """Stage every row; ``tell`` hears how many are done."""
        done = 0
        rows = ((n, row) for n, row in self.sheet.rows() if n > self.layout.last)
        while chunk := list(islice(rows, PAGE)):
            self.table.pages.append(self._page(chunk))
            done += len(chunk)
            tell(done, max(self.sheet.size, done))
        self._twins.settle(self.table.pages, self.session)
        return self.table

    # --- how the columns are read ------------------------------------------------------------

    def _make_readers(self) -> dict[int, ColumnReader]:
        columns = self.kind.columns
        return {
            at: ColumnReader(columns[at], reader_of(columns[at], self.table.reading))
            for at, _place in self._used
        }

    def _learn(self) -> None:
        """Walk the sheet for how its numbers and days are written, the first time it matters."""
        self._evident = True
        seen: dict[int, set[str]] = {
            at: set() for at, _place in self._used if str(self.kind.columns[at].type) in _SPOKEN
        }
        watched = [(seen[at], place) for at, place in self._used if at in seen]
        for number, row in self.sheet.rows():
            if number > self.layout.last:
                for texts, place in watched:
                    cell = row[place] if place < len(row) else ""
                    if type(cell) is str:
                        texts.add(cell)
        self.table.reading = self._reading(seen)
        self._readers = self._make_readers()

    def _reading(self, seen: Mapping[int, set[str]]) -> Reading:
        old = self.table.reading
        numbers, days = {}, {}
        for at, texts in seen.items():
            column = self.kind.columns[at]
            if str(column.type) in NUMBERS:
                how = separators(texts)
                numbers[column.key] = (how.vietnamese, how.english)
            else:
                order = day_order(texts)
                days[column.key] = (order.day_first, order.month_first)
        return Reading(numbers, days, old.from_1904, old.scale)

    # --- one page ----------------------------------------------------------------------------

    def _page(self, chunk: Kept) -> Page:
        if self.overlays.filling:
            self.overlays.fill(chunk)
        kept, aside = self.shapes.divide(chunk)
        values, cells = self._columns([row for _number, row in kept])
        odd = self._odd(kept, values, cells)
        rows = self._rows(kept, values, odd)
        self._add_up(kept, values, aside)
        if aside:
            rows += [staged for staged, _row in aside]
            rows.sort(key=_number_of)
        counts = Counts()
        for at, row in enumerate(rows):
            if type(row) is tuple:
                counts.new += 1
                self._twins.add((len(self.table.pages), at), row[0], row[2], row[3])
            else:
                counts.add(row)
                if row.key:
                    spot = (len(self.table.pages), at)
                    self._twins.add(spot, row.number, row.key, row.values)
        return Page(encode(rows), counts, chunk[0][0], chunk[-1][0])

    def _columns(self, rows: Sequence[Row]) -> tuple[list[Sequence[Any]], dict[int, list[Cell]]]:
        """For every column of the kind its values on this page; its cells where the file has it."""
        width = self._width
        if any(len(row) < width for row in rows):
            rows = [row + [""] * (width - len(row)) for row in rows]
        by_place: Sequence[Sequence[object]] = list(zip(*rows, strict=False)) or [()] * width
        values: list[Sequence[Any]] = [[None] * len(rows)] * len(self.kind.columns)
        cells: dict[int, list[Cell]] = {}
        for at, place in self._used:
            raws = by_place[place]
            if self._guarded and str(self.kind.columns[at].type) not in _SPOKEN:
                raws = [unguarded(raw) if type(raw) is str else raw for raw in raws]
            spoken = str(self.kind.columns[at].type) in _SPOKEN
            if spoken and not self._evident and any(type(raw) is str and raw for raw in raws):
                self._learn()
            cells[at] = self._readers[at].cells(raws)
            values[at] = [cell[0] for cell in cells[at]]
        return values, cells

    def _odd(
        self, kept: Kept, values: list[Sequence[Any]], cells: Mapping[int, list[Cell]]
    ) -> dict[int, dict[int, Cell]]:
        """For each row in which something is to be said, the cells it is to be said of."""
        found: dict[int, dict[int, Cell]] = {}
        for at, column in cells.items():
            for row_at in [i for i, cell in enumerate(column) if cell[2] or cell[3]]:
                cell = column[row_at]
                if self.options.convert_old and cell.problems:
                    cell = self._converted(at, cell)
                    values[at][row_at] = cell.value  # type: ignore[index]  # a list, made above
                found.setdefault(row_at, {})[at] = cell
        if self.overlays.at or self.overlays.formulas or self.overlays.filling:
            self._lay_over(kept, values, found)
        return found

    def _converted(self, at: int, cell: Cell) -> Cell:
        """The cell with its old encoding converted, when the proposal lost nothing."""
        problem = cell.problems[0]
        proposal = str(problem.facts.get("proposal", ""))
        if problem.code != "cell.old-encoding" or not proposal or "\ufffd" in proposal:
            return cell
        self.converted += 1
        again = self._readers[at].read(proposal)
        return again._replace(original=cell.original, note="converted")

    def _lay_over(
        self, kept: Kept, values: list[Sequence[Any]], found: dict[int, dict[int, Cell]]
    ) -> None:
        """Put errors, formulas and merged cells where the quick reader saw a blank or a value."""
        over = self.overlays
        for row_at, (number, _row) in enumerate(kept):
            for place, cell in over.at.get(number, {}).items():
                for at, used in self._used:
                    if used == place:
                        values[at][row_at] = None  # type: ignore[index]  # a list
                        found.setdefault(row_at, {})[at] = cell
            told = [
                (place, "formula", text) for place, text in over.formulas.get(number, {}).items()
            ]
            told += [(place, "filled", "") for place in over.filled_places(number)]
            for place, note, text in told:
                for at, used in self._used:
                    old = found.get(row_at, {}).get(at)
                    if used == place and (old is None or not old.problems):
                        value = values[at][row_at]
                        found.setdefault(row_at, {})[at] = Cell(value, text, (), note)

    def _rows(
        self, kept: Kept, values: list[Sequence[Any]], odd: Mapping[int, dict[int, Cell]]
    ) -> list[Any]:
        """The rows as they are kept: a plain tuple where there is nothing to say."""
        names, fill, judged = self.kind.names, self.session.fill, self.session.judge
        key_at = self._key
        required, watched = self._required, self.shapes.watched
        rows: list[Any] = []
        for at, row_values in enumerate(zip(*values, strict=True)):
            number, row = kept[at]
            strange = odd.get(at)
            full = dict(zip(names, row_values, strict=True))
            fill(full)
            said = list(judged(full))
            blank = [column for column in required if row_values[column] is None]
            if strange or said or blank or watched:
                staged = self._judged(number, row_values, strange or {}, said, blank)
                if watched:
                    staged.faults += self.shapes.faults(number, row)
                staged.state = ERROR if staged.blocked else NEW
                rows.append(staged)
            else:
                rows.append((number, NEW, row_values[key_at], row_values))
        return rows

    def _judged(
        self,
        number: int,
        values: Sequence[Any],
        strange: Mapping[int, Cell],
        said: Iterable[Problem],
        blank: Iterable[int],
    ) -> Staged:
        key = values[self._key]
        row = Staged(number, NEW, str(key) if key is not None else "", list(values), [], {})
        for at, cell in strange.items():
            raw = shown(cell.original) if cell.original is not None else ""
            row.faults += [Fault(at, p.code, dict(p.facts), p.blocks, raw) for p in cell.problems]
            if cell.note:
                row.notes[str(at)] = [raw, cell.note]
        unread = {fault.column for fault in row.faults if fault.blocks}
        judge(self.kind, row, said, blank, unread)
        return row

    # --- totals ------------------------------------------------------------------------------

    def _add_up(
        self, kept: Kept, values: list[Sequence[Any]], aside: Iterable[tuple[Staged, Row]]
    ) -> None:
        totals = [(staged.number, row) for staged, row in aside if staged.shape == "total"]
        for key, at in self._summed:
            sums = self.table.sums
            start = sums.get(key, Decimal(0))
            for number, row in totals:
                upto = sum(1 for n, _row in kept if n < number)
                self._total(key, at, number, row, start + _sum(values[at][:upto]))
            sums[key] = start + _sum(values[at])

    def _total(self, key: str, at: int, number: int, row: Row, counted: Decimal) -> None:
        place = self._place_of[at]
        cell = self._readers[at].cells([row[place] if place < len(row) else ""])[0]
        if cell.value is not None:
            since = counted - self._before.get(key, Decimal(0))
            stated = Decimal(str(cell.value))
            self.table.totals.append(Total(number, key, stated, counted, since))
        self._before[key] = counted


_SPOKEN = NUMBERS | DAYS  # columns whose texts show how the others are meant


def judge(
    kind: ImportKind,
    row: Staged,
    said: Iterable[Problem],
    blank: Iterable[int],
    unread: Iterable[int],
) -> None:
    """Write into the row what the rules said of it, and which cells may not be blank.

    Nothing is said of a cell that could not be read: that is said already.
    """
    known = set(unread)
    for problem in said:
        at = kind.at.get(problem.subject, WHOLE_ROW)
        if at not in known or at == WHOLE_ROW:
            raw = _as_text(row.values[at]) if at >= 0 else ""
            row.faults.append(Fault(at, problem.code, dict(problem.facts), problem.blocks, raw))
    for at in blank:
        if at not in known and not any(fault.column == at for fault in row.faults):
            row.faults.append(Fault(at, "imports.blank"))


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _number_of(row: Any) -> int:
    return row[0] if type(row) is tuple else row.number  # type: ignore[no-any-return]


def _sum(values: Iterable[Any]) -> Decimal:
    whole, rest = 0, Decimal(0)
    for value in values:
        if type(value) is int:
            whole += value
        elif value is not None:
            rest += Decimal(value)
    return whole + rest


# What stays said of a row when another of its cells was typed anew.
_STAYS = frozenset(
    ("imports.not-computed", "imports.merged-cell", "imports.row-hidden", "imports.row-struck")
)


def read_again(
    kind: ImportKind, row: Staged, session: Session, reading: Reading, typed: Mapping[int, str]
) -> None:
    """Read some cells of a staged row anew, as a person typed them, and judge the row again.

    Shapes: ``typed`` maps the position of a column to its text. Duplicates, and what exists
    already, are judged elsewhere.
    """
    row.faults = [
        fault
        for fault in row.faults
        if fault.column not in typed and (fault.code.startswith("cell.") or fault.code in _STAYS)
    ]
    for at, text in typed.items():
        cell = reader_of(kind.columns[at], reading)(text) if text.strip() else Cell(None, text)
        row.values[at] = cell.value
        row.faults += [Fault(at, p.code, dict(p.facts), p.blocks, text) for p in cell.problems]
        row.notes[str(at)] = [row.notes.get(str(at), [""])[0], "typed"]
    key = row.values[kind.at[kind.key]]
    row.key = str(key) if key is not None else ""
    values: Values = dict(zip(kind.names, row.values, strict=True))
    session.fill(values)
    said = list(session.judge(values))
    blank = [kind.at[name] for name in kind.required if row.values[kind.at[name]] is None]
    judge(kind, row, said, blank, {fault.column for fault in row.faults if fault.blocks})
    row.state = ERROR if row.blocked else NEW

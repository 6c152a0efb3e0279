"""What the quick reader does not tell about a sheet: found in its XML while the gate counts it.

Hidden rows and columns, formulas and whether they were ever computed, error cells, whole numbers
too long for a float, red and struck rows, cells far outside the table. Plain searches first, so
that an ordinary sheet of a hundred thousand rows costs a third of a second; the exact patterns
run only over the pieces that hold something.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

_KEPT = 20_000  # positions kept of each sort; beyond that only the count
_COUNTED_FROM = 50_000  # rows; below it, styled empty rows are counted with the others
_WIDE = 40 << 20  # a row longer than this is cut between two cells
_EMPTY_VALUE = (b"", b"<v/>", b"<v />", b"<v></v>")
_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)

Place = tuple[int, int]  # row from 1, column from 1


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 27 → AA: the name that a spreadsheet shows above the column."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(slots=True)
class SheetMarks:
    """What was seen in the XML of one sheet. Rows and columns are counted from 1."""

    rows: int = 0
    valued: int = 0  # rows that hold at least one value
    last_row: int = 0
    last_column: int = 26  # exact only beyond Z
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: int = 0
    formula_at: dict[Place, str] = field(default_factory=dict)
    outside: int = 0  # formulas that look into another file
    uncached: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    exact: dict[Place, int] = field(default_factory=dict)
    styled: Counter[int] = field(default_factory=Counter)  # row → red or struck cells
    part: str = ""  # the part of the package, in small letters
    odd: bool = False  # cells without references: places in this sheet are not known


class SheetWatcher:
    """Looks on while one sheet of an XLSX is counted; ``marks`` hold what it saw.

    Shapes: ``styles`` are the numbers of cell formats that are red or struck through.
    """

    def __init__(self, styles: frozenset[int] = frozenset()) -> None:
        self.marks = SheetMarks()
        self.styles = styles
        self._carry = b""
        self._p: _Patterns | None = None

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        buffer = self._carry + piece
        if self._p is None:
            if len(buffer) < 1024 and b"sheetData" not in buffer:
                self._carry = buffer
                return
            self._p = _Patterns.of(buffer)
        cut = buffer.rfind(self._p.row_end)
        if cut < 0 and len(buffer) > _WIDE:
            cut = buffer.rfind(self._p.cell_start)
        elif cut >= 0:
            cut += len(self._p.row_end)
        if cut <= 0:
            self._carry = buffer
            return
        self._carry = buffer[cut:]
        self._look(buffer[:cut], self._p)

    def close(self) -> None:
        """The sheet has ended."""
        if self._p is None:
            self._p = _Patterns.of(self._carry)
        self._look(self._carry, self._p)
        self._carry = b""

    def _look(self, text: bytes, p: "_Patterns") -> None:
        if b"'" in text and b"='" in text:  # the first search is ten times as fast
            text = p.quoted.sub(rb'="\1"', text)
        rows, cells = text.count(p.row_start), text.count(p.cell_start)
        self.marks.rows += rows
        self.marks.valued += rows if self.marks.rows < _COUNTED_FROM else p.valued(text)
        if rows != text.count(p.row_named) or cells != text.count(p.cell_named):
            text = p.rearranged(text)
            if cells != text.count(p.cell_named):
                self._odd(text, p)
                return
        self._extent(text, p)
        self._special(text, p)

    def _special(self, text: bytes, p: "_Patterns") -> None:
        """Plain searches; the exact patterns run only where one of them found something."""
        if b"hidden=" in text:
            self._hidden(text, p)
        if p.formula_start in text:
            self._formulas(text, p)
        if b't="e"' in text:
            self._errors(text, p)
        if p.long.search(text):
            for match in p.long_number.finditer(text):
                if len(self.marks.exact) < _KEPT:
                    self.marks.exact[_place(match)] = int(match[3])
        if self.styles:
            self._styled(text, p)

    def _odd(self, text: bytes, p: "_Patterns") -> None:
        """Cells that do not say where they are: only the extent is bounded."""
        self.marks.odd = True
        widest = max((row.count(p.cell_start) for row in text.split(p.row_start)), default=0)
        self.marks.last_column = max(self.marks.last_column, widest)
        self._extent(text, p)

    def _extent(self, text: bytes, p: "_Patterns") -> None:
        marks = self.marks
        far = [column_number(m[1].decode()) for m in p.far_column.finditer(text)]
        if far:
            marks.last_column = max(marks.last_column, *far)
        last = p.last_row(text)
        rows = [int(m[1]) for m in p.far_row.finditer(text)]
        marks.last_row = max(marks.last_row, marks.rows, last, *rows)

    def _hidden(self, text: bytes, p: "_Patterns") -> None:
        for match in p.hidden_row.finditer(text):
            if len(self.marks.hidden_rows) < _KEPT * 10:
                self.marks.hidden_rows.add(int(match[1]))
        for match in p.hidden_column.finditer(text):
            low, high = p.low.search(match[0]), p.high.search(match[0])
            if low and high:
                self.marks.hidden_columns.update(range(int(low[1]), min(int(high[1]), 500) + 1))

    def _formulas(self, text: bytes, p: "_Patterns") -> None:
        marks = self.marks
        for match in p.formula.finditer(text):
            marks.formulas += 1
            formula = (match[4] or b"").decode("utf-8", "replace")
            if "[" in formula or "|" in formula:
                marks.outside += 1
            place = _place(match)
            if len(marks.formula_at) < _KEPT:
                marks.formula_at[place] = formula
            value = (match[5] or b"").replace(p.prefix, b"")
            if value in _EMPTY_VALUE and not (value and b't="str"' in match[3]):
                marks.uncached.add(place)

    def _errors(self, text: bytes, p: "_Patterns") -> None:
        for match in p.error.finditer(text):
            if len(self.marks.errors) < _KEPT * 10:
                shown = match[3].decode("utf-8", "replace")
                self.marks.errors[_place(match)] = shown if shown in _ERRORS else "#ERROR"

    def _styled(self, text: bytes, p: "_Patterns") -> None:
        wanted = b"|".join(str(style).encode() for style in sorted(self.styles))
        pattern = re.compile(p.cell_named + rb'([A-Z]+)(\d+)"[^>]*? s="(?:' + wanted + rb')"')
        self.marks.styled.update(int(match[2]) for match in pattern.finditer(text))


def _place(match: re.Match[bytes]) -> Place:
    return int(match[2]), column_number(match[1].decode())


class _Patterns:
    """The patterns for one sheet: elements may carry a name space prefix (``<x:row>``)."""

    def __init__(self, prefix: bytes) -> None:
        self.prefix = prefix
        start = b"<" + prefix
        self.row_start, self.row_named = start + b"row", start + b'row r="'
        self.cell_start, self.cell_named = start + b"c ", start + b'c r="'
        self.row_end = b"</" + prefix + b"row>"
        self.formula_start = start + b"f"
        self.value_start, self.inline = start + b"v>", start + b"is>"
        p, cell = re.escape(prefix), re.escape(self.cell_named) + rb'([A-Z]+)(\d+)"'
        value = rb"<" + p + rb"v>"
        self.quoted = re.compile(rb"='([^'\"<>]*)'")
        self.long = re.compile(value + rb"-?\d{16}")
        self.long_number = re.compile(cell + rb"[^>]*>" + value + rb"(-?\d{16,30})<")
        self.far_column = re.compile(rb' r="([A-Z]{2,3})\d')
        self.far_row = re.compile(re.escape(self.row_named) + rb'(\d{6,})"')
        self.hidden_row = re.compile(
            re.escape(self.row_named) + rb'(\d+)"[^>]*? hidden="(?:1|true)"'
        )
        self.hidden_column = re.compile(rb"<" + p + rb'col [^>]*?hidden="(?:1|true)"[^>]*>')
        self.low, self.high = re.compile(rb'min="(\d{1,5})"'), re.compile(rb'max="(\d{1,5})"')
        self.formula = re.compile(
            cell
            + rb"([^>]*)><"
            + p
            + rb"f(?:[^>]*/>|[^>]*>([^<]*)</"
            + p
            + rb"f>)((?:<"
            + p
            + rb"v ?/>|"
            + value
            + rb"[^<]*</"
            + p
            + rb"v>)?)"
        )
        self.error = re.compile(
            cell + rb'[^>]*? t="e"[^>]*>(?:(?!</' + p + rb"c>).)*?" + value + rb"([^<]*)"
        )
        self._named_last = re.compile(
            rb"<(" + p + rb"(?:row|c))\b((?:\s+[\w:]+\s*=\s*\"[^\"]*\")*)\s*(/?)>"
        )

    @classmethod
    def of(cls, head: bytes) -> "_Patterns":
        """The patterns for the prefix that the root element uses."""
        match = re.search(rb"<(\w+:)?worksheet\b", head)
        return cls((match[1] or b"") if match else b"")

    def valued(self, text: bytes) -> int:
        """How many of the rows in the text hold a value; styled empty rows do not count."""
        parts = text.split(self.row_start)[1:]
        return sum(1 for part in parts if self.value_start in part or self.inline in part)

    def last_row(self, text: bytes) -> int:
        """The number that the last row in the text gives itself; 0 when it gives none."""
        at = text.rfind(self.row_named)
        if at < 0:
            return 0
        start = at + len(self.row_named)
        digits = text[start : start + 8].split(b'"')[0]
        return int(digits) if digits.isdigit() else 0

    def rearranged(self, text: bytes) -> bytes:
        """The same text with ``r`` as the first attribute of every row and cell that has one."""
        return self._named_last.sub(_reference_first, text)


_REFERENCE = re.compile(rb"\s+r\s*=\s*\"([^\"]*)\"")


def _reference_first(match: re.Match[bytes]) -> bytes:
    found = _REFERENCE.search(match[2])
    if found is None:
        return match[0]
    rest = match[2][: found.start()] + match[2][found.end() :]
    return b"<" + match[1] + b' r="' + found[1] + b'"' + rest + match[3] + b">"

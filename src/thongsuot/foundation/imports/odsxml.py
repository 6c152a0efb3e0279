"""What the quick reader does not tell about an OpenDocument sheet, seen while it is counted."""

from xml.parsers import expat

from thongsuot.foundation.imports.sheetxml import SheetMarks

_KEPT = 20_000
_OBJECTS = frozenset(("draw:frame", "draw:custom-shape", "draw:rect", "draw:line", "draw:g"))


class OdsWatcher:
    """Looks on while content.xml is counted: marks of each table, by its name.

    ``broken``: the XML could not be followed to its end.
    """

    def __init__(self) -> None:
        self.marks: dict[str, SheetMarks] = {}
        self.comments = self.objects = 0
        self.broken = False
        self._now = SheetMarks()
        self._row = self._column = self._repeat = 0
        self._valued = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._begin = {
            "table:table": self._table,
            "table:table-column": self._table_column,
            "table:table-row": self._table_row,
            "table:table-cell": self._cell,
            "table:covered-table-cell": self._cell,
            "office:annotation": self._annotation,
        }

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        if not self.broken:
            try:
                self._parser.Parse(piece, False)
            except expat.ExpatError:
                self.broken = True

    def close(self) -> None:
        """The part has ended."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        begin = self._begin.get(name)
        if begin is not None:
            begin(attributes)
        elif name in _OBJECTS:
            self.objects += 1

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._repeat

    def _table(self, attributes: dict[str, str]) -> None:
        self._now = self.marks.setdefault(attributes.get("table:name", ""), SheetMarks())
        self._now.last_column = 1
        self._row = self._column = 0

    def _annotation(self, attributes: dict[str, str]) -> None:
        self.comments += 1

    def _table_column(self, attributes: dict[str, str]) -> None:
        repeat = _number(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility", "visible") != "visible":
            last = min(self._column + repeat, 500)
            self._now.hidden_columns.update(range(self._column + 1, last + 1))
        self._column += repeat

    def _table_row(self, attributes: dict[str, str]) -> None:
        self._repeat = _number(attributes, "table:number-rows-repeated")
        self._column = 0
        self._valued = False
        if attributes.get("table:visibility", "visible") != "visible" and self._repeat < _KEPT:
            self._now.hidden_rows.update(range(self._row + 1, self._row + self._repeat + 1))

    def _cell(self, attributes: dict[str, str]) -> None:
        first = self._column + 1
        self._column += _number(attributes, "table:number-columns-repeated")
        if len(attributes) < 2 and "office:value-type" not in attributes:
            return
        marks, place = self._now, (self._row + 1, first)
        kind = attributes.get("office:value-type")
        if "table:formula" in attributes:
            marks.formulas += 1
            if len(marks.formula_at) < _KEPT:
                marks.formula_at[place] = attributes["table:formula"]
            if kind is None:
                marks.uncached.add(place)
        if attributes.get("calcext:value-type") == "error" and len(marks.errors) < _KEPT:
            marks.errors[place] = "#ERROR"
        if kind is not None:
            marks.last_column = max(marks.last_column, self._column)
            marks.last_row = max(marks.last_row, self._row + self._repeat)
            if not self._valued:
                self._valued = True
                marks.valued += self._repeat
                marks.rows += self._repeat


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1

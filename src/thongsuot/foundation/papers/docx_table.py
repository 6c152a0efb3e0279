"""Tables for a DOCX, written as text: thousands of rows in a second."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as GridTable

from thongsuot.foundation.papers.compose import Plan
from thongsuot.foundation.papers.tabling import Set, joined

_TWIPS = 1440 / 25.4
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_NO_MARGIN = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'


def _twips(mm: float) -> int:
    return round(mm * _TWIPS)


def empty_grid(
    owner: Any,
    columns: Sequence[float],
    *,
    rows: int = 1,
    before: Any = None,
) -> GridTable:
    """A table without borders, for things that stand side by side. ``columns`` in mm.

    ``owner`` is the body or the footer it ends up in.
    """
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr><w:p/></w:tc>'
        for width in columns
    )
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    grid = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(columns))}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_NO_MARGIN}</w:tblCellMar></w:tblPr>'
        f"{_grid(columns)}{row * rows}</w:tbl>"
    )
    if before is not None:
        before.addprevious(grid)
    else:
        owner._element.insert_element_before(grid, "w:sectPr")
    return GridTable(grid, owner)


def _grid(columns: Iterable[float]) -> str:
    inner = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in columns)
    return f"<w:tblGrid>{inner}</w:tblGrid>"


def table_xml(table: Plan) -> str:
    """The whole table as WordprocessingML: heading rows repeat, rows do not split."""
    widths = table["widths"]
    maker = _Rows(widths, table["aligns"], table["size"])
    head = "".join(maker.heading(table["head"]))
    body = "".join(
        maker.row(row, bold=strong, splits=tall)
        for row, strong, tall in zip(table["rows"], table["strong"], table["tall"], strict=True)
    )
    total = maker.total(table["total"]) if table["total"] else ""
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="60" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr>{_grid(widths)}{head}{body}{total}</w:tbl>"
    )


class _Rows:
    """Writes the rows of one table; knows its widths, sides and type size."""

    def __init__(self, widths: Sequence[float], aligns: Sequence[str], size: float) -> None:
        self._widths = widths
        self._aligns = aligns
        self._size = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'

    def heading(self, head: Sequence[Sequence[Plan]]) -> Iterable[str]:
        """One or two heading rows; a column without a group runs over both."""
        upper: list[str] = []
        lower: list[str] = []
        below = iter(head[1] if len(head) > 1 else ())
        at = 0
        for one in head[0]:
            span = range(at, at + one["across"])
            merge = "restart" if one["down"] == 2 else ""
            upper.append(self._cell(joined(one["text"]), span, "center", bold=True, merge=merge))
            if merge:
                lower.append(self._cell("", span, "center", merge="continue"))
            elif len(head) > 1:
                lower += [
                    self._cell(joined(next(below)["text"]), range(c, c + 1), "center", bold=True)
                    for c in span
                ]
            at += one["across"]
        for cells in filter(None, (upper, lower)):
            yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def row(self, cells: Sequence[Set], *, bold: bool, splits: bool) -> str:
        """One row of the body."""
        if len(cells) == 1:
            inner = self._cell(joined(cells[0]), range(len(self._widths)), "left", bold=bold)
            return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inner}</w:tr>"
        inner = "".join(
            self._cell(joined(text), range(at, at + 1), self._aligns[at], bold=bold)
            for at, text in enumerate(cells)
        )
        kept = "" if splits else "<w:trPr><w:cantSplit/></w:trPr>"
        return f"<w:tr>{kept}{inner}</w:tr>"

    def total(self, total: Plan) -> str:
        """The last row: its label over several columns, then the sums."""
        first = total["across"]
        label = self._cell(total["label"], range(first), "center", bold=True) if first else ""
        sums = "".join(
            self._cell(text, range(at, at + 1), self._aligns[at], bold=True)
            for at, text in enumerate(total["cells"], first)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{label}{sums}</w:tr>"

    def _cell(
        self, text: str, span: range, align: str, *, bold: bool = False, merge: str = ""
    ) -> str:
        width = sum(self._widths[at] for at in span)
        across = f'<w:gridSpan w:val="{len(span)}"/>' if len(span) > 1 else ""
        down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
        style = f"<w:rPr>{'<w:b/>' if bold else ''}{self._size}</w:rPr>"
        lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escape, text.split("\n")))
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{across}{down}'
            f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:spacing w:before="20" w:after="20"/>'
            f'<w:jc w:val="{align}"/></w:pPr><w:r>{style}<w:t xml:space="preserve">{lines}</w:t></w:r>'
            "</w:p></w:tc>"
        )

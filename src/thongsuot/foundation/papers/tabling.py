"""How a table fits its page: widths in millimetres, and words that must be broken."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from thongsuot.foundation.papers.glyphs import printable, width_mm
from thongsuot.foundation.papers.values import Cell, Column, Table
from thongsuot.foundation.papers.wordings import cell, number

# A printed text, or its pieces between which a line may end where no space stands.
Set = str | list[str]

PADDING_MM = 2.4
_SLACK_MM = 0.8
_WIDEST_NARROW = 0.25  # of the table
_LEAST_WIDE_MM = 22.0
# Figures that stand free read better: so much more a column, if the texts do not need it.
_MOST_EASE_MM = 5.0
_TALL_MM = 90.0
_NUMBERING = Column("STT", align="center", wide=False)
_TOKEN = re.compile(r"\S+")
# Where a line may end anyhow: at spaces, and after / or - before a letter.
_PARTS = re.compile(r"(\s+)|(?<=[/-])(?=[^\W\d_])")
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)


def breakable(text: str, room: float, size: float, *, bold: bool = False) -> Set:
    """The text itself, or the pieces it must be broken into because a word is wider than the room.

    Shapes: ``room`` in mm. A line ends between two pieces; inside a piece it ends as usual.
    """
    if width_mm(text, size, bold=bold) <= room:
        return text
    pieces: list[str] = []
    kept = ""
    for part in filter(None, _PARTS.split(text)):
        if len(part) > 1 and width_mm(part, size, bold=bold) > room:
            *full, rest = _chopped(part, room, size, bold=bold)
            pieces += [kept + full[0], *full[1:]] if full else []
            kept = rest if full else kept + rest
        else:
            kept += part
    return [*pieces, kept] if pieces else text


def _chopped(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """A word cut into as few stretches as fit, letters kept with their marks."""
    stretches = [""]
    left = room
    for cluster in _CLUSTER.findall(word):
        width = width_mm(cluster, size, bold=bold)
        if width > left and stretches[-1]:
            stretches.append("")
            left = room
        stretches[-1] += cluster
        left -= width
    return stretches


# A heading that does not fit on one line is broken before its territory, or before these words.
TERRITORIES = (
    "TỈNH", "THÀNH PHỐ", "TP.", "THÀNH ỦY", "ĐẢNG ỦY", "QUẬN", "HUYỆN", "THỊ XÃ", "PHƯỜNG", "XÃ",
    "ĐẶC KHU",
)  # fmt: skip
LINKS = ("và ", "giữa ", "của ", "từ ", "tại ")


def balanced(
    text: str,
    room: float,
    size: float,
    *,
    before: tuple[str, ...] = TERRITORIES,
) -> str:
    """The bold heading, broken where the eye expects it when it needs more than one line."""
    if "\n" in text or width_mm(text, size, bold=True) <= room:
        return text
    words = text.split()
    choices = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if not choices:
        return text

    def ugliness(pair: tuple[str, str]) -> tuple[bool, bool, float]:
        widest = max(width_mm(line, size, bold=True) for line in pair)
        return widest > room, not pair[1].startswith(before), widest

    first, second = min(choices, key=ugliness)
    return f"{first}\n{balanced(second, room, size, before=before)}"


def joined(text: Set) -> str:
    """The text again as one."""
    return text if isinstance(text, str) else "".join(text)


def set_table(table: Table, room: float, size: float) -> dict[str, Any]:
    """The table with every text final: head, widths in mm, rows, totals.

    Shapes: ``room`` in mm is used up exactly; ``size`` in points.
    """
    columns = (_NUMBERING, *table.columns) if table.numbered else table.columns
    rows = [list(map(cell, row)) for row in table.rows]
    if table.numbered:
        _number(rows, table)
    total = _total(table, columns)
    strong = [at in table.strong for at in range(len(rows))]
    rows = [_heading_row(row) if bold else row for row, bold in zip(rows, strong, strict=True)]
    full = [row for row in rows if len(row) == len(columns)]
    widths = _widths(columns, [*full, *_total_cells(total)], room, size)
    return {
        "is": "table",
        "size": size,
        "widths": [round(width, 2) for width in widths],
        "aligns": [column.align for column in columns],
        "head": _head(columns, widths, size),
        "rows": [
            _cells(row, widths if len(row) == len(widths) else [room], size, bold=bold)
            for row, bold in zip(rows, strong, strict=True)
        ],
        "strong": strong,
        "tall": [_is_tall(row, widths, size) for row in rows],
        "total": total,
    }


def _number(rows: list[list[str]], table: Table) -> None:
    count = table.first_number - 1
    for at, row in enumerate(rows):
        count += at not in table.strong
        row.insert(0, "" if at in table.strong else number(count))


def _heading_row(row: list[str]) -> list[str]:
    """A strong row with one filled cell becomes that cell alone, over the whole width."""
    filled = [text for text in row if text]
    return filled if len(filled) == 1 else row


def _cells(row: Sequence[str], widths: Sequence[float], size: float, *, bold: bool) -> list[Set]:
    return [
        breakable(text, width - PADDING_MM, size, bold=bold)
        for text, width in zip(row, widths, strict=True)
    ]


def _is_tall(row: Sequence[str], widths: Sequence[float], size: float) -> bool:
    """Whether a row may be split over two pages because it fills a good part of one."""
    line = size * 0.42  # mm from line to line
    for text, width in zip(row, widths, strict=False):
        if len(text) > 60:  # below that no column makes a tall cell
            lines = width_mm(text, size) / max(width - PADDING_MM, 1) + text.count("\n")
            if lines * line > _TALL_MM:
                return True
    return False


def _sum(values: Iterable[Cell]) -> int | Decimal:
    """The numbers among the cells added up exactly; text and blanks count nothing."""
    total: int | Decimal = 0
    for value in values:
        if isinstance(value, int | Decimal):
            total += value
    return total


def totals(table: Table) -> tuple[Cell, ...]:
    """One sum per column marked ``total``, None elsewhere; subtotal rows are not added again."""
    rows = [row for at, row in enumerate(table.rows) if at not in table.strong]
    return tuple(
        _sum(row[at] for row in rows) if column.total else None
        for at, column in enumerate(table.columns)
    )


def _total(table: Table, columns: Sequence[Column]) -> dict[str, Any] | None:
    """The last row: a label over the columns before the first sum, then the sums."""
    sums = [cell(value) for value in totals(table)]
    if not any(column.total for column in columns) or not table.rows:
        return None
    if table.numbered:
        sums.insert(0, "")
    across = next(at for at, column in enumerate(columns) if column.total)
    if across == 0:
        return {"label": "", "across": 0, "cells": sums}
    return {"label": printable(table.total_label), "across": across, "cells": sums[across:]}


def _total_cells(total: dict[str, Any] | None) -> list[list[str]]:
    return [[""] * total["across"] + total["cells"]] if total else []


def _is_narrow(column: Column) -> bool:
    return column.align == "right" or not column.wide


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: float, size: float
) -> list[float]:
    """Numbers and codes get what they need; the other columns share the rest by weight."""
    spare = PADDING_MM + _SLACK_MM
    widest = room * _WIDEST_NARROW
    least = [min(_longest_word(column.title, size) + spare, widest) for column in columns]
    widths = list(least)
    for at, column in enumerate(columns):
        if _is_narrow(column):
            longest = max((width_mm(row[at], size, bold=True) for row in rows), default=0.0)
            cap = room if column.align == "right" else widest
            widths[at] = max(least[at], min(longest + spare, cap))
    wide = [at for at, column in enumerate(columns) if not _is_narrow(column)]
    for at in wide:
        widths[at] = max(least[at], _LEAST_WIDE_MM)
    rest = room - sum(widths)
    if rest < 0:
        return _squeezed(widths, room)
    for share in (1.0, 0.8):  # every text on one line, else most of them
        wanted = {at: max(_wanted(rows, at, size, share), widths[at]) for at in wide}
        spare = rest - sum(wanted[at] - widths[at] for at in wide)
        if spare >= 0:
            ease = _MOST_EASE_MM if share == 1.0 else 0.0
            return _eased(widths, columns, wanted, spare, ease)
    return _shared(widths, columns, wide, rest)


def _eased(
    widths: list[float],
    columns: Sequence[Column],
    wanted: dict[int, float],
    spare: float,
    ease: float,
) -> list[float]:
    """The texts have their room: figures get up to ``ease`` mm of air, the texts the rest."""
    figures = [at for at, column in enumerate(columns) if column.align == "right"]
    easier = min(spare / max(len(figures), 1), ease)
    for at in figures:
        widths[at] += easier
    spare -= easier * len(figures)
    takers = list(wanted) or list(range(len(columns)))
    weight = sum(columns[at].weight for at in takers)
    for at in takers:
        widths[at] = wanted.get(at, widths[at]) + spare * columns[at].weight / weight
    return widths


def _wanted(rows: Sequence[Sequence[str]], at: int, size: float, share: float) -> float:
    """The width at which that share of the first rows stands on one line."""
    lengths = sorted(width_mm(row[at], size, bold=True) for row in rows[:200])
    longest = lengths[round((len(lengths) - 1) * share)] if lengths else 0.0
    return longest + PADDING_MM + _SLACK_MM


def _longest_word(text: str, size: float) -> float:
    return max((width_mm(word, size, bold=True) for word in _TOKEN.findall(text)), default=0.0)


def _shared(
    widths: list[float], columns: Sequence[Column], wide: Sequence[int], rest: float
) -> list[float]:
    """Too little for every text on one line: share by weight, over the whole width if it can be."""
    whole = rest + sum(widths[at] for at in wide)
    weight = sum(columns[at].weight for at in wide)
    ideal = {at: whole * columns[at].weight / weight for at in wide}
    short = {at for at in wide if ideal[at] < widths[at]}
    while short:
        open_ = [at for at in wide if at not in short]
        left = whole - sum(widths[at] for at in short)
        weight = sum(columns[at].weight for at in open_)
        ideal = {at: left * columns[at].weight / weight for at in open_}
        more = {at for at in open_ if ideal[at] < widths[at]}
        if not more:
            break
        short |= more
    return [ideal.get(at, width) for at, width in enumerate(widths)]


def _squeezed(widths: list[float], room: float) -> list[float]:
    """Too much for the page: every column gives way in proportion, and words are broken."""
    factor = room / sum(widths)
    return [width * factor for width in widths]


def _head(
    columns: Sequence[Column], widths: Sequence[float], size: float
) -> list[list[dict[str, Any]]]:
    """One row of headings, or two when neighbouring columns stand under a common one."""
    titles = [
        _heading(breakable(printable(column.title), width - PADDING_MM, size, bold=True))
        for column, width in zip(columns, widths, strict=True)
    ]
    if not any(column.group for column in columns):
        return [titles]
    upper: list[dict[str, Any]] = []
    lower: list[dict[str, Any]] = []
    last = ""
    for column, title in zip(columns, titles, strict=True):
        if not column.group:
            upper.append({**title, "down": 2})
        else:
            lower.append(title)
            if column.group == last:
                upper[-1]["across"] += 1
            else:
                upper.append(_heading(printable(column.group)))
        last = column.group
    return [upper, lower]


def _heading(text: Set) -> dict[str, Any]:
    return {"text": text, "across": 1, "down": 1}

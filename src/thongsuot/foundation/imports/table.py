"""Where the table is: which sheet, which row is the header, which column is which."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import msgspec

from thongsuot.foundation.imports.engine import ImportKind
from thongsuot.foundation.imports.readers import Row, Sheet, Span, Workbook
from thongsuot.foundation.imports.sheetxml import column_letters
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.cells_row import header_key
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

LOOKED_AT = 40  # rows from the top in which the header is looked for
# Sheets that our own templates bring along; nobody is asked whether the rows are in them.
SIDE_SHEETS = frozenset(("huong dan", "danh muc", "gia tri cho phep", "vi du", "huong dan nhap"))
_NUMBERING = frozenset(("", "stt", "tt", "so tt", "so thu tu"))  # columns that only count rows
IGNORED = "-"  # in a mapping: this column of the file is left out on purpose


class Options(msgspec.Struct, frozen=True):
    """What a person answered about one file. Every default means: find out, or ask.

    ``mapping`` gives for the place of a column in the file (from 0, as text) the key of ours, or
    "-" to leave it out. ``header_row`` counts from 1. ``scale`` 0: not answered. ``hidden`` is
    include or skip. ``paper`` are the totals on the signed paper, by column; ``explained`` is why
    they may differ.
    """

    sheet: str = ""
    header_row: int = 0
    mapping: dict[str, str] | None = None
    encoding: str = ""
    separator: str = ""
    as_csv: bool = False
    scale: int = 0
    fill_down: bool = False
    hidden: str = "include"
    convert_old: bool = False
    paper: dict[str, int] = {}
    explained: str = ""


Remembered = Callable[[str], Mapping[str, str] | None]


@dataclass(slots=True)
class Layout:
    """Where the table stands in a sheet.

    ``first`` and ``last`` are the numbers of the header rows; ``titles`` what stands above each
    column; ``places`` the index of the column for each key; ``above`` the texts over the header.
    ``remembered``: the mapping was taken from an earlier import.
    """

    first: int = 0
    last: int = 0
    titles: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    fingerprint: str = ""
    remembered: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The titles as they are compared."""
        return tuple(header_key(title) for title in self.titles)


def choose_sheet(book: Workbook, options: Options) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """The sheet to read, or the question which one: never one by chance.

    A hidden sheet is read only when a person names it.
    """
    if options.sheet:
        for sheet in book.sheets:
            if sheet.name == options.sheet:
                return (None if sheet.problems and _shut(sheet) else sheet), sheet.problems
        return None, (Problem("imports.sheet-gone", options.sheet),)
    visible = [s for s in book.visible() if fold(s.name) not in SIDE_SHEETS]
    if len(visible) == 1:
        sheet = visible[0]
        return (None if _shut(sheet) else sheet), sheet.problems
    if visible:
        names = tuple(sheet.name for sheet in visible)
        return None, (Problem("imports.sheet-asked", "", {"sheets": names}),)
    hidden = tuple(sheet.name for sheet in book.sheets if sheet.hidden and sheet.size)
    if hidden:
        return None, (Problem("imports.only-hidden-sheets", "", {"sheets": hidden}),)
    return None, (Problem("imports.no-rows"),)


def _shut(sheet: Sheet) -> bool:
    return any(problem.blocks for problem in sheet.problems)


def find_layout(sheet: Sheet, kind: ImportKind, options: Options, remembered: Remembered) -> Layout:
    """Find the header of the table and which column is which.

    Returns a layout whose problems say what is missing, doubled or unknown.
    """
    top = [row for _number, row in islice(sheet.rows(), LOOKED_AT + 1)]
    start = next((number for number, _row in sheet.rows()), 1)
    found = _header_row(top, kind, sheet.merged, options.header_row - start)
    known = found is not None
    if found is None:
        found = _header_by_memory(top, remembered) or _likely_header(top)
    at, lines, titles = found
    layout = Layout(at + start, at + start + lines - 1, titles)
    layout.above = tuple(
        str(c) for row in top[:at] for c in row if isinstance(c, str) and c.strip()
    )
    layout.fingerprint = digest(list(layout.keys))
    _place_columns(layout, kind, options, remembered)
    if not known and options.mapping is None and not layout.remembered:
        wanted = tuple(c.title for c in kind.columns if c.required)
        layout.problems = (Problem("imports.header-not-found", sheet.name, {"titles": wanted}),)
    return layout


def _header_by_memory(
    top: Sequence[Row], remembered: Remembered
) -> tuple[int, int, tuple[str, ...]] | None:
    """A row that a person took for the header before, though it names no column we know."""
    for at, row in enumerate(top[:LOOKED_AT]):
        titles = _titles(row)
        keys = [header_key(title) for title in titles]
        if sum(map(bool, keys)) > 1 and remembered(digest(keys)):
            return at, 1, titles
    return None


def _likely_header(top: Sequence[Row]) -> tuple[int, int, tuple[str, ...]]:
    """The row with the most texts: shown to the person who is asked to map the columns."""
    texts = [sum(1 for cell in row if isinstance(cell, str) and cell.strip()) for row in top]
    at = texts.index(max(texts)) if texts else 0
    return at, 1, _titles(top[at]) if top else ()


def _header_row(
    top: Sequence[Row], kind: ImportKind, merged: Iterable[Span], given: int
) -> tuple[int, int, tuple[str, ...]] | None:
    """The index of the header row, how many lines it has, and the title of each column."""
    spans = [span for span in merged if span[0] <= LOOKED_AT + 1]
    alone = [_titles(row) for row in top]
    scores = [len(kind.header.match(titles).places) for titles in alone]
    found: list[tuple[int, int, int, tuple[str, ...]]] = []  # score, minus the row, lines, titles
    for at, titles in enumerate(alone[:LOOKED_AT]):
        if given < 0 or given == at:
            found.append((scores[at], -at, 1, titles))
            if at + 1 < len(top):
                two = _two_lines(top, at, spans, kind)
                score = len(kind.header.match(two).places)
                if score > max(scores[at], scores[at + 1]):
                    found.append((score, -at, 2, two))
    if not found:
        return None
    score, at, lines, titles = max(found, key=lambda option: option[:3])
    enough = 0 if given >= 0 else min(2, len(kind.columns))
    return (-at, lines, titles) if score >= enough else None


def _titles(row: Sequence[object]) -> tuple[str, ...]:
    titles = [" ".join(str(cell).split()) if cell not in (None, "") else "" for cell in row]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _two_lines(
    top: Sequence[Row], at: int, spans: Iterable[Span], kind: ImportKind
) -> tuple[str, ...]:
    """The titles when two rows make one header: a group above, its columns below."""
    above, below = list(_titles(top[at])), list(_titles(top[at + 1]))
    width = max(len(above), len(below))
    above += [""] * (width - len(above))
    below += [""] * (width - len(below))
    for first_row, left, last_row, right in spans:
        if first_row == last_row == at + 1 and left <= width:
            for column in range(left, min(right, width)):
                above[column] = above[left - 1]
    return tuple(_joined(group, title, kind) for group, title in zip(above, below, strict=True))


def _joined(group: str, title: str, kind: ImportKind) -> str:
    if not group or not title:
        return group or title
    both = f"{group} {title}"
    if kind.header.key_of(both) is not None or kind.header.key_of(title) is None:
        return both
    return title


def _place_columns(
    layout: Layout, kind: ImportKind, options: Options, remembered: Remembered
) -> None:
    chosen = _chosen(layout, options, remembered)
    problems = []
    for at, title in enumerate(layout.titles):
        if chosen.get(at) != IGNORED:
            problems += _place(layout, kind, at, title, chosen.get(at, ""))
    for key in kind.required:
        if key not in layout.places:
            column = kind.columns[kind.at[key]]
            problems.append(Problem("imports.column-missing", column.title))
    if layout.first > 1 or layout.last > layout.first:
        facts = {"row": layout.first}
        problems.append(Problem("imports.header-at", "", facts, blocks=False))
    layout.problems = tuple(problems)


def _place(layout: Layout, kind: ImportKind, at: int, title: str, given: str) -> list[Problem]:
    """Give one column of the file its place; say when nobody knows it or it is there twice."""
    key = given if given in kind.at else kind.header.key_of(title)
    if key is None:
        if header_key(title) in _NUMBERING:
            return []
        facts: dict[str, object] = {"letters": column_letters(at + 1)}
        return [Problem("imports.column-unknown", title, facts, blocks=False)]
    if key in layout.places:
        facts = {
            "first": column_letters(layout.places[key] + 1),
            "second": column_letters(at + 1),
            "column": kind.columns[kind.at[key]].title,
        }
        return [Problem("imports.column-twice", title, facts)]
    layout.places[key] = at
    return []


def _chosen(layout: Layout, options: Options, remembered: Remembered) -> dict[int, str]:
    """Which key a person gave each column: now, or when the same header was imported before."""
    if options.mapping is not None:
        return {int(at): key for at, key in options.mapping.items() if at.isdecimal()}
    earlier = remembered(layout.fingerprint)
    if not earlier:
        return {}
    layout.remembered = True
    return {at: earlier[key] for at, key in enumerate(layout.keys) if key in earlier}

"""Rows of ordinary workbooks with as little as possible beside reading them. Knows no Django.

For work that looks at very many rows and keeps none. Every file passes the gate; what is not an
ordinary XLSX (cells beyond column Z, cells that do not say where they are, other mark-up, ODS,
CSV) goes the careful way of ``readers``. Not told here: formulas, errors, hidden rows, numbers
too long for a float, which arrive as the spreadsheet shows them, with 15 digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from thongsuot.foundation.imports import containers
from thongsuot.foundation.imports.limits import LARGEST, Limits
from thongsuot.foundation.imports.readers import SheetUnreadable, read_tables
from thongsuot.rules.kernel.problem import Problem, blocking

_ODD_CELL = re.compile(rb'<c(?:>|/| (?!r="[A-Z][0-9]))')
_HEAD = 1024
_CARRY = 40_000  # longer than any cell can be; beyond it the sheet is not ordinary


class SheetRows(Protocol):
    """One sheet: its name, whether a person sees it, why it cannot be read, and its rows."""

    name: str
    hidden: bool
    problems: tuple[Problem, ...]

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """The rows from the top, each with its number; may be walked more than once."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The sheets of one file; with a problem that blocks there are none."""

    sheets: Sequence[SheetRows] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class LeanSheet:
    """One sheet of an ordinary workbook, read when first asked for and let go with it."""

    name: str
    hidden: bool
    _book: CalamineWorkbook
    _limits: Limits
    problems: tuple[Problem, ...] = ()
    _loaded: CalamineSheet | None = None

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """The rows from the top; stops after too many empty ones in a run.

        Raises SheetUnreadable when the sheet is broken inside.
        """
        if self._loaded is None:
            try:
                self._loaded = self._book.get_sheet_by_name(self.name)
            except CalamineError as fault:
                raise SheetUnreadable(self.name) from fault
        empty, most = 0, self._limits.empty_run
        found: Iterator[list[Any]] = self._loaded.iter_rows()
        for number, row in enumerate(found, 1):
            if row[0] == "" and not any(row) and 0 not in row:
                empty += 1
                if empty > most:
                    return
            else:
                empty = 0
            yield number, row


class _Ordinary:
    """Looks on while a sheet is counted; ``odd`` when it is not of the ordinary form."""

    def __init__(self) -> None:
        self.odd = False
        self._carry = b""
        self._begun = False

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""
        text = self._carry + piece
        if not self._begun:
            self._begun = True
            self.odd = b"<worksheet" not in text[:_HEAD]
        cut = text.rfind(b"<")  # a tag cut in two is looked at when the rest is there
        self.odd = self.odd or len(text) - cut > _CARRY
        self.odd = self.odd or _ODD_CELL.search(text, 0, cut) is not None
        self._carry = b"" if self.odd else text[cut:]

    def close(self) -> None:
        """The sheet has ended."""


def lean_tables(path: Path, *, name: str = "", limits: Limits = LARGEST) -> Tables:
    """Open a file of rows, the short way when it is an ordinary XLSX, else the careful way."""
    name = name or path.name
    watchers: list[_Ordinary] = []

    def watch(part: str) -> _Ordinary | None:
        if "/worksheets/" not in part.lower() or part.lower().endswith(".rels"):
            return None
        watchers.append(_Ordinary())
        return watchers[-1]

    found = containers.gate(path, name, limits=limits, watch=watch)
    if blocking(found.problems):
        return Tables((), found.problems)
    if found.kind != containers.XLSX or any(watcher.odd for watcher in watchers):
        book = read_tables(path, name=name, limits=limits)
        return Tables(tuple(sheet for sheet in book.sheets if sheet.size), book.problems)
    try:
        opened = CalamineWorkbook.from_path(path)
    except CalamineError:
        return Tables((), (Problem("imports.file-damaged", name),))
    sheets = [
        LeanSheet(sheet.name, sheet.visible != Visible.Visible, opened, limits)
        for sheet in opened.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    return Tables(sheets)

"""What a cell was read as: the value, what stood there, what is wrong, what was changed."""

import re
from typing import NamedTuple

from thongsuot.rules.kernel.problem import Problem

Raw = object  # what a reader of files gives: str, int, float, bool, date, datetime, time, None


class Cell(NamedTuple):
    """One cell as read.

    ``value`` None means blank, or unreadable when ``problems`` has one that blocks. ``original``
    is what stood in the file. ``note`` is "" when nothing was changed, else the code of what was
    (see ``NOTES``): a changed value is always shown beside its original.
    Problems have an empty subject: whoever knows the column names it.
    """

    value: object
    original: Raw = None
    problems: tuple[Problem, ...] = ()
    note: str = ""

    @property
    def readable(self) -> bool:
        """Whether the value may be used: nothing wrong with it that blocks."""
        return not any(problem.blocks for problem in self.problems)


BLANK = Cell(None)

# The codes of what may be changed while reading; the sentences live with the messages.
NOTES = (
    "tidied",  # spaces, composed letters, Đ
    "unseen",  # signs nobody sees were removed
    "dashes",  # smart dashes and quotes in a code became plain
    "wide",  # full-width letters and digits became ordinary
    "grouped",  # 1.500.000 became 1500000
    "currency",  # "đ", "VND" removed
    "sign",  # (1.000) or 1000- became -1000
    "from-number",  # a number in a text column became its digits
    "serial",  # a day number of the spreadsheet became a day
    "short-year",  # 25 became 2025
    "rewritten",  # another way of writing the same day
    "time-dropped",  # a time of day was left out
    "zone",  # a moment elsewhere became the local day
    "month-only",  # precision: month
    "year-only",  # precision: year
    "alias",  # "chiếc" became "cái"
)


def spoilt(raw: Raw, code: str, **facts: str | int | tuple[str, ...]) -> Cell:
    """A cell that cannot be used, with the one problem that says why."""
    facts.setdefault("value", shown(raw))
    return Cell(None, raw, (Problem(code, facts=facts),))


def warning(raw: Raw, code: str, **facts: str | int | tuple[str, ...]) -> Problem:
    """A problem that is shown and does not stop the row."""
    facts.setdefault("value", shown(raw))
    return Problem(code, facts=facts, blocks=False)


_SHEET_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)"
)


def sheet_error(text: str) -> str:
    """The problem code when the text is an error of the spreadsheet (#REF!, #N/A), else ""."""
    return "cell.sheet-error" if _SHEET_ERROR.fullmatch(text) else ""


def shown(raw: Raw) -> str:
    """What stood in the cell, short enough to be repeated in a message."""
    text = repr(raw) if isinstance(raw, float) else str(raw)
    return text if len(text) <= 80 else text[:79] + "…"

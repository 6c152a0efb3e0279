"""Reading cells: text, codes, choices, units here; numbers and days in the two modules beside.

Every reader takes what a file gave and returns a ``Cell``: never an exception, never a guess.
Clean values take a short way through; whatever looks odd is looked at closely.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from thongsuot.rules.kernel.cells_date import DayOrder, PartDate, day_order, read_date, read_year
from thongsuot.rules.kernel.cells_number import (
    Separators,
    declared_scale,
    read_int,
    read_money,
    read_number,
    read_quantity,
    separators,
)
from thongsuot.rules.kernel.cells_value import BLANK, NOTES, Cell, Raw, sheet_error, spoilt, warning
from thongsuot.rules.kernel.legacy import detect_legacy
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import UNITS
from thongsuot.rules.kernel.text import fold, heaped_marks, look_alikes, plain_dashes, tidy, unseen

__all__ = [
    "BLANK",
    "NOTES",
    "Cell",
    "DayOrder",
    "PartDate",
    "Raw",
    "Separators",
    "Words",
    "day_order",
    "declared_scale",
    "read_bool",
    "read_choice",
    "read_code",
    "read_date",
    "read_int",
    "read_money",
    "read_number",
    "read_quantity",
    "read_text",
    "read_unit",
    "read_year",
    "remembering",
    "separators",
]

# The signs ordinary Vietnamese text is made of, already composed. Text of nothing else, with a
# letter that only Unicode has, needs no closer look.
_ORDINARY = re.compile("[ -~ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ‘’“”–…]+")
_UNICODE_LETTER = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINES = re.compile("[ \t\u00a0]*(?:\r\n|\r|\n)[ \t\u00a0]*")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d+")


def read_text(raw: Raw, *, limit: int = 500, lines: bool = False) -> Cell:
    """The text of a cell, on one line unless ``lines``.

    Shapes: at most ``limit`` characters after tidying. Blank (also only spaces) gives None.
    """
    if type(raw) is str:
        if (
            len(raw) <= limit
            and _ORDINARY.fullmatch(raw)
            and raw[0] not in " #"
            and raw[-1] != " "
            and "  " not in raw
            and (raw.isascii() or _UNICODE_LETTER.search(raw))
        ):
            return tuple.__new__(Cell, (raw, raw, (), ""))
        return _odd_text(raw, limit, lines)
    if raw is None:
        return BLANK
    return _text_of_value(raw, limit)


def _odd_text(raw: str, limit: int, lines: bool) -> Cell:
    value = "\n".join(map(tidy, _LINES.split(raw))).strip() if lines else tidy(raw)
    if not value:
        return BLANK if not raw else Cell(None, raw, (), "tidied")
    if sheet_error(value):
        return spoilt(raw, sheet_error(value))
    if heaped_marks(raw):
        return spoilt(raw, "cell.heaped-marks")
    if any("\ud800" <= char <= "\udfff" for char in raw):
        return spoilt(raw.encode("utf-8", "replace").decode(), "cell.broken-signs")
    if len(value) > limit:
        return spoilt(raw, "cell.too-long", length=len(value), limit=limit)
    meant = detect_legacy(raw)
    if meant is not None:
        proposal = tidy(meant.proposal)
        return spoilt(raw, "cell.old-encoding", encoding=meant.encoding, proposal=proposal)
    if _CONTROL.search(raw):  # after the encodings, which leave such signs behind
        return spoilt(raw, "cell.control-signs")
    note = "" if value == raw else "unseen" if unseen(raw) else "tidied"
    return Cell(value, raw, _text_warnings(raw, value), note)


def _text_warnings(raw: str, value: str) -> tuple[Problem, ...]:
    found = []
    if unseen(raw):
        found.append(warning(raw, "cell.unseen-signs"))
    strange = look_alikes(value)
    if strange:
        at, char, latin = strange[0]
        found.append(warning(raw, "cell.look-alike", position=at, sign=char, latin=latin))
    return tuple(found)


def _text_of_value(raw: Raw, limit: int) -> Cell:
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return Cell(str(int(raw)), raw, (), "from-number")
    if isinstance(raw, (datetime, date)):
        day = raw.date() if isinstance(raw, datetime) else raw
        return Cell(f"{day:%d/%m/}{day.year:04d}", raw, (), "rewritten")
    if isinstance(raw, bool):
        return Cell("TRUE" if raw else "FALSE", raw, (), "rewritten")
    return read_text(str(raw), limit=limit)._replace(original=raw, note="from-number")


_CODE = re.compile(r"[A-Za-z0-9Đđ](?:[A-Za-z0-9Đđ./_\-]*[A-Za-z0-9Đđ])?")


def read_code(raw: Raw, *, limit: int = 60) -> Cell:
    """A code as kept: dashes and full-width signs made plain, hidden signs removed.

    Zeros in front survive only when the file kept the cell as text; a code that comes as a number
    is warned about. A code the spreadsheet turned into a day or shortened is not accepted.
    """
    if type(raw) is str and len(raw) <= limit and _CODE.fullmatch(raw):
        if not ("0" <= raw[0] <= "9" and _spoilt_by_sheet(raw)):
            return tuple.__new__(Cell, (raw, raw, (), ""))
        return spoilt(raw, "cell.code-shortened")
    if raw is None:
        return BLANK
    if not isinstance(raw, str):
        return _code_of_value(raw)
    cell = read_text(raw, limit=limit)
    if not isinstance(cell.value, str):
        return cell
    value = plain_dashes(_narrow(cell.value)).replace("’", "'").strip()
    if _spoilt_by_sheet(value):
        return spoilt(raw, "cell.code-shortened")
    note = cell.note if value == cell.value else "dashes" if _narrow(raw) == raw else "wide"
    return Cell(value, raw, cell.problems, note)


def _spoilt_by_sheet(value: str) -> bool:
    return _SCIENTIFIC.fullmatch(value) is not None


def _code_of_value(raw: Raw) -> Cell:
    if isinstance(raw, (date, time, timedelta)):
        return spoilt(raw, "cell.code-became-day")
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return spoilt(raw, "cell.code-unreadable")
    if raw != raw or raw in (float("inf"), float("-inf")) or raw != int(raw):
        return spoilt(raw, "cell.code-unreadable")
    if abs(raw) >= 10**15:
        return spoilt(raw, "cell.code-shortened")
    return Cell(str(int(raw)), raw, (warning(raw, "cell.code-was-number"),), "from-number")


def _narrow(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_WIDE))


_WIDE = {0xFF01 + at: 0x21 + at for at in range(0x5E)} | {0x3000: 0x20}


class Words:
    """The words a column allows, each with the ways people write it.

    Shapes: ``meanings`` maps a value to its spellings; the value itself is always one. Spellings
    are compared exactly first, then folded; a folded spelling of two values counts for neither.
    """

    def __init__(self, meanings: Mapping[str, Iterable[str]]) -> None:
        self.values = tuple(meanings)
        self._exact: dict[str, str] = {}
        spelled: dict[str, set[str]] = {}
        for value, spellings in meanings.items():
            for spelling in (value, *spellings):
                self._exact.setdefault(tidy(spelling).lower(), value)
                spelled.setdefault(fold(spelling), set()).add(value)
        self._folded = {key: next(iter(v)) for key, v in spelled.items() if len(v) == 1}
        self._names = {fold(value): value for value in self.values}

    def meaning(self, text: str) -> str | None:
        """The value that this text is a spelling of; None when there is none or more than one."""
        found = self._exact.get(tidy(text).lower())
        return found if found is not None else self._folded.get(fold(text))

    def nearest(self, text: str) -> str:
        """The value written most like this text; "" when nothing is near."""
        near = get_close_matches(fold(text), self._names, n=1, cutoff=0.7)
        return self._names[near[0]] if near else ""


def read_choice(raw: Raw, words: Words) -> Cell:
    """One of the values a column allows, whichever way it was spelled."""
    cell = read_text(raw)
    if not isinstance(cell.value, str):
        return cell
    value = words.meaning(cell.value)
    if value is None:
        nearest = words.nearest(cell.value)
        return spoilt(raw, "cell.not-allowed", allowed=words.values, nearest=nearest)
    return Cell(value, raw, (), "" if value == raw else "alias")


_YES_NO = Words(
    {
        "1": ("có", "co", "x", "đúng", "yes", "y", "true", "✓", "✔", "☑"),
        "0": ("không", "khong", "ko", "k", "sai", "no", "n", "false", "☐", "-"),
    }
)


def read_bool(raw: Raw) -> Cell:
    """Có or không, however ticked; blank stays blank, it is not "không"."""
    if isinstance(raw, bool):
        return Cell(raw, raw)
    if isinstance(raw, (int, float)) and raw in (0, 1):
        return Cell(raw == 1, raw)
    cell = read_text(raw)
    if not isinstance(cell.value, str):
        return cell
    meaning = _YES_NO.meaning(cell.value)
    if meaning is None:
        return spoilt(raw, "cell.not-yes-no")
    return Cell(meaning == "1", raw)


_UNIT_WORDS = Words({unit.code: unit.aliases for unit in UNITS.values()})


def read_unit(raw: Raw) -> Cell:
    """The code of a unit of counting, by its table of spellings ("chiếc" is "cái")."""
    cell = read_choice(raw, _UNIT_WORDS)
    if cell.problems and cell.problems[0].code == "cell.not-allowed":
        return spoilt(raw, "cell.unit-unknown", nearest=str(cell.problems[0].facts["nearest"]))
    return cell


def remembering(read: Callable[[Raw], Cell], most: int = 20_000) -> Callable[[Raw], Cell]:
    """The same reader, that remembers what it read: for columns whose values repeat."""
    known: dict[tuple[type, Raw], Cell] = {}

    def read_once(raw: Raw) -> Cell:
        key = (raw.__class__, raw)
        cell = known.get(key)
        if cell is None:
            cell = read(raw)
            if len(known) < most:
                known[key] = cell
        return cell

    return read_once

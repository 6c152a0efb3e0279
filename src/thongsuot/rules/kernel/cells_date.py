"""Reading days: day before month by rule, partial dates kept partial, nothing made up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from thongsuot.rules.kernel.cells_value import BLANK, Cell, Raw, sheet_error, spoilt, warning
from thongsuot.rules.kernel.text import fold, tidy

HERE = timezone(timedelta(hours=7))  # Việt Nam has had one zone, without summer time, since 1975
EARLIEST, LATEST = 1900, 2100
_SERIAL_ZERO = date(1899, 12, 30)  # so that serial 61 is 1/3/1900, as spreadsheets count
_SERIAL_ZERO_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465


@dataclass(frozen=True, slots=True, order=True)
class PartDate:
    """A day of which only the year, or the month and year, is known. Never taken for a first."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.month}/{self.year}" if self.month else str(self.year)

    @property
    def first(self) -> date:
        """The earliest day it can have been."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """The latest day it can have been."""
        month = self.month or 12
        after = date(self.year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Which comes first in the dates of a column, judged by those that fit one way only."""

    day_first: int = 0
    month_first: int = 0

    def __add__(self, other: "DayOrder") -> "DayOrder":
        return DayOrder(self.day_first + other.day_first, self.month_first + other.month_first)


UNKNOWN = DayOrder()

_NUMERIC = re.compile(
    r"(?a)(\d{1,2}) ?([/.\-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?"
)
_ISO = re.compile(
    r"(?a)(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
_PLAIN = re.compile(r"(?a)\d\d/\d\d/\d{4}")
_LONG = re.compile(r"(?a)(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_MONTH = re.compile(r"(?a)(?:thang )?(\d{1,2}) ?(?:[/.\-]| nam ) ?(\d{4})")
_YEAR = re.compile(r"(?a)(?:nam )?(\d{4})")
_PACKED = re.compile(r"(?a)(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(?a)[2-7]\d{4}")
_LUNAR = re.compile(r"\b(?:am lich|al|phat lich|pl)\b")
_SOME_YEAR = re.compile(r"(?a)\b(19\d\d|20\d\d)\b")


def day_order(values: Iterable[Raw]) -> DayOrder:
    """What the dates of a column say about the order of day and month."""
    day_first = month_first = 0
    for raw in values:
        if type(raw) is not str:
            continue
        found = _NUMERIC.fullmatch(raw)
        if found is not None:
            day_first += int(found[1]) > 12
            month_first += int(found[3]) > 12
    return DayOrder(day_first, month_first)


def read_date(
    raw: Raw, order: DayOrder = UNKNOWN, *, partial: bool = False, from_1904: bool = False
) -> Cell:
    """The day in a cell: a ``date``, or a ``PartDate`` where the column allows ``partial``.

    Shapes: 07/01/2025 is 7 January, always; where ``order`` shows that the column also holds
    dates that only fit month first, days up to 12 are warned about. A number is the day number of
    the spreadsheet, counted from 1904 when the workbook says so.
    """
    if isinstance(raw, str):
        if not order.month_first and _PLAIN.fullmatch(raw):
            try:
                day = date(int(raw[6:]), int(raw[3:5]), int(raw[:2]))
            except ValueError:
                return _date_of_text(raw, order, partial, from_1904)
            if EARLIEST <= day.year <= LATEST:
                return tuple.__new__(Cell, (day, raw, (), ""))
        return _date_of_text(raw, order, partial, from_1904)
    if raw is None:
        return BLANK
    return _date_of_value(raw, partial, from_1904)


def _date_of_value(raw: Raw, partial: bool, from_1904: bool) -> Cell:
    if isinstance(raw, datetime):
        if raw.tzinfo is not None and EARLIEST <= raw.year <= LATEST:
            return _in_range(raw, raw.astimezone(HERE).date(), "zone")
        return _in_range(raw, raw.date(), "" if raw.time() == time() else "time-dropped")
    if isinstance(raw, date):
        return _in_range(raw, raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return spoilt(raw, "cell.date-unreadable")
    return _date_of_serial(raw, raw, partial, from_1904)


def _date_of_serial(raw: Raw, serial: float, partial: bool, from_1904: bool) -> Cell:
    if not 0 < serial <= _LAST_SERIAL:
        return spoilt(raw, "cell.date-serial")
    if serial == int(serial) and EARLIEST <= serial <= LATEST:
        return _part(raw, PartDate(int(serial)), partial)
    days = int(serial)
    note = "serial" if days == serial else "time-dropped"
    if from_1904:
        return _in_range(raw, _SERIAL_ZERO_1904 + timedelta(days=days), note)
    if days <= 60:  # spreadsheets count a 29/02/1900 that never was
        return spoilt(raw, "cell.date-serial")
    return _in_range(raw, _SERIAL_ZERO + timedelta(days=days), note)


def _out_of_range(raw: Raw, year: int, earliest: int = EARLIEST, latest: int = LATEST) -> Cell:
    # As text: a year is not a number to be written 2.025.
    facts = {"year": str(year), "earliest": str(earliest), "latest": str(latest)}
    return spoilt(raw, "cell.date-year", **facts)


def _in_range(raw: Raw, day: date, note: str = "") -> Cell:
    if EARLIEST <= day.year <= LATEST:
        return Cell(day, raw, (), note)
    return _out_of_range(raw, day.year)


def _part(raw: Raw, part: PartDate, partial: bool) -> Cell:
    if not EARLIEST <= part.year <= LATEST:
        return _out_of_range(raw, part.year)
    if not partial:
        return spoilt(raw, "cell.date-partial")
    return Cell(part, raw, (), "month-only" if part.month else "year-only")


def _date_of_text(raw: str, order: DayOrder, partial: bool, from_1904: bool) -> Cell:
    text = _plain(raw)
    if not text:
        return BLANK if not raw else Cell(None, raw, (), "tidied")
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        return _date_of_parts(raw, found, order)
    found = _ISO.fullmatch(text)
    if found is not None:
        return _date_of_iso(raw, found)
    return _date_in_words(raw, text, partial, from_1904)


_WIDE = {0xFF01 + at: 0x21 + at for at in range(0x5E)} | {0x2013: "-", 0x2011: "-", 0x2212: "-"}


def _plain(raw: str) -> str:
    return tidy(raw if raw.isascii() else raw.translate(_WIDE)).strip("'")


def _date_of_parts(raw: str, found: re.Match[str], order: DayOrder) -> Cell:
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    note = "" if raw == f"{day:02d}/{month:02d}/{found[4]}" else "rewritten"
    if len(found[4]) == 2:
        year += 2000 if year < 50 else 1900
        note = "short-year"
    if found[5]:
        clock = [int(part or 0) for part in found.group(5, 6, 7)]
        if clock[0] > 23 or clock[1] > 59 or clock[2] > 59:
            return spoilt(raw, "cell.date-clock")
        note = "time-dropped" if any(clock) else note
    if month > 12 >= day:
        proposal = f"{month:02d}/{day:02d}/{year}"
        return spoilt(raw, "cell.date-month-first", proposal=proposal)
    cell = _checked(raw, year, month, day, note)
    if cell.value is not None and order.month_first and day <= 12 and day != month:
        doubt = warning(raw, "cell.date-order-doubtful", day=day, month=month)
        return cell._replace(problems=(doubt,))
    return cell


def _checked(raw: str, year: int, month: int, day: int, note: str) -> Cell:
    if not EARLIEST <= year <= LATEST:
        return _out_of_range(raw, year)
    try:
        return Cell(date(year, month, day), raw, (), note)
    except ValueError:
        return spoilt(raw, "cell.date-impossible", day=day, month=month, year=str(year))


def _date_of_iso(raw: str, found: re.Match[str]) -> Cell:
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    cell = _checked(raw, year, month, day, "rewritten")
    if cell.value is None or not found[4]:
        return cell
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    if hour > 23 or minute > 59 or second > 59:
        return spoilt(raw, "cell.date-clock")
    if not found[7]:
        return cell._replace(note="time-dropped" if hour or minute or second else "rewritten")
    shift = timedelta(0)
    if found[7] != "Z":
        shift = timedelta(hours=int(found[7][1:3]), minutes=int(found[7][-2:]))
        shift = -shift if found[7][0] == "-" else shift
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - shift
    return _in_range(raw, at.astimezone(HERE).date(), "zone")


def _date_in_words(raw: str, text: str, partial: bool, from_1904: bool) -> Cell:
    words = text.lower() if text.isascii() else " ".join(_fold_keeping_signs(text).split())
    if _LUNAR.search(words):
        return spoilt(raw, "cell.date-lunar")
    found = _LONG.fullmatch(words)
    if found is not None:
        return _checked(raw, int(found[3]), int(found[2]), int(found[1]), "rewritten")
    found = _MONTH.fullmatch(words)
    if found is not None:
        if not 1 <= int(found[1]) <= 12:
            return spoilt(raw, "cell.date-unreadable")
        return _part(raw, PartDate(int(found[2]), int(found[1])), partial)
    found = _YEAR.fullmatch(words)
    if found is not None:
        return _part(raw, PartDate(int(found[1])), partial)
    return _date_of_digits(raw, words, partial, from_1904)


def _date_of_digits(raw: str, words: str, partial: bool, from_1904: bool) -> Cell:
    if _SERIAL.fullmatch(words):
        return _date_of_serial(raw, int(words), partial, from_1904)
    found = _PACKED.fullmatch(words)
    if found is not None:
        return _checked(raw, int(found[1]), int(found[2]), int(found[3]), "rewritten")
    if sheet_error(words.upper()):
        return spoilt(raw, "cell.sheet-error")
    year = _SOME_YEAR.search(words)
    return spoilt(raw, "cell.date-in-words", proposal=year[0] if year else "")


def _fold_keeping_signs(text: str) -> str:
    return "".join(fold(char) if char.isalpha() else char for char in tidy(text).lower())


def read_year(raw: Raw, *, earliest: int = EARLIEST, latest: int = LATEST) -> Cell:
    """A year of four digits; a full date gives its year, with the change shown.

    A bare number of four digits is meant as a year, also where it cannot be one (2201): it is
    never taken for the serial number of a day in 1906.
    """
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 1_000 <= raw <= 9_999:
        raw = str(int(raw)) if raw == int(raw) else raw
    cell = read_date(raw, partial=True)
    value = cell.value
    if value is None:
        return cell
    year = value.year if isinstance(value, (PartDate, date)) else 0
    if not earliest <= year <= latest:
        return _out_of_range(raw, year, earliest, latest)
    exact = isinstance(value, PartDate) and value.month is None
    return Cell(year, raw, (), "" if exact else "rewritten")

"""Seasons of work, as offices write them: "đầu tháng 7 hằng năm", "quý III", "trong tháng 9".

Much work of an office has no day but a time of the year. When its holder ends before that time
comes round again, somebody must already be named; so a season is turned into the next days on
which it falls.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.text import fold

MonthDay = tuple[int, int]
Span = tuple[MonthDay, MonthDay]
LONGEST = 120
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Of a month: which days a part of it is. The end of a month is day 31, cut to what the month has.
_OF_MONTH = {
    "": (1, 31),
    "dau": (1, 10),
    "giua": (11, 20),
    "cuoi": (21, 31),
    "nua dau": (1, 15),
    "nua cuoi": (16, 31),
    "tuan dau": (1, 7),
    "tuan cuoi": (25, 31),
}
# Of a quarter or a year: which months a part of it is, counted from its first.
_OF_QUARTER = {"": (0, 2), "dau": (0, 0), "giua": (1, 1), "cuoi": (2, 2)}
_OF_YEAR = {"dau": (1, 3), "giua": (6, 7), "cuoi": (11, 12)}


@dataclass(frozen=True, slots=True)
class Season:
    """The times of a year on which work falls.

    Shapes: ``spans`` are (month, day) from and to, both inside, in the order of the year; one may
    run over New Year. ``year`` is set for a season of one year only.
    """

    spans: tuple[Span, ...]
    year: int | None = None

    def window(self, since: date) -> tuple[date, date] | None:
        """The first and last day of the next time it falls, or is still falling, on a day.

        None when its one year is over.
        """
        years = (self.year,) if self.year else range(since.year - 1, since.year + 2)
        found = [_dated(span, year) for year in years for span in self.spans]
        coming = [window for window in found if window[1] >= since]
        return min(coming) if coming else None


def _dated(span: Span, year: int) -> tuple[date, date]:
    first, last = span
    return _day(year, *first), _day(year + (last < first), *last)


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


_PART = r"(?:(?P<part>nua dau|nua cuoi|tuan dau|tuan cuoi|dau|giua|cuoi) )?"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_YEARLY = r"(?: (?P<yearly>(?:hang|moi) nam|thuong nien))?"
_YEAR = r"(?:(?: nam |/)(?P<year>20\d\d))?"
_END = _YEAR + _YEARLY
_FROM = r"(?:tu )?"
_TO = r" (?:den|toi) "
_D = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("days", rf"{_FROM}(?:ngay )?{_D}(?:/| thang ){_MONTH}{_TO}(?:ngay )?"
             rf"(?P<d2>0?[1-9]|[12]\d|3[01])(?:/| thang )(?P<m2>0?[1-9]|1[0-2]){_END}"),
    ("day", rf"(?:truoc |ngay |mung |mong )*{_D}(?:/| thang ){_MONTH}{_END}"),
    ("months", rf"{_FROM}thang {_MONTH}{_TO}(?:thang )?(?P<m2>0?[1-9]|1[0-2]){_END}"),
    ("month", rf"{_PART}thang {_MONTH}{_END}"),
    ("quarter", rf"{_PART}quy (?P<q>iii|iv|ii|i|[1-4]){_END}"),
    ("half", rf"(?:6|sau) thang (?P<part>dau|cuoi) nam(?: (?P<year>20\d\d))?{_YEARLY}"),
    ("every-month", rf"(?:{_PART}|ngay {_D} )(?:hang|moi) thang"),
    ("every-quarter", rf"{_PART}(?:hang|moi) quy"),
    ("summer", rf"(?:mua |dip )?he{_END}"),
    ("of-year", rf"(?P<part>dau|giua|cuoi) nam(?: (?P<year>20\d\d))?{_YEARLY}"),
)  # fmt: skip
_KNOWN = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)
_FILLER = re.compile(r"^(?:(?:vao|trong|khoang|dip|tu|thoi gian|han) )+")


def _month(m: re.Match[str]) -> tuple[Span, ...]:
    first, last = _OF_MONTH[m["part"] or ""]
    month = int(m["m"])
    return (((month, first), (month, last)),)


def _months(m: re.Match[str]) -> tuple[Span, ...]:
    return (((int(m["m"]), 1), (int(m["m2"]), 31)),)


def _one_day(m: re.Match[str]) -> tuple[Span, ...]:
    one = (int(m["m"]), int(m["d"]))
    return ((one, one),)


def _days(m: re.Match[str]) -> tuple[Span, ...]:
    return (((int(m["m"]), int(m["d"])), (int(m["m2"]), int(m["d2"]))),)


def _quarter(m: re.Match[str]) -> tuple[Span, ...]:
    return (_of_quarter(_ROMAN[m["q"]], m["part"] or ""),)


def _of_quarter(number: int, part: str) -> Span:
    start = 3 * number - 2
    first, last = _OF_QUARTER.get(part, _OF_QUARTER[""])
    return ((start + first, 1), (start + last, 31))


def _every_quarter(m: re.Match[str]) -> tuple[Span, ...]:
    return tuple(_of_quarter(n, m["part"] or "") for n in (1, 2, 3, 4))


def _every_month(m: re.Match[str]) -> tuple[Span, ...]:
    first, last = (int(m["d"]),) * 2 if m["d"] else _OF_MONTH[m["part"] or ""]
    return tuple(((month, first), (month, last)) for month in range(1, 13))


def _half(m: re.Match[str]) -> tuple[Span, ...]:
    return (((1, 1), (6, 30)) if m["part"] == "dau" else ((7, 1), (12, 31)),)


def _of_year(m: re.Match[str]) -> tuple[Span, ...]:
    first, last = _OF_YEAR[m["part"]]
    return (((first, 1), (last, 31)),)


def _summer(_m: re.Match[str]) -> tuple[Span, ...]:
    return (((6, 1), (8, 31)),)


_READ: dict[str, Callable[[re.Match[str]], tuple[Span, ...]]] = {
    "day": _one_day,
    "days": _days,
    "month": _month,
    "months": _months,
    "quarter": _quarter,
    "half": _half,
    "every-month": _every_month,
    "every-quarter": _every_quarter,
    "summer": _summer,
    "of-year": _of_year,
}


def _plain(text: str) -> str:
    """A phrase without marks, commas and needless words, in single spaces."""
    folded = fold(re.sub(r"\s*[-–—]\s*", " đến ", text))  # the dashes people type
    bare = " ".join(re.sub(r"[,.;:()\"“”]", " ", folded).split())
    return re.sub(r"\b(thang|quy|ngay) (?=0\d)", r"\1 ", bare)


def read(text: str) -> Season | None:
    """The season that a phrase means; None when it is no season that can be understood.

    A season without a year comes every year: an office that writes "quý III" on a list of what it
    does means each of them.
    """
    if len(text) > LONGEST:
        return None
    phrase = _FILLER.sub("", _plain(text))
    for name, pattern in _KNOWN:
        match = pattern.fullmatch(phrase)
        if match is not None:
            return _season(name, match)
    return None


def _season(name: str, match: re.Match[str]) -> Season | None:
    spans = _READ[name](match)
    named = match.groupdict().get("year")
    if any(day > monthrange(2024, month)[1] for (month, day), _ in spans):
        return None  # 31/6 is no day
    return Season(spans, int(named) if named else None)


_RECURRING = re.compile(r"(?:hang|moi) (?:nam|thang|quy)\b|thuong nien")


def phrase_in(text: str) -> str:
    """The words of a title that say that the work comes again, and when; "" when none do.

    Only what is said to come again ("hằng năm", "hằng quý") counts: a title may name any month.
    Shapes: the words as they were written.
    """
    if not _RECURRING.search(fold(text)):
        return ""
    words = text.split()
    # The longest run of words that is a season and says that it comes again.
    for length in range(min(len(words), 9), 1, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length]).strip(" ,.;:()")
            if _RECURRING.search(fold(phrase)) and read(phrase) is not None:
                return phrase
    return ""


def next_time(
    next_due: date | None, season: tuple[date, date] | None, since: date
) -> tuple[date, date] | None:
    """The first days on or after a day on which something must be done, by date or by season.

    Shapes: from and to, both inside; a date is one day. None when nothing falls there.
    """
    found = []
    if next_due is not None and next_due >= since:
        found.append((next_due, next_due))
    if season is not None and season[1] >= since:
        found.append((max(season[0], since), season[1]))
    return min(found) if found else None

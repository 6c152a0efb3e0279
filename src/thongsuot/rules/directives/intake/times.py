"""When a thing is due, and how often: the time limits and rhythms of a clause."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from thongsuot.rules.directives.intake.tokens import Spans

__all__ = ["Limit", "limits", "rhythm"]

_DAY = (
    r"(?:ngày\s+)?(?:"
    r"(?P<d1>\d{1,2})\s*(?:/|-|\.)\s*(?P<m1>\d{1,2})\s*(?:/|-|\.)\s*(?P<y1>\d{4})"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:/|-|,?\s*năm\s+)\s*(?P<y2>\d{4}))?"
    r"|(?P<d3>\d{1,2})\s*[/-]\s*(?P<m3>\d{1,2})(?!\d|[/.,]\d|%|-\d)(?:\s*năm\s+(?P<y3>\d{4}))?"
    r"|(?<=ngày )(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})(?!\d)"
    r"|(?<=ngày )(?P<d5>\d{1,2})(?:\s+tháng\s+này)?(?![\d/.\-]|\s*(?:tháng|ngày|người|giờ)\b)"
    r")"
)
_MONTH = (
    r"tháng\s+(?P<mm>\d{1,2}|giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười một|mười hai)"
    r"(?!\d)(?:\s*(?:/|-)\s*(?P<my>\d{4})|\s*,?\s*năm\s+(?P<my2>\d{4}))?"
)
_NEXT_MONTH = r"(?P<rel>tháng\s+(?:này|tới|sau)|tuần\s+(?:này|tới|sau)|quý\s+(?:này|tới)|năm\s+nay|năm\s+sau|năm\s+tới)"
_QUARTER = r"quý\s+(?P<q>iv|i{1,3}|[1-4])(?![\w])(?:\s*(?:/|-|,?\s*năm\s+)\s*(?P<qy>\d{4}))?"
_YEAR = r"năm\s+(?P<y>20\d\d)(?!\s*[-–]\s*\d)"
_HALF = r"6\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<hy>\d{4}))?"
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}\s*(?:phút)?)?\s*,?\s*(?:(?:các|của)?\s*)?)"

_STRONG = r"(?:chậm\s+nhất|muộn\s+nhất|hạn\s+chót|thời\s+hạn|hạn\s+cuối)(?:\s+(?:là|vào|đến|trước|trong|hết|cuối|phải))*"
_BEFORE = r"(?:(?:xong|hoàn\s+thành|hoàn\s+tất)\s+)?(?:trước|đến\s+trước)(?:\s+hạn)?"
_LEAD = (
    rf"(?:{_STRONG}|{_BEFORE}"
    r"|(?:từ\s+nay|từ\s+nay\s+cho)\s+đến(?:\s+(?:hết|cuối|trước))?"
    r"|(?:ngay\s+)?trong(?:\s+các)?|(?:xong|hoàn\s+thành)\s+(?:vào|trong)|vào|đến(?:\s+(?:hết|cuối))?|hết|cuối|giữa|đầu|sang)"
)
_LIMIT = re.compile(
    rf"(?<![\wÀ-ỹ])(?P<lead>{_LEAD})\s+(?P<part>(?:cuối|giữa|đầu|hết)\s+)?{_HOUR}?(?:vào\s+)?(?:"
    rf"(?P<day>{_DAY})|{_HALF}|{_NEXT_MONTH}|(?P<month>{_MONTH})|(?P<quarter>{_QUARTER})|(?P<year>{_YEAR}))"
    rf"(?:\s*(?P<every>(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm|tuần|ngày)))?"
)
_LAST_MONTHS = re.compile(
    r"(?<!\w)(?:trong\s+|từ\s+nay\s+đến\s+)?(?:(?:những\s+|các\s+|\d{1,2}\s+)tháng\s+(?:còn\s+lại|cuối)(?:\s+(?:của\s+)?năm)?|"
    r"(?<!\w)(?:trong\s+|đến\s+|vào\s+|trước\s+|hết\s+)?cuối\s+năm(?:\s+nay)?)(?:\s+(?:của\s+năm\s+)?(?P<y>20\d\d))?"
)
_RANGE = re.compile(
    rf"(?<!\w)(?:trong\s+(?:các\s+ngày|thời\s+gian)\s+)?từ\s+(?:ngày\s+)?\d{{1,2}}(?:[/-]\d{{1,2}}(?:[/-]\d{{4}})?)?\s+(?:đến\s+hết|đến|tới)\s+(?P<day>{_DAY.replace('(?:ngày', '(?:(?:hết )?ngày', 1)})"
)
_ON_DAY = re.compile(
    rf"(?<!\w)(?:thời\s+gian\s+(?:hoàn\s+thành|thực\s+hiện)\s*:\s*|(?:xong|hoàn\s+thành)\s+)(?:trong\s+|vào\s+)?(?P<day>{_DAY})"
)
_TODAY = re.compile(
    r"(?<!\w)(?:ngay\s+)?(?:trong|trước)\s+(?:(?:\d{1,2}\s*(?:giờ|h)\s*)?(?:ngày\s+)?(?P<rel>hôm\s+nay|ngày\s+mai))"
)
_WITHIN = re.compile(
    r"(?<!\w)(?:trong\s+(?:vòng|thời\s+hạn)|chậm\s+nhất(?:\s+là)?|không\s+quá|sau)\s+(?:\d{1,3}|một|hai|ba|năm|bảy|mười)\s+(?:ngày|giờ|tháng|tuần)"
    r"(?:\s+làm\s+việc)?(?:\s*,?\s*(?:kể\s+)?(?:từ|sau)\s+(?:khi|ngày)?\s*[^;,.]{0,60}|\s+sau\s+(?:khi\s+)?[^;,.]{0,60})?"
)
_EVENT = re.compile(
    r"(?<!\w)(?:ngay\s+sau\s+(?:khi\s+)?|sau\s+khi\s+|trước\s+khi\s+|sau\s+buổi\s+|sau\s+hội\s+nghị|sau\s+cuộc\s+họp|trước\s+kỳ\s+họp|tại\s+kỳ\s+họp|trước\s+mùa\s+|trước\s+tết)[^;,.()]{0,70}"
)
_DAILY_HOUR = re.compile(
    rf"(?<!\w)(?:trước|chậm\s+nhất(?:\s+là)?|vào)\s+(?:lúc\s+)?{_HOUR}?(?:ngày\s+\d{{1,2}}\s+|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)\s+|ngày\s+|chiều\s+|sáng\s+|\d{{1,2}}/\d{{1,2}}\s+)*(?:hằng|hàng|mỗi|các|của\s+tháng|của\s+tuần)\s*(?:ngày|tuần|tháng|quý|năm|thứ\s+\w+)?"
)
_WEEKDAY = re.compile(
    r"(?<!\w)(?:vào\s+)?(?:chiều\s+|sáng\s+)?thứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)\s+(?:hằng|hàng|mỗi)\s+tuần"
)

_EVERY = (
    ("biweekly", r"(?:2|02|hai)\s+tuần\s*(?:/\s*(?:1\s+|một\s+)?lần|một\s+lần|1\s+lần)|(?:nửa|1/2)\s+tháng\s*(?:/\s*lần|một\s+lần)|mỗi\s+(?:2|hai)\s+tuần"),
    ("semiannual", r"(?:6|06|sáu)\s+tháng\s*(?:,\s*(?:một|1)\s+năm|/\s*(?:1\s+|một\s+)?lần|một\s+lần|1\s+lần)|(?:hằng|hàng|mỗi|định\s+kỳ)\s+(?:6|06|sáu)\s+tháng|nửa\s+năm\s+một\s+lần|định\s+kỳ\s+(?:6|sáu)\s+tháng"),
    ("quarterly", r"(?:3|03|ba)\s+tháng\s*(?:/\s*lần|một\s+lần|1\s+lần)|(?:hằng|hàng|mỗi|định\s+kỳ(?:\s+hằng|\s+hàng)?)\s+quý|tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+)?quý|(?:1|một)\s+quý\s*(?:/|một|1)\s*lần"),
    ("weekly", r"(?:hằng|hàng|mỗi|định\s+kỳ(?:\s+hằng|\s+hàng)?|từng)\s+tuần|(?:1|01|một)\s+tuần\s*(?:/\s*(?:1\s+)?lần|một\s+lần|1\s+lần)|(?:1\s+)?lần\s*/\s*tuần|tuần\s*/\s*lần|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)\s+(?:hằng|hàng|mỗi)\s+tuần"),
    ("monthly", r"(?:hằng|hàng|mỗi|định\s+kỳ(?:\s+hằng|\s+hàng)?)\s+tháng|(?:1|01|một)\s+tháng\s*(?:/\s*(?:1\s+)?lần|một\s+lần|1\s+lần)|(?:1\s+)?lần\s*/\s*tháng"),
    ("daily", r"(?:hằng|hàng|mỗi|từng)\s+ngày|(?:lần\s*/|/)\s*ngày\s+báo\s+cáo|giờ\s+(?:hằng|hàng|mỗi|các)\s+ngày|24/24"),
    ("annual", r"(?:hằng|hàng|mỗi|định\s+kỳ(?:\s+hằng|\s+hàng)?)\s+năm|(?:1|một)\s+năm\s*(?:/|một|1)\s*lần"),
)  # fmt: skip
_RHYTHM = tuple((name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")) for name, pattern in _EVERY)
# Before these words a rhythm belongs to the thing, not to the doing.
_OF_THING = re.compile(
    r"(?:trợ\s+cấp|phụ\s+cấp|lương|ngân\s+sách|kế\s+hoạch|dự\s+toán|chương\s+trình|chỉ\s+tiêu|thu\s+nhập|học\s+phí|bình\s+quân|tiêu\s+dùng|sinh\s+hoạt|quy\s+hoạch|"
    r"giao\s+ban|nhu\s+cầu|đời\s+sống|công\s+việc|sinh\s+hoạt\s+chi\s+bộ|chi\s+phí|ghi\s+chép|diện\s+tích|nhiệm\s+vụ|số\s+liệu|quyết\s+toán)\s*$"
)
_NEVER_DUE = re.compile(
    r"(?:dự\s+kiến|có\s+hiệu\s+lực|tầm\s+nhìn|ban\s+hành|ký|đã\s+\w+|được\s+(?:cấp|giao|phê\s+duyệt))\s*$"
)
_NOT_DUE = re.compile(
    r"(?:giai\s+đoạn|tầm\s+nhìn|định\s+hướng|mục\s+tiêu|kế\s+hoạch|chiến\s+lược|quy\s+hoạch|chương\s+trình|đề\s+án|nghị\s+quyết|có\s+hiệu\s+lực|số\s+\d[\w/.-]+|dự\s+kiến|văn\s+bản|công\s+văn|thông\s+báo|khóa\s+\w+|nhiệm\s+vụ|báo\s+cáo)\s*$"
)
_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: its words by place in the text, its day when it has one, and its weight.

    Weight 3 names a last day ("trước ngày", "chậm nhất"), 2 a period ("trong quý III"),
    1 an event or a number of days; more weight wins. What weighs 0 bounds nothing and is left out.
    """

    start: int
    end: int
    day: date | None
    weight: int


def rhythm(low: str, start: int, end: int) -> str | None:
    """How often the thing is to be done, when the clause says so of the doing itself."""
    clause = low[start:end]
    if not _MAY_REPEAT.search(clause):
        return None
    for name, pattern in _RHYTHM:
        for found in pattern.finditer(clause):
            if not _OF_THING.search(clause[max(0, found.start() - 24) : found.start()]):
                return name
    return None


_MAY_REPEAT = re.compile(r"h[ằà]ng|mỗi|lần|định\s+kỳ|6\s+tháng|từng|cuối\s+(?:mỗi\s+|của\s+)?quý")
_MAY_LIMIT = re.compile(r"ngày|tháng|quý|năm|tuần|mai|hôm|chậm|muộn|sau|trước|hạn|thứ|\d")


def limits(low: str, start: int, end: int, on: date) -> tuple[Limit, ...]:
    """Every time limit said between two places of the text, in the order they stand."""
    clause = low[start:end]
    if not _MAY_LIMIT.search(clause):
        return ()
    taken = Spans()
    found = [one for one in _each(clause, on) if taken.take(one.start, one.end)]
    found.sort(key=lambda limit: limit.start)
    return tuple(
        replace(one, start=start + one.start, end=start + one.end) for one in found if one.weight
    )


def _each(clause: str, on: date) -> Iterator[Limit]:
    """Every reading of a limit, the surest first: one that overlaps an earlier one does not count."""
    for one in (*_DAILY_HOUR.finditer(clause), *_WEEKDAY.finditer(clause)):
        yield Limit(*one.span(), None, 3)
    for one in _RANGE.finditer(clause):
        yield Limit(*one.span(), _day_of(one, on), 0 if _past_range(clause, one) else 2)
    for one in _LIMIT.finditer(clause):
        if _due(clause, one):
            day = None if one["every"] else _limit_day(one, on)
            if one["day"] and one["lead"] == "vào" and day is not None and day < on:
                continue  # "vụ tai nạn vào ngày 10-12" has happened
            yield Limit(*one.span(), day, _weight(one))
    yield from (Limit(*one.span(), _day_of(one, on), 3) for one in _ON_DAY.finditer(clause))
    yield from _looser(clause, on)


def _looser(clause: str, on: date) -> Iterator[Limit]:
    """Today and tomorrow, the last months of a year, a number of days, an event."""
    for one in _TODAY.finditer(clause):
        yield Limit(*one.span(), on + timedelta(days="nay" not in one["rel"]), 3)
    for one in _LAST_MONTHS.finditer(clause):
        yield Limit(*one.span(), date(int(one["y"] or on.year), 12, 31), 2)
    for one in (*_WITHIN.finditer(clause), *_EVENT.finditer(clause)):
        yield Limit(one.start(), one.start() + len(one.group().rstrip()), None, 1)


def _past_range(clause: str, found: re.Match[str]) -> bool:
    """A period reported on ("(từ ngày 1 đến ngày 15-9)") bounds no doing."""
    before = clause[max(0, found.start() - 40) : found.start()]
    return before.rstrip().endswith("(") or bool(
        re.search(r"(?:xảy\s+ra|tình\s+hình|kết\s+quả|trong\s+đợt)\s*$", before)
    )


def _due(clause: str, found: re.Match[str]) -> bool:
    """Whether words that look like a limit bound the doing, and do not name a paper or a past."""
    before = clause[max(0, found.start() - 26) : found.start()]
    lead = " ".join(found["lead"].split())
    last_day = _weight(found) == 3 and not found["year"]
    if (_NEVER_DUE if last_day else _NOT_DUE).search(before):
        return False
    if lead in ("vào", "đến", "hết", "cuối", "giữa", "đầu", "sang") and (
        found["year"] or found["rel"]
    ):
        return lead != "vào" and (
            found.start() < 3 or bool(_AIMS.search(clause, max(0, found.start() - 60)))
        )
    if lead == "trước" and found["year"]:
        return (
            bool(_AIMS.search(clause[max(0, found.start() - 60) : found.start()]))
            or found.start() < 3
        )
    if lead == "trong" and found["year"]:
        return not re.search(r"(?:được\s+giao|kết\s+quả|đạt\s+được|xảy\s+ra)[^,;]*$", before)
    return True


_AIMS = re.compile(
    r"phấn\s+đấu|hoàn\s+thành|hoàn\s+tất|phải|đạt|xong|cơ\s+bản|giải\s+ngân|kết\s+thúc|chấm\s+dứt|xóa|khởi\s+công"
)


def _weight(found: re.Match[str]) -> int:
    lead = found["lead"]
    if "trước" in lead or "nhất" in lead or "hạn" in lead:
        return 3
    return 3 if "xong" in lead or "hoàn" in lead else 2


def _limit_day(found: re.Match[str], on: date) -> date | None:
    """The last day that a limit leaves."""
    part = (found["part"] or "").strip() or found["lead"].split()[-1]
    if found["day"]:
        return _day_of(found, on)
    if found["half"]:
        year = int(found["hy"] or on.year)
        return date(year, 6, 30) if found["half"] == "đầu" else date(year, 12, 31)
    if found["rel"]:
        return _relative(" ".join(found["rel"].split()), part, on)
    if found["month"]:
        month = _month(found["mm"])
        return (
            None
            if month is None
            else _in_month(_year(found["my"] or found["my2"], month, on), month, part)
        )
    if found["quarter"]:
        last = _ROMAN[found["q"]] * 3
        return _end(_year(found["qy"], last, on), last)
    return date(int(found["y"]), 12, 31) if part != "giữa" else date(int(found["y"]), 6, 30)


def _relative(told: str, part: str, on: date) -> date | None:
    ahead = 0 if told.endswith(("này", "nay")) else 1
    if told.startswith("tuần"):
        return on + timedelta(days=6 - on.weekday() + 7 * ahead)
    if told.startswith("tháng"):
        month = on.month - 1 + ahead
        return _in_month(on.year + month // 12, month % 12 + 1, part)
    if told.startswith("quý"):
        quarter = (on.month - 1) // 3 + ahead
        return _end(on.year + quarter // 4, quarter % 4 * 3 + 3)
    return date(on.year + ahead, 12, 31)


def _month(told: str) -> int | None:
    month = _MONTH_WORDS.get(told) or (int(told) if told.isdigit() else 0)
    return month if 1 <= month <= 12 else None


def _in_month(year: int, month: int, part: str) -> date:
    if part == "giữa":
        return date(year, month, 15)
    if part == "đầu":
        return date(year, month, 10)
    return _end(year, month)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(told: str | None, month: int, on: date) -> int:
    """The year as told; else the text's own, or the next one from a winter's text to a spring's day."""
    if told:
        return int(told)
    return on.year + 1 if on.month >= 11 and month <= 2 else on.year


def _day_of(found: re.Match[str], on: date) -> date | None:
    """The day named, when such a day exists."""
    for n in "123":
        if found["d" + n]:
            month = int(found["m" + n])
            return _real(_year(found["y" + n], month, on), month, int(found["d" + n]))
    if found["d4"]:
        return _real(_year(None, int(found["m4"]), on), int(found["m4"]), int(found["d4"]))
    if found["d5"]:
        return _real(on.year, on.month, int(found["d5"]))
    return None


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

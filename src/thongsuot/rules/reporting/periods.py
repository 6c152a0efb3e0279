"""Which days a reporting period has, and when a report on it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import ONE_DAY, Period

WEEK = timedelta(days=7)
HALF = 15  # the last day of the first half of a month
MONDAY = date(2025, 1, 6)  # any Monday: fortnights are counted from their own anchor
YEAR = 12


class PeriodKind(StrEnum):
    """How long one period is (kỳ báo cáo)."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    HALF_MONTH = "half-month"
    MONTH = "month"
    QUARTER = "quarter"
    SIX_MONTHS = "six-months"
    NINE_MONTHS = "nine-months"
    YEAR = "year"
    AD_HOC = "ad-hoc"


MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.SIX_MONTHS: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: YEAR,
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rhythm of a report.

    ``anchor`` is a Monday on which a fortnight begins. ``cut_day`` is the day of the month on
    which the count begins anew: 1 for calendar months; 15 when the figures of a month run from
    the 15th of the month before to the 14th.
    """

    kind: PeriodKind
    anchor: date = MONDAY
    cut_day: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.cut_day <= 28:
            raise ValueError("the count of a month begins on one of its first 28 days")


def period_of(rhythm: Rhythm, day: date) -> Period:
    """The period of that rhythm in which the day lies.

    Shapes: half-open. Weeks begin on Monday. Nine months and six months begin with the year of
    the count (six months also with its second half); the last three months lie in no nine-month
    period and are given the one that begins next.

    Raises ValueError for an ad hoc report: its days are named, not counted.
    """
    if rhythm.kind is PeriodKind.AD_HOC:
        raise ValueError("an ad hoc report has the days that are named for it")
    if rhythm.kind is PeriodKind.WEEK:
        since = day - timedelta(days=day.weekday())
        return Period(since, since + WEEK)
    if rhythm.kind is PeriodKind.FORTNIGHT:
        turns = (day - rhythm.anchor).days // 14
        since = rhythm.anchor + 2 * turns * WEEK
        return Period(since, since + 2 * WEEK)
    if rhythm.kind is PeriodKind.HALF_MONTH:
        return _half_month(day)
    return _months(rhythm, day)


def _half_month(day: date) -> Period:
    if day.day <= HALF:
        return Period(day.replace(day=1), day.replace(day=HALF + 1))
    return Period(day.replace(day=HALF + 1), _first(day.year, day.month + 1))


def _first(year: int, month: int, day: int = 1) -> date:
    """A day of a month, the months counted on over the end of the year."""
    years, months = divmod(month - 1, YEAR)
    return date(year + years, months + 1, day)


def _months(rhythm: Rhythm, day: date) -> Period:
    """Months counted from the beginning of the year of the count."""
    length = MONTHS[rhythm.kind]
    year, month = day.year, day.month
    if rhythm.cut_day > 1 and day.day >= rhythm.cut_day:
        month += 1  # what comes after the cut belongs to the next month
        year, month = (year + 1, 1) if month > YEAR else (year, month)
    since = (month - 1) // length * length + 1
    if since + length - 1 > YEAR:  # October to December belong to no nine months
        year, since = year + 1, 1
    if rhythm.cut_day == 1:
        return Period(_first(year, since), _first(year, since + length))
    return Period(
        _first(year - 1, since - 1 + YEAR, rhythm.cut_day),
        _first(year - 1, since - 1 + YEAR + length, rhythm.cut_day),
    )


def periods(rhythm: Rhythm, within: Period) -> Iterator[Period]:
    """The periods that overlap a stretch of days, in order.

    Raises ValueError when the stretch has no beginning or no end.
    """
    if within.since is None or within.until is None:
        raise ValueError("periods are counted between two known days")
    found = period_of(rhythm, within.since)
    while found.since is not None and found.since < within.until:
        yield found
        found = following(rhythm, found)


def following(rhythm: Rhythm, period: Period) -> Period:
    """The next period of the rhythm."""
    if period.until is None:
        raise ValueError("a period without an end has no next one")
    return period_of(rhythm, period.until)


def preceding(rhythm: Rhythm, period: Period) -> Period:
    """The period before. Nine months of one year are preceded by those of the year before."""
    if period.since is None:
        raise ValueError("a period without a beginning has none before it")
    before = period_of(rhythm, period.since - ONE_DAY)
    if before == period:  # October to December were given to the nine months to come
        before = period_of(rhythm, period.since - timedelta(days=120))
    return before


@dataclass(frozen=True, slots=True)
class CutOff:
    """When a report must be there: so many days after the last day of the period, at an hour.

    ``after`` 0 is the last day itself, negative is before it: for a week that ends on Sunday,
    −2 is its Friday and 1 the Monday after. A day on which offices do not work moves to the
    working day before (``earlier``) or after.
    """

    after: int
    at: time
    earlier: bool = True

    def day(self, period: Period, calendar: WorkingCalendar) -> date:
        """The day on which the report is due.

        Raises ValueError for a period without an end.
        """
        if period.last_day is None:
            raise ValueError("nothing falls due on a period without an end")
        day = period.last_day + timedelta(days=self.after)
        return calendar.on_or_before(day) if self.earlier else calendar.on_or_after(day)

    def moment(self, period: Period, calendar: WorkingCalendar, zone: tzinfo) -> datetime:
        """The moment until which the report is on time, at the hour of that zone."""
        return datetime.combine(self.day(period, calendar), self.at, tzinfo=zone)

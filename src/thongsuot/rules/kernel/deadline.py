"""When something is due: the end of a working day here, and how it stands at a moment."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import ONE_DAY

# Việt Nam has had no summer time since 1975: a fixed shift says the same as Asia/Ho_Chi_Minh.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
END_OF_WORK = time(17)
QUARTERS = (1, 2, 3, 4)


class TermKind(StrEnum):
    """How a single day is meant."""

    ON = "on"  # chậm nhất ngày: on that day, or the next working day after it
    BEFORE = "before"  # trước ngày: the last working day before it
    WITHIN = "within"  # trong tháng, trong quý: the last working day up to and with it


@dataclass(frozen=True, slots=True)
class Term:
    """A day by which something is to be done once, as the text says it.

    Law: a term that ends on a rest day ends with the next working day (91-2015-QH13, Điều 148,
    to be confirmed); *trước ngày* and *trong quý* name a day that may not be passed.
    """

    kind: TermKind
    day: date

    @classmethod
    def month(cls, year: int, month: int) -> "Term":
        """Within a month (trong tháng 9)."""
        return cls(TermKind.WITHIN, date(year, month, monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, number: int) -> "Term":
        """Within a quarter (trong quý III). Raises ValueError for a quarter that there is not."""
        if number not in QUARTERS:
            raise ValueError(f"no such quarter: {number}")
        return cls.month(year, 3 * number)

    def settled(self, calendar: WorkingCalendar) -> date:
        """The working day on which it is due."""
        if self.kind is TermKind.BEFORE:
            return calendar.on_or_before(self.day - ONE_DAY)
        if self.kind is TermKind.WITHIN:
            return calendar.on_or_before(self.day)
        return calendar.on_or_after(self.day)

    def due(self, calendar: WorkingCalendar, end: time = END_OF_WORK) -> datetime:
        """The moment at which it is due: the end of that working day here."""
        return end_of(self.settled(calendar), end)


def end_of(day: date, end: time = END_OF_WORK) -> datetime:
    """The end of the working day as an aware moment."""
    return datetime.combine(day, end, VIETNAM)


def local_day(at: datetime) -> date:
    """The day here at an aware moment. Raises ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(VIETNAM).date()


def grace_end(due: datetime, calendar: WorkingCalendar, days: int = 1) -> datetime:
    """The end of the days of grace: so many working days after the due day, at the same hour.

    Raises ValueError for less than no days.
    """
    if days < 0:
        raise ValueError("days of grace are not negative")
    if days == 0:
        return due
    local = due.astimezone(VIETNAM)
    return end_of(calendar.add(local.date(), days), local.time())


class Word(StrEnum):
    """What somebody said about what is due."""

    DONE = "done"  # đã báo cáo, đã làm xong
    NOTHING = "nothing"  # không phát sinh
    PROGRESS = "progress"  # đang làm, chưa xong


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, at an aware moment."""

    at: datetime
    word: Word


class Standing(StrEnum):
    """How what is due stands. Every rate names the silent; nothing to report is an answer."""

    DUE = "due"  # chưa đến hạn
    GRACE = "grace"  # quá hạn, còn trong thời gian chờ
    LATE = "late"  # quá hạn, có báo cáo tiến độ nhưng chưa xong
    SILENT = "silent"  # quá hạn, không báo cáo gì
    REPORTED = "reported"  # đúng hạn
    NOTHING = "nothing"  # đúng hạn, không phát sinh
    RECEIVED_LATE = "received-late"  # xong, nhưng trễ hạn


ANSWERED = frozenset({Standing.REPORTED, Standing.NOTHING, Standing.RECEIVED_LATE})
OVERDUE = frozenset({Standing.GRACE, Standing.LATE, Standing.SILENT})


def standing(due: datetime, said: Iterable[Said], now: datetime, grace_until: datetime) -> Standing:
    """How it stands at ``now``: of due moment, of what was said so far, of the end of grace.

    Shapes: all moments aware; exactly at the due moment is still in time. What was said after
    ``now`` is not known yet and does not count. The first answer decides: an answer in time is
    not made late by another one.
    """
    known = sorted((s for s in said if s.at <= now), key=lambda s: s.at)
    answer = next((s for s in known if s.word is not Word.PROGRESS), None)
    if answer is not None:
        if answer.at > due:
            return Standing.RECEIVED_LATE
        return Standing.NOTHING if answer.word is Word.NOTHING else Standing.REPORTED
    if now <= due:
        return Standing.DUE
    if now <= grace_until:
        return Standing.GRACE
    return Standing.LATE if known else Standing.SILENT


def days_late(due: datetime, now: datetime, calendar: WorkingCalendar) -> int:
    """How many working days have passed since the due day; 0 when it has not passed."""
    return 0 if now <= due else calendar.between(local_day(due), local_day(now))

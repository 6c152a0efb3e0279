"""Due moments, grace and silence: midnight, time zone, leap day, Tết, swapped Saturdays, month ends."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.deadline import (
    OVERDUE,
    VIETNAM,
    Said,
    Standing,
    Term,
    TermKind,
    Word,
    days_late,
    grace_end,
    local_day,
    standing,
)
from thongsuot.rules.kernel.rhythm import Every, Rhythm

FILE = Path(__file__).resolve().parents[3] / "data" / "calendar" / "days.csv"


def _calendar() -> WorkingCalendar:
    rows = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
    days = {kind: [date.fromisoformat(r["day"]) for r in rows if (r["kind"] == "worked") == kind]
            for kind in (True, False)}  # fmt: skip
    return WorkingCalendar.of(days[False], days[True], date(2028, 1, 1))


VN = _calendar()
DAYS = st.dates(date(2024, 1, 15), date(2027, 11, 30))
MOMENTS = st.datetimes(
    datetime(2024, 1, 15),  # noqa: DTZ001  # the zone is drawn
    datetime(2027, 11, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, VIETNAM]),
)


def at(day: date, hour: int = 17, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def test_due_is_five_in_the_afternoon_here_and_ten_in_the_morning_in_utc() -> None:
    due = Term(TermKind.ON, date(2025, 6, 24)).due(VN)
    assert due == datetime(2025, 6, 24, 10, tzinfo=UTC)


def test_a_minute_before_midnight_here_is_still_that_day() -> None:
    assert local_day(datetime(2025, 6, 24, 16, 59, tzinfo=UTC)) == date(2025, 6, 24)
    assert local_day(datetime(2025, 6, 24, 17, 0, tzinfo=UTC)) == date(2025, 6, 25)


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2025, 6, 24, 12))  # noqa: DTZ001  # the mistake itself


def test_a_term_on_a_leap_day_is_due_that_day() -> None:
    assert Term(TermKind.ON, date(2024, 2, 29)).settled(VN) == date(2024, 2, 29)


def test_a_term_in_tet_is_due_on_the_first_day_worked_after_it() -> None:
    assert Term(TermKind.ON, date(2025, 1, 29)).settled(VN) == date(2025, 2, 3)


def test_a_swapped_saturday_is_a_due_day_and_the_friday_it_pays_for_is_not() -> None:
    assert Term(TermKind.ON, date(2025, 4, 26)).settled(VN) == date(2025, 4, 26)
    assert Term(TermKind.ON, date(2025, 5, 2)).settled(VN) == date(2025, 5, 5)


def test_before_a_day_is_the_last_day_worked_before_it() -> None:
    assert Term(TermKind.BEFORE, date(2025, 6, 19)).settled(VN) == date(2025, 6, 18)
    assert Term(TermKind.BEFORE, date(2025, 5, 5)).settled(VN) == date(2025, 4, 29)


def test_within_a_quarter_is_due_inside_it() -> None:
    assert Term.quarter(2024, 2).settled(VN) == date(2024, 6, 28)  # 30 June was a Sunday
    assert Term.quarter(2025, 3).settled(VN) == date(2025, 9, 30)
    with pytest.raises(ValueError, match="quarter"):
        Term.quarter(2025, 5)


def test_grace_passes_over_the_weekend() -> None:
    due = at(date(2025, 6, 27))
    assert grace_end(due, VN) == at(date(2025, 6, 30))
    assert grace_end(due, VN, 0) == due
    with pytest.raises(ValueError, match="grace"):
        grace_end(due, VN, -1)


def test_at_the_due_moment_it_is_in_time_and_a_minute_later_it_is_not() -> None:
    due = at(date(2025, 6, 24))
    grace = grace_end(due, VN)
    assert standing(due, (), due, grace) is Standing.DUE
    assert standing(due, (), due + timedelta(minutes=1), grace) is Standing.GRACE
    assert standing(due, [Said(due, Word.DONE)], grace, grace) is Standing.REPORTED
    late = Said(due + timedelta(minutes=1), Word.DONE)
    assert standing(due, [late], grace, grace) is Standing.RECEIVED_LATE


def test_nothing_to_report_is_an_answer_and_silence_is_not() -> None:
    due = at(date(2025, 6, 24))
    grace, after = grace_end(due, VN), at(date(2025, 6, 30))
    nothing = Said(at(date(2025, 6, 23)), Word.NOTHING)
    working = Said(at(date(2025, 6, 23)), Word.PROGRESS)
    assert standing(due, [nothing], after, grace) is Standing.NOTHING
    assert standing(due, [working], after, grace) is Standing.LATE
    assert standing(due, [], after, grace) is Standing.SILENT
    assert days_late(due, after, VN) == 4
    assert days_late(due, due, VN) == 0


ORDER = [Standing.DUE, Standing.GRACE, Standing.SILENT]


@given(due=MOMENTS, first=MOMENTS, more=st.integers(0, 10**6))
def test_without_an_answer_time_only_makes_it_worse(due, first, more) -> None:
    due = due.astimezone(VIETNAM)
    grace = grace_end(due, VN)
    then = first + timedelta(minutes=more)
    before, after = standing(due, (), first, grace), standing(due, (), then, grace)
    assert ORDER.index(before) <= ORDER.index(after)


@given(due=MOMENTS, said=st.lists(st.builds(Said, MOMENTS, st.sampled_from(Word))), now=MOMENTS)
def test_what_was_answered_is_never_overdue(due, said, now) -> None:
    due = due.astimezone(VIETNAM)
    found = standing(due, said, now, grace_end(due, VN))
    answered = [s for s in said if s.at <= now and s.word is not Word.PROGRESS]
    assert (found in OVERDUE or found is Standing.DUE) == (not answered)


@given(day=DAYS, kind=st.sampled_from(TermKind))
def test_a_due_day_is_always_worked(day, kind) -> None:
    settled = Term(kind, day).settled(VN)
    assert VN.is_working(settled)
    assert settled < day if kind is TermKind.BEFORE else abs((settled - day).days) < 12


def test_weekly_on_mondays_at_nine_and_every_second_friday_at_noon() -> None:
    weekly = Rhythm(Every.WEEKLY, date(2025, 9, 22), (time(9),))
    assert weekly.first(VN) == at(date(2025, 9, 22), 9)
    assert weekly.after(at(date(2025, 9, 22), 9), VN) == at(date(2025, 9, 29), 9)
    second = Rhythm(Every.BIWEEKLY, date(2025, 9, 26), (time(12),))
    assert second.after(at(date(2025, 9, 26), 12), VN) == at(date(2025, 10, 10), 12)


def test_a_weekly_day_in_tet_moves_behind_it_and_meets_no_other() -> None:
    rhythm = Rhythm(Every.WEEKLY, date(2025, 1, 24))  # Fridays; 31 January is Tết
    days = [local_day(m) for m in rhythm.between(at(date(2025, 1, 1)), at(date(2025, 2, 14)), VN)]
    assert days == [date(2025, 1, 24), date(2025, 2, 3), date(2025, 2, 7), date(2025, 2, 14)]


def test_the_last_day_of_each_month_stays_the_last() -> None:
    rhythm = Rhythm(Every.MONTHLY, date(2024, 1, 31))
    days = [rhythm.nominal(n) for n in range(4)]
    assert days == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


def test_a_leap_day_each_year_is_the_28th_where_there_is_none() -> None:
    rhythm = Rhythm(Every.ANNUAL, date(2024, 2, 29))
    assert [rhythm.nominal(n) for n in (0, 1, 4)] == [
        date(2024, 2, 29), date(2025, 2, 28), date(2028, 2, 29)]  # fmt: skip


def test_hours_of_a_day_come_in_order_and_go_on_the_next_working_day() -> None:
    rhythm = Rhythm(Every.DAILY, date(2025, 6, 27), (time(8), time(11), time(16)))
    found = list(rhythm.between(at(date(2025, 6, 27), 8), at(date(2025, 6, 30), 8), VN))
    assert found == [at(date(2025, 6, 27), 11), at(date(2025, 6, 27), 16), at(date(2025, 6, 30), 8)]


def test_a_rhythm_ends_on_its_day() -> None:
    rhythm = Rhythm(Every.DAILY, date(2025, 6, 23), until=date(2025, 6, 25))
    assert rhythm.after(at(date(2025, 6, 24)), VN) is None


@pytest.mark.parametrize(
    "wrong",
    [{"hours": ()}, {"hours": (time(9), time(8))}, {"until": date(2025, 1, 1)}],
)
def test_a_rhythm_that_cannot_be_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match="rhythm"):
        Rhythm(Every.DAILY, date(2025, 1, 1), **wrong)


RHYTHMS = st.builds(
    Rhythm,
    st.sampled_from(Every),
    DAYS,
    st.lists(st.times(time(6), time(18)), min_size=1, max_size=3, unique=True).map(
        lambda hours: tuple(sorted(h.replace(second=0, microsecond=0) for h in set(hours)))
    ).filter(lambda hours: len(set(hours)) == len(hours)),
)  # fmt: skip


@given(rhythm=RHYTHMS, moment=MOMENTS)
def test_the_next_time_is_strictly_later_and_always_on_a_working_day(rhythm, moment) -> None:
    found = rhythm.after(moment, VN)
    assert found is not None
    assert found > moment
    assert VN.is_working(local_day(found))
    assert found >= rhythm.first(VN)


@given(rhythm=RHYTHMS)
def test_no_time_comes_twice_and_none_is_skipped(rhythm) -> None:
    start = rhythm.first(VN)
    found = list(rhythm.between(start - timedelta(minutes=1), start + timedelta(days=45), VN))
    assert found[0] == start
    assert found == sorted(set(found))

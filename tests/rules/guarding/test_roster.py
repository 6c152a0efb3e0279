"""Rosters: a gap is found before it happens, and who could fill it is named."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.guarding.roster import (
    Duty,
    Limits,
    heaviest_week,
    plan_shifts,
    roster_problems,
    stand_ins,
)
from thongsuot.rules.guarding.spans import Span, gaps

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
EIGHTS = (time(6), time(14), time(22))
START = datetime(2025, 6, 24, 23, 0, tzinfo=UTC)  # six in the morning of 25 June in Hà Nội
LOOSE = Limits(week=timedelta(hours=200), rest=timedelta())


def hours(first: int, last: int) -> Span:
    return Span(START + timedelta(hours=first), START + timedelta(hours=last))


def codes(*args: object, **more: object) -> list[str]:
    return [p.code for p in roster_problems(*args, **more)]  # type: ignore[arg-type]


def test_four_guards_in_turn_cover_a_week_within_the_limits() -> None:
    duties = plan_shifts(date(2025, 6, 25), date(2025, 7, 1), EIGHTS, (1, 2, 3, 4), 9, HANOI)
    assert len(duties) == 21
    week = Span(duties[0].span.since, duties[-1].span.until)
    assert week.until.astimezone(HANOI) == datetime(2025, 7, 2, 6, tzinfo=HANOI)
    assert roster_problems(duties, week, Limits()) == ()


def test_a_missing_shift_is_a_gap_that_names_its_hours_and_who_could_stand_in() -> None:
    duties = plan_shifts(date(2025, 6, 25), date(2025, 6, 26), EIGHTS, (1, 2, 3, 4), 9, HANOI)
    holed = [d for d in duties if d != duties[2]]
    (gap,) = roster_problems(
        holed, hours(0, 48), Limits(), guards=(1, 2, 3, 4), names={3: "Bác Ba"}
    )
    assert gap.code == "guarding.gap"
    assert (gap.facts["since"], gap.facts["until"]) == (duties[2].span.since, duties[2].span.until)
    assert gap.facts["could"] == ("Bác Ba",)


def test_a_gap_that_nobody_can_fill_says_so() -> None:
    duties = [Duty(1, 9, hours(0, 8)), Duty(1, 9, hours(16, 24))]
    assert "guarding.gap-nobody" in codes(duties, hours(0, 24), Limits(), guards=(1,))


def test_nobody_stands_at_two_places_at_once() -> None:
    here, there = [Duty(1, 9, hours(0, 8))], [Duty(1, 8, hours(7, 15))]
    found = codes(here, hours(0, 8), LOOSE, elsewhere=there)
    assert found == ["guarding.two-places"]


def test_two_may_overlap_as_long_as_the_hand_over_takes_and_no_longer() -> None:
    brief = [Duty(1, 9, hours(0, 8)), Duty(2, 9, Span(hours(8, 9).since - timedelta(minutes=30), hours(0, 16).until))]  # fmt: skip
    assert codes(brief, hours(0, 16), LOOSE) == []
    long = [Duty(1, 9, hours(0, 9)), Duty(2, 9, hours(8, 16))]
    assert codes(long, hours(0, 16), LOOSE) == ["guarding.overlap"]


def test_shifts_too_long_rest_too_short_and_weeks_too_heavy_are_named() -> None:
    long = [Duty(1, 9, hours(0, 13)), Duty(2, 9, hours(13, 20))]
    assert codes(long, hours(0, 20), Limits()) == ["guarding.shift-too-long"]
    tired = [Duty(1, 9, hours(0, 8)), Duty(2, 9, hours(8, 16)), Duty(1, 9, hours(16, 24))]
    assert codes(tired, hours(0, 24), Limits()) == ["guarding.too-little-rest"]
    heavy = [Duty(n % 2, 9, hours(12 * n, 12 * n + 12)) for n in range(14)]
    assert set(codes(heavy, hours(0, 168), Limits())) == {"guarding.week-too-long"}


def test_the_week_is_any_seven_days_not_the_calendar_week() -> None:
    duties = [Duty(1, 9, hours(24 * n, 24 * n + 8)) for n in range(9)]
    heaviest = heaviest_week(duties)
    assert heaviest is not None
    assert heaviest[1] == timedelta(hours=56)


def test_a_roster_needs_guards_and_different_starts() -> None:
    for starts, guards in (((), (1,)), ((time(6), time(6)), (1,)), ((time(6),), ())):
        with pytest.raises(ValueError, match="needs"):
            plan_shifts(date(2025, 6, 25), date(2025, 6, 25), starts, guards, 9, HANOI)


DUTIES = st.lists(
    st.builds(
        lambda guard, place, first, length: Duty(guard, place, hours(first, first + length)),
        st.integers(1, 3), st.integers(8, 9), st.integers(0, 60), st.integers(1, 14),
    ),
    max_size=8,
)  # fmt: skip


@given(DUTIES, DUTIES)
def test_a_roster_without_problems_leaves_no_gap_and_nobody_in_two_places(
    duties: list[Duty], elsewhere: list[Duty]
) -> None:
    window = hours(0, 24)
    found = roster_problems(duties, window, Limits(), elsewhere=elsewhere)
    if found:
        return
    assert gaps((d.span for d in duties), window) == ()
    mine = {d.guard for d in duties}
    everything = [d for d in (*duties, *elsewhere) if d.guard in mine]
    for at, one in enumerate(everything):
        for other in everything[at + 1 :]:
            assert one.guard != other.guard or not one.span.overlaps(other.span)


@given(DUTIES, st.integers(0, 60), st.integers(1, 12))
def test_whoever_is_proposed_for_a_gap_breaks_no_rule_by_taking_it(
    duties: list[Duty], first: int, length: int
) -> None:
    gap = hours(first, first + length)
    for guard in stand_ins(gap, (1, 2, 3, 4), duties, Limits()):
        mine = [d for d in duties if d.guard == guard]
        assert not any(d.span.overlaps(gap) for d in mine)
        assert codes([*mine, Duty(guard, 9, gap)], gap, Limits()) in ([], ["guarding.overlap"])

"""Five stages, samples nobody chooses, and a forecast that says how it was counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.digitising.pace import FURTHEST, Pace, by_week, forecast, pace_of
from thongsuot.rules.digitising.sampling import ACCEPT, REJECT, drawn, lot_problems, sample_size
from thongsuot.rules.digitising.stages import (
    MOVES,
    STAGES,
    Figures,
    check_closing,
    check_move,
    figures_of,
)
from thongsuot.rules.kernel.calendar import WorkingCalendar

CALENDAR = WorkingCalendar.of([date(2025, 5, 1), date(2025, 5, 2)])
TUESDAY = date(2025, 6, 24)


@given(st.dictionaries(st.sampled_from(STAGES), st.integers(0, 10_000)))
def test_no_figure_is_more_than_the_step_before_and_none_is_lost(at_stage: dict[int, int]) -> None:
    figures = figures_of(at_stage)
    assert list(figures.row) == sorted(figures.row, reverse=True)
    assert figures.counted == sum(at_stage.values())
    assert sum(figures.waiting) == figures.left == figures.counted - at_stage.get(5, 0)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(STAGES)), max_size=40))
def test_lawful_moves_in_any_order_keep_the_figures_in_order(moves: list[tuple[int, int]]) -> None:
    files = [1] * 5
    for which, to in moves:
        if check_move(files[which], to, "HS") is None:
            files[which] = to
    figures = figures_of({stage: files.count(stage) for stage in STAGES})
    assert figures.counted == 5


def test_figures_that_cannot_be_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="more at a step"):
        Figures(counted=3, boxed=4)


def test_no_stage_is_skipped() -> None:
    for src in STAGES:
        for dst in STAGES:
            problem = check_move(src, dst, "HS-1")
            assert (problem is None) == ((src, dst) in MOVES)
    assert check_move(1, 3, "HS-1").code == "digitising.stage-skipped"


def test_a_share_is_all_only_when_nothing_is_left() -> None:
    assert Figures(1000, 1000, 1000, 1000, 999).hundredths(999) == 99
    assert Figures().hundredths(0) == 0


def test_a_fonds_is_closed_only_when_nothing_at_all_is_left() -> None:
    done = Figures(10, 10, 10, 10, 10)
    assert check_closing(done, {}) == ()
    left = check_closing(
        Figures(10, 9, 7, 4, 0), {1: ["A"], 2: ["B", "C"]}, open_lots=1, damaged=["D"], unverified=2
    )
    assert [(p.code, p.facts["count"]) for p in left] == [
        ("digitising.left-to-box", 1), ("digitising.left-to-scan", 2),
        ("digitising.left-to-check", 3), ("digitising.left-to-accept", 4),
        ("digitising.left-lots", 1), ("digitising.left-damaged", 1),
        ("digitising.left-unverified", 2),
    ]  # fmt: skip
    assert left[1].facts["named"] == ("B", "C")
    assert check_closing(Figures(), {})[0].code == "digitising.fonds-empty"


@given(st.integers(1, 100_000), st.integers(1, 100), st.integers(1, 500))
def test_a_sample_is_at_least_so_many_hundredths_and_never_more_than_the_lot(
    lot: int, hundredths: int, least: int
) -> None:
    size = sample_size(lot, hundredths, least)
    assert 1 <= size <= lot
    assert size == lot or (size >= least and size * 100 >= lot * hundredths)


@given(st.sets(st.integers(1, 10_000), min_size=1, max_size=60), st.text(max_size=10), st.data())
def test_no_order_of_entering_changes_the_sample(numbers: set[int], seed: str, data) -> None:
    shuffled = data.draw(st.permutations(sorted(numbers)))
    sample = drawn(shuffled, 7, seed)
    assert sample == drawn(numbers, 7, seed)
    assert len(sample) == len(set(sample)) == min(7, len(numbers))


def test_a_lot_passes_only_when_the_sample_is_finished_and_good_enough() -> None:
    assert lot_problems({"A": None, "B": True}, 0, ACCEPT)[0].code == "digitising.sample-unfinished"
    assert lot_problems({"A": False, "B": True}, 0, ACCEPT)[0].code == "digitising.too-many-bad"
    assert lot_problems({"A": False, "B": True}, 1, ACCEPT) == ()
    assert lot_problems({"A": True}, 0, REJECT) == ()
    assert lot_problems({"A": True}, 0, "?")[0].code == "digitising.decision-unknown"


def test_the_pace_is_that_of_four_weeks_before_today() -> None:
    accepted = {TUESDAY: 99, TUESDAY - timedelta(days=1): 40, TUESDAY - timedelta(days=28): 60,
                TUESDAY - timedelta(days=29): 500}  # fmt: skip
    pace = pace_of(accepted, TUESDAY, CALENDAR)
    assert (pace.done, pace.days) == (100, 20)
    assert (pace.since, pace.until) == (date(2025, 5, 27), TUESDAY)


def test_the_forecast_counts_working_days_and_rounds_up() -> None:
    pace = Pace(100, 20, date(2025, 5, 27), TUESDAY)
    assert forecast(5, pace, TUESDAY, CALENDAR).day == date(2025, 6, 25)
    assert forecast(16, pace, TUESDAY, CALENDAR).day == date(2025, 6, 30)  # four days, a weekend
    assert forecast(0, pace, TUESDAY, CALENDAR).day == TUESDAY


def test_without_pace_or_beyond_ten_years_nothing_is_promised() -> None:
    assert forecast(5, Pace(0, 20, TUESDAY, TUESDAY), TUESDAY, CALENDAR).day is None
    slow = forecast(10_000, Pace(1, 20, TUESDAY, TUESDAY), TUESDAY, CALENDAR)
    assert slow.day is None
    assert slow.needed == 200_000 > FURTHEST


@given(st.integers(1, 5_000), st.integers(1, 5_000), st.integers(1, 22))
def test_at_the_forecast_day_the_pace_has_done_it_and_a_day_before_it_has_not(
    left: int, done: int, days: int
) -> None:
    found = forecast(left, Pace(done, days, TUESDAY, TUESDAY), TUESDAY, CALENDAR)
    needed = found.needed
    assert needed is not None
    assert needed * done >= left * days
    assert (needed - 1) * done < left * days


def test_weeks_begin_on_monday() -> None:
    weeks = by_week({date(2025, 6, 22): 3, date(2025, 6, 23): 4, TUESDAY: 5}, TUESDAY, 2)
    assert weeks == ((date(2025, 6, 16), 3), (date(2025, 6, 23), 9))

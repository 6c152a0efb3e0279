"""Days are counted back from the session; nothing is carried without quorum and majority."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.decisions.parameters import (
    KEYS,
    QUORUM,
    USUAL,
    Parameter,
    in_force,
    unconfirmed,
)
from thongsuot.rules.decisions.session import (
    EXTRAORDINARY,
    KINDS,
    REGULAR,
    Tally,
    check_convene,
    check_quorum,
    check_tally,
    milestones,
    passes,
)
from thongsuot.rules.kernel.calendar import WorkingCalendar

DAY = date(2025, 7, 30)
CALENDAR = WorkingCalendar.of([date(2025, 9, 2)])


def codes(problems) -> list[str]:
    return [p.code for p in problems]


def test_the_days_before_a_session_come_in_their_order() -> None:
    steps = [m.step for m in milestones(DAY, REGULAR, CALENDAR)]
    assert steps == ["convene", "opinion", "review", "papers", "session", "publish"]


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.sampled_from(KINDS))
def test_every_milestone_is_a_working_day_so_many_working_days_away(day, kind) -> None:
    for one in milestones(CALENDAR.on_or_after(day), kind, CALENDAR):
        assert CALENDAR.is_working(one.day)
        assert one.step == "session" or one.confirmed is False


def test_a_late_session_is_extraordinary_or_says_why() -> None:
    today = date(2025, 7, 18)
    assert codes(check_convene(DAY, REGULAR, today, CALENDAR, "")) == ["decisions.convene-too-late"]
    assert check_convene(DAY, EXTRAORDINARY, today, CALENDAR, "") == ()
    (warning,) = check_convene(DAY, REGULAR, today, CALENDAR, "Thiên tai")
    assert (warning.code, warning.blocks) == ("decisions.convened-late", False)


@pytest.mark.parametrize(
    ("members", "present", "fine"),
    [(30, 20, True), (30, 19, False), (3, 2, True), (0, 0, False), (10, 11, False)],
)
def test_two_thirds_of_the_deputies_must_be_there(members, present, fine) -> None:
    assert (check_quorum(members, present, DAY) == ()) is fine


@given(st.integers(1, 200), st.data())
def test_a_matter_is_carried_by_more_than_half_of_all_deputies(members, data) -> None:
    present = data.draw(st.integers(0, members))
    votes_for = data.draw(st.integers(0, present))
    tally = Tally(members, present, votes_for, present - votes_for, 0)
    assert passes(tally, DAY) == (votes_for * 2 > members)
    assert (check_tally(tally, DAY) == ()) == (present * 3 >= members * 2)


def test_more_votes_than_people_are_refused() -> None:
    assert codes(check_tally(Tally(30, 25, 20, 5, 1), DAY)) == ["decisions.votes-over-present"]


def test_a_number_of_the_office_counts_from_its_day_and_ours_are_to_be_confirmed() -> None:
    own = Parameter(QUORUM, 5_000, date(2025, 8, 1), "72-2025-QH15", confirmed=True)
    assert in_force(QUORUM, date(2025, 7, 31), [own]).value == 6_667
    assert in_force(QUORUM, date(2025, 8, 1), [own]) == own
    assert {p.key for p in USUAL} == set(KEYS)
    assert len(unconfirmed(DAY)) == len(KEYS)
    assert len(unconfirmed(date(2025, 8, 1), [own])) == len(KEYS) - 1
    with pytest.raises(KeyError):
        in_force("no-such", DAY)

"""The ladder, moving to a successor, the grid, roadmaps."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.directives import grid
from thongsuot.rules.directives.grid import Change, Mark, Note
from thongsuot.rules.directives.ladder import LADDER, Whom, rung_days, rung_due
from thongsuot.rules.directives.moving import LEAST, plan_move
from thongsuot.rules.directives.roadmap import Line, Step, check_roadmap, count_back, pushed
from thongsuot.rules.directives.templates import BY_CODE, TEMPLATES
from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.deadline import VIETNAM, local_day

TET = frozenset(date(2025, 1, 27) + timedelta(days=n) for n in range(5))
VN = WorkingCalendar.of(TET | {date(2025, 5, 2)}, [date(2025, 4, 26)])
DAYS = st.dates(date(2025, 1, 6), date(2025, 12, 19))
HOURS = st.integers(8, 17)


def told(due_on: date, since: date, until: date) -> list[tuple[date, Whom]]:
    """What the ladder says when it is asked every day, and takes what it gets."""
    found, number, last, today = [], 0, None, since
    while today <= until:
        rung = rung_due(due_on, number, last, today, VN)
        if rung is not None:
            found.append((today, rung.whom))
            number, last = rung.number, today
        today += timedelta(days=1)
    return found


def test_the_person_is_told_before_on_and_after_the_day_then_the_head_then_the_assigner() -> None:
    assert told(date(2025, 6, 24), date(2025, 6, 1), date(2025, 7, 10)) == [
        (date(2025, 6, 19), Whom.PERSON),
        (date(2025, 6, 24), Whom.PERSON),
        (date(2025, 6, 25), Whom.PERSON),
        (date(2025, 6, 26), Whom.HEAD),
        (date(2025, 7, 1), Whom.ASSIGNER),
    ]


def test_nobody_is_told_in_tet() -> None:
    days = [d for d, _w in told(date(2025, 1, 24), date(2025, 1, 20), date(2025, 2, 12))]
    assert not TET & set(days)


def test_what_was_forgotten_for_weeks_is_still_said_to_the_person_first() -> None:
    found = told(date(2025, 3, 3), date(2025, 6, 2), date(2025, 6, 30))
    assert [w for _d, w in found] == [Whom.PERSON, Whom.HEAD, Whom.ASSIGNER]
    assert len({d for d, _w in found}) == 3


@given(due_on=DAYS, since=DAYS)
def test_no_superior_hears_of_it_before_the_person_and_nobody_twice_a_day(due_on, since) -> None:
    found = told(due_on, since, since + timedelta(days=60))
    assert not found or found[0][1] is Whom.PERSON
    assert len({d for d, _w in found}) == len(found)
    assert all(VN.is_working(d) for d, _w in found)
    superiors = [d for d, w in found if w is not Whom.PERSON]
    after = [d for d, w in found if w is Whom.PERSON and d > due_on]
    assert not superiors or (after and after[0] < superiors[0])


@given(today=DAYS.filter(VN.is_working))
def test_the_bulk_search_finds_every_day_whose_rung_has_come(today) -> None:
    for rung in LADDER:
        last = rung_days(rung, today, VN)
        assert rung_due(last, rung.number - 1, None, today, VN) is not None


@given(due=DAYS, hour=HOURS, on=DAYS)
def test_a_successor_gets_a_working_day_not_earlier_and_enough_time(due, hour, on) -> None:
    before = datetime(due.year, due.month, due.day, hour, tzinfo=VIETNAM)
    moved = plan_move(before, on, VN)
    assert moved.due >= before
    assert moved.changed == (moved.due != before)
    if moved.changed:
        assert VN.is_working(local_day(moved.due))
    assert local_day(moved.due) >= VN.add(on, LEAST)


def test_moving_far_ahead_of_the_day_changes_nothing() -> None:
    due = datetime(2025, 9, 30, 17, tzinfo=VIETNAM)
    assert not plan_move(due, date(2025, 7, 1), VN).changed
    assert plan_move(due, date(2025, 9, 30), VN).due == datetime(2025, 10, 3, 17, tzinfo=VIETNAM)


W1, W2 = date(2025, 9, 8), date(2025, 9, 15)


def test_a_cell_says_what_changed_since_last_time() -> None:
    notes = [
        Note(1, 10, W1, Mark.UNDER_WAY),
        Note(1, 10, W2, Mark.DONE),
        Note(1, 11, W1, Mark.UNDER_WAY),
        Note(2, 10, W2, Mark.STUCK, "thiếu kho"),
        Note(3, 10, W1, Mark.NOTHING),
        Note(3, 10, W2, Mark.STUCK),
        Note(3, 10, W2, Mark.NOTHING, "sửa lại"),
        Note(4, 10, W2 + timedelta(days=7), Mark.DONE),
    ]
    found = grid.cells(notes, W2)
    assert {k: c.change for k, c in found.items()} == {
        (1, 10): Change.BETTER,
        (1, 11): Change.SILENT,
        (2, 10): Change.FIRST,
        (3, 10): Change.SAME,
    }
    assert grid.Cell(notes[3], notes[0]).change is Change.WORSE


@given(st.lists(st.builds(Note, st.integers(1, 3), st.integers(1, 3),
                          st.sampled_from([W1, W2]), st.sampled_from(Mark))))  # fmt: skip
def test_no_note_is_lost_and_silence_is_never_taken_for_an_answer(notes) -> None:
    found = grid.cells(notes, W2)
    assert found.keys() == {(n.point, n.body) for n in notes}
    spoke = {(n.point, n.body) for n in notes if n.round == W2}
    assert {k for k, c in found.items() if c.change is not Change.SILENT} == spoke


def test_a_checklist_counts_back_in_working_days_over_tet() -> None:
    lines = (Line(0, "Khai mạc"), Line(1, "Tổng duyệt"), Line(5, "Gửi tài liệu"))
    dated = count_back(lines, date(2025, 2, 4), VN)
    assert [(d, x.title) for d, x in dated] == [
        (date(2025, 1, 21), "Gửi tài liệu"),
        (date(2025, 2, 3), "Tổng duyệt"),
        (date(2025, 2, 4), "Khai mạc"),
    ]


@given(day=DAYS)
def test_every_template_ends_on_its_day_and_never_leaves_working_days(day) -> None:
    for template in TEMPLATES:
        dated = count_back(template.lines, day, VN)
        assert len(dated) == len(template.lines)
        assert all(VN.is_working(d) for d, _x in dated)
        assert max(d for d, _x in dated) == VN.on_or_before(day)
        assert BY_CODE[template.code] is template


def test_a_milestone_may_not_stand_before_what_it_waits_for_nor_in_a_ring() -> None:
    d = date(2025, 9, 1)
    assert check_roadmap([Step(1, d), Step(2, d, (1, 99))]) == ()
    early = check_roadmap([Step(1, d), Step(2, d - timedelta(days=1), (1,))], d)
    assert [p.code for p in early] == ["directives.step-too-early"]
    ring = check_roadmap([Step(1, d, (2,)), Step(2, d, (1,)), Step(3, d)])
    assert [p.code for p in ring] == ["directives.steps-in-ring"]
    late = check_roadmap([Step(1, d)], d - timedelta(days=1))
    assert [p.code for p in late] == ["directives.step-after-end"]


def test_what_waits_for_an_overdue_step_is_pushed_and_so_is_what_waits_for_that() -> None:
    d = date(2025, 9, 1)
    steps = [
        Step(1, d), Step(2, d + timedelta(9), (1,)), Step(3, d + timedelta(20), (2,)),
        Step(4, d + timedelta(9)), Step(5, d + timedelta(9), (1,), done_on=d),
    ]  # fmt: skip
    assert pushed(steps, d + timedelta(1)) == (2, 3)
    assert pushed(steps, d) == ()

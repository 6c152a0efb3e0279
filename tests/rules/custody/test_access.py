"""Who may do what with boxes."""

import pytest

from thongsuot.rules.custody.access import TABLE, check_may, may
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.kernel.actor import Actor, Hat, Role


def somebody(role: Role, body: int = 1, area: frozenset[int] = frozenset()) -> Actor:
    hat = Hat(1, role, role.value, body, "cơ quan", frozenset(), area)
    return Actor(1, "Người", (hat,), hat)


BOX = Relation(giver=1, receiver=2, place=9)
AREA = frozenset({9})


@pytest.mark.parametrize("act", sorted(TABLE))
def test_who_only_reads_and_who_only_runs_the_machine_do_nothing(act: str) -> None:
    for role in (Role.INSPECTOR, Role.OPERATOR):
        assert not may(somebody(role, 1, AREA), act, BOX)


@pytest.mark.parametrize("act", sorted(set(TABLE) - {"box.receive"}))
def test_another_body_does_nothing_with_a_box_that_it_does_not_keep(act: str) -> None:
    assert not may(somebody(Role.TEAM_HEAD, 3), act, BOX)
    assert not may(somebody(Role.TEAM_HEAD, 2), act, BOX)


def test_a_clerk_seals_and_only_a_head_opens() -> None:
    assert may(somebody(Role.CLERK), "box.seal", BOX)
    assert not may(somebody(Role.CLERK), "box.open", BOX)
    assert may(somebody(Role.LEADER), "box.open", BOX)


def test_the_receiver_takes_a_box_over_and_nobody_else_does() -> None:
    assert may(somebody(Role.TEAM_MEMBER, 2), "box.receive", BOX)
    assert not may(somebody(Role.TEAM_HEAD, 1), "box.receive", BOX)


def test_the_city_resolves_alarms_of_its_area_and_touches_no_box() -> None:
    city = somebody(Role.STEERING, 50, AREA)
    assert may(city, "alarm.resolve", BOX)
    assert not may(somebody(Role.STEERING, 50), "alarm.resolve", BOX)
    assert not may(city, "box.seal", BOX)


def test_a_person_without_a_post_is_told_so() -> None:
    problem = check_may(Actor(1, "Bác Tư"), "count", BOX)
    assert problem is not None
    assert problem.code == "custody.no-post-today"

"""Who may do what with a difficulty."""

import pytest

from thongsuot.rules.difficulties.access import Relation, check_may, may
from thongsuot.rules.kernel.actor import Actor, Hat, Role

TO = Relation(raiser=1, holder=2, places=frozenset({10}))


def actor(role: Role, body: int, area=()) -> Actor:
    hat = Hat(1, role, "vị trí", body, "cơ quan", frozenset(), frozenset(area))
    return Actor(1, "Ai đó", (hat,), hat)


@pytest.mark.parametrize(
    ("who", "act", "allowed"),
    [
        (actor(Role.CLERK, 1), "raise", True),
        (actor(Role.OPERATOR, 1), "raise", False),
        (actor(Role.LEADER, 2), "answer", True),
        (actor(Role.CLERK, 2), "answer", False),
        (actor(Role.LEADER, 1), "answer", False),
        (actor(Role.STEERING, 7, {10}), "answer", True),
        (actor(Role.STEERING, 7, {11}), "answer", False),
        (actor(Role.INSPECTOR, 7, {10}), "answer", False),
        (actor(Role.CLERK, 1), "withdraw", True),
        (actor(Role.CLERK, 2), "withdraw", False),
        (actor(Role.LEADER, 1), "ask-again", True),
    ],
)
def test_the_table_says_who_may(who, act, allowed) -> None:
    assert may(who, act, TO) is allowed
    assert (check_may(who, act, TO) is None) is allowed


def test_without_a_post_nothing_is_allowed() -> None:
    found = check_may(Actor(1, "Bác Tư"), "raise", TO)
    assert found is not None
    assert found.code == "difficulties.no-post-today"

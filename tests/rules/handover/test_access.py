import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover.access import TABLE, Relation, check_may, scope_of
from thongsuot.rules.kernel.actor import Actor, Hat, Role

DISTRICT, WARD, OTHER_WARD = 1, 2, 3
HERE, ELSEWHERE = 100, 200
ITEM = Relation(giver=DISTRICT, receiver=WARD, place=HERE)


def actor(role: Role, body: int = 0, area: tuple[int, ...] = ()) -> Actor:
    hat = Hat(1, role, "chức vụ", body, "cơ quan", frozenset(), frozenset(area))
    return Actor(7, "Người thử", (hat,), hat)


LAN = actor(Role.TEAM_HEAD, DISTRICT)
MINH = actor(Role.TEAM_HEAD, WARD)
CITY = actor(Role.STEERING, 9, (HERE,))
OTHER_CITY = actor(Role.STEERING, 9, (ELSEWHERE,))
INSPECTOR = actor(Role.INSPECTOR, 9, (HERE,))
OPERATOR = actor(Role.OPERATOR, DISTRICT, (HERE,))


@pytest.mark.parametrize(
    ("who", "act", "may"),
    [
        (LAN, "sign.giver", True),
        (LAN, "sign.receiver", False),
        (LAN, "count.receiver", False),
        (LAN, "items.destroy", True),
        (LAN, "dispute.settle", False),
        (LAN, "body.close", False),
        (MINH, "sign.receiver", True),
        (MINH, "sign.giver", False),
        (MINH, "items.add", False),
        (MINH, "line.refuse", True),
        (CITY, "dispute.settle", True),
        (CITY, "body.close", True),
        (CITY, "sign.giver", False),
        (CITY, "items.destroy", False),
        (OTHER_CITY, "body.close", False),
        (actor(Role.CLERK, DISTRICT), "items.add", True),
        (actor(Role.CLERK, DISTRICT), "sign.giver", False),
        (actor(Role.TEAM_HEAD, OTHER_WARD), "sign.receiver", False),
    ],
)
def test_each_may_do_what_the_table_says(who: Actor, act: str, may: bool) -> None:
    assert (check_may(who, act, ITEM) is None) is may


@given(st.sampled_from(sorted(TABLE)), st.sampled_from([INSPECTOR, OPERATOR]))
def test_inspectors_and_operators_change_nothing(act: str, who: Actor) -> None:
    problem = check_may(who, act, ITEM)
    assert problem is not None
    assert problem.code == "handover.not-allowed"


@given(st.sampled_from(sorted(TABLE)), st.sampled_from(list(Role)))
def test_nobody_acts_where_they_have_no_relation(act: str, role: Role) -> None:
    assert check_may(actor(role, OTHER_WARD, (ELSEWHERE,)), act, ITEM) is not None


@pytest.mark.parametrize("role", list(Role))
def test_a_giver_never_counts_or_signs_for_the_receiver(role: Role) -> None:
    giver, receiver = actor(role, DISTRICT), actor(role, WARD)
    for verb in ("sign", "count"):
        assert check_may(giver, f"{verb}.receiver", ITEM) is not None
        assert check_may(receiver, f"{verb}.giver", ITEM) is not None


@given(st.sampled_from(sorted(TABLE)))
def test_a_person_without_a_post_today_may_do_nothing(act: str) -> None:
    problem = check_may(Actor(7, "Bác Tư"), act, ITEM)
    assert problem is not None
    assert problem.code == "handover.no-post-today"


@pytest.mark.parametrize(
    ("who", "on_its_way", "sees"),
    [
        (LAN, False, True),
        (MINH, False, False),
        (MINH, True, True),
        (CITY, False, True),
        (OTHER_CITY, True, False),
        (INSPECTOR, False, True),
        (OPERATOR, True, False),
        (actor(Role.CLERK, OTHER_WARD), True, False),
        (Actor(7, "Bác Tư"), True, False),
    ],
)
def test_each_sees_what_is_theirs(who: Actor, on_its_way: bool, sees: bool) -> None:
    assert scope_of(who).sees(ITEM, on_its_way=on_its_way) is sees

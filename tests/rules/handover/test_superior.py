"""A dispute is decided by somebody above all its parties, and by none of them."""

from thongsuot.rules.handover.superior import check_decider
from thongsuot.rules.kernel.actor import Actor, Hat, Role

CITY = frozenset({1, 2, 3})


def actor(area: frozenset[int], body: int = 9) -> Actor:
    hat = Hat(1, Role.STEERING, "Trưởng ban", body, "Ban Chỉ đạo", frozenset(), area)
    return Actor(1, "Lê Minh Khánh", (hat,), hat)


def test_who_has_both_sides_in_its_area_may_decide():
    assert check_decider(actor(CITY), {5: (frozenset({2}),), 6: (frozenset({3}),)}) == ()


def test_who_has_only_one_side_in_its_area_may_not():
    (problem,) = check_decider(actor(frozenset({2})), {5: (frozenset({2}),), 6: (frozenset({3}),)})
    assert (problem.code, problem.subject) == ("handover.not-superior", "6")


def test_no_party_decides_its_own_dispute():
    (problem,) = check_decider(actor(CITY, body=5), {5: (frozenset({2}),)})
    assert (problem.code, problem.subject) == ("handover.own-dispute", "5")


def test_without_a_post_nobody_decides():
    assert check_decider(Actor(1, "Bác Tư"), {5: (frozenset({2}),)})


def test_a_ward_that_begins_later_is_below_the_province_it_will_belong_to():
    coming = {5: (frozenset({77, 1}),)}
    assert check_decider(actor(CITY), coming) == ()
    assert check_decider(actor(frozenset({2})), coming)

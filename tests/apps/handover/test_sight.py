"""A ward sees what comes to it and what it signed; a district its own; the city its area."""

import pytest

from thongsuot.apps.handover import queries
from thongsuot.foundation.refusal import Refused

SEES_ALL = ("lan", "clerk", "city", "inspector")
SEES_NOTHING = ("rival", "operator", "tu", "desk")


@pytest.mark.parametrize("who", SEES_ALL)
def test_giver_city_and_inspector_see_every_item(story, who):
    ids = story.list_items(2)
    actor = getattr(story, who)
    assert set(queries.visible_items(actor).values_list("pk", flat=True)) == set(ids)
    assert queries.item_in_sight(actor, ids[0]).pk == ids[0]


@pytest.mark.parametrize("who", [*SEES_NOTHING, "minh"])
def test_others_see_nothing_and_not_there_looks_the_same(story, who):
    ids = story.list_items(2)
    actor = getattr(story, who)
    assert list(queries.visible_items(actor)) == []
    problems = []
    for pk in (ids[0], 999_999):
        with pytest.raises(Refused) as refused:
            queries.item_in_sight(actor, pk)
        assert refused.value.status == 404
        problems.append(refused.value.problems)
    assert problems[0] == problems[1]
    assert queries.balance(actor, story.transition) == ()


def test_a_ward_sees_what_is_confirmed_to_come_and_not_what_is_proposed(story):
    ids = story.list_items(2)
    story.give_to(story.ward, ids[:1])
    assert list(queries.visible_items(story.minh).values_list("pk", flat=True)) == ids[:1]
    assert list(queries.visible_items(story.rival)) == []


def test_a_ward_goes_on_seeing_what_it_signed(story):
    minutes, ids = story.handed_over(1)
    assert queries.minutes_in_sight(story.minh, minutes).pk == minutes
    assert queries.item_in_sight(story.minh, ids[0]).pk == ids[0]
    with pytest.raises(Refused):
        queries.minutes_in_sight(story.rival, minutes)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("lan", 1),
        ("minh", 1),
        ("city", 1),
        ("inspector", 1),
        ("desk", 1),
        ("operator", 0),
        ("tu", 0),
    ],
)
def test_a_transition_is_seen_by_those_who_have_a_part_in_it(story, who, sees):
    assert queries.transitions_of(getattr(story, who)).count() == sees

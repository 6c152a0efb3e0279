"""A dispute from its opening to its end: both positions, who holds meanwhile, the right superior."""

from datetime import UTC, datetime

import pytest

from thongsuot.apps.handover import actions, permit, queries, verify
from thongsuot.apps.handover.models import DisputeLine
from thongsuot.apps.handover.queries.disputes import disputed_in_sight, lines_of_dispute, positions
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover import holder
from thongsuot.rules.kernel.actor import Role

pytestmark = pytest.mark.django_db
AFTER = datetime(2025, 7, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def disputed(story) -> int:
    """An item of the office that ward A is to receive and ward B claims."""
    (pk,) = story.list_items(1)
    story.give_to(story.ward, [pk])
    actions.open_dispute(
        story.act(story.minh),
        transition_id=story.transition,
        item_id=pk,
        reason="nhà ở hai bên đường",
        against_id=story.other,
    )
    return pk


def say(story, pk, by, body, stance="claims", **more):
    values = {"text": "theo địa giới mới", **more}
    return actions.give_position(
        story.act(by),
        transition_id=story.transition,
        item_id=pk,
        body_id=body,
        stance=stance,
        **values,
    )


def hold(story, pk, body, by=None, **more):
    return actions.name_provisional(
        story.act(by or story.city, **more),
        transition_id=story.transition,
        item_id=pk,
        body_id=body,
        reason="đang có chìa khóa",
    )


def settle(story, pk, by=None, **more):
    values = {"to": "held", "receiver_id": story.other, "reason": "địa giới", "authority": "TB 7"}
    return actions.settle_dispute(
        story.act(by or story.city), transition_id=story.transition, item_id=pk, **values | more
    )


def codes(refused) -> set[str]:
    return {p.code for p in refused.value.problems}


def test_both_sides_are_heard_one_holds_meanwhile_and_the_decision_ends_it(story, disputed):
    say(story, disputed, story.minh, story.ward)
    say(story, disputed, story.rival, story.other, authority="CV 12")
    say(story, disputed, story.rival, story.other, "declines")
    last = positions([disputed])[disputed]
    assert {b: x.stance for b, x in last.items()} == {
        story.ward: "claims",
        story.other: "declines",
    }
    hold(story, disputed, story.department)
    (now,) = queries.holders_on(story.item(disputed), AFTER.date())
    assert (now.body, now.code) == (story.department, holder.PROVISIONAL)
    settle(story, disputed)
    item = story.item(disputed)
    assert (item.state, item.receiver_id, item.allocation) == ("held", story.other, "confirmed")
    (then,) = queries.holders_on(item, AFTER.date())
    assert (then.body, then.code) == (story.other, holder.NAMED)
    assert [x.sort for x in lines_of_dispute(item)] == [
        "opened",
        "position",
        "position",
        "position",
        "provisional",
        "settled",
    ]
    assert positions([disputed]) == {}, "what was said belongs to the dispute that has ended"
    assert list(verify.faults()) == []


def test_the_other_claimant_sees_the_item_while_strangers_do_not(story, disputed, transition):
    assert permit.item_in_sight(story.rival, disputed).pk == disputed
    assert list(disputed_in_sight(story.rival, transition)) == [story.item(disputed)]
    with pytest.raises(Refused):
        permit.item_in_sight(story.desk, disputed)
    assert not disputed_in_sight(story.desk, transition)
    assert not disputed_in_sight(story.operator, transition)


def test_only_a_side_speaks_for_itself_and_says_why(story, disputed):
    for who, body in ((story.rival, story.ward), (story.desk, story.residual), (story.city, story.ward)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            say(story, disputed, who, body)
        assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        say(story, disputed, story.minh, story.ward, "perhaps", text=" ")
    assert codes(refused) == {"handover.stance-unknown", "handover.reason-needed"}
    (other,) = story.list_items(1, code="TS-9")
    with pytest.raises(Refused) as refused:
        say(story, other, story.lan, story.office)
    assert codes(refused) == {"handover.no-dispute"}


def test_only_somebody_above_all_sides_decides_and_says_who_holds(story, disputed):
    district = story.actor(905, "BCĐ quận", Role.STEERING, 0, {story.place.pk})
    for act in (settle, lambda s, pk, by: hold(s, pk, s.department, by)):
        with pytest.raises(Refused) as refused:
            act(story, disputed, by=district)
        assert (refused.value.status, codes(refused)) == (403, {"handover.not-superior"})
    party = story.actor(906, "Một bên", Role.STEERING, story.other, story.area)
    with pytest.raises(Refused) as refused:
        settle(story, disputed, by=party)
    assert codes(refused) == {"handover.own-dispute"}
    assert story.item(disputed).state == "disputed"


def test_a_body_that_ends_does_not_hold_meanwhile(story, disputed):
    with pytest.raises(Refused) as refused:
        hold(story, disputed, story.district)
    assert codes(refused) == {"handover.holds-no-more"}


def test_when_no_side_wants_it_somebody_still_holds_it(story, disputed):
    for who, body in ((story.minh, story.ward), (story.rival, story.other), (story.lan, story.office)):  # fmt: skip
        say(story, disputed, who, body, "declines")
    (tonight,) = queries.holders_on(story.item(disputed), AFTER.date())
    assert (tonight.body, tonight.code) == (story.residual, holder.PROVISIONAL)


def test_a_new_dispute_asks_anew_who_holds(story, disputed):
    hold(story, disputed, story.department)
    settle(story, disputed, receiver_id=story.ward)
    actions.open_dispute(
        story.act(story.minh), transition_id=story.transition, item_id=disputed, reason="lại"
    )
    (now,) = queries.holders_on(story.item(disputed), AFTER.date())
    assert now.body == story.residual
    assert DisputeLine.objects.filter(item=disputed, sort="opened").count() == 2

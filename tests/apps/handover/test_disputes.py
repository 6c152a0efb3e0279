"""Two wards dispute one item; the steering committee settles it."""

import pytest

from thongsuot.apps.handover import actions, queries, verify
from thongsuot.foundation.refusal import Refused


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def dispute(story, pk, by="minh", **values):
    return actions.open_dispute(
        story.act(getattr(story, by)),
        transition_id=story.transition,
        item_id=pk,
        **{"reason": "cả hai phường nhận", **values},
    )


def settle(story, pk, to, by="city", **values):
    return actions.settle_dispute(
        story.act(getattr(story, by)),
        transition_id=story.transition,
        item_id=pk,
        to=to,
        **{"reason": "theo địa giới mới", "authority": "TB 15", **values},
    )


def test_what_was_accepted_can_be_disputed_and_stays_with_its_holder(story):
    _, (pk,) = story.handed_over(1)
    dispute(story, pk, of="accepted", quantity=4, against_id=story.other)
    item = story.item(pk)
    assert (item.q_accepted, item.q_disputed, item.state) == (6, 4, "disputed")
    assert {h.body for h in queries.holders_of(item)} == {story.ward}
    settle(story, pk, "accepted")
    assert (story.item(pk).q_accepted, story.item(pk).state) == (10, "accepted")
    assert list(verify.faults()) == []


def test_a_dispute_before_handing_over_is_settled_with_a_receiver(story):
    (pk,) = story.list_items(1)
    dispute(story, pk, by="lan", against_id=story.other)
    settle(story, pk, "held", receiver_id=story.other)
    item = story.item(pk)
    assert (item.state, item.receiver_id, item.allocation) == ("held", story.other, "confirmed")
    assert list(verify.faults()) == []


def test_only_the_steering_committee_settles_and_by_a_decision(story):
    (pk,) = story.list_items(1)
    dispute(story, pk, by="lan")
    with pytest.raises(Refused) as refused:
        settle(story, pk, "held", by="lan")
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        settle(story, pk, "held", authority="")
    assert "handover.authority-needed" in codes(refused)
    with pytest.raises(Refused) as refused:
        settle(story, pk, "accepted")
    assert codes(refused) == ["handover.settle-where"]


def test_nothing_in_dispute_cannot_be_settled(story):
    (pk,) = story.list_items(1)
    with pytest.raises(Refused) as refused:
        settle(story, pk, "held")
    assert codes(refused) == ["handover.no-dispute"]


def test_a_disputed_item_keeps_its_body_from_ending(story):
    (pk,) = story.list_items(1)
    dispute(story, pk, by="lan")
    with pytest.raises(Refused) as refused:
        actions.close_body(
            story.act(story.city), transition_id=story.transition, body_id=story.office
        )
    assert refused.value.problems[0].facts["place"] == "disputed"


def test_after_the_end_the_residual_desk_answers_for_the_giver(story):
    minutes, (pk,) = story.handed_over(1)
    actions.close_body(
        story.act(story.city),
        transition_id=story.transition,
        body_id=story.office,
        in_registry=False,
    )
    head = story.actor(905, "Trưởng bộ phận tiếp nhận sau", story.lan.role, story.residual)
    assert queries.item_in_sight(head, pk).pk == pk
    line = queries.lines_of(queries.minutes_in_sight(head, minutes)).get()
    done = actions.correct_after_signature(
        story.act(head),
        transition_id=story.transition,
        minutes_id=minutes,
        lines=[line.pk],
        reason="thiếu hai cái khi chuyển kho",
    )
    new = done["minutes"]
    (fresh,) = queries.lines_of(queries.minutes_in_sight(head, new))
    for who, side in ((head, "giver"), (story.minh, "receiver")):
        actions.count_lines(
            story.act(who),
            transition_id=story.transition,
            minutes_id=new,
            side=side,
            counts=[{"line": fresh.pk, "count": 8, "version": 0}],
        )
    story.sign(new, "giver", by=head)
    story.sign(new, "receiver")
    item = story.item(pk)
    assert (item.q_accepted, item.q_missing) == (8, 2)
    assert {(h.body, h.place) for h in queries.holders_of(item)} == {
        (story.ward, "accepted"),
        (story.residual, "missing"),
    }
    assert list(verify.faults()) == []

"""The usual way from the list to the end of the body, with nothing lost."""

import pytest

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import BalanceLine, Item, Minutes, Movement, TransitionBody
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def test_a_body_hands_everything_over_and_ends(story, transition):
    ids = story.list_items(5)
    rule = {"name": "Tài sản", "reason": "tài sản về phường", "receiver": story.ward}
    actions.write_rule(story.act(story.city), transition_id=story.transition, rule=rule)
    proposed = actions.propose_receivers(story.act(story.lan), transition_id=story.transition)
    assert proposed == {"proposed": 5, "shared": 0, "gap": 0, "clash": 0}
    actions.confirm_allocation(
        story.act(story.lan),
        transition_id=story.transition,
        choice={"filter": {"allocation": "proposed"}, "expected": 5},
    )
    story.classify()
    done = actions.dispatch(
        story.act(story.lan), transition_id=story.transition, choice={"filter": {}}
    )
    (minutes,) = done["minutes"]
    story.count_all(minutes)
    story.sign(minutes, "giver")
    answer = story.sign(minutes, "receiver")
    assert answer["movements"] == 5
    assert {i.state for i in Item.objects.filter(pk__in=ids)} == {"accepted"}
    assert Minutes.objects.get(pk=minutes).state == "signed"
    (row,) = queries.balance_rows(story.transition)
    assert (row.opened_items, row.items.accepted, row.quantity.accepted) == (5, 5, 50)
    assert row.value.accepted == 5_000_000
    closed = actions.close_body(
        story.act(story.city),
        transition_id=story.transition,
        body_id=story.office,
        in_registry=False,
    )
    assert closed["ended_on"] == "2025-07-01"
    assert TransitionBody.objects.get(body=story.office).ended_on == transition.effective_on


def test_the_trail_of_a_posting_carries_its_lines(story):
    _, ids = story.dispatched(4)
    entry = Entry.objects.get(act="handover.dispatched")
    assert entry.after["lines"] == 4
    assert len(entry.after["digest"]) == 64
    assert Movement.objects.filter(entry=entry).count() == 4
    assert set(Movement.objects.filter(entry=entry).values_list("item", flat=True)) == set(ids)


def test_a_body_with_items_left_does_not_end_and_the_refusal_lists_them(story, trail):
    story.list_items(3)
    before = trail()
    with pytest.raises(Refused) as refused:
        actions.close_body(
            story.act(story.city), transition_id=story.transition, body_id=story.office
        )
    codes = [p.code for p in refused.value.problems]
    assert codes == ["handover.left-behind"] + ["handover.item-left"] * 3
    assert refused.value.problems[0].facts["count"] == 3
    assert TransitionBody.objects.get(body=story.office).ended_on is None
    assert trail() == before


def test_nothing_is_listed_under_a_body_that_ended_and_the_desk_is_named(story):
    actions.close_body(
        story.act(story.city),
        transition_id=story.transition,
        body_id=story.office,
        in_registry=False,
    )
    with pytest.raises(Refused) as refused:
        story.list_items(1)
    (problem,) = refused.value.problems
    assert problem.code == "handover.body-ended"
    assert problem.facts["desk"] == "so noi vu"
    done = actions.add_late_finds(
        story.act(story.desk),
        transition_id=story.transition,
        giver_id=story.residual,
        rows=[story.row(7)],
        reason="thấy trong tủ phòng 305",
    )
    assert done["count"] == 1
    (line,) = BalanceLine.objects.filter(giver=story.residual)
    assert line.items_held == 1


def test_ending_a_body_ends_it_in_the_registry_too(story):
    actions.close_body(
        story.act(story.city),
        transition_id=story.transition,
        body_id=story.office,
        authority="NQ 1",
    )
    assert queries.body_names([story.office])[story.office] == "phong giao duc"
    assert list(Entry.objects.order_by("-id").values_list("act", flat=True)[:2]) == [
        "registry.body-closed",
        "handover.body-closed",
    ]


def test_a_transition_is_locked_only_when_every_body_has_ended(story):
    act = story.act(story.city)
    with pytest.raises(Refused) as refused:
        actions.close_transition(act, transition_id=story.transition)
    assert {p.code for p in refused.value.problems} == {"handover.body-still-open"}
    for body in (story.office, story.district):
        actions.close_body(
            story.act(story.city), transition_id=story.transition, body_id=body, in_registry=False
        )
    actions.close_transition(story.act(story.city), transition_id=story.transition)
    with pytest.raises(Refused) as refused:
        story.list_items(1)
    assert refused.value.problems[0].code == "handover.not-in-this-state"


def test_a_late_find_at_the_residual_desk_keeps_the_transition_open(story):
    for body in (story.office, story.district):
        actions.close_body(
            story.act(story.city), transition_id=story.transition, body_id=body, in_registry=False
        )
    actions.add_late_finds(
        story.act(story.desk),
        transition_id=story.transition,
        giver_id=story.residual,
        rows=[story.row(7)],
        reason="trong két",
    )
    with pytest.raises(Refused) as refused:
        actions.close_transition(story.act(story.city), transition_id=story.transition)
    assert [p.code for p in refused.value.problems] == ["handover.left-behind"]

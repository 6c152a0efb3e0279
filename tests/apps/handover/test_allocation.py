"""Rules propose, people confirm or decide otherwise; gaps and clashes are lists."""

import pytest
from django.db import IntegrityError, transaction

from thongsuot.apps.handover import actions, queries, verify
from thongsuot.apps.handover.models import AllocationRule, Item, ReceiverLine
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def rule(story, by="city", shares=(), **values):
    values = {"name": "Quy tắc", "reason": "theo địa bàn"} | values
    done = actions.write_rule(
        story.act(getattr(story, by)), transition_id=story.transition, rule=values, shares=shares
    )
    return done["rule"]


def propose(story, **wanted):
    return actions.propose_receivers(
        story.act(story.lan), transition_id=story.transition, wanted=wanted
    )


def test_the_successor_of_the_place_is_proposed_with_the_reason_and_the_rule(story):
    (pk,) = story.list_items(1, unit=story.old_whole.pk)
    made = rule(story, to_successor=True, heir_kind="peoples-committee")
    assert propose(story)["proposed"] == 1
    item = story.item(pk)
    assert (item.receiver_id, item.rule_id, item.reason) == (story.ward, made, "theo địa bàn")


def test_an_item_of_a_divided_ward_is_a_gap_with_its_candidates(story):
    (pk,) = story.list_items(1, unit=story.old_cut.pk)
    rule(story, to_successor=True, heir_kind="peoples-committee")
    assert propose(story)["gap"] == 1
    item = story.item(pk)
    assert (item.allocation, item.why) == ("gap", "divided")
    assert item.candidates == sorted([story.ward, story.other])
    assert queries.gap_counts(queries.visible_items(story.lan)) == {("asset", "divided"): 1}
    assert [i.pk for i in queries.gaps(queries.visible_items(story.city))] == [pk]


def test_rules_that_differ_with_equal_weight_are_a_clash(story):
    (pk,) = story.list_items(1)
    rule(story, kind="asset", receiver=story.ward)
    rule(story, kind="asset", receiver=story.other)
    assert propose(story)["clash"] == 1
    item = story.item(pk)
    assert (item.allocation, item.candidates) == ("clash", sorted([story.ward, story.other]))
    assert [i.pk for i in queries.clashes(queries.visible_items(story.lan))] == [pk]


def test_the_non_obvious_successor_wins_over_the_place(story):
    rows = [
        story.row(1, kind="case", field="Giáo dục", unit=story.old_whole.pk),
        story.row(2, kind="case", field="Hộ tịch", unit=story.old_whole.pk),
    ]
    done = actions.add_items(
        story.act(story.lan), transition_id=story.transition, giver_id=story.office, rows=rows
    )
    rule(story, to_successor=True, heir_kind="peoples-committee")
    rule(story, kind="case", field="Giáo dục", receiver=story.department, reason="Sở chỉnh sửa")
    propose(story)
    assert [story.item(i).receiver_id for i in done["items"]] == [story.department, story.ward]


def test_running_again_after_a_change_leaves_confirmed_items_alone(story):
    ids = story.list_items(2)
    first = rule(story, receiver=story.ward)
    propose(story)
    actions.confirm_allocation(
        story.act(story.lan), transition_id=story.transition, choice={"ids": ids[:1]}
    )
    actions.change_rule(
        story.act(story.city),
        transition_id=story.transition,
        rule_id=first,
        rule={"name": "Quy tắc", "reason": "đổi", "receiver": story.other},
    )
    propose(story)
    assert [story.item(i).receiver_id for i in ids] == [story.ward, story.other]
    assert AllocationRule.objects.get(pk=first).retired_at is not None
    assert list(verify.faults()) == []


def test_confirming_what_has_no_proposal_is_refused(story, trail):
    ids = story.list_items(2)
    before = trail()
    with pytest.raises(Refused) as refused:
        actions.confirm_allocation(
            story.act(story.lan), transition_id=story.transition, choice={"ids": ids}
        )
    assert codes(refused) == ["handover.no-proposal"] * 2
    assert trail() == before


def test_a_clerk_proposes_and_does_not_confirm(story):
    ids = story.list_items(1)
    rule(story, receiver=story.ward)
    actions.propose_receivers(story.act(story.clerk), transition_id=story.transition)
    with pytest.raises(Refused) as refused:
        actions.confirm_allocation(
            story.act(story.clerk), transition_id=story.transition, choice={"ids": ids}
        )
    assert refused.value.status == 403


def override(story, ids, receiver, reason="hai phường đã thống nhất", by="lan"):
    return actions.override_receiver(
        story.act(getattr(story, by)),
        transition_id=story.transition,
        choice={"ids": ids},
        receiver_id=receiver,
        reason=reason,
    )


def test_a_person_decides_otherwise_and_says_why(story):
    ids = story.list_items(1)
    rule(story, receiver=story.ward)
    propose(story)
    override(story, ids, story.other)
    item = story.item(ids[0])
    assert (item.receiver_id, item.allocation, item.rule_id) == (story.other, "confirmed", None)
    assert item.reason == "hai phường đã thống nhất"
    assert Entry.objects.latest("id").reason == "hai phường đã thống nhất"
    lines = {
        r.receiver: r.items.held for r in queries.balance_rows(story.transition, by_receiver=True)
    }
    assert lines == {story.other: 1}


@pytest.mark.parametrize(
    ("receiver", "reason", "code"),
    [
        ("ward", " ", "handover.reason-needed"),
        ("office", "x", "handover.receiver-is-giver"),
        ("district", "x", "handover.receiver-unknown"),
        (None, "x", "handover.receiver-unknown"),
    ],
)
def test_a_receiver_that_cannot_be_is_refused(story, receiver, reason, code):
    ids = story.list_items(1)
    body = getattr(story, receiver) if receiver else 999_999
    with pytest.raises(Refused) as refused:
        override(story, ids, body, reason)
    assert code in codes(refused)


def test_a_rule_names_exactly_one_way(story, trail):
    before = trail()
    for values in ({}, {"receiver": story.ward, "to_successor": True}):
        with pytest.raises(Refused) as refused:
            rule(story, **values)
        assert codes(refused) == ["handover.rule-receiver"]
    assert trail() == before


def test_a_giver_writes_rules_for_its_own_items_only(story):
    rule(story, by="lan", giver=story.office, receiver=story.ward)
    with pytest.raises(Refused) as refused:
        rule(story, by="lan", receiver=story.ward)
    assert refused.value.status == 403


def test_shares_divide_to_the_last_unit(story):
    ids = story.list_items(
        2, kind="finance", quantity=100_000_001, measure="đồng", value=100_000_001
    )
    shares = [{"body": story.ward, "weight": 2}, {"body": story.other, "weight": 1}]
    rule(story, kind="finance", shares=shares)
    assert propose(story)["shared"] == 2
    done = actions.divide_shared(
        story.act(story.lan),
        transition_id=story.transition,
        choice={"ids": ids},
        reason="chia theo dân số",
    )
    assert done == {"count": 2, "parts": 4, "left": 0}
    parts = Item.objects.filter(parent=ids[0]).order_by("code")
    assert [(p.receiver_id, p.opened, p.value) for p in parts] == [
        (story.ward, 66_666_667, 66_666_667),
        (story.other, 33_333_334, 33_333_334),
    ]
    assert list(verify.faults()) == []


def test_who_decided_each_receiver_and_why_stays_on_record(story):
    (pk,) = story.list_items(1)
    made = rule(story, receiver=story.ward)
    propose(story)
    actions.confirm_allocation(
        story.act(story.lan), transition_id=story.transition, choice={"ids": [pk]}
    )
    override(story, [pk], story.other, by="city")
    lines = ReceiverLine.objects.filter(item=pk).order_by("id")
    assert [(x.receiver_id, x.rule_id, x.reason) for x in lines] == [
        (story.ward, made, "theo địa bàn"),
        (story.other, None, "hai phường đã thống nhất"),
    ]
    life = queries.history_of(story.item(pk))
    assert [(h.what, h.body, h.who) for h in life if h.what == "receiver"] == [
        ("receiver", story.ward, "Trần Thị Lan"),
        ("receiver", story.other, "Ban Chỉ đạo"),
    ]
    assert list(verify.faults()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        ReceiverLine.objects.update(reason="khác")


def test_the_effective_day_stays_once_a_body_has_ended_on_it(story):
    actions.close_body(
        story.act(story.city),
        transition_id=story.transition,
        body_id=story.office,
        in_registry=False,
    )
    with pytest.raises(Refused) as refused:
        actions.set_dates(
            story.act(story.city),
            transition_id=story.transition,
            days={"effective_on": "2025-07-02"},
        )
    assert codes(refused) == ["handover.day-passed"]

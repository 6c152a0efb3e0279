"""Unfinished work is frozen on the changeover day and goes down to zero; the rest is proposed."""

from datetime import UTC, date, datetime

import pytest

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import CarryLine, Item, Transition
from thongsuot.apps.handover.queries.backlog import backlog, register
from thongsuot.apps.handover.verify import faults
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover import carry

pytestmark = pytest.mark.django_db
AFTER = datetime(2025, 7, 2, 2, 0, tzinfo=UTC)
CASE = {"kind": "case", "measure": "hồ sơ", "quantity": 1, "citizen": True, "value": None}


def figures(story, on: date):
    transition = Transition.objects.get(pk=story.transition)
    return backlog(Item.objects.filter(transition=transition), transition, on)


def freeze(story, at: datetime = AFTER, by=None):
    who = by or story.city
    return actions.freeze_backlog(story.act(who, at=at), transition_id=story.transition)


def finish(story, who, ids, how="Đã trả kết quả ngày 02/7"):
    return actions.finish_carried(
        story.act(who, at=AFTER), transition_id=story.transition, choice={"ids": ids}, how=how
    )


def test_the_register_is_frozen_once_from_the_effective_day_on(story):
    story.list_items(3, **CASE)
    with pytest.raises(Refused) as refused:
        freeze(story, datetime(2025, 6, 30, 2, 0, tzinfo=UTC))
    assert refused.value.problems[0].code == "handover.freeze-too-early"
    with pytest.raises(Refused) as refused:
        freeze(story, by=story.lan)
    assert refused.value.status == 403
    assert freeze(story)["count"] == 3
    with pytest.raises(Refused) as refused:
        freeze(story)
    assert (refused.value.status, refused.value.problems[0].code) == (
        409,
        "handover.frozen-already",
    )
    assert CarryLine.objects.filter(sort="frozen", on=date(2025, 7, 2)).count() == 3


def test_handed_over_is_not_decided_the_receiver_brings_it_to_zero(story):
    minutes, ids = story.handed_over(3, **CASE)
    assert story.item(ids[0]).state == "accepted", minutes
    freeze(story)
    before = figures(story, AFTER.date())
    assert (before.frozen, before.done, before.open, before.people) == (3, 0, 3, 3)
    assert before.proposals == {carry.GO_ON: 3}
    with pytest.raises(Refused):
        finish(story, story.rival, ids)
    with pytest.raises(Refused) as refused:
        finish(story, story.minh, ids, " ")
    assert refused.value.problems[0].code == "handover.how-finished"
    finish(story, story.minh, ids[:2])
    assert (figures(story, AFTER.date()).done, figures(story, AFTER.date()).open) == (2, 1)
    finish(story, story.minh, ids[2:])
    after = figures(story, AFTER.date())
    assert (after.frozen, after.done, after.open, after.forecast.carried) == (3, 3, 0, 0)
    with pytest.raises(Refused) as refused:
        finish(story, story.minh, ids)
    assert refused.value.problems[0].code == "handover.nothing-chosen"
    assert list(faults(story.transition)) == []


def test_only_work_is_on_the_register_and_nothing_new_comes_in_after_the_freeze(story):
    story.list_items(2)  # desks are no backlog
    cases = actions.add_items(
        story.act(story.lan),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(50, **CASE)],
    )["items"]
    freeze(story)
    actions.add_late_finds(
        story.act(story.lan, at=AFTER),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(51, **CASE)],
        reason="tìm thấy trong tủ",
    )
    transition = Transition.objects.get(pk=story.transition)
    rows = register(Item.objects.filter(transition=transition), transition)
    assert list(rows.values_list("pk", flat=True)) == cases


def test_the_forecast_says_what_is_certain_and_counts_on_the_pace_of_late(story):
    rows = [
        story.row(n, **CASE, next_due="2025-07-10" if n < 3 else "2025-06-20") for n in range(10)
    ]
    ids = actions.add_items(
        story.act(story.lan), transition_id=story.transition, giver_id=story.office, rows=rows
    )["items"]
    actions.close_items(
        story.act(story.lan),
        transition_id=story.transition,
        choice={"ids": ids[8:]},
        reason="trả kết quả",
    )
    found = figures(story, date(2025, 6, 24))
    forecast = found.forecast
    assert (forecast.open, forecast.certain, forecast.finished) == (8, 3, 2)
    assert (found.until, forecast.days_left) == (date(2025, 7, 1), 5)
    assert forecast.carried == 7
    assert found.ages == {carry.NOT_DUE: 3, carry.TO_7: 5}


def test_the_last_proposal_counts_and_names_who_is_asked(story):
    ids = story.list_items(2, **CASE)
    where = {"transition_id": story.transition, "choice": {"ids": ids}}
    actions.propose_carried(story.act(story.lan), text="Giao phường", **where)
    actions.propose_carried(
        story.act(story.lan), text="Giao Sở", asked_id=story.department, **where
    )
    transition = Transition.objects.get(pk=story.transition)
    rows = register(Item.objects.filter(transition=transition), transition)
    assert set(rows.values_list("said", "asked_id")) == {("Giao Sở", story.department)}
    assert set(rows.values_list("proposal", flat=True)) == {carry.NAME}
    for bad, code in (
        ({"text": " "}, "handover.proposal-needed"),
        ({"text": "x", "asked_id": 10**9}, "handover.receiver-unknown"),
    ):
        with pytest.raises(Refused) as refused:
            actions.propose_carried(story.act(story.lan), **where, **bad)
        assert refused.value.problems[0].code == code
    with pytest.raises(Refused) as refused:
        actions.propose_carried(story.act(story.minh), text="x", **where)
    assert refused.value.problems[0].code == "handover.items-missing"


def test_the_rules_and_the_database_propose_the_same(story):
    story.handed_over(1, **CASE)
    more = actions.add_items(
        story.act(story.lan),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(n, **CASE) for n in range(60, 64)],
    )["items"]
    where = {"transition_id": story.transition}
    actions.open_dispute(story.act(story.lan), item_id=more[0], reason="tranh", **where)
    actions.report_missing(story.act(story.lan), choice={"ids": more[1:2]}, reason="mất", **where)
    story.give_to(story.ward, more[2:3])
    transition = Transition.objects.get(pk=story.transition)
    rows = list(register(Item.objects.filter(transition=transition), transition))
    assert {i.proposal for i in rows} == set(carry.PROPOSALS)
    assert all(i.proposal == carry.proposal_for(i.state, i.allocation) for i in rows)

"""Kept, closed, destroyed, missing, found, split: each with its refusal and its trail."""

import pytest

from thongsuot.apps.handover import actions, queries, verify
from thongsuot.apps.handover.models import Item, Movement
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def run(story, name, ids, by="lan", **values):
    doing = getattr(actions, name)
    who = story.act(getattr(story, by))
    return doing(who, transition_id=story.transition, choice={"ids": ids}, **values)


@pytest.mark.parametrize(
    ("name", "values", "state"),
    [
        ("close_items", {"reason": "đã giải quyết xong"}, "closed"),
        ("destroy_items", {"reason": "hết giá trị", "authority": "QĐ 12/QĐ-UBND"}, "destroyed"),
        ("report_missing", {"reason": "không thấy"}, "missing"),
    ],
)
def test_an_outcome_takes_all_that_is_held(story, name, values, state, trail):
    ids = story.list_items(3)
    assert run(story, name, ids[:2], **values)["count"] == 2
    assert [story.item(i).state for i in ids] == [state, state, "held"]
    entry = Entry.objects.latest("id")
    assert (entry.after["lines"], entry.reason) == (2, values["reason"])
    assert list(verify.faults()) == []


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [
        ("close_items", {"reason": ""}, "handover.reason-needed"),
        ("destroy_items", {"reason": "x", "authority": " "}, "handover.authority-needed"),
        ("report_missing", {"reason": " "}, "handover.reason-needed"),
    ],
)
def test_an_outcome_without_its_reason_or_decision_is_refused(story, name, values, code, trail):
    ids = story.list_items(1)
    before = trail()
    with pytest.raises(Refused) as refused:
        run(story, name, ids, **values)
    assert code in codes(refused)
    assert (trail(), story.item(ids[0]).state) == (before, "held")


@pytest.mark.parametrize("name", ["close_items", "destroy_items", "keep_items"])
def test_a_clerk_does_not_decide_outcomes(story, name):
    ids = story.list_items(1)
    values = {"reason": "x"}
    if name != "close_items":
        values["authority"] = "QĐ 1"
    if name == "keep_items":
        values["keeper_id"] = story.department
    with pytest.raises(Refused) as refused:
        run(story, name, ids, by="clerk", **values)
    assert refused.value.status == 403


def test_kept_items_have_a_keeper_that_goes_on_existing(story):
    ids = story.list_items(1)
    with pytest.raises(Refused) as refused:
        run(story, "keep_items", ids, keeper_id=story.district, reason="x", authority="QĐ 2")
    assert codes(refused) == ["handover.receiver-unknown"]
    run(story, "keep_items", ids, keeper_id=story.department, reason="x", authority="QĐ 2")
    (held,) = queries.holders_of(story.item(ids[0]))
    assert (held.body, held.place) == (story.department, "kept")


def test_kept_or_closed_by_mistake_comes_back_with_a_reason(story):
    ids = story.list_items(1)
    run(story, "close_items", ids, reason="nhầm")
    run(story, "reopen_items", ids, of="closed", reason="chưa xong")
    assert story.item(ids[0]).state == "held"


def test_a_part_can_be_missing_and_found_again(story):
    (pk,) = story.list_items(1)
    run(story, "report_missing", [pk], reason="thiếu 3", quantity=3)
    item = story.item(pk)
    assert (item.q_held, item.q_missing, item.state) == (7, 3, "held")
    with pytest.raises(Refused) as refused:
        run(story, "report_found", [pk], reason="thấy", quantity=4)
    assert codes(refused) == ["handover.not-enough"]
    run(story, "report_found", [pk], reason="thấy", quantity=2)
    assert (story.item(pk).q_held, story.item(pk).q_missing) == (9, 1)
    assert list(verify.faults()) == []


def split(story, pk, parts, by="lan"):
    return actions.split_item(
        story.act(getattr(story, by)),
        transition_id=story.transition,
        item_id=pk,
        parts=parts,
        reason="chia theo địa bàn",
    )


def test_a_split_is_exact_in_quantity_and_value(story):
    (pk,) = story.list_items(1, value=1_000_000)
    done = split(
        story, pk, [{"quantity": 3}, {"quantity": 3, "receiver": story.ward}, {"quantity": 4}]
    )
    parts = list(Item.objects.filter(pk__in=done["items"]).order_by("code"))
    assert [p.code for p in parts] == ["TS-0001/1", "TS-0001/2", "TS-0001/3"]
    assert [p.opened for p in parts] == [3, 3, 4]
    assert sum(p.value for p in parts) == 1_000_000
    assert [p.allocation for p in parts] == ["none", "proposed", "none"]
    assert (story.item(pk).state, story.item(pk).opened) == ("replaced", 0)
    rows = queries.balance_rows(story.transition)
    assert sum(r.quantity.held for r in rows) == 10
    assert sum(r.value.held for r in rows) == 1_000_000
    assert sum(r.opened_items for r in rows) == 3
    assert list(verify.faults()) == []


@pytest.mark.parametrize(
    ("quantities", "code"),
    [
        ([10], "handover.one-part-only"),
        ([5, 6], "handover.parts-do-not-add-up"),
        ([5, 4], "handover.parts-do-not-add-up"),
        ([10, 0], "handover.quantity-not-positive"),
    ],
)
def test_a_split_that_is_not_exact_is_refused(story, quantities, code, trail):
    (pk,) = story.list_items(1)
    before = trail()
    with pytest.raises(Refused) as refused:
        split(story, pk, [{"quantity": q} for q in quantities])
    assert code in codes(refused)
    assert (trail(), Item.objects.count()) == (before, 1)


def test_what_is_on_minutes_is_neither_split_nor_closed(story):
    _, (pk,) = story.dispatched(1)
    for doing in (
        lambda: split(story, pk, [{"quantity": 5}, {"quantity": 5}]),
        lambda: run(story, "close_items", [pk], reason="x"),
    ):
        with pytest.raises(Refused) as refused:
            doing()
        assert codes(refused) == ["handover.not-held"]


def test_an_item_of_another_is_not_there_to_choose(story):
    ids = story.list_items(1)
    with pytest.raises(Refused) as refused:
        run(story, "report_missing", ids, by="rival", reason="x")
    assert codes(refused) == ["handover.items-missing"]


def test_history_tells_who_did_what(story):
    (pk,) = story.list_items(1)
    run(story, "report_missing", [pk], reason="thiếu 3", quantity=3)
    life = queries.history_of(story.item(pk))
    assert [(h.what, h.quantity, h.who) for h in life] == [
        ("opened", 10, "Trần Thị Lan"),
        ("missed", 3, "Trần Thị Lan"),
    ]
    assert life[1].reason == "thiếu 3"
    assert Movement.objects.count() == 2

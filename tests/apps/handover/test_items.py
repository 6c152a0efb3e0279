"""Items onto the list, off it again, and through the five steps."""

import pytest
from django.db import IntegrityError, transaction

from thongsuot.apps.handover import actions, queries, verify
from thongsuot.apps.handover.models import BalanceLine, Item, Movement, StepLine
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_listed_items_are_held_by_their_giver_and_counted_in_the_balance(story):
    ids = story.list_items(3, quantity=250, measure="m²")
    item = story.item(ids[0])
    assert (item.opened, item.q_held, item.state, item.step) == (250, 250, "held", 1)
    assert [h.body for h in queries.holders_of(item)] == [story.office]
    (line,) = BalanceLine.objects.all()
    assert (line.items_opened, line.items_held, line.q_held, line.value_held) == (
        3,
        3,
        750,
        3_000_000,
    )
    assert list(verify.faults()) == []


def test_the_same_request_sent_twice_lists_once(story, trail):
    act = story.act(story.lan, key="nhap-1")
    rows = [story.row(1)]
    values = {"transition_id": story.transition, "giver_id": story.office, "rows": rows}
    first = actions.add_items(act, **values)
    again = actions.add_items(story.act(story.lan, key="nhap-1"), **values)
    assert first == again
    assert Item.objects.count() == 1
    with pytest.raises(Refused) as refused:
        actions.add_items(story.act(story.lan, key="nhap-1"), **{**values, "rows": [story.row(2)]})
    assert (codes(refused), refused.value.status) == (["trail.key-reused"], 409)


def test_all_problems_of_the_rows_are_named_at_once_and_nothing_is_listed(story, trail):
    story.list_items(1)
    before = trail()
    rows = [
        story.row(1),
        story.row(2, quantity=0),
        story.row(3, kind="boat"),
        story.row(4),
        story.row(4),
    ]
    with pytest.raises(Refused) as refused:
        actions.add_items(
            story.act(story.lan), transition_id=story.transition, giver_id=story.office, rows=rows
        )
    assert sorted(codes(refused)) == [
        "handover.code-taken",
        "handover.code-taken",
        "handover.kind-unknown",
        "handover.quantity-not-positive",
    ]
    assert (Item.objects.count(), trail()) == (1, before)


@pytest.mark.parametrize("who", ["minh", "city", "inspector", "operator", "tu", "rival"])
def test_only_the_giver_lists_its_items(story, who, trail):
    before = trail()
    with pytest.raises(Refused) as refused:
        actions.add_items(
            story.act(getattr(story, who)),
            transition_id=story.transition,
            giver_id=story.office,
            rows=[story.row(1)],
        )
    assert refused.value.status == 403
    assert trail() == before


def test_a_body_that_does_not_end_here_lists_nothing(story):
    with pytest.raises(Refused) as refused:
        actions.add_items(
            story.act(story.minh),
            transition_id=story.transition,
            giver_id=story.ward,
            rows=[story.row(1)],
        )
    assert codes(refused) == ["handover.body-not-in-transition"]


def _import(story, batch: int = 7) -> list[int]:
    done = actions.add_items(
        story.act(story.lan),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(n) for n in (1, 2, 3)],
        batch=batch,
    )
    return list(done["items"])


def test_an_import_can_be_taken_back_whole_and_its_codes_are_free_again(story):
    ids = _import(story)
    done = actions.undo_items(story.act(story.lan), transition_id=story.transition, batch=7)
    assert done == {"count": 3}
    assert {i.state for i in Item.objects.filter(pk__in=ids)} == {"undone"}
    assert queries.balance_rows(story.transition) == ()
    _import(story, batch=8)
    assert list(verify.faults()) == []


def test_an_import_is_not_taken_back_once_anything_has_happened_to_it(story, trail):
    ids = _import(story)
    actions.advance_step(
        story.act(story.clerk), transition_id=story.transition, to=2, choice={"ids": ids[:1]}
    )
    before = trail()
    with pytest.raises(Refused) as refused:
        actions.undo_items(story.act(story.lan), transition_id=story.transition, batch=7)
    assert codes(refused) == ["handover.touched-since"]
    assert refused.value.problems[0].facts == {"count": 1, "first": "TS-0001"}
    assert trail() == before


def test_the_five_steps_follow_each_other_and_none_is_skipped(story):
    ids = story.list_items(2)
    act = {"transition_id": story.transition, "choice": {"ids": ids}}
    with pytest.raises(Refused) as refused:
        actions.advance_step(story.act(story.lan), to=3, **act)
    assert codes(refused) == ["handover.step-skipped"] * 2
    actions.advance_step(story.act(story.lan), to=2, **act)
    with pytest.raises(Refused) as refused:
        actions.advance_step(story.act(story.lan), to=2, **act)
    assert codes(refused) == ["handover.step-back"] * 2
    with pytest.raises(Refused) as refused:
        actions.advance_step(story.act(story.lan), to=5, **act)
    assert codes(refused) == ["handover.last-step-by-minutes"]
    assert StepLine.objects.count() == 2
    entry = Entry.objects.get(act="handover.items-advanced")
    assert (entry.after["steps"], entry.after["to"]) == (2, 2)


def test_the_database_itself_refuses_a_skipped_step(story):
    (pk,) = story.list_items(1)
    with pytest.raises(IntegrityError, match="no_step_skipped"), transaction.atomic():
        Item.objects.filter(pk=pk).update(step=3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"q_held": 9},
        {"opened": 11},
        {"q_held": -1, "q_missing": 11},
        {"state": "gone"},
        {"allocation": "confirmed"},
    ],
)
def test_the_database_itself_refuses_items_that_do_not_add_up(story, wrong):
    (pk,) = story.list_items(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=pk).update(**wrong)


def test_movements_and_items_stay(story):
    (pk,) = story.list_items(1)
    for change in (
        lambda: Movement.objects.update(quantity=1),
        lambda: Movement.objects.all()._raw_delete("default"),
        lambda: Item.objects.filter(pk=pk)._raw_delete("default"),
        lambda: Item.objects.filter(pk=pk).update(code="khác"),
        lambda: Item.objects.filter(pk=pk).update(giver=story.district),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_unlawful_movement_is_refused_by_the_database(story):
    (pk,) = story.list_items(1)
    entry = Entry.objects.latest("id")
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(
            item_id=pk, kind="received", src="held", dst="accepted", quantity=1,
            entry=entry, on=entry.on, at=entry.at,
        )  # fmt: skip


def test_a_filter_that_matches_other_items_than_were_seen_is_refused(story):
    story.list_items(3)
    choice = {"filter": {"state": "held"}, "expected": 4}
    with pytest.raises(Refused) as refused:
        actions.close_items(
            story.act(story.lan), transition_id=story.transition, choice=choice, reason="xong"
        )
    assert (codes(refused), refused.value.status) == (["handover.count-changed"], 409)
    with pytest.raises(Refused) as refused:
        actions.close_items(
            story.act(story.lan),
            transition_id=story.transition,
            choice={"filter": {"colour": "red"}},
            reason="xong",
        )
    assert codes(refused) == ["handover.filter-unknown"]


def test_search_finds_without_marks_and_in_any_order(story):
    ids = story.list_items(3)
    found = queries.items_of(story.lan, story.transition, {"q": "viec ban 2"})
    assert [i.pk for i in found] == [ids[1]]


def test_late_finds_need_a_reason_and_are_marked_as_late(story):
    values = {
        "transition_id": story.transition,
        "giver_id": story.office,
        "rows": [story.row(9)],
    }
    with pytest.raises(Refused) as refused:
        actions.add_late_finds(story.act(story.clerk), reason=" ", **values)
    assert codes(refused) == ["handover.reason-needed"]
    actions.add_late_finds(story.act(story.clerk), reason="trong kho", **values)
    assert Movement.objects.get().kind == "late-found"

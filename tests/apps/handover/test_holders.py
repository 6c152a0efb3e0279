"""Who holds what on any day: one statement for a transition says what the rules say item by item."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.handover.conftest import JULY

from thongsuot.apps.handover import actions, queries
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.queries.holders import without_holder
from thongsuot.apps.handover.verify import faults
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.handover import holder

pytestmark = pytest.mark.django_db
LATER = date(2025, 12, 31)


def at(day: int, month: int = 6) -> datetime:
    return datetime(2025, month, day, 2, 0, tzinfo=UTC)


def in_one(story, on: date, today: date) -> dict[int, tuple[int, str, str]]:
    transition = Transition.objects.get(pk=story.transition)
    rows = queries.held_on(Item.objects.filter(transition=transition), transition, on, today)
    return {r.pk: (r.hold_body, r.hold_code, r.hold_place) for r in rows}


def one_by_one(on: date) -> dict[int, tuple[int, str, str]]:
    found = {i.pk: queries.holders_on(i, on) for i in Item.objects.select_related("transition")}
    return {pk: (h[0].body, h[0].code, h[0].place) for pk, h in found.items() if h}


def a_bit_of_everything(story) -> None:
    """Items that were signed, refused, kept, missing, disputed, settled, on the way, untouched."""
    minutes, ids = story.dispatched(6)
    lines = list(queries.lines_of(queries.minutes_in_sight(story.city, minutes)))
    actions.count_lines(
        story.act(story.lan, at=at(25)),
        transition_id=story.transition,
        minutes_id=minutes,
        side="giver",
        counts=[{"line": x.pk, "count": 10} for x in lines[1:]],
    )
    actions.refuse_line(
        story.act(story.minh, at=at(25)),
        transition_id=story.transition,
        minutes_id=minutes,
        line_id=lines[0].pk,
        reason="không thuộc địa bàn",
    )
    actions.count_lines(
        story.act(story.minh, at=at(25)),
        transition_id=story.transition,
        minutes_id=minutes,
        side="receiver",
        counts=[{"line": x.pk, "count": 10 - max(0, n - 1)} for n, x in enumerate(lines[1:])],
    )
    for side, who in (("giver", story.lan), ("receiver", story.minh)):
        actions.sign(
            story.act(who, at=at(26)),
            transition_id=story.transition,
            minutes_id=minutes,
            side=side,
            content=story.content(minutes),
            fresh=True,
        )
    where = {"transition_id": story.transition}
    actions.open_dispute(
        story.act(story.minh, at=at(27)), item_id=ids[1], reason="đòi", of="accepted", **where
    )
    more = actions.add_items(
        story.act(story.lan, at=at(20)),
        giver_id=story.office,
        rows=[story.row(n) for n in range(20, 26)],
        **where,
    )["items"]
    actions.keep_items(
        story.act(story.lan, at=at(27)),
        choice={"ids": more[:1]},
        keeper_id=story.department,
        reason="giữ",
        authority="QĐ 1",
        **where,
    )
    actions.report_missing(
        story.act(story.lan, at=at(27)), choice={"ids": more[1:2]}, reason="không thấy", **where
    )
    actions.close_items(
        story.act(story.lan, at=at(28)), choice={"ids": more[2:3]}, reason="xong", **where
    )
    actions.open_dispute(
        story.act(story.lan, at=at(28)), item_id=more[3], reason="hai nơi cùng nhận", **where
    )
    story_give = {"choice": {"ids": more[4:5]}, "receiver_id": story.other, "reason": "gần hơn"}
    actions.override_receiver(story.act(story.lan, at=at(29)), **story_give, **where)


def test_one_statement_and_the_rules_give_the_same_holder_on_every_day(story):
    a_bit_of_everything(story)
    for day in (*(date(2025, 6, 19) + timedelta(n) for n in range(14)), LATER):
        assert in_one(story, day, LATER + timedelta(1)) == one_by_one(day), day
    # Today is read from the buckets: the same answer as from the movements.
    for day in (JULY - timedelta(1), JULY, LATER):
        assert in_one(story, day, day) == in_one(story, day, LATER + timedelta(1))
    codes = {code for _, code, _ in in_one(story, JULY, JULY).values()}
    assert codes == {
        holder.SIGNED,
        holder.CARETAKER,
        holder.PROVISIONAL,
        holder.BY_DECISION,
        holder.SEARCHING,
        holder.NAMED,
    }
    assert list(faults(story.transition)) == []


def test_a_nominated_body_takes_the_place_of_the_caretaker_from_its_day_on(story):
    ids = story.list_items(2)
    where = {"transition_id": story.transition, "giver_id": story.office}
    actions.nominate_body(
        story.act(story.city, at=at(3, 7)), body_id=story.department, authority="QĐ 5", **where
    )
    assert {b for b, _, _ in in_one(story, date(2025, 7, 2), LATER).values()} == {story.residual}
    held = in_one(story, date(2025, 7, 3), LATER)
    assert held[ids[0]] == (story.department, holder.NOMINATED, "held")
    assert one_by_one(date(2025, 7, 3)) == held


def test_only_the_steering_committee_nominates_and_never_a_body_that_ends(story):
    where = {"transition_id": story.transition, "giver_id": story.office, "authority": "QĐ 5"}
    with pytest.raises(Refused) as refused:
        actions.nominate_body(story.act(story.lan), body_id=story.ward, **where)
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        actions.nominate_body(
            story.act(story.city), body_id=story.district, **where | {"authority": " "}
        )
    assert [p.code for p in refused.value.problems] == [
        "handover.receiver-unknown",
        "handover.authority-needed",
    ]
    with pytest.raises(Refused) as refused:
        actions.nominate_body(
            story.act(story.city), body_id=story.ward, **where | {"giver_id": story.ward}
        )
    assert refused.value.problems[0].code == "handover.body-not-in-transition"


def test_without_a_caretaker_the_giver_answers_on_and_the_page_can_say_so(story):
    Transition.objects.filter(pk=story.transition).update(residual=None)
    ids = story.list_items(1)
    assert in_one(story, JULY, JULY) == {ids[0]: (story.office, holder.OVERDUE, "held")}
    assert one_by_one(JULY) == in_one(story, JULY, JULY)


def test_the_checker_names_items_that_an_ended_body_would_hold(story):
    story.list_items(2)
    story.give_to(story.ward)
    assert list(faults(story.transition)) == []
    # A second body of the transition ends that was confirmed as a receiver, against the rules.
    transition = Transition.objects.get(pk=story.transition)
    transition.bodies.filter(body=story.ward).update(side="ends")
    assert len(list(without_holder(transition, JULY))) == 2
    assert {p.code for p in faults(story.transition)} == {"handover.no-holder"}


def test_the_whole_transition_is_answered_in_a_fixed_number_of_statements(story):
    story.list_items(3)
    with CaptureQueriesContext(connection) as few:
        in_one(story, JULY, LATER)
    actions.add_items(
        story.act(story.lan),
        transition_id=story.transition,
        giver_id=story.office,
        rows=[story.row(n) for n in range(100, 160)],
    )
    with CaptureQueriesContext(connection) as many:
        found = in_one(story, JULY, LATER)
    assert len(found) == 63
    assert len(many) == len(few) <= 4


def test_shares_count_bodies_and_people_in_one_statement(story, django_assert_num_queries):
    story.list_items(2, citizen=True)
    transition = Transition.objects.get(pk=story.transition)
    held = queries.held_on(Item.objects.filter(transition=transition), transition, JULY, JULY)
    with django_assert_num_queries(1):
        (share,) = queries.shares(held)
    assert (share.body, share.code, share.items, share.citizens) == (
        story.residual,
        holder.CARETAKER,
        2,
        2,
    )

"""Minutes: both sides count, both heads sign, nothing changes afterwards."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongsuot.apps.handover import actions, queries, verify
from thongsuot.apps.handover.models import (
    Item,
    LineCount,
    Minutes,
    MinutesLine,
    Movement,
    Signature,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.minutes import Line, settle


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def lines(minutes: int) -> list[MinutesLine]:
    return list(MinutesLine.objects.filter(minutes=minutes).order_by("item__code"))


def count(story, minutes, side, line, number, version=0, by=None, key=""):
    who = by or (story.lan if side == "giver" else story.minh)
    return actions.count_lines(
        story.act(who, key=key),
        transition_id=story.transition,
        minutes_id=minutes,
        side=side,
        counts=[{"line": line.pk, "count": number, "version": version}],
    )


def refuse(story, minutes, line, reason="không phải của phường", version=0):
    return actions.refuse_line(
        story.act(story.minh),
        transition_id=story.transition,
        minutes_id=minutes,
        line_id=line.pk,
        reason=reason,
        version=version,
    )


def test_dispatch_puts_items_of_each_giver_and_receiver_on_their_own_minutes(story):
    ids = story.list_items(4)
    story.classify()
    story.give_to(story.ward, ids[:3])
    story.give_to(story.other, ids[3:])
    done = actions.dispatch(
        story.act(story.clerk), transition_id=story.transition, choice={"filter": {}}
    )
    assert done["count"] == 4
    made = list(Minutes.objects.order_by("number"))
    assert [(m.number, m.giver_id, m.receiver_id) for m in made] == [
        (1, story.office, story.ward),
        (2, story.office, story.other),
    ]
    assert [m.lines.count() for m in made] == [3, 1]
    assert {(i.state, i.step, i.q_transit) for i in Item.objects.all()} == {("transit", 5, 10)}
    assert [h.body for h in queries.holders_of(story.item(ids[0]))] == [story.office]
    assert list(verify.faults()) == []


def test_items_not_classified_or_not_confirmed_stay_off_the_minutes(story, trail):
    ids = story.list_items(2)
    before = trail()
    with pytest.raises(Refused) as refused:
        actions.dispatch(story.act(story.lan), transition_id=story.transition, choice={"ids": ids})
    assert codes(refused) == ["handover.nothing-to-dispatch"]
    assert trail() == before


def test_what_both_count_is_received_and_every_difference_becomes_what_it_is(story):
    minutes, ids = story.dispatched(5)
    first, second, third, fourth, fifth = lines(minutes)
    for line, giver, receiver in (
        (first, 10, 10),
        (second, 9, 9),
        (third, 10, 8),
        (fourth, 10, 12),
        (fifth, 10, 0),
    ):
        count(story, minutes, "giver", line, giver)
        if line != fifth:
            count(story, minutes, "receiver", line, receiver)
    refuse(story, minutes, fifth)
    story.sign(minutes, "giver")
    story.sign(minutes, "receiver")
    found = {i.code[-1]: i for i in Item.objects.filter(pk__in=ids)}
    assert (found["1"].q_accepted, found["1"].state) == (10, "accepted")
    assert (found["2"].q_accepted, found["2"].q_missing) == (9, 1)
    assert (found["3"].q_accepted, found["3"].q_disputed) == (8, 2)
    assert (found["4"].q_accepted, found["4"].opened) == (12, 12)
    refused_item = found["5"]
    assert (refused_item.q_held, refused_item.state) == (10, "held")
    assert (refused_item.allocation, refused_item.why) == ("gap", "refused")
    assert refused_item.candidates == [story.ward]
    assert refused_item.reason == "không phải của phường"
    assert list(verify.faults()) == []


COUNTS = st.integers(0, 25)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=6))
def test_signing_moves_in_the_database_what_the_rules_say_line_by_line(story, pairs):
    with transaction.atomic():
        minutes, _ = story.dispatched(len(pairs))
        expected = {}
        for line, (giver, receiver) in zip(lines(minutes), pairs, strict=True):
            count(story, minutes, "giver", line, giver)
            count(story, minutes, "receiver", line, receiver)
            value = Line("", line.quantity, giver, receiver)
            expected[line.item_id] = {(p.kind, p.src, p.dst): p.quantity for p in settle(value)}
        story.sign(minutes, "giver")
        story.sign(minutes, "receiver")
        for item, parts in expected.items():
            moved = Movement.objects.filter(item=item, minutes=minutes).exclude(kind="dispatched")
            assert {(m.kind, m.src, m.dst): m.quantity for m in moved} == parts
        assert list(verify.faults()) == []
        transaction.set_rollback(True)


def test_counting_what_somebody_else_has_counted_meanwhile_says_who_and_when(story, trail):
    minutes, _ = story.dispatched(1)
    (line,) = lines(minutes)
    count(story, minutes, "giver", line, 10)
    before = trail()
    with pytest.raises(Refused) as refused:
        count(story, minutes, "giver", line, 9, by=story.clerk)
    assert refused.value.status == 409
    (problem,) = refused.value.problems
    assert problem.code == "handover.counted-meanwhile"
    assert (problem.facts["who"], problem.facts["when"], problem.facts["count"]) == (
        "Trần Thị Lan",
        "09:00 24/06/2025",
        10,
    )
    assert trail() == before
    count(story, minutes, "giver", line, 9, version=1, by=story.clerk)
    assert list(LineCount.objects.order_by("version").values_list("count", "user")) == [
        (10, 101),
        (9, 102),
    ]


def test_the_same_count_sent_twice_counts_once(story):
    minutes, _ = story.dispatched(1)
    (line,) = lines(minutes)
    first = count(story, minutes, "receiver", line, 10, key="dem-1")
    assert count(story, minutes, "receiver", line, 10, key="dem-1") == first
    assert LineCount.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "side"),
    [
        ("lan", "receiver"),
        ("minh", "giver"),
        ("rival", "receiver"),
        ("city", "giver"),
        ("tu", "giver"),
    ],
)
def test_nobody_counts_for_another_side(story, who, side):
    minutes, _ = story.dispatched(1)
    (line,) = lines(minutes)
    with pytest.raises(Refused) as refused:
        count(story, minutes, side, line, 10, by=getattr(story, who))
    assert refused.value.status == 403


def test_a_count_below_nothing_is_refused(story):
    minutes, _ = story.dispatched(1)
    (line,) = lines(minutes)
    with pytest.raises(Refused) as refused:
        count(story, minutes, "giver", line, -1)
    assert codes(refused) == ["handover.count-impossible"]


def test_uncounted_lines_are_named_and_stop_the_signature(story):
    minutes, _ = story.dispatched(2)
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "giver")
    assert codes(refused) == ["handover.not-counted"] * 4
    assert Signature.objects.count() == 0


def test_signing_needs_a_fresh_proof_and_the_content_that_was_seen(story):
    minutes, _ = story.dispatched(1)
    story.count_all(minutes)
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "giver", fresh=False)
    assert (codes(refused), refused.value.status) == (["handover.password-again"], 403)
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "giver", content="0" * 64)
    assert (codes(refused), refused.value.status) == (["handover.content-changed"], 409)


def test_the_receiver_does_not_sign_before_the_giver(story):
    minutes, _ = story.dispatched(1)
    story.count_all(minutes)
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "receiver")
    assert codes(refused) == ["handover.not-in-this-state"]


def test_one_person_in_two_posts_does_not_sign_for_both(story):
    minutes, _ = story.dispatched(1)
    story.count_all(minutes)
    story.sign(minutes, "giver")
    both = story.actor(story.lan.user, story.lan.name, story.minh.role, story.ward)
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "receiver", by=both)
    assert codes(refused) == ["handover.four-eyes"]
    assert Minutes.objects.get(pk=minutes).state == "giver-signed"


def test_after_the_giver_signed_nobody_counts_until_it_is_opened_again(story):
    minutes, _ = story.dispatched(1)
    (line,) = lines(minutes)
    story.count_all(minutes)
    story.sign(minutes, "giver")
    with pytest.raises(Refused) as refused:
        count(story, minutes, "receiver", line, 9, version=1)
    assert (codes(refused), refused.value.status) == (["handover.not-in-this-state"], 409)
    actions.reopen_minutes(
        story.act(story.minh),
        transition_id=story.transition,
        minutes_id=minutes,
        reason="đếm lại dòng 1",
    )
    count(story, minutes, "receiver", line, 9, version=1)
    story.sign(minutes, "giver")
    story.sign(minutes, "receiver")
    assert list(Signature.objects.order_by("id").values_list("round", "side")) == [
        (1, "giver"),
        (2, "giver"),
        (2, "receiver"),
    ]
    assert list(verify.faults()) == []


def test_signed_minutes_are_immutable_in_the_database(story):
    minutes, _ = story.handed_over(2)
    line = lines(minutes)[0]
    for change in (
        lambda: Minutes.objects.filter(pk=minutes).update(content="0" * 64),
        lambda: Minutes.objects.filter(pk=minutes).update(state="counting"),
        lambda: Minutes.objects.filter(pk=minutes)._raw_delete("default"),
        lambda: MinutesLine.objects.filter(pk=line.pk).update(receiver_count=9),
        lambda: MinutesLine.objects.filter(pk=line.pk).update(live=True),
        lambda: MinutesLine.objects.filter(pk=line.pk)._raw_delete("default"),
        lambda: MinutesLine.objects.create(minutes_id=minutes, item_id=line.item_id, quantity=1),
        lambda: Signature.objects.update(content="0" * 64),
        lambda: LineCount.objects.update(count=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_item_cannot_be_on_two_live_minutes(story):
    _minutes, ids = story.dispatched(1)
    other = Minutes.objects.create(
        transition_id=story.transition, number=99, giver_id=story.office,
        receiver_id=story.other, opened_on="2025-06-24",
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesLine.objects.create(minutes=other, item_id=ids[0], quantity=10)


def test_withdrawn_minutes_give_everything_back_and_accept_nothing_more(story):
    minutes, ids = story.dispatched(2)
    actions.withdraw_minutes(
        story.act(story.lan),
        transition_id=story.transition,
        minutes_id=minutes,
        reason="sai nơi nhận",
    )
    assert {(i.state, i.q_held) for i in Item.objects.filter(pk__in=ids)} == {("held", 10)}
    line = lines(minutes)[0]
    with pytest.raises(Refused) as refused:
        count(story, minutes, "receiver", line, 10)
    assert (codes(refused), refused.value.status) == (["handover.not-in-this-state"], 409)
    assert refused.value.problems[0].facts["state"] == "đã rút"
    again = actions.dispatch(
        story.act(story.lan), transition_id=story.transition, choice={"ids": ids}
    )
    assert again["count"] == 2
    assert list(verify.faults()) == []


def correction(story, minutes, ids):
    wanted = [x.pk for x in lines(minutes) if x.item_id in ids]
    done = actions.correct_after_signature(
        story.act(story.lan),
        transition_id=story.transition,
        minutes_id=minutes,
        lines=wanted,
        reason="đếm lại tại kho",
    )
    return done["minutes"]


@pytest.mark.parametrize(
    ("giver", "receiver", "buckets"),
    [
        (12, 12, {"accepted": 12, "opened": 12}),
        (8, 8, {"accepted": 8, "missing": 2, "opened": 10}),
        (10, 8, {"accepted": 8, "disputed": 2, "opened": 10}),
        (10, 10, {"accepted": 10, "opened": 10}),
    ],
)
def test_a_correction_is_new_minutes_and_the_old_ones_stay(story, giver, receiver, buckets):
    minutes, (pk,) = story.handed_over(1)
    before = queries.content_of(Minutes.objects.get(pk=minutes))
    new = correction(story, minutes, [pk])
    (line,) = lines(new)
    count(story, new, "giver", line, giver)
    count(story, new, "receiver", line, receiver)
    story.sign(new, "giver")
    story.sign(new, "receiver")
    item = story.item(pk)
    found = {"accepted": item.q_accepted, "opened": item.opened}
    found |= {p: getattr(item, f"q_{p}") for p in ("missing", "disputed")}
    assert {k: v for k, v in found.items() if v} == buckets
    assert queries.content_of(Minutes.objects.get(pk=minutes)) == before
    assert list(verify.faults()) == []


def test_only_signed_minutes_are_corrected(story):
    minutes, (pk,) = story.dispatched(1)
    with pytest.raises(Refused) as refused:
        correction(story, minutes, [pk])
    assert codes(refused) == ["handover.not-in-this-state"]


def test_the_figures_of_minutes_say_how_far_they_are(story):
    minutes, _ = story.dispatched(3)
    first, second, _ = lines(minutes)
    count(story, minutes, "giver", first, 10)
    count(story, minutes, "receiver", first, 9)
    refuse(story, minutes, second)
    found = queries.tally_of(Minutes.objects.get(pk=minutes))
    assert (found.lines, found.counted_by_giver, found.counted_by_receiver) == (3, 1, 1)
    assert (found.refused, found.differing) == (1, 1)
    row = queries.minutes_of(story.minh, story.transition).get()
    assert (row.line_count, row.giver_counted, row.receiver_counted) == (3, 1, 2)
    (annex,) = queries.annexes_of(row)
    assert (annex.kind, annex.lines, annex.refused) == ("asset", 3, 1)


def test_the_receipt_of_a_signature_is_the_hash_on_the_trail(story):
    minutes, _ = story.dispatched(1)
    story.count_all(minutes)
    story.sign(minutes, "giver")
    answer = story.sign(minutes, "receiver")
    entry = Entry.objects.latest("id")
    assert answer["receipt"] == entry.hash
    assert entry.after["content"] == Minutes.objects.get(pk=minutes).content


def test_many_counts_at_once_stand_on_the_trail_by_their_digest(story):
    minutes, _ = story.dispatched(60)
    wanted = [{"line": x.pk, "count": 10, "version": 0} for x in lines(minutes)]
    actions.count_lines(
        story.act(story.lan),
        transition_id=story.transition,
        minutes_id=minutes,
        side="giver",
        counts=wanted,
    )
    after = Entry.objects.latest("id").after
    assert (after["counted"], len(after["counts_digest"])) == (60, 64)
    assert list(verify.faults()) == []

"""Thirty-two people at once, on the same item and on different ones: none lost, none doubled."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from thongsuot.apps.handover import actions, verify
from thongsuot.apps.handover.models import Item, LineCount, MinutesLine, Movement, Signature
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import chains
from thongsuot.foundation.trail.models import Entry

CLIENTS = 32
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(doing: Callable[[int], object], clients: int = CLIENTS) -> list[object]:
    """What each client got: its answer, or the codes it was refused with. Any other error is raised."""
    start = Barrier(clients)

    def one(number: int) -> object:
        start.wait()
        try:
            return doing(number)
        except Refused as refused:
            return (refused.status, refused.problems[0].code)
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(one, range(clients)))


def all_is_well() -> bool:
    return not list(verify.faults()) and not list(chains.faults())


def test_thirty_two_counts_of_one_line_leave_one_and_tell_the_others_who_was_first(story):
    minutes, _ = story.dispatched(1)
    line = MinutesLine.objects.get().pk

    def count(number: int) -> object:
        done = actions.count_lines(
            story.act(story.minh),
            transition_id=story.transition,
            minutes_id=minutes,
            side="receiver",
            counts=[{"line": line, "count": number, "version": 0}],
        )
        return done["versions"] == {str(line): 1}

    answers = Counter(at_once(count))
    assert answers == {True: 1, (409, "handover.counted-meanwhile"): CLIENTS - 1}
    assert LineCount.objects.count() == 1
    assert all_is_well()


def test_thirty_two_people_counting_different_lines_are_all_kept(story):
    each = 3
    minutes, _ = story.dispatched(CLIENTS * each)
    lines = list(MinutesLine.objects.order_by("id").values_list("pk", flat=True))

    def count(number: int) -> object:
        for line in lines[number * each : (number + 1) * each]:
            actions.count_lines(
                story.act(story.minh),
                transition_id=story.transition,
                minutes_id=minutes,
                side="receiver",
                counts=[{"line": line, "count": 10, "version": 0}],
            )
        return True

    assert at_once(count) == [True] * CLIENTS
    assert LineCount.objects.count() == len(lines)
    assert MinutesLine.objects.filter(receiver_count=10, receiver_version=1).count() == len(lines)
    assert all_is_well()


def test_thirty_two_acceptances_of_the_same_minutes_move_everything_once(story):
    minutes, ids = story.dispatched(4)
    story.count_all(minutes)
    story.sign(minutes, "giver")
    content = story.content(minutes)

    def accept(_: int) -> object:
        done = actions.sign(
            story.act(story.minh),
            transition_id=story.transition,
            minutes_id=minutes,
            side="receiver",
            content=content,
            fresh=True,
        )
        return done["movements"]

    answers = Counter(at_once(accept))
    assert answers == {4: 1, (409, "handover.not-in-this-state"): CLIENTS - 1}
    assert Movement.objects.filter(kind="received").count() == len(ids)
    assert Signature.objects.filter(side="receiver").count() == 1
    assert all_is_well()


def test_thirty_two_acceptances_of_different_minutes_all_happen(story):
    ids = story.list_items(CLIENTS)
    story.classify()
    story.give_to(story.ward, ids)
    papers = []
    for pk in ids:
        done = actions.dispatch(
            story.act(story.lan), transition_id=story.transition, choice={"ids": [pk]}
        )
        papers += done["minutes"]
    for minutes in papers:
        story.count_all(minutes)
        story.sign(minutes, "giver")
    seen = {minutes: story.content(minutes) for minutes in papers}

    def accept(number: int) -> object:
        minutes = papers[number]
        done = actions.sign(
            story.act(story.minh),
            transition_id=story.transition,
            minutes_id=minutes,
            side="receiver",
            content=seen[minutes],
            fresh=True,
        )
        return done["movements"]

    assert at_once(accept) == [1] * CLIENTS
    assert Item.objects.filter(state="accepted").count() == CLIENTS
    assert all_is_well()


def test_one_request_sent_thirty_two_times_happens_once_with_one_answer(story):
    ids = story.list_items(2)

    def close(_: int) -> object:
        done = actions.close_items(
            story.act(story.lan, key="gui-lai"),
            transition_id=story.transition,
            choice={"ids": ids},
            reason="xong",
        )
        return done["count"]

    assert at_once(close) == [2] * CLIENTS
    assert Entry.objects.filter(key="gui-lai").count() == 1
    assert Movement.objects.filter(kind="closed").count() == 2
    assert all_is_well()

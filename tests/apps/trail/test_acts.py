"""The trail: one act, one transaction, one entry; the same key once; nothing ever changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import chains, guard
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.foundation.trail.models import ChainHead, Entry
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.ref import Ref

LAN = Actor(user=7, name="Trần Thị Lan")
NOON = datetime(2025, 6, 24, 5, tzinfo=UTC)


def act(key: str, at: datetime = NOON) -> Act:
    return Act(by=LAN, key=key, at=at)


@action("test.noted")
def note(act: Act, *, text: str, refuse: bool = False) -> Result:
    act.record(chain="test", subject=Ref("note", 1), after={"text": text})
    if refuse:
        raise Refused.because("trail.gap", "x", seq=1)
    return {"text": text}


@action("test.forgets")
def forgets(act: Act, *, text: str) -> Result:
    return {"text": text}


@pytest.mark.django_db
def test_the_same_key_and_arguments_give_the_first_answer_and_one_entry() -> None:
    assert note(act("k1"), text="một") == {"text": "một"}
    assert note(act("k1"), text="một") == {"text": "một"}
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_for_something_else_is_a_conflict() -> None:
    note(act("k1"), text="một")
    with pytest.raises(Refused) as caught:
        note(act("k1"), text="hai")
    assert caught.value.status == 409
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_act_leaves_no_trail() -> None:
    with pytest.raises(Refused):
        note(act("k1"), text="một", refuse=True)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_an_action_that_records_nothing_is_a_mistake_of_ours() -> None:
    with pytest.raises(RuntimeError):
        forgets(act("k1"), text="một")


@pytest.mark.django_db
def test_a_clock_that_goes_back_never_makes_the_trail_go_back() -> None:
    note(act("k1"), text="một")
    note(act("k2", NOON.replace(year=2024)), text="hai")
    first, second = Entry.objects.order_by("seq")
    assert second.at > first.at
    assert list(chains.faults()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE trail_entry SET act = 'x'",
        "DELETE FROM trail_entry",
        "UPDATE trail_entryresult SET entry_id = entry_id",
        "DELETE FROM trail_entryresult",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(attack: str) -> None:
    note(act("k1"), text="một")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.django_db
def test_the_engine_specific_ways_round_are_closed_too() -> None:
    note(act("k1"), text="một")
    attack = (
        "INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry"
        if connection.vendor == "sqlite"
        else "TRUNCATE trail_entry CASCADE"
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.django_db
def test_a_lost_guard_is_named() -> None:
    assert guard.missing() == ()
    on = "" if connection.vendor == "sqlite" else " ON trail_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER trail_entry_no_update{on}")
    assert guard.missing() == ("trail_entry_no_update",)
    guard.install()
    assert guard.missing() == ()


@pytest.mark.django_db
def test_a_changed_entry_and_a_cut_chain_are_found() -> None:
    for n in range(4):
        note(act(f"k{n}"), text=str(n))
    guard.remove()
    Entry.objects.filter(seq=2).update(actor_name="Người khác")
    Entry.objects.filter(seq=4).update(seq=9)
    found = {problem.code for problem in chains.faults()}
    guard.install()
    assert {"trail.changed", "trail.gap", "trail.wrong-head"} <= found


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_many_at_once_is_done_once() -> None:
    def send(_: int) -> Result:
        try:
            return note(act("same"), text="một")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(32)))
    assert answers == [{"text": "một"}] * 32
    assert Entry.objects.count() == 1
    assert ChainHead.objects.get(chain="test").size == 1


@pytest.mark.django_db(transaction=True)
def test_many_writers_of_one_chain_leave_no_gap() -> None:
    def send(n: int) -> Result:
        try:
            return note(act(f"k{n}"), text=str(n))
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(send, range(64)))
    assert Entry.objects.count() == 64
    assert list(chains.faults()) == []

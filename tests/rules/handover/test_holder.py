"""On every day exactly one body holds a live item, whatever happens in which order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover import holder
from thongsuot.rules.handover.holder import Named, Nomination, Provisional, Setting, tonight
from thongsuot.rules.handover.ledger import (
    KINDS,
    NOTHING,
    Buckets,
    Movement,
    apply,
)

FIRST = date(2025, 6, 1)
END = date(2025, 7, 1)
GIVER, WARD, OTHER, DEPARTMENT, DESK = 1, 2, 3, 4, 9
BODIES = (WARD, OTHER, DEPARTMENT)
PAIRS = [(k.code, s, d) for k in KINDS.values() for s, d in k.pairs]


def moved(kind: str, src: str, dst: str, on: date, quantity: int = 10, body: int = 0) -> Movement:
    return Movement("A", kind, src, dst, quantity, body, on, "vì", "QĐ 1", 1)


def setting(**more) -> Setting:
    return Setting(GIVER, END, DESK, **more)


OPENED = moved("opened", "", "held", FIRST)


def the_one(events, on, where=None) -> tuple[int, str]:
    (found,) = tonight(events, where or setting(), on)
    return found.body, found.code


def test_the_giver_holds_until_its_last_day_and_the_confirmed_receiver_from_the_next():
    events = [OPENED, Named(WARD, FIRST)]
    assert the_one(events, END - timedelta(1)) == (GIVER, holder.WITH_GIVER)
    assert the_one(events, END) == (WARD, holder.NAMED)


def test_without_a_confirmed_receiver_the_nominated_body_holds_and_else_the_caretaker():
    nominated = setting(nominations=(Nomination(OTHER, END + timedelta(3)),))
    assert the_one([OPENED], END, nominated) == (DESK, holder.CARETAKER)
    assert the_one([OPENED], END + timedelta(3), nominated) == (OTHER, holder.NOMINATED)


def test_with_nobody_named_at_all_the_giver_still_answers_and_it_is_said():
    assert the_one([OPENED], END, Setting(GIVER, END)) == (GIVER, holder.OVERDUE)


def test_who_signed_holds_from_that_day_on_also_before_the_giver_ends():
    on = FIRST + timedelta(5)
    events = [
        OPENED,
        moved("dispatched", "held", "transit", FIRST, body=WARD),
        moved("received", "transit", "accepted", on, body=WARD),
    ]
    assert the_one(events, on - timedelta(1)) == (GIVER, holder.WITH_GIVER)
    assert the_one(events, on) == (WARD, holder.SIGNED)


def test_a_refused_item_is_no_longer_the_receivers():
    events = [
        OPENED,
        Named(WARD, FIRST),
        moved("dispatched", "held", "transit", FIRST, body=WARD),
        moved("refused", "transit", "held", FIRST, body=WARD),
    ]
    assert the_one(events, END) == (DESK, holder.CARETAKER)


def test_a_dispute_has_a_provisional_holder_named_or_whose_hands_it_was_in():
    events = [
        OPENED,
        moved("dispatched", "held", "transit", FIRST, body=WARD),
        moved("received", "transit", "accepted", FIRST, body=WARD),
        moved("disputed", "accepted", "disputed", FIRST, body=WARD),
    ]
    assert the_one(events, END) == (WARD, holder.PROVISIONAL)
    assert the_one([*events, Provisional(DEPARTMENT, END)], END) == (
        DEPARTMENT,
        holder.PROVISIONAL,
    )
    held = [OPENED, moved("disputed", "held", "disputed", FIRST, body=WARD)]
    assert the_one(held, FIRST) == (GIVER, holder.PROVISIONAL)
    assert the_one(held, END) == (DESK, holder.PROVISIONAL)


def test_of_a_thing_in_several_places_the_part_that_is_there_comes_before_the_missing_one():
    events = [OPENED, moved("missed", "held", "missing", FIRST, 4)]
    first, second = tonight(events, setting(), END)
    assert (first.place, first.quantity, first.code) == ("held", 6, holder.CARETAKER)
    assert (second.place, second.quantity, second.code) == ("missing", 4, holder.SEARCHING)


def test_what_is_finished_needs_no_holder():
    assert tonight([OPENED, moved("closed", "held", "closed", FIRST)], setting(), END) == ()
    assert tonight([], setting(), END) == ()


@st.composite
def lives(draw) -> list:
    """Any lawful life of an item: movements as the ledger allows, decisions whenever they come."""
    buckets, day, events = NOTHING, FIRST, []
    for _ in range(draw(st.integers(1, 14))):
        day += timedelta(draw(st.integers(0, 9)))
        sort = draw(st.integers(0, 9))
        if sort == 0:
            events.append(Named(draw(st.sampled_from(BODIES)), day))
        elif sort == 1:
            events.append(Provisional(draw(st.sampled_from(BODIES)), day))
        else:
            possible = [p for p in PAIRS if p[1] == "" or buckets[p[1]]]
            kind, src, dst = draw(st.sampled_from(possible))
            most = buckets[src] if src else 20
            quantity = draw(st.integers(1, most))
            body = draw(st.sampled_from(BODIES))
            move = moved(kind, src, dst, day, quantity, body)
            after = apply(buckets, move)
            assert isinstance(after, Buckets)
            buckets = after
            events.append(move)
    return events


nominated = st.lists(
    st.builds(Nomination, st.sampled_from(BODIES), st.dates(FIRST, END + timedelta(60))),
    max_size=2,
).map(lambda many: tuple(sorted(many, key=lambda n: n.on)))


@given(lives(), nominated, st.sampled_from((0, DESK)), st.sampled_from((None, END)))
def test_no_day_is_without_a_holder_or_with_two(events, nominations, desk, ends_on):
    where = Setting(GIVER, ends_on, desk, nominations)
    for n in range(160):
        on = FIRST + timedelta(n)
        found = tonight(events, where, on)
        live = holder.live_quantity(events, on)
        # Every part that is somewhere has one body; the parts are all there is: no hole, no two.
        assert sum(h.quantity for h in found) == live
        assert all(h.body and h.quantity > 0 and h.code in holder.DISPOSITIONS for h in found)
        assert len({(h.place, h.body) for h in found}) == len(found)
        assert bool(found) == bool(live)
        if desk and ends_on and on >= ends_on:
            assert GIVER not in {h.body for h in found}, "who has ended holds nothing"


@given(lives(), st.randoms(use_true_random=False))
def test_decisions_may_come_in_any_order_among_the_movements(events, random):
    moves = [e for e in events if isinstance(e, Movement)]
    others = [e for e in events if not isinstance(e, Movement)]
    mixed: list = []
    while moves or others:
        mixed.append((moves if moves and (not others or random.random() < 0.5) else others).pop(0))
    for n in range(0, 160, 7):
        on = FIRST + timedelta(n)
        found = tonight(mixed, setting(), on)
        assert sum(h.quantity for h in found) == holder.live_quantity(mixed, on)
        assert all(h.body for h in found)


@given(lives(), st.integers(0, 160))
def test_what_happens_later_does_not_change_who_held_it_then(events, n):
    on = FIRST + timedelta(n)
    known = [e for e in events if e.on <= on]
    assert tonight(known, setting(), on) == tonight(events, setting(), on)

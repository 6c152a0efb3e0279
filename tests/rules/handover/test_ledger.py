from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover.ledger import (
    ACCEPTED,
    DISPUTED,
    HELD,
    KINDS,
    MISSING,
    NOTHING,
    OUTSIDE,
    PLACES,
    STATES,
    TRANSIT,
    Buckets,
    Holding,
    Movement,
    apply,
    check_against_movements,
    check_movement,
    fold,
    holders,
    state_of,
)

GIVER, WARD, OTHER = 1, 2, 3


def move(kind: str, src: str, dst: str, quantity: int, **more: object) -> Movement:
    given_with = {"reason": "lý do", "authority": "QĐ 1", "body": WARD, "minutes": 1} | more
    return Movement("A1", kind, src, dst, quantity, **given_with)  # type: ignore[arg-type]


LAWFUL = [(k.code, src, dst) for k in KINDS.values() for src, dst in k.pairs]


@st.composite
def journeys(draw: st.DrawFn) -> list[Movement]:
    """Any lawful life of one item."""
    moves = [move("opened", OUTSIDE, HELD, draw(st.integers(1, 10**15)))]
    buckets = apply(NOTHING, moves[0])
    for _ in range(draw(st.integers(0, 12))):
        kind, src, dst = draw(st.sampled_from(LAWFUL))
        there = 10**6 if src == OUTSIDE else buckets[src]
        if there:
            step = move(kind, src, dst, draw(st.integers(1, there)), body=draw(st.integers(2, 3)))
            buckets = apply(buckets, step)
            moves.append(step)
    return moves


@given(journeys())
def test_every_part_of_an_item_is_always_in_exactly_one_bucket(moves: list[Movement]) -> None:
    buckets = fold(moves)
    assert isinstance(buckets, Buckets)
    put_on = sum(m.quantity for m in moves if m.src == OUTSIDE)
    taken_off = sum(m.quantity for m in moves if m.dst == OUTSIDE)
    assert sum(buckets[p] for p in PLACES) == buckets.opened == put_on - taken_off
    assert all(buckets[p] >= 0 for p in PLACES)


@given(journeys())
def test_every_part_that_still_exists_has_exactly_one_holder(moves: list[Movement]) -> None:
    buckets = fold(moves)
    found = holders(GIVER, moves)
    assert sum(h.quantity for h in found) == buckets.opened - buckets.closed - buckets.destroyed
    assert len({(h.body, h.place) for h in found}) == len(found)
    assert all(h.body for h in found)
    for place in PLACES:
        if place not in ("closed", "destroyed"):
            assert sum(h.quantity for h in found if h.place == place) == buckets[place]


@given(journeys(), st.data())
def test_buckets_that_were_tampered_with_are_found(
    moves: list[Movement], data: st.DataObject
) -> None:
    good = fold(moves)
    place = data.draw(st.sampled_from(PLACES))
    wrong = Buckets(**{p: good[p] + (p == place) for p in PLACES})
    assert check_against_movements("A1", good.opened, good, moves) == ()
    codes = {p.code for p in check_against_movements("A1", good.opened, wrong, moves)}
    assert codes == {"handover.bucket-differs"}
    assert check_against_movements("A1", good.opened + 1, good, moves)


@given(st.sampled_from(LAWFUL), st.integers(0, 50), st.integers(1, 100))
def test_nothing_moves_that_is_not_there(
    pair: tuple[str, str, str], there: int, wanted: int
) -> None:
    kind, src, dst = pair
    before = NOTHING if src == OUTSIDE else Buckets(**{src: there})
    after = apply(before, move(kind, src, dst, wanted))
    if src != OUTSIDE and wanted > there:
        assert [p.code for p in after] == ["handover.not-enough"]
    else:
        assert isinstance(after, Buckets)


@given(
    st.sampled_from(sorted(KINDS)), st.sampled_from(("", *PLACES)), st.sampled_from(("", *PLACES))
)
def test_a_pair_that_is_not_in_the_table_is_refused(kind: str, src: str, dst: str) -> None:
    codes = [p.code for p in check_movement(move(kind, src, dst, 1))]
    allowed = (src, dst) in KINDS[kind].pairs
    assert codes == ([] if allowed else ["handover.move-not-allowed"])


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"reason": " "}, "handover.reason-needed"),
        ({"authority": ""}, "handover.authority-needed"),
        ({"quantity": 0}, "handover.quantity-not-positive"),
        ({"quantity": -3}, "handover.quantity-not-positive"),
    ],
)
def test_destruction_needs_a_reason_a_decision_and_a_quantity(
    lacking: dict[str, object], code: str
) -> None:
    quantity = lacking.pop("quantity", 5)
    step = move("destroyed", HELD, "destroyed", quantity, **lacking)  # type: ignore[arg-type]
    assert [p.code for p in check_movement(step)] == [code]


def test_keeping_and_receiving_name_the_body_and_receiving_needs_minutes() -> None:
    kept = move("kept", HELD, "kept", 1, body=0)
    received = move("received", TRANSIT, ACCEPTED, 1, body=0, minutes=0)
    assert [p.code for p in check_movement(kept)] == ["handover.counterparty-needed"]
    assert [p.code for p in check_movement(received)] == [
        "handover.counterparty-needed",
        "handover.minutes-needed",
    ]


def test_the_giver_stays_holder_until_both_have_signed() -> None:
    moves = [
        move("opened", OUTSIDE, HELD, 10, on=date(2025, 6, 1)),
        move("dispatched", HELD, TRANSIT, 10, on=date(2025, 6, 20)),
        move("received", TRANSIT, ACCEPTED, 9, on=date(2025, 6, 30)),
        move("short", TRANSIT, MISSING, 1, on=date(2025, 6, 30)),
    ]
    assert holders(GIVER, moves, until=date(2025, 6, 29)) == (Holding(GIVER, 10, TRANSIT),)
    assert holders(GIVER, moves, until=date(2025, 6, 30)) == (
        Holding(GIVER, 1, MISSING),
        Holding(WARD, 9, ACCEPTED),
    )
    assert holders(GIVER, moves, until=date(2025, 5, 31)) == ()


def test_what_is_disputed_after_acceptance_stays_with_the_receiver() -> None:
    moves = [
        move("opened", OUTSIDE, HELD, 4),
        move("dispatched", HELD, TRANSIT, 4),
        move("received", TRANSIT, ACCEPTED, 4),
        move("disputed", ACCEPTED, DISPUTED, 4),
    ]
    assert holders(GIVER, moves) == (Holding(WARD, 4, DISPUTED),)


@pytest.mark.parametrize(
    ("buckets", "state"),
    [
        (Buckets(held=1, accepted=9), HELD),
        (Buckets(accepted=9, missing=1), MISSING),
        (Buckets(accepted=9), ACCEPTED),
        (Buckets(disputed=1, missing=1, held=1), DISPUTED),
        (Buckets(held=1, missing=1), HELD),
        (NOTHING, "undone"),
    ],
)
def test_the_most_urgent_part_names_the_state(buckets: Buckets, state: str) -> None:
    assert state_of(buckets) == state
    assert state in STATES


def test_an_item_split_whole_is_replaced_not_undone() -> None:
    assert state_of(NOTHING, split=True) == "replaced"

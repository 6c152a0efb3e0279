from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover.ledger import Buckets, Movement, apply
from thongsuot.rules.handover.minutes import (
    GIVER,
    RECEIVER,
    Line,
    Signing,
    check_ready,
    check_signing,
    content_hash,
    settle,
    settle_correction,
    tally,
)

LAN, MINH, TU = 1, 2, 3
DISTRICT, WARD = 10, 20
counts = st.integers(0, 10**9)


@given(st.integers(1, 10**9), counts, counts)
def test_all_that_was_sent_goes_somewhere(sent: int, giver: int, receiver: int) -> None:
    parts = settle(Line("A1", sent, giver, receiver))
    assert sum(p.quantity for p in parts if p.src == "transit") == sent
    assert sum(p.quantity for p in parts if p.dst == "accepted") == receiver
    assert all(p.quantity > 0 for p in parts)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        (Line("A1", 10, 10, 10), {"received": 10}),
        (Line("A1", 10, 9, 9), {"received": 9, "short": 1}),
        (Line("A1", 10, 10, 8), {"received": 8, "differing": 2}),
        (Line("A1", 10, 9, 8), {"received": 8, "differing": 1, "short": 1}),
        (Line("A1", 10, 10, 12), {"received": 10, "over": 2}),
        (Line("A1", 10, 0, 0), {"short": 10}),
        (Line("A1", 10, 10, None, refused=True, reason="hỏng"), {"refused": 10}),
    ],
)
def test_a_difference_becomes_what_it_is(line: Line, kinds: dict[str, int]) -> None:
    assert {p.kind: p.quantity for p in settle(line)} == kinds


def test_a_line_that_one_side_has_not_counted_cannot_be_signed() -> None:
    found = check_ready([Line("A1", 1, 1, None), Line("A2", 1), Line("A3", 1, refused=True)])
    assert [(p.subject, p.code, p.facts.get("side")) for p in found] == [
        ("A1", "handover.not-counted", RECEIVER),
        ("A2", "handover.not-counted", GIVER),
        ("A2", "handover.not-counted", RECEIVER),
        ("A3", "handover.reason-needed", None),
    ]
    with pytest.raises(ValueError, match="not counted"):
        settle(Line("A1", 1, 1, None))


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 150), st.integers(0, 150))
def test_a_correction_brings_the_receiver_to_what_is_counted_now(
    missing: int, disputed: int, giver: int, receiver: int
) -> None:
    now = Buckets(accepted=100, missing=missing, disputed=disputed)
    after = now
    for part in settle_correction(Line("A1", 100, giver, receiver), now):
        step = Movement(
            "A1", part.kind, part.src, part.dst, part.quantity, WARD, reason="đếm lại", minutes=1
        )
        result = apply(after, step)
        assert isinstance(result, Buckets)
        after = result
    assert after.accepted == receiver


def test_the_giver_signs_first_and_another_person_for_the_receiver() -> None:
    seen = "c" * 64
    lan = Signing(LAN, DISTRICT, GIVER, seen)
    minh = Signing(MINH, WARD, RECEIVER, seen)

    def codes(new: Signing, *earlier: Signing, content: str = seen) -> list[str]:
        found = check_signing(new, earlier, giver=DISTRICT, receiver=WARD, content=content)
        return [p.code for p in found]

    assert codes(lan) == []
    assert codes(minh, lan) == []
    assert codes(minh) == ["handover.giver-signs-first"]
    assert codes(replace(minh, user=LAN), lan) == ["handover.four-eyes"]
    assert codes(lan, lan) == ["handover.signed-already", "handover.four-eyes"]
    assert codes(replace(minh, body=DISTRICT), lan)[0] == "handover.signs-for-another"
    assert codes(minh, lan, content="d" * 64) == ["handover.content-changed"]


def test_a_body_cannot_hand_over_to_itself() -> None:
    same = Signing(TU, DISTRICT, RECEIVER, "c")
    first = Signing(LAN, DISTRICT, GIVER, "c")
    found = check_signing(same, [first], giver=DISTRICT, receiver=DISTRICT, content="c")
    assert [p.code for p in found] == ["handover.four-eyes"]


lines = st.lists(
    st.builds(Line, st.text(min_size=1, max_size=5), counts, counts, counts),
    unique_by=lambda x: x.item,
    min_size=1,
    max_size=6,
)


@given(lines, st.randoms(), st.data())
def test_the_content_hash_knows_every_count_and_no_order(
    listed: list[Line], chance: object, data: st.DataObject
) -> None:
    heading = {"number": "01/BB", "giver": DISTRICT, "receiver": WARD}
    shuffled = list(listed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first = content_hash(heading, listed)
    assert content_hash(heading, shuffled) == first
    at = data.draw(st.integers(0, len(listed) - 1))
    changed = list(listed)
    changed[at] = replace(listed[at], receiver_count=(listed[at].receiver_count or 0) + 1)
    assert content_hash(heading, changed) != first
    assert content_hash(heading | {"number": "02/BB"}, listed) != first


def test_the_tally_says_how_far_the_count_is() -> None:
    found = tally(
        [Line("1", 5, 5, 5), Line("2", 5, 5, 4), Line("3", 5), Line("4", 5, refused=True)]
    )
    assert (found.lines, found.counted_by_giver, found.counted_by_receiver) == (4, 2, 2)
    assert (found.refused, found.differing) == (1, 1)

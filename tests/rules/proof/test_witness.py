"""A witness cosigns what continues the last thing it saw, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.proof.office import Hand, Office

from thongsuot.rules.proof.checkpoint import NotANote, read_checkpoint
from thongsuot.rules.proof.verify import Held
from thongsuot.rules.proof.witness import Asked, check_next, read_request, write_request


def office(count: int, odd: int = -1) -> Office:
    made = Office()
    for number in range(count):
        made.act("x", user=9 if number == odd else 1)
    return made


LOG = office(20)


def ask(of: Office, old: int, size: int) -> Asked:
    return Asked(old, of.tree.consistency(old, size), of.note(size))


def code(last: Held | None, asked: Asked, hand: Hand = LOG.hand) -> str:
    problem = check_next(last, asked, read_checkpoint(asked.note), [hand.key])
    return problem.code if problem else ""


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.integers(0, 20))
def test_the_longer_one_is_cosigned_and_the_shorter_refused(one: int, two: int) -> None:
    seen, size = sorted((one, two))
    assert code(Held(seen, LOG.tree.root(seen)), ask(LOG, seen, size)) == ""
    if seen < size:
        back = Asked(size, (), LOG.note(seen))
        assert code(Held(size, LOG.tree.root(size)), back) == "proof.shorter"


def test_the_first_checkpoint_of_a_log_is_cosigned_without_a_past() -> None:
    assert code(None, ask(LOG, 0, 7)) == ""
    assert code(None, ask(LOG, 3, 7)) == "proof.not-from-last"


def test_another_history_of_the_same_or_a_greater_length_is_named() -> None:
    other = office(20, odd=4)
    seen = Held(8, LOG.tree.root(8))
    assert code(seen, ask(other, 8, 8)) == "proof.two-histories"
    assert code(seen, ask(other, 8, 20)) == "proof.two-histories"
    assert code(Held(4, LOG.tree.root(4)), ask(other, 4, 20)) == ""


def test_a_stranger_cannot_move_the_log_on() -> None:
    stranger = Hand(LOG.hand.name, b"\x33" * 32)
    assert code(None, ask(LOG, 0, 7), stranger) == "proof.checkpoint-wrong"


def test_a_request_is_read_as_it_was_written() -> None:
    asked = ask(LOG, 6, 20)
    assert read_request(write_request(asked)) == asked
    assert read_request(write_request(ask(LOG, 0, 1))).proof == ()


@pytest.mark.parametrize(
    "text", ["", "old 1", "old\n\nx", "old -1\n\nx", "old ٣\n\nx", "old 1\nAAAA\n\nx", "new 1\n\n"]
)
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        read_request(text)

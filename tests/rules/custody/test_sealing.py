"""Sealed only between seal and opening."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from thongsuot.rules.custody.sealing import (
    Sealing,
    check_contents,
    check_opening,
    check_receipt,
    check_seal,
    number_key,
    sealed_at,
)

START = datetime(2025, 6, 24, 8, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "kind": "box",
    "number": "NP-1",
    "used": False,
    "live": None,
    "things": 3,
    "witnesses": (1, 2),
    "condition": "intact",
}


def codes(problems: Any) -> set[str]:
    return {p.code for p in problems}


def test_a_full_box_a_new_number_and_two_people_make_a_seal() -> None:
    assert check_seal(**GOOD) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "folder"}, "custody.only-boxes-sealed"),
        ({"number": "  "}, "custody.seal-number-needed"),
        ({"number": "9" * 41}, "custody.text-too-long"),
        ({"used": True}, "custody.seal-number-used"),
        ({"live": "NP-0"}, "custody.sealed-already"),
        ({"things": 0}, "custody.empty-box"),
        ({"witnesses": (1, 1)}, "custody.same-person"),
        ({"witnesses": (1, 0)}, "custody.two-people"),
        ({"condition": "shiny"}, "custody.condition-unknown"),
    ],
)
def test_each_thing_missing_from_a_sealing_is_named(change: dict[str, Any], code: str) -> None:
    assert codes(check_seal(**GOOD | change)) == {code}


def test_everything_wrong_with_a_sealing_is_said_at_once() -> None:
    found = check_seal(**GOOD | {"things": 0, "used": True, "witnesses": (1, 1)})
    assert codes(found) == {"custody.same-person", "custody.seal-number-used", "custody.empty-box"}


def test_a_box_is_opened_by_two_people_with_a_reason_and_only_when_sealed() -> None:
    good: dict[str, Any] = {
        "live": "NP-1",
        "reason": "tra cứu",
        "witnesses": (1, 2),
        "condition": "worn",
    }
    assert check_opening(**good) == ()
    assert codes(check_opening(**good | {"live": None})) == {"custody.not-sealed"}
    assert codes(check_opening(**good | {"reason": " \n"})) == {"custody.reason-needed"}
    assert codes(check_opening(**good | {"witnesses": (7, 7)})) == {"custody.same-person"}


def test_a_receiver_reads_the_number_on_the_box_itself() -> None:
    assert check_receipt(live="NP-1", read=" np-1", unfinished=0, mine=True) == ()
    assert check_receipt(live=None, read="", unfinished=0, mine=True) == ()
    wrong = check_receipt(live="NP-1", read="NP-2", unfinished=2, mine=False)
    assert codes(wrong) == {
        "custody.seal-differs",
        "custody.contents-not-signed",
        "custody.nothing-for-receiver",
    }


@given(st.text(max_size=50))
def test_a_seal_number_is_compared_without_spaces_and_capitals(number: str) -> None:
    assert number_key(number) == number_key(f" {number.upper()} ")


class OneBox(RuleBasedStateMachine):
    """A box sealed, opened and filled in any order, against what the story itself remembers."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.seals: list[Sealing] = []
        self.used: set[str] = set()
        self.contents = 0
        self.at_sealing = 0

    @property
    def live(self) -> str | None:
        found = sealed_at(self.seals, self.now)
        return found.number if found else None

    def _later(self) -> None:
        self.now += timedelta(minutes=1)

    @rule(number=st.integers(1, 6), second=st.integers(1, 2))
    def seal(self, number: int, second: int) -> None:
        self._later()
        name = f"NP-{number}"
        found = check_seal(
            kind="box", number=name, used=name in self.used, live=self.live,
            things=self.contents, witnesses=(1, second), condition="intact",
        )  # fmt: skip
        if not found:
            self.seals.append(Sealing(name, self.now))
            self.used.add(name)
            self.at_sealing = self.contents

    @rule(second=st.integers(1, 2), reason=st.sampled_from(["", "tra cứu"]))
    def open(self, second: int, reason: str) -> None:
        self._later()
        live = self.live
        if not check_opening(live=live, reason=reason, witnesses=(1, second), condition="intact"):
            last = self.seals[-1]
            self.seals[-1] = Sealing(last.number, last.since, self.now)

    @rule(more=st.sampled_from([-1, 1]))
    def change(self, more: int) -> None:
        self._later()
        if check_contents([self.live] if self.live else []) is None:
            self.contents = max(0, self.contents + more)

    @invariant()
    def contents_do_not_change_while_sealed(self) -> None:
        if self.live is not None:
            assert self.contents == self.at_sealing > 0

    @invariant()
    def one_seal_at_a_time_and_no_number_twice(self) -> None:
        numbers = [s.number for s in self.seals]
        assert len(numbers) == len(set(numbers))
        assert sum(s.opened is None for s in self.seals) <= 1


test_a_box_in_any_order_of_acts = OneBox.TestCase

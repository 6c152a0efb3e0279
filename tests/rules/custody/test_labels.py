"""The code on a label."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.custody.labels import (
    CODES,
    LENGTH,
    LETTERS,
    by_eye,
    label_of,
    read_label,
)

numbers = st.integers(0, CODES - 1)


@given(numbers)
def test_a_label_is_read_back_as_it_was_printed(number: int) -> None:
    label = label_of(number)
    assert len(label) == LENGTH
    assert read_label(by_eye(label)).label == label
    assert read_label(f"  {label.lower()}\r\n").label == label


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_always_noticed(number: int, at: int, wrong: str) -> None:
    label = label_of(number)
    slipped = label[:at] + wrong + label[at + 1 :]
    read = read_label(slipped)
    assert read.label == (label if slipped == label else "")
    assert read.slip == (slipped != label)


@given(numbers, st.integers(0, LENGTH - 2))
def test_two_letters_changed_about_are_always_noticed(number: int, at: int) -> None:
    label = label_of(number)
    swapped = label[:at] + label[at + 1] + label[at] + label[at + 2 :]
    assert (read_label(swapped).label == label) == (swapped == label)


@given(numbers, numbers)
def test_two_numbers_never_share_a_label(one: int, other: int) -> None:
    assert (label_of(one) == label_of(other)) == (one == other)


def test_nothing_on_a_label_is_changed_by_vietnamese_typing_or_mistaken_by_the_eye() -> None:
    assert not set(LETTERS) & set("AEIOUYDW" + "01SBZ")
    assert len(set(LETTERS)) == 23


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_falling_over(text: str) -> None:
    read = read_label(text)
    assert len(read.text) <= 60
    assert read.label == "" or len(read.label) == LENGTH

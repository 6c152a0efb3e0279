"""Numbers in Vietnamese words: a table of read cases, and the way back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.kernel.words import in_words, sentence_in_words

DIGITS = {
    w: n
    for n, w in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])
}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}


def group_of(words: list[str]) -> int:
    """Read 0 to 999 back, written independently of the rule."""
    total = 0
    for word in words:
        if word == "trăm":
            total *= 100
        elif word == "mươi":
            total += (total % 10) * 9
        elif word == "mười":
            total += 10
        elif word != "linh":
            total += DIGITS[word]
    return total


def number_of(text: str) -> int:
    """Read a whole number back from its words."""
    words = text.split()
    if words[0] == "âm":
        return -number_of(" ".join(words[1:]))
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        rest = " ".join(words[at + 1 :])
        return number_of(" ".join(words[:at])) * 10**9 + (number_of(rest) if rest else 0)
    total = 0
    for power, name in ((10**6, "triệu"), (1000, "nghìn")):
        if name in words:
            at = words.index(name)
            total += group_of(words[:at]) * power
            words = words[at + 1 :]
    return total + group_of(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (504, "năm trăm linh bốn"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (10_035, "mười nghìn không trăm ba mươi lăm"),
        (1_000_001, "một triệu không trăm linh một"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (
            1_284_600_000,
            "một tỷ hai trăm tám mươi tư triệu sáu trăm nghìn",
        ),
        (10**9 + 5, "một tỷ không trăm linh năm"),
        (10**12, "một nghìn tỷ"),
        (10**18, "một tỷ tỷ"),
        (-21, "âm hai mươi mốt"),
    ],
)
def test_a_number_is_read_as_an_office_reads_it(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("2.5", "hai phẩy năm"),
        ("2.05", "hai phẩy không năm"),
        ("12.50", "mười hai phẩy năm"),
        ("3.000", "ba"),
        ("-0.125", "âm không phẩy một hai năm"),
        ("1E+3", "một nghìn"),
    ],
)
def test_decimals_are_read_digit_by_digit(number: str, words: str) -> None:
    assert in_words(Decimal(number)) == words


@settings(deadline=None)
@given(st.integers(min_value=-(10**30), max_value=10**30))
def test_the_words_say_exactly_that_number(number: int) -> None:
    assert number_of(in_words(number)) == number


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**20))
def test_a_whole_decimal_reads_as_the_whole_number(number: int) -> None:
    assert in_words(Decimal(number)) == in_words(number)


def test_a_sum_in_a_sentence_has_a_capital_and_its_unit() -> None:
    assert sentence_in_words(21) == "Hai mươi mốt đồng"
    assert sentence_in_words(504, "tài khoản") == "Năm trăm linh bốn tài khoản"
    assert sentence_in_words(-5) == "Âm năm đồng"


def test_what_is_no_number_cannot_be_written_out() -> None:
    with pytest.raises(ValueError, match="cannot be written out"):
        in_words(Decimal("NaN"))

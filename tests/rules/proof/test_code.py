"""The code that people read to each other over the telephone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.proof.checkpoint import NotANote
from thongsuot.rules.proof.code import ALPHABET, Square, code_of, hash_beginning, read_square

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(HASHES)
def test_a_code_leads_back_to_the_beginning_of_its_hash_however_it_is_typed(text: str) -> None:
    code = code_of(text)
    assert hash_beginning(code) == text[:20]
    heard = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert hash_beginning(heard) == text[:20]


@given(HASHES, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_noticed(text: str, at: int, symbol: str) -> None:
    typed = list(code_of(text).replace("-", ""))
    right = typed[at] == symbol
    typed[at] = symbol
    assert bool(hash_beginning("".join(typed))) is right


@given(HASHES, st.integers(0, 16), st.integers(0, 16))
def test_two_exchanged_symbols_are_noticed(text: str, one: int, two: int) -> None:
    typed = list(code_of(text).replace("-", ""))
    same = typed[one] == typed[two]
    typed[one], typed[two] = typed[two], typed[one]
    assert bool(hash_beginning("".join(typed))) is same


@pytest.mark.parametrize("text", ["", "A", "7K2M-9QXA", "U" * 17, "Đ" * 17, "0" * 18, "ı" * 17])
def test_what_is_no_code_leads_nowhere(text: str) -> None:
    assert hash_beginning(text) == ""


def test_the_square_code_says_what_it_was_given() -> None:
    square = Square(412, b"\xfb" * 32, b"\x01" * 32)
    assert read_square(f"https://x.vn/bien-nhan/A#{square.fragment()}") == square
    for wrong in ("", "#", square.fragment() + "A", square.fragment().replace("n=", "n=0")):
        with pytest.raises(NotANote):
            read_square(wrong)

"""One figure for the rows of a table: the order is nothing, every value and every copy is something."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.continuity.cells import row_bytes
from thongsuot.rules.continuity.rowsum import PRIME, RowSum

VALUES = st.one_of(
    st.none(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8), st.binary(max_size=8)
)
ROWS = st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=8)


def checksum(rows) -> str:
    total = RowSum()
    for row in rows:
        total.add(row_bytes(row))
    return total.checksum()


def kinds(row) -> list[tuple[str, bytes]]:
    """What makes two rows the same: value and type, -0.0 and 0.0 apart."""
    return [(type(v).__name__, repr(v).encode("utf-8", "surrogatepass")) for v in row]


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, draw: random.Random):
    other = list(rows)
    draw.shuffle(other)
    assert checksum(rows) == checksum(other)


@given(ROWS, st.data())
def test_any_row_changed_added_left_out_or_doubled_is_found(rows, data):
    whole = checksum(rows)
    at = data.draw(st.integers(0, len(rows) - 1))
    new = data.draw(st.tuples(VALUES, VALUES))
    assert checksum([*rows[:at], *rows[at + 1 :]]) != whole
    assert checksum([*rows, rows[at]]) != whole
    if kinds(new) != kinds(rows[at]):
        assert checksum([*rows[:at], new, *rows[at + 1 :]]) != whole


@given(ROWS, ROWS)
def test_parts_read_apart_join_to_the_whole(one, other):
    first, second = RowSum(), RowSum()
    for row in one:
        first.add(row_bytes(row))
    for row in other:
        second.add(row_bytes(row))
    first.join(second)
    assert first.checksum() == checksum([*one, *other])
    assert first.rows == len(one) + len(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1,), ("1",)),
        ((1,), (1.0,)),
        (("1",), (b"1",)),
        ((None,), ("",)),
        ((None,), (b"",)),
        ((0.0,), (-0.0,)),
        (("ab", "c"), ("a", "bc")),
        (("Hòa",), (unicodedata.normalize("NFD", "Hòa"),)),
        (("\udcff",), ("ÿ",)),
        ((2**63,), (str(2**63),)),
    ],
)
def test_values_that_look_alike_are_kept_apart(one, other):
    assert row_bytes(one) != row_bytes(other)


def test_the_same_rows_in_other_numbers_are_found():
    assert checksum([("a",)] * 2 + [("b",)]) != checksum([("a",)] + [("b",)] * 2)
    assert len({checksum([("a",)] * n) for n in range(50)}) == 50


def test_the_group_is_the_one_of_the_safe_prime():
    assert pow(2, PRIME - 1, PRIME) == 1  # Fermat: a slip in the constant would show
    assert pow(2, (PRIME - 1) // 2 - 1, (PRIME - 1) // 2) == 1
    assert PRIME.bit_length() == 3072

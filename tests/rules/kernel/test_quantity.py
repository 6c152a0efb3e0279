"""Counting is exact: what is divided adds up again, to the last unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.canonical import canonical, digest
from thongsuot.rules.kernel.quantity import LARGEST, UNITS, divide, to_decimal, to_parts


@given(
    st.integers(0, LARGEST),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(lambda shares: sum(shares) > 0),
)
def test_a_division_loses_and_makes_nothing(total: int, shares: list[int]) -> None:
    parts = divide(total, shares)
    assert sum(parts) == total
    weight = sum(shares)
    assert all(abs(p * weight - total * s) < weight for p, s in zip(parts, shares, strict=True))


def test_ten_dong_among_three_wards_is_four_three_three() -> None:
    assert divide(10, [1, 1, 1]) == (4, 3, 3)


def test_half_a_desk_is_refused() -> None:
    with pytest.raises(ValueError, match="finer"):
        to_parts(Decimal("2.5"), UNITS["cái"])


@given(st.integers(-LARGEST, LARGEST), st.sampled_from(sorted(UNITS)))
def test_parts_and_decimals_are_two_forms_of_one_number(parts: int, unit: str) -> None:
    assert to_parts(to_decimal(parts, UNITS[unit]), UNITS[unit]) == parts


def test_a_number_beyond_the_column_is_refused_not_rounded() -> None:
    with pytest.raises(ValueError, match="too large"):
        to_parts(Decimal(LARGEST) + 1, UNITS["đồng"])


def test_composed_and_decomposed_text_have_one_canonical_form() -> None:
    assert digest({"a": "Hòa"}) == digest({"a": "Ho\u0300a"})
    assert canonical({"b": 1, "a": [True, None]}) == b'{"a":[true,null],"b":1}'


def test_a_float_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical({"a": 1.5})

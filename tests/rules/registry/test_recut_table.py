from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.recut_table import read_figures, read_share, read_whole

CODES = {"09547": 1, "09550": 2, "09556": 10, "09562": 11}


def find(code: str, name: str) -> tuple[int, ...]:
    if code.zfill(5) in CODES:
        return (CODES[code.zfill(5)],)
    return {"Tân An": (1, 2), "Vạn Phúc": (1,)}.get(name, ())


def read(*rows):
    return read_figures(rows, find, find)


def test_a_table_with_a_header_in_any_order_and_zeros_lost_by_the_spreadsheet() -> None:
    table = read(("Số liệu", "Đơn vị", "Mã"), ("1.234", "x", 9547.0), (50.0, "", "09550"))
    assert (table.figures, table.problems, table.rows) == ({1: 1_234, 2: 50}, [], 2)


def test_a_table_without_a_header() -> None:
    assert read(("09547", "12")).figures == {1: 12}
    assert read(("09547", "Vạn Phúc", "12")).figures == {1: 12}


def test_shares_in_hundredths_or_parts_of_one_say_the_same() -> None:
    for one, two in (("25%", "75"), ("0,25", "0.75"), ("1/4", "3/4")):
        table = read(
            ("mã", "số liệu", "mã nhận", "tỷ lệ"),
            ("09550", "400", "09556", one),
            ("09550", "", "09562", two),
        )
        assert table.figures == {2: 400}
        assert table.shares == {(2, 10): Fraction(1, 4), (2, 11): Fraction(3, 4)}
        assert table.problems == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("99999", "x", "1"), "registry.recut-unknown-unit"),
        (("", "Tân An", "1"), "registry.recut-several-units"),
        (("09547", "", "1,5"), "registry.recut-not-a-number"),
        (("09547", "", "=1+1"), "registry.recut-not-a-number"),
        (("09550", "", "2"), "registry.recut-two-figures"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_number_and_stops_no_other(row, code) -> None:
    table = read(("mã", "đơn vị", "số liệu"), ("09550", "", "1"), row, ("09547", "", "3"))
    assert [(p.code, p.facts["row"]) for p in table.problems] == [(code, 3)]
    assert table.figures == {1: 3, 2: 1}


@given(st.integers(-(10**12), 10**12))
def test_every_way_of_writing_a_whole_number_is_read_the_same(n) -> None:
    for text in (str(n), f"{n:,}", f"{n:,}".replace(",", "."), f"{n:,}".replace(",", " ")):
        assert read_whole(text) == n


@given(
    st.lists(
        st.lists(st.one_of(st.text(max_size=20), st.floats(), st.none()), max_size=5), max_size=6
    )
)
def test_any_table_is_read_without_breaking(rows) -> None:
    table = read(*rows)
    assert table.rows <= len(rows)


def test_a_share_that_is_none_is_refused() -> None:
    assert [read_share(t) for t in ("x", "", "1/0", "-5", "5e3")] == [None] * 5

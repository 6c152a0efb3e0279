import pytest

from thongsuot.rules.kernel.cells_row import HeaderNames, header_key, row_shape

NAMES = HeaderNames(
    {
        "code": ("Mã", "mã số"),
        "title": ("Tên tài sản", "tên"),
        "quantity": ("Số lượng", "sl"),
        "boxes": ("Số hộp",),
        "container": ("Hộp, cặp", "số hộp"),
    }
)


def test_the_header_is_found_below_title_rows() -> None:
    rows = [["UBND QUẬN HÀ ĐÔNG"], ["BẢNG KÊ"], [""], ["STT", "Mã", "TÊN  tài sản", "SL"], [1]]
    found = NAMES.find(rows)
    assert found is not None
    assert found.row == 3
    assert dict(found.places) == {"code": 1, "title": 2, "quantity": 3}
    assert found.unknown == ("STT",)


@pytest.mark.parametrize(
    "title", ["Số lượng", "SỐ LƯỢNG", "Số\u00a0lượng", "Số\nlượng", "Số  lượng (*)", "so luong",
              "Số lượng (cái)", "S\u00f4\u0301 l\u01b0\u01a1\u0323ng"],
)  # fmt: skip
def test_a_title_is_known_however_it_was_typed(title: str) -> None:
    assert NAMES.key_of(title) == "quantity"


def test_two_columns_of_one_meaning_are_both_named() -> None:
    found = NAMES.match(["Mã", "Tên", "mã số"])
    assert found.doubled == (("Mã", "mã số"),)


def test_a_printed_title_wins_over_the_other_spellings() -> None:
    assert NAMES.key_of("Số hộp") == "boxes"


def test_a_missing_column_is_named() -> None:
    assert NAMES.match(["Mã", "SL"]).missing(("code", "title", "quantity")) == ("title",)


def test_a_sheet_without_known_columns_has_no_header() -> None:
    assert NAMES.find([["a", "b"], [1, 2]]) is None


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        (["", None, "  "], "blank"),
        (["Tổng cộng", "", 15], "total"),
        (["", "CỘNG:", 15], "total"),
        (["I. Tổng số", 15], "total"),
        (["Mã", "Tên"], "header"),
        (["I. Nhà, vật kiến trúc", ""], "heading"),
        (["(1)", "(2)", "(3)", "(4)"], "heading"),
        ([1.0, 2.0, 3.0, 4.0], "heading"),
        (["A", "B", "1", "2", "3"], "heading"),
        (["TS-1", "Tổng kho Đức Giang", 1], "row"),
        (["TS-2", "Cộng đồng dân cư", 1], "row"),
        ([3, "x", 7, 9], "row"),
    ],
)
def test_rows_that_are_no_rows_are_told_apart(values: list[object], shape: str) -> None:
    assert row_shape(values, ("ma", "ten")) == shape


def test_a_key_has_no_marks_signs_or_case() -> None:
    assert header_key("Giá trị (đồng) *") == "gia tri dong"
    assert header_key(None) == ""

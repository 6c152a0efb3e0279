"""A20–A39: tables as offices draw them."""

from collections.abc import Callable

from tests.corpus.cases import HEADER, KEYS, Case, one, row, rows, said
from tests.corpus.workbooks import SheetOf, book, error, formula, styled

_TWO = ("HS-001", "HS-002")


def _sheets(*sheets: SheetOf, **more: str | bytes) -> Callable[[], bytes]:
    return lambda: book(*sheets, **more)


def _good(name: str, state: str = "") -> SheetOf:
    return SheetOf([HEADER, row()], name=name, state=state)


def _total(value: object) -> Callable[[], bytes]:
    total: list[object] = ["", "Tổng cộng", 3, "", value]
    return rows(row(quantity=1, value=100_000), row(code="HS-002", quantity=2, value=50_000), total)


_TWO_LINES = SheetOf(
    [
        ["Mã hồ sơ", "Tên hồ sơ", "Khối lượng", "", "Ghi chú"],
        ["", "", "Số lượng", "Giá trị", ""],
        ["HS-001", "Sổ", 2, 1000, "x"],
    ],
    merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
)
_MERGED = SheetOf(
    [HEADER, row(measure="cái"), row(code="HS-002", title=""), row(code="HS-003", title="")],
    merged=["B2:B4"],
)
_COMMENTS = '<comments xmlns="x"><commentList><comment ref="A1"/><comment ref="B2"/></commentList></comments>'
_DRAWING = "<xdr:wsDr xmlns:xdr='x'><xdr:twoCellAnchor></xdr:twoCellAnchor></xdr:wsDr>"
_STRUCK = [styled(value, 1) if value != "" else "" for value in row(code="HS-002")]
_RED = [styled(value, 2) if value != "" else "" for value in row(code="HS-003")]

CASES = (
    Case("A20", "?", "hai trang có dữ liệu", _sheets(_good("Một"), _good("Hai")),
         says=said("sheet-asked")),
    Case("A20b", "A", "người dùng chọn trang", _sheets(_good("Một"), _good("Hai")),
         options={"sheet": "Hai"}, counts={"new": 1}),
    Case("A21", "W", "trang ẩn có dữ liệu", _sheets(_good("Một"), _good("Ẩn", "hidden")),
         says=said("hidden-sheets"), counts={"new": 1}),
    Case("A22", "W", "trang rất ẩn", _sheets(_good("Một"), _good("Ẩn", "veryHidden")),
         says=said("hidden-sheets"), counts={"new": 1}),
    Case("A22b", "?", "chỉ có trang ẩn", _sheets(_good("Ẩn", "hidden")),
         says=said("only-hidden-sheets")),
    Case("A23", "W", "dòng và cột ẩn trong bảng",
         rows(row(), row(code="HS-002"), hidden_rows=[3], hidden_columns=[2]),
         says=said("hidden-rows", "hidden-columns"), cells=said("row-hidden"), counts={"new": 2}),
    Case("A23b", "W", "người dùng không nhập dòng ẩn",
         rows(row(), row(code="HS-002"), hidden_rows=[3]), options={"hidden": "skip"},
         counts={"new": 1, "aside": 1}),
    Case("A24", "N", "tiêu đề hai dòng, ô gộp", _sheets(_TWO_LINES),
         kept={"HS-001": {"quantity": 2, "value": 1000}}, says=said("header-at")),
    Case("A25", "Q", "ô gộp trong thân bảng", _sheets(_MERGED), cells=said("merged-cell"),
         counts={"new": 1, "error": 2}),
    Case("A25b", "N", "người dùng chọn điền theo ô gộp", _sheets(_MERGED),
         options={"fill_down": True}, kept={"HS-003": {"title": "Sổ đăng ký khai sinh"}},
         notes={"title": "filled"}, says=said("filled-down"), counts={"new": 3}),
    Case("A26", "N", "tiêu đề không ở dòng 1",
         _sheets(SheetOf([["UBND QUẬN HÀ ĐÔNG"], ["BẢNG KÊ TÀI LIỆU"], None, HEADER, row()])),
         says=said("header-at"), counts={"new": 1}),
    Case("A27", "N", "tiêu đề có NBSP, xuống dòng, NFD",
         _sheets(SheetOf([["Ma\u0303 ho\u0302\u0300 sơ ", "TÊN\u00a0HỒ\nSƠ (*)"], ["HS-001", "Sổ"]])),
         counts={"new": 1}),
    Case("A28", "R", "hai cột cùng tiêu đề",
         _sheets(SheetOf([[*HEADER, "Tên hồ sơ"], [*row(), "Sổ khác"]])), says=said("column-twice")),
    Case("A29", "R", "thiếu cột bắt buộc", _sheets(SheetOf([["Mã hồ sơ", "Ghi chú"], ["HS-1", "x"]])),
         says=said("column-missing")),
    Case("A29b", "W", "cột lạ", _sheets(SheetOf([[*HEADER, "Cột riêng"], [*row(), "x"]])),
         says=said("column-unknown"), counts={"new": 1}),
    Case("A30", "Q", "dòng tổng khớp", _total(150_000), silent=said("total-differs"),
         counts={"new": 2, "aside": 1}),
    Case("A30b", "W", "dòng tổng lệch", _total(160_000), says=said("total-differs"),
         counts={"new": 2, "aside": 1}),
    Case("A31", "Q", "dòng tiêu đề lặp", rows(row(), list(HEADER), row(code="HS-002")),
         counts={"new": 2, "aside": 1}),
    Case("A32", "N", "dòng trống và dòng đầu nhóm",
         rows(["", "I. Phòng Tư pháp"], row(), None, None, ["", "II. Phòng Nội vụ"], row(code="HS-002")),
         says=said("blank-rows"), counts={"new": 2, "aside": 2}),
    Case("A33", "W", "công thức có giá trị", one(value=formula("B2*2", "3000")),
         says=said("formulas"), kept={"HS-001": {"value": 3000}}, notes={"value": "formula"}),
    Case("A34", "Q", "công thức chưa tính", one(value=formula("B2*2", None)),
         cells=said("not-computed"), counts={"error": 1}),
    Case("A35", "Q", "#REF!", one(value=error("#REF!")), cells=said("cell.sheet-error")),
    Case("A35b", "Q", "#N/A gõ tay", one(title="#N/A"), cells=said("cell.sheet-error")),
    Case("A36", "W", "liên kết ra ngoài",
         lambda: book(SheetOf([HEADER, row(value=formula("[1]S!A1", "5"))]),
                      **{"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
         says=said("formulas-outside", "links"), kept={"HS-001": {"value": 5}}),
    Case("A37", "W", "ghi chú, hình",
         lambda: book(_good("Một"), **{"xl/comments1.xml": _COMMENTS, "xl/drawings/drawing1.xml": _DRAWING}),
         says=said("comments", "objects"), counts={"new": 1}),
    Case("A38", "W", "dòng gạch ngang, dòng đỏ", rows(row(), _STRUCK, _RED),
         says=said("struck-rows"), cells=said("row-struck"), counts={"new": 3}),
    Case("A39", "N", "hệ ngày 1904",
         lambda: book(SheetOf([HEADER, row(due=styled(44377, 3))]), from_1904=True),
         says=said("from-1904"), kept={"HS-001": {"due": "2025-07-01"}}),
)  # fmt: skip
assert len(KEYS) == len(HEADER)

"""D01–D16: codes, references, duplicates, as far as they do not need a room's own registers."""

from tests.corpus.cases import Case, one, row, rows, said

_THREE = (row(), row(code="HS-002"), row(code="HS-003"))

CASES = (
    Case("D01", "N", "cùng mã, cùng nội dung", rows(row(), row()), counts={"new": 1, "aside": 1},
         cells=said("twin")),
    Case("D02", "Q", "cùng mã, khác nội dung", rows(row(), row(title="Khác")),
         cells=said("key-twice"), counts={"error": 2}),
    Case("D03", "Q", "mã chỉ khác cách viết", rows(row(code="HS-001"), row(code="hs 001")),
         cells=said("key-alike"), counts={"error": 2}),
    Case("D04", "A", "lại chính tệp đó", rows(*_THREE), before=rows(*_THREE),
         says=said("same-file"), counts={"new": 0, "same": 3}),
    Case("D05", "A", "cùng dòng, xáo thứ tự, tên khác", rows(*reversed(_THREE)), name="khac.xlsx",
         before=rows(*_THREE), counts={"new": 0, "same": 3}),
    Case("D06", "A", "tệp sửa ba dòng", rows(*(row(code=f"HS-00{n}", title="Mới") for n in (1, 2, 3))),
         before=rows(*_THREE), counts={"changed": 3}),
    Case("D12", "W", "thiếu căn cứ không chặn nhập", one(note=""), counts={"new": 1}),
    Case("D13", "Q", "thuộc chính nó", one(parent="HS-001"), cells=said("parent-self")),
    Case("D13b", "Q", "thuộc nhau thành vòng",
         rows(row(parent="HS-002"), row(code="HS-002", parent="HS-001")),
         cells=said("parent-cycle"), counts={"error": 2}),
    Case("D14", "Q", "một số niêm phong hai nơi", rows(row(seal="N-1"), row(code="HS-002", seal="N-1")),
         cells=said("value-twice"), counts={"error": 2}),
    Case("D16", "Q", "đã giao nhận, không sửa được nữa", one(title="Khác"), before=one(note="đã ký"),
         cells=said("no-undo"), counts={"error": 1}),
)  # fmt: skip

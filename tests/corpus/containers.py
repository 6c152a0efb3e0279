"""A01–A19, A40: files that are not what they seem, and files that would fill a machine."""

import struct
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.corpus.cases import HEADER, Case, row, rows, said, text_csv
from tests.corpus.workbooks import SheetOf, book, ods, packed, parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GOOD = SheetOf([HEADER, row()])


def _with(**more: str | bytes) -> Callable[[], bytes]:
    return lambda: packed(parts(_GOOD, more=more))


def _named(name: str) -> Callable[[], bytes]:
    return lambda: packed({**parts(_GOOD), name: "x"})


def _ole(stream: str) -> Callable[[], bytes]:
    return lambda: _OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 512


def _truncated() -> bytes:
    whole = book(_GOOD)
    return whole[: len(whole) // 2]


def _other_local_header() -> bytes:
    whole = bytearray(book(_GOOD))
    at = whole.find(b"xl/workbook.xml")
    whole[at : at + 15] = b"xl/workbooK.xml"
    return bytes(whole)


def _lying_sizes() -> bytes:
    """The directory and the headers agree on a size that the content does not have."""
    whole = bytearray(packed({**parts(_GOOD), "xl/sharedStrings.xml": " " * 900_000}))
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            if whole[at + name_at : at + name_at + 20] == b"xl/sharedStrings.xml":
                struct.pack_into("<L", whole, at + size_at, 1000)
    return bytes(whole)


def _encrypted_part() -> bytes:
    whole = bytearray(book(_GOOD))
    for mark, at_flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            whole[at + at_flags] |= 1
    return bytes(whole)


def _twice() -> bytes:
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as package:
        warnings.simplefilter("ignore")
        for name, content in parts(_GOOD).items():
            package.writestr(name, content)
        package.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


def _doctype() -> bytes:
    made = parts(_GOOD)
    sheet = str(made["xl/worksheets/sheet1.xml"])
    bomb = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>'
    made["xl/worksheets/sheet1.xml"] = sheet.replace("<worksheet", f"{bomb}<worksheet", 1)
    return packed(made)


def _far() -> bytes:
    return book(SheetOf([HEADER, row()], far={"XFD1048576": "x"}))


def _many_rows(count: int) -> Callable[[], bytes]:
    def build() -> bytes:
        made = parts(_GOOD)
        body = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(3, count))
        sheet = str(made["xl/worksheets/sheet1.xml"])
        made["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", f"{body}</sheetData>")
        return packed(made)

    return build


_HTML = "<html><body><table><tr><td>Mã hồ sơ</td></tr></table></body></html>"
_XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)
_CSV = "Mã hồ sơ,Tên hồ sơ\nHS-001,Sổ\n"

CASES = (
    Case("A01", "R", "tệp 0 byte", bytes, says=said("file-empty")),
    Case("A01b", "R", "tệp chỉ có dấu cách", lambda: b"  \r\n ", says=said("file-empty")),
    Case("A02", "R", ".xls đổi đuôi thành .xlsx", _ole("Workbook"), says=said("file-is-xls")),
    Case("A03", "R", "HTML đổi đuôi", text_csv(_HTML), says=said("file-is-html")),
    Case("A03b", "R", "XML 2003 đổi đuôi", text_csv(_XML_2003), says=said("file-is-html")),
    Case("A04", "R", "CSV đổi đuôi thành .xlsx", text_csv(_CSV), says=said("file-is-csv")),
    Case("A04b", "A", "CSV đổi đuôi, người dùng chọn đọc như CSV", text_csv(_CSV),
         options={"as_csv": True}, counts={"new": 1}),
    Case("A05", "R", "có mật khẩu (OLE2)", _ole("EncryptedPackage"), says=said("file-encrypted")),
    Case("A05b", "R", "phần nén có mật khẩu", _encrypted_part, says=said("file-encrypted")),
    Case("A05c", "R", "ODS có mật khẩu", lambda: ods([HEADER, row()], encrypted=True),
         name="bang-ke.ods", says=said("file-encrypted")),
    Case("A06", "R", "macro trong tệp tên .xlsx", _with(**{"xl/vbaProject.bin": b"x"}),
         says=said("file-has-macros")),
    Case("A07", "R", "zip bị cắt", _truncated, says=said("file-damaged")),
    Case("A08", "R", "mục lục và tiêu đề phần khác nhau", _other_local_header,
         says=said("zip-headers")),
    Case("A09", "R", "bom nén", _with(**{"xl/media/x.xml": b"\0" * 30_000_000}),
         says=said("zip-unpacks-too-large")),
    Case("A09b", "R", "kích thước khai man", _lying_sizes, says=said("file-damaged")),
    Case("A10", "R", "tệp nén lồng", _named("xl/42.zip"), says=said("zip-nested")),
    Case("A11", "R", "quá nhiều phần", _with(**{f"xl/p/{n}.txt": "" for n in range(2_001)}),
         says=said("zip-too-many")),
    Case("A12", "R", "đường dẫn đi ngược", _named("../../etc/x"), says=said("zip-path")),
    Case("A12b", "R", "đường dẫn tuyệt đối", _named("/etc/x"), says=said("zip-path")),
    Case("A12c", "R", "tên có NUL", lambda: packed({**parts(_GOOD), "xl/ab.txt": "x"}).replace(
        b"xl/ab.txt", b"xl/a\x00.txt"), says=said("zip-path")),
    Case("A13", "R", "hai phần cùng tên", _twice, says=said("zip-twice")),
    Case("A14", "R", "DOCTYPE trong trang tính", _doctype, says=said("xml-doctype")),
    Case("A15", "R", "một chuỗi khổng lồ",
         _with(**{"xl/sharedStrings.xml": "<sst><si><t>" + "x" * 30_000_000 + "</t></si></sst>"}),
         says=said("zip-unpacks-too-large")),
    Case("A16", "A", "một ô ở XFD1048576", _far, counts={"new": 1}, says=said("cells-outside")),
    Case("A17", "A", "khai vùng A1:XFD1048576", rows(row(), dimension="A1:XFD1048576"),
         counts={"new": 1}),
    Case("A18", "R", "quá số dòng, báo trước khi đọc", _many_rows(200_200),
         says=said("too-many-rows")),
    Case("A19", "R", "CSV 1.048.577 dòng", lambda: _CSV.encode() + b"HS,x\n" * 1_048_575,
         name="bang-ke.csv", says=said("too-many-rows")),
    Case("A40", "A", "tên tệp RTL, emoji, CON", rows(row()), name="CON\u202e\u200b😀.xlsx",
         counts={"new": 1}),
)  # fmt: skip

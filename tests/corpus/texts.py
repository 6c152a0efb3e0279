"""B01–B24, C01–C10: letters, encodings, CSV."""

import unicodedata

from tests.corpus.cases import Case, cell, one, row, rows, said, text_csv

_HEAD = "Mã hồ sơ,Tên hồ sơ,Ghi chú\n"
_PLAIN = _HEAD + "HS-001,Sổ hộ tịch,minh họa\n"
_SEMI = _PLAIN.replace(",", ";")
_OLD_PAGE = unicodedata.normalize("NFC", "Mã hồ sơ,Tên hồ sơ\nHS-001,Hòa Bình\n")
for _letter, _parts in {"ã": "a\u0303", "ồ": "ô\u0300", "ò": "o\u0300", "ì": "i\u0300"}.items():
    _OLD_PAGE = _OLD_PAGE.replace(_letter, _parts)  # as that code page writes tones
_ZALGO = "Hồ" + "\u0301\u0302\u0303\u0304\u0305\u0306" * 30 + " sơ"


def csv(number: str, outcome: str, what: str, text: str, encoding: str = "utf-8", **more) -> Case:
    return Case(number, outcome, what, text_csv(text, encoding), name="bang-ke.csv", **more)


def known(code: str, text: str) -> Case:
    return Case(code, "", "", one(title=text))


CASES = (
    cell("B01", "N", "NFD", key="title", value=unicodedata.normalize("NFD", "Hòa Bình"),
         kept={"HS-001": {"title": "Hòa Bình"}}, notes={"title": "tidied"}),
    Case("B02", "A", "hoà và hòa giữ như đã gõ", rows(row(title="Hoà"), row(code="HS-002", title="Hòa")),
         kept={"HS-001": {"title": "Hoà"}, "HS-002": {"title": "Hòa"}}),
    cell("B03", "Q", "Ð không phải Đ: hỏi, vì có thể là chữ CP1258", "old-encoding", key="title",
         value="Hà Ðông"),
    cell("B04", "Q", "TCVN3", "old-encoding", key="title", value="Ph­êng Hßa B×nh"),
    Case("B04b", "N", "TCVN3, người dùng đồng ý chuyển", one(title="Ph­êng Hßa B×nh"),
         options={"convert_old": True}, kept={"HS-001": {"title": "Phường Hòa Bình"}},
         notes={"title": "converted"}, says=said("converted")),
    cell("B05", "Q", "VNI", "old-encoding", key="title", value="Phöôøng Hoøa Bình"),
    csv("B06", "?", "CSV mã CP1258", _OLD_PAGE, "cp1258",
        says=said("csv-encoding")),
    csv("B06b", "N", "CSV mã CP1258, người dùng chọn mã", _OLD_PAGE,
        "cp1258", options={"encoding": "cp1258"}, kept={"HS-001": {"title": "Hòa Bình"}}),
    cell("B07", "Q", "UTF-8 đọc nhầm thành CP1252", "old-encoding", key="title",
         value="Sá»• Ä‘Äƒng kÃ½"),
    Case("B08", "Q", "tên TCVN3, ghi chú Unicode", one(title="Ph­êng Hßa B×nh", note="Đúng chữ"),
         cells=said("cell.old-encoding"), counts={"error": 1}),
    csv("B09", "A", "UTF-16 có BOM", "\ufeff" + _PLAIN, "utf-16-le", counts={"new": 1}),
    csv("B09b", "R", "UTF-16 không BOM: nói ra, không đoán", _PLAIN, "utf-16-le",
        says=said("csv-utf16")),
    csv("B10", "N", "BOM UTF-8", "\ufeff" + _PLAIN, counts={"new": 1}),
    Case("B11", "R", "byte không phải UTF-8", lambda: _PLAIN.encode() + b"HS-002,S\xff\xfe,\n",
         name="bang-ke.csv", says=said("csv-encoding")),
    cell("B12", "Q", "ký tự điều khiển", "control-signs", key="title", value="Sổ_x0001_hộ tịch"),
    cell("B12b", "Q", "NUL", "control-signs", key="title", value="Sổ_x0000_hộ tịch"),
    cell("B13", "N", "ký tự rỗng trong mã", key="code", value="HS\u200b-001",
         kept={"HS-001": {"code": "HS-001"}}, notes={"code": "unseen"}),
    cell("B14", "W", "đảo chiều chữ", "unseen-signs", key="title", value="Hồ\u202e sơ"),
    cell("B15", "N", "NBSP trong mã", key="code", value="HS-001\u00a0",
         kept={"HS-001": {"code": "HS-001"}}),
    cell("B16", "N", "chữ số rộng", key="code", value="ＨＳ-００１", kept={"HS-001": {"code": "HS-001"}},
         notes={"code": "wide"}),
    cell("B17", "Q", "dấu chồng", "heaped-marks", key="title", value=_ZALGO),
    cell("B18", "A", "emoji, chữ Nôm", key="title", value="Sổ 𡨸喃 😀", counts={"new": 1}),
    cell("B19", "A", "tên một chữ, có nháy", key="title", value="Ý", counts={"new": 1}),
    cell("B19b", "Q", "tên quá dài", "too-long", key="title", value="ă" * 301),
    Case("B20", "A", "Null, None, NaN, TRUE là chữ",
         rows(*(row(code=f"HS-00{n}", title=t) for n, t in enumerate(("Null", "None", "NaN", "TRUE")))),
         counts={"new": 4}),
    cell("B21", "N", "gạch kiểu chữ trong mã", key="code", value="HĐ–01",
         kept={"HĐ-01": {"code": "HĐ-01"}}, notes={"code": "dashes"}),
    cell("B22", "W", "chữ А Kirin trong mã", "look-alike", key="code", value="HSА-01"),
    Case("B23", "A", "hoa thường có dấu: mã gần trùng", rows(row(code="ĐÔNG-1"), row(code="đông-1")),
         cells=said("key-alike"), counts={"error": 2}),
    cell("B24", "N", "dấu cách thừa, xuống dòng", key="title", value="  Sổ\thộ \n tịch ",
         kept={"HS-001": {"title": "Sổ hộ tịch"}}, notes={"title": "tidied"}),
    csv("C01", "A", "dấu chấm phẩy", _SEMI, says=said("csv-separator"), counts={"new": 1}),
    csv("C02", "A", "TAB", _PLAIN.replace(",", "\t"), says=said("csv-separator"), counts={"new": 1}),
    csv("C02b", "A", "gạch đứng", _PLAIN.replace(",", "|"), says=said("csv-separator"), counts={"new": 1}),
    csv("C03", "R", "ngoặc kép không đóng", _PLAIN + 'HS-002,"Sổ,x\nHS-003,Sổ,y\n',
        says=said("csv-quotes")),
    csv("C04", "A", "xuống dòng trong ngoặc", _HEAD + 'HS-001,"Sổ\nhộ tịch",x\n', counts={"new": 1}),
    csv("C05", "Q", "dòng thừa thiếu ô", _HEAD + "HS-001,Sổ\nHS-002,Sổ,a,b\n",
        cells=said("fields-count"), counts={"error": 2}),
    csv("C06", "A", "CR", _PLAIN.replace("\n", "\r"), counts={"new": 1}),
    csv("C06b", "A", "CRLF lẫn LF", _HEAD.replace("\n", "\r\n") + "HS-001,Sổ,x\nHS-002,Sổ,y\r\n",
        counts={"new": 2}),
    csv("C07", "A", "dòng sep=", "sep=;\n" + _SEMI, silent=said("csv-separator"), counts={"new": 1}),
    Case("C08", "Q", "mất số 0 đầu", one(code=123), before=one(code="00123"),
         cells=said("zeros-lost", "cell.code-was-number"), counts={"error": 1}),
    cell("C09", "Q", "mã thành số mũ", "code-shortened", key="code", value="1E+05"),
    csv("C10", "Q", "20 chữ số viết gọn", "Mã hồ sơ,Tên hồ sơ,Giá trị\nHS-001,Sổ,1.23457E+19\n",
        cells=said("cell.number-scientific")),
)  # fmt: skip

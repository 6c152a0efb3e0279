"""What the check of two piles says, in the words of an office. Knows no Django."""

from collections.abc import Mapping
from decimal import Decimal

from thongsuot.rules.handover.check import NOT_COUNTED, SCALE
from thongsuot.rules.kernel.problem import Problem

# sort → (short name, what it means and what to do)
SORT_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("Thiếu", "Có trong bảng kê, không nơi nào nhận. Tìm người đang giữ và nơi nhận."),
    "short": ("Nhận thiếu số lượng", "Nơi nhận đếm ít hơn bảng kê. Hai bên đếm lại."),
    "over": ("Nhận thừa số lượng", "Nơi nhận đếm nhiều hơn bảng kê. Hai bên đếm lại."),
    "twice": ("Hai nơi cùng nhận", "Tổng các nơi nhận lớn hơn bảng kê. Xác định một nơi giữ."),
    "unknown": ("Lạ", "Có trong biên nhận, không có trong bảng kê. Xem phần gợi ý khớp."),
    "unit-differs": ("Khác đơn vị tính", "Hai bên đếm bằng hai đơn vị tính. Thống nhất một."),
    "described-differently": (
        "Cùng mã, khác tên",
        "Mã giống nhau nhưng tên không có từ nào chung. Kiểm tra có phải cùng một mục.",
    ),
    "uncounted": ("Chưa đếm", "Một bên không ghi số lượng. Ghi số đếm thực tế."),
    "listed-twice": ("Trùng mã trong bảng kê", "Hai dòng khác nhau dùng chung một mã. Đổi mã."),
    "no-code": ("Không có mã", "Dòng không có mã nên không thể đối chiếu. Ghi mã."),
    "code-shortened": (
        "Mã bị bảng tính làm hỏng",
        "Mã thành dạng 1E05 hoặc quá 15 chữ số. Định dạng cột mã là Chữ (Text) rồi nhập lại.",
    ),
    "code-is-day": (
        "Mã bị đổi thành ngày",
        "Bảng tính đã đổi mã thành ngày. Định dạng cột mã là Chữ (Text) rồi nhập lại.",
    ),
    "code-unreadable": ("Mã không đọc được", "Mã có ký tự hỏng hoặc sai mã chữ. Gõ lại mã."),
    "quantity-unreadable": (
        "Số lượng không đọc được",
        "Số lượng không rõ (ví dụ 1.500: một nghìn năm trăm hay 1,5?). Ghi lại rõ ràng.",
    ),
    "same-line-twice": ("Dòng lặp lại", "Dòng giống hệt nhau, chỉ tính một lần."),
    "divided": ("Chia cho nhiều nơi", "Nhiều nơi nhận, cộng lại đúng bằng bảng kê."),
}

SHAPE_WORDS: Mapping[str, str] = {
    "blank": "dòng trống",
    "total": "dòng cộng",
    "header": "dòng tiêu đề lặp lại",
    "heading": "dòng đề mục",
}

# Why a file cannot be opened. The same codes have sentences in the imports of the server.
FILE_WORDS: Mapping[str, str] = {
    "imports.file-empty": "tệp rỗng",
    "imports.file-too-large": "tệp quá lớn ({size} byte, tối đa {limit})",
    "imports.file-is-xls": "tệp .xls kiểu cũ; hãy mở bằng Excel và lưu thành .xlsx",
    "imports.file-is-html": "tệp thật ra là {real}; hãy mở bằng Excel và lưu thành .xlsx",
    "imports.file-is-csv": "tệp thật ra là CSV; hãy đổi đuôi tệp thành .csv",
    "imports.file-is-other": "tệp thật ra là {real}, không phải bảng tính",
    "imports.file-unknown": "không phải bảng tính XLSX, ODS hoặc CSV",
    "imports.file-encrypted": "tệp có mật khẩu; hãy bỏ mật khẩu rồi gửi lại",
    "imports.file-has-macros": "tệp có macro; hãy lưu thành .xlsx không macro",
    "imports.file-damaged": "tệp hỏng hoặc tải về chưa đủ",
    "imports.zip-headers": "tệp hỏng: mục lục bên trong không khớp",
    "imports.zip-unpacks-too-large": "tệp giải nén ra quá lớn",
    "imports.zip-nested": "bên trong tệp có tệp nén khác",
    "imports.zip-path": "bên trong tệp có đường dẫn lạ",
    "imports.zip-too-many": "bên trong tệp có quá nhiều phần",
    "imports.zip-twice": "bên trong tệp có hai phần trùng tên",
    "imports.xml-doctype": "bên trong tệp có khai báo không được phép (DOCTYPE)",
    "imports.xml-encoding": "bên trong tệp dùng mã chữ không được phép",
    "imports.csv-encoding": "không phải mã chữ UTF-8, hỏng từ dòng {line}; "
    "hãy lưu thành “CSV UTF-8”",
    "imports.csv-utf16": "mã chữ UTF-16 không có dấu đầu tệp; hãy lưu thành “CSV UTF-8”",
    "imports.csv-quotes": "dấu nháy kép không đóng, từ dòng {line}",
    "imports.csv-field-too-long": "có ô quá dài ở dòng {line}",
    "imports.csv-separator": "dấu ngăn cột nhận ra là “{separator}”",
    "imports.too-many-rows": "quá nhiều dòng, tối đa {limit}",
    "imports.too-many-cells": "quá nhiều ô, tối đa {limit}",
    "imports.cells-outside": "{count} ô nằm xa ngoài bảng không được đọc",
    "imports.sheet-unreadable": "trang không đọc được",
}


def said(problem: Problem) -> str:
    """The sentence for what is wrong with a file; the code itself when there is none."""
    sentence = FILE_WORDS.get(problem.code)
    if sentence is None:
        return problem.code
    facts = {key: number(v) if type(v) is int else v for key, v in problem.facts.items()}
    return sentence.format(**facts)


def number(value: int) -> str:
    """1234567 → 1.234.567."""
    return f"{value:,}".replace(",", ".")


def amount(parts: int) -> str:
    """A quantity in ten-thousandths as people write it; "chưa đếm" when nobody counted."""
    if parts == NOT_COUNTED:
        return "chưa đếm"
    value = Decimal(parts).scaleb(-SCALE)
    if value == int(value):
        return number(int(value))
    return f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))

"""What is said of a file, a table, a row; of cells in messages_cells."""

from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.imports.messages_cells import SENTENCES as OF_CELLS

OF_FILES = {
    "imports.file-empty": _(
        "Tệp “{subject}” rỗng: không có dữ liệu. Mở tệp kiểm tra, lưu lại rồi gửi."
    ),
    "imports.file-too-large": _(
        "Tệp “{subject}” lớn {size} byte, quá mức {limit} byte. Chia tệp thành nhiều phần."
    ),
    "imports.file-is-xls": _(
        "Tệp “{subject}” là Excel đời cũ (.xls). Mở bằng Excel, chọn Lưu thành .xlsx rồi gửi lại."
    ),
    "imports.file-is-html": _(
        "Tệp “{subject}” thật ra là {real}, không phải Excel. Mở bằng Excel, chọn Lưu thành .xlsx "
        "rồi gửi lại."
    ),
    "imports.file-is-csv": _(
        "Tệp “{subject}” mang đuôi Excel nhưng nội dung là CSV. Chọn “Đọc như CSV”, hoặc đổi đuôi "
        "thành .csv rồi gửi lại."
    ),
    "imports.file-is-other": _(
        "Tệp “{subject}” thật ra là {real}, không phải bảng tính. Chọn tệp .xlsx, .ods hoặc .csv."
    ),
    "imports.file-unknown": _(
        "Không nhận ra tệp “{subject}” là loại gì. Chọn tệp .xlsx, .ods hoặc .csv."
    ),
    "imports.file-encrypted": _(
        "Tệp có mật khẩu: “{subject}”. Mở tệp, bỏ mật khẩu, lưu lại rồi gửi."
    ),
    "imports.file-has-macros": _(
        "Tệp “{subject}” có macro nên không được nhận. Lưu lại thành .xlsx (không macro) rồi gửi."
    ),
    "imports.file-damaged": _(
        "Tệp “{subject}” bị hỏng hoặc chưa tải lên hết. Mở thử trên máy; nếu mở được, lưu thành tệp "
        "mới rồi gửi."
    ),
    "imports.zip-headers": _(
        "Tệp “{subject}” có mục lục không khớp nội dung ({part}), có thể đã bị sửa. Lưu lại từ Excel."
    ),
    "imports.zip-unpacks-too-large": _(
        "Tệp “{subject}” khi bung ra dài {size} byte, quá mức {limit} byte. Chia nhỏ bảng rồi gửi."
    ),
    "imports.zip-too-many": _(
        "Tệp “{subject}” chứa {count} phần, quá mức {limit}. Lưu lại từ Excel rồi gửi."
    ),
    "imports.zip-path": _(
        "Tệp “{subject}” có phần mang tên không an toàn ({part}). Lưu lại từ Excel rồi gửi."
    ),
    "imports.zip-twice": _(
        "Tệp “{subject}” có hai phần cùng tên ({part}). Lưu lại từ Excel rồi gửi."
    ),
    "imports.zip-nested": _(
        "Tệp “{subject}” chứa một tệp nén khác bên trong. Lưu bảng tính riêng ra rồi gửi."
    ),
    "imports.xml-doctype": _(
        "Tệp “{subject}” có khai báo không an toàn trong {part}. Lưu lại từ Excel rồi gửi."
    ),
    "imports.xml-encoding": _(
        "Tệp “{subject}” dùng bảng mã lạ trong {part}. Lưu lại từ Excel rồi gửi."
    ),
    "imports.csv-utf16": _(
        "Tệp “{subject}” có vẻ dùng mã UTF-16 mà không ghi dấu nhận biết. Mở bằng Excel, lưu thành CSV "
        "UTF-8 rồi gửi lại."
    ),
    "imports.csv-encoding": _(
        "Tệp “{subject}” không phải mã {encoding}: dòng {line} có byte {byte}. Chọn mã chữ khác rồi "
        "đọc lại, hoặc lưu thành CSV UTF-8."
    ),
    "imports.csv-quotes": _(
        "Tệp “{subject}” có dấu ngoặc kép không cân từ dòng {line}. Sửa dòng đó rồi gửi lại."
    ),
    "imports.csv-field-too-long": _(
        "Tệp “{subject}” có ô dài quá {limit} ký tự từ dòng {line}; có thể thiếu dấu ngoặc kép."
    ),
    "imports.csv-separator": _("Các cột được chia bằng dấu “{separator}”."),
    "imports.too-many-rows": _(
        "“{subject}” có quá nhiều dòng: tối đa {limit} dòng. Chia thành nhiều tệp."
    ),
    "imports.too-many-cells": _(
        "“{subject}” trải quá rộng: tối đa {limit} ô. Xóa các ô ở xa bảng rồi gửi lại."
    ),
    "imports.cells-outside": _("{count} ô nằm xa ngoài bảng không được đọc."),
    "imports.sheet-unreadable": _("Không đọc được trang “{subject}”. Lưu lại từ Excel rồi gửi."),
    "imports.sheet-gone": _("Không còn trang “{subject}” trong tệp. Chọn trang khác."),
    "imports.sheet-asked": _("Tệp có nhiều trang có dữ liệu: {sheets}. Chọn trang cần nhập."),
    "imports.only-hidden-sheets": _(
        "Dữ liệu chỉ nằm ở trang ẩn: {sheets}. Chọn trang nếu đúng là cần nhập."
    ),
    "imports.no-rows": _("Tệp không có dòng dữ liệu nào. Kiểm tra lại tệp."),
}
OF_TABLES = {
    "imports.header-not-found": _(
        "Trang “{subject}” không có dòng tiêu đề nào nhận ra được. Cần các cột: {titles}. Chỉ ra dòng "
        "tiêu đề và ghép cột, hoặc dùng tệp mẫu."
    ),
    "imports.header-at": _("Dòng tiêu đề được lấy ở dòng {row}."),
    "imports.column-unknown": _("Cột “{subject}” ({letters}) không có trong mẫu, không được đọc."),
    "imports.column-twice": _(
        "Hai cột cùng là “{column}”: {first} và {second} (“{subject}”). Chọn cột nào được dùng."
    ),
    "imports.column-missing": _(
        "Thiếu cột bắt buộc “{subject}”. Thêm cột hoặc ghép với cột có sẵn."
    ),
    "imports.mapping-remembered": _("Cách ghép cột lấy lại từ lần nhập trước có cùng tiêu đề."),
    "imports.scale-asked": _(
        "Tiêu đề ghi đơn vị tính là {scale} đồng. Nhân cột “{column}” lên? Ba dòng đầu: {examples}."
    ),
    "imports.hidden-sheets": _("{count} trang ẩn có dữ liệu, không được đọc: {sheets}."),
    "imports.sheet-was-hidden": _("Đang đọc một trang ẩn: {sheet}."),
    "imports.hidden-columns": _("{count} cột ẩn vẫn được đọc: {columns}."),
    "imports.hidden-rows": _("{count} dòng ẩn hoặc bị lọc vẫn được đọc: dòng {rows}."),
    "imports.struck-rows": _(
        "{count} dòng gạch ngang hoặc chữ đỏ vẫn được đọc, vì màu chữ không phải dữ liệu: dòng {rows}."
    ),
    "imports.blank-rows": _("{count} dòng trống giữa bảng được bỏ qua: dòng {rows}."),
    "imports.formulas": _("{count} ô là công thức: lấy giá trị đã tính sẵn trong tệp."),
    "imports.formulas-outside": _("{count} công thức lấy số từ tệp khác: chỉ lấy giá trị có sẵn."),
    "imports.links": _("Tệp có {count} liên kết ra ngoài; không liên kết nào được mở."),
    "imports.comments": _("{count} ghi chú trong ô không được đọc."),
    "imports.objects": _("{count} hình, hộp chữ hoặc biểu đồ không được đọc."),
    "imports.from-1904": _("Tệp tính ngày từ năm 1904; các ngày đã đổi theo."),
    "imports.places-unknown": _("Tệp không ghi vị trí ô: không biết ô nào ẩn, ô nào là công thức."),
    "imports.filled-down": _("{count} ô được điền theo ô gộp phía trên."),
    "imports.converted": _("{count} ô được chuyển từ mã chữ cũ sang Unicode."),
    "imports.total-differs": _(
        "Dòng tổng (dòng {row}) ghi “{column}” là {stated}, cộng các dòng được {counted}; chênh {gap}."
    ),
    "imports.paper-differs": _(
        "Biên bản giấy ghi “{column}” là {stated}, tệp cộng được {counted}; chênh {gap}. {explained}"
    ),
    "imports.same-file": _("Chính tệp này đã được nhập ở lần nhập số {number}."),
}
OF_ROWS = {
    "imports.blank": _("bắt buộc, không để trống"),
    "imports.not-computed": _(
        "công thức chưa tính ({value}); mở bằng Excel và lưu lại, hoặc gõ giá trị"
    ),
    "imports.merged-cell": _(
        "ô gộp từ dòng {first} đến {last}; gõ giá trị hoặc chọn “Điền theo ô gộp”"
    ),
    "imports.row-hidden": _("dòng ẩn trong tệp"),
    "imports.row-struck": _("dòng gạch ngang hoặc chữ đỏ trong tệp"),
    "imports.fields-count": _("dòng có {count} ô, tiêu đề có {wanted}; kiểm tra dấu ngăn cách"),
    "imports.twin": _("giống hệt dòng {row}; chỉ giữ một"),
    "imports.key-twice": _("trùng mã với dòng {row}"),
    "imports.key-alike": _("gần như trùng mã “{other}” ở dòng {row}; chỉ khác cách viết"),
    "imports.value-twice": _("giá trị này đã có ở dòng {row}; mỗi giá trị chỉ dùng một lần"),
    "imports.zeros-lost": _("mất số 0 đầu? trong sổ có {proposal}"),
    "imports.parent-self": _("dòng này không thể thuộc chính nó"),
    "imports.parent-cycle": _("các dòng thuộc nhau thành vòng: {path}"),
}
OF_ACTS = {
    "imports.batch-unknown": _("Không có lần nhập số {subject}."),
    "imports.batch-state": _(
        "Lần nhập này không còn ở bước cho phép việc đó. Tải lại trang để xem."
    ),
    "imports.batch-changed": _(
        "Bản xem trước đã thay đổi từ lúc bạn mở trang. Xem lại rồi làm tiếp; chưa ghi gì vào sổ."
    ),
    "imports.cell-unknown": _("Không thấy ô cần sửa ở dòng {row}. Tải lại trang rồi sửa."),
    "imports.rows-with-errors": _(
        "Còn {count} dòng lỗi nên chưa ghi dòng nào. Sửa tại chỗ, hoặc chọn để lại các dòng lỗi."
    ),
    "imports.nothing-to-write": _("0 dòng mới: cả {same} dòng đều đã có trong sổ và giống hệt."),
    "imports.no-undo": _("Loại “{subject}” không hoàn tác được cả lần nhập."),
    "imports.reason-missing": _("Ghi lý do hoàn tác."),
    "imports.no-file": _("Chưa chọn tệp. Chọn một tệp .xlsx, .ods hoặc .csv."),
}
SENTENCES = {**OF_CELLS, **OF_FILES, **OF_TABLES, **OF_ROWS, **OF_ACTS}

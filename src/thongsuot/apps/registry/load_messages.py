"""Sentences of loading the registry from its sources."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "registry.source-missing": _(
        "Thiếu nguồn dữ liệu “{subject}” {wanted}. Hãy chạy lại make run để cài đủ các gói."
    ),
    "registry.source-version": _(
        "Gói “{subject}” là bản {found}, trong khi danh mục đã kiểm với bản {wanted}. "
        "Hãy cài đúng bản {wanted}."
    ),
    "registry.reading-without-row": _(
        "Cách đọc nghị quyết cho “{subject}” không khớp dòng nào của law_mapping.csv. "
        "Hãy sửa law_readings.csv."
    ),
    "registry.name-without-kind": _(
        "Tên “{subject}” không bắt đầu bằng loại đơn vị nào của cấp đó. Hãy kiểm tra tệp nguồn."
    ),
    "registry.wrong-total": _(
        "Ngày {on}: “{kind}” phải có {wanted} đơn vị, nguồn cho {found}. Chưa nạp gì."
    ),
    "registry.wrong-divided": _(
        "Phải có {wanted} xã, phường cũ bị chia theo nghị quyết, nguồn cho {found}. Chưa nạp gì."
    ),
    "registry.unlike-law": _(
        "Xã cũ mã {subject}: nghị quyết ghi {law}, danh mục cho {found}. Chưa nạp gì."
    ),
    "registry.sources-differ": _(
        "Mã {subject}: hai nguồn ghi khác nhau ({one} và {other}). Chưa nạp gì."
    ),
    "registry.event-twice": _("Sự kiện “{subject}” ngày {on} có hai lần. Chưa nạp gì."),
    "registry.versions-overlap": _("“{subject}” có hai tên hoặc hai loại trong cùng một ngày."),
    "registry.versions-gap": _("“{subject}” không có thông tin từ {since} đến {until}."),
    "registry.no-successor": _(
        "“{subject}” (mã {code}) kết thúc ngày {on} mà không có đơn vị kế thừa và không có lý do."
    ),
    "registry.no-origin": _(
        "“{subject}” (mã {code}) bắt đầu ngày {on} mà không rõ hình thành từ đâu."
    ),
    "registry.source-not-in-force": _(
        "“{subject}” không còn tồn tại ngay trước ngày {on} nên không thể chuyển giao vào ngày đó."
    ),
    "registry.successor-not-in-force": _(
        "“{subject}” chưa tồn tại vào ngày {on} nên không thể là đơn vị kế thừa."
    ),
    "registry.shares-do-not-add-up": _(
        "Các phần của “{subject}” chia ngày {on} không cộng thành toàn bộ: {shares}."
    ),
    "registry.code-twice": _("Mã {subject} chỉ hai đơn vị khác nhau trong cùng một ngày."),
}

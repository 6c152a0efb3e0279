"""Sentences about boxes."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "custody.kind-unknown": _("Không có loại “{subject}”. Có bốn loại: kho, giá, hộp, cặp."),
    "custody.store-stands-alone": _("Kho {subject} không đặt vào nơi nào khác."),
    "custody.place-needed": _("{subject}: cần chọn nơi đặt."),
    "custody.wrong-order": _(
        "{subject}: không đặt được vào nơi này. Thứ tự từ ngoài vào trong: kho, giá, hộp, cặp."
    ),
    "custody.already-there": _("{subject} đang ở đúng nơi này rồi."),
    "custody.move-before-last": _("{subject}: lần chuyển trước ghi muộn hơn, ngày {since}."),
    "custody.stays-broken": _("{subject}: lịch sử nơi để bị đứt quãng từ ngày {since}."),
    "custody.stands-in-itself": _("Vật chứa số {subject} nằm trong chính nó."),
    "custody.things-differ": _("{subject}: đang ghi {kept} thứ bên trong, đếm lại là {counted}."),
    "custody.two-people": _("Cần có hai người chứng kiến."),
    "custody.same-person": _("Người thứ hai phải khác người thứ nhất."),
    "custody.witness-without-post": _("Hôm nay người thứ hai không giữ chức vụ nào."),
    "custody.witness-password": _("Tên đăng nhập hoặc mật khẩu của người thứ hai không đúng."),
    "custody.witness-too-many": _(
        "Đã nhập sai nhiều lần. Hãy chờ 15 phút, hoặc để người thứ hai đổi mật khẩu rồi làm lại."
    ),
    "custody.only-boxes-sealed": _("{subject}: chỉ niêm phong hộp."),
    "custody.sealed-already": _("{subject} đang niêm phong, số {number}."),
    "custody.seal-number-needed": _("{subject}: cần ghi số niêm phong."),
    "custody.seal-number-used": _(
        "Số niêm phong {subject} đã dùng. Mỗi số chỉ dùng một lần, kể cả sau khi mở."
    ),
    "custody.empty-box": _("{subject} chưa có hồ sơ nào nên chưa niêm phong được."),
    "custody.condition-unknown": _("{subject}: cần chọn tình trạng."),
    "custody.not-sealed": _("{subject} không có niêm phong để mở."),
    "custody.reason-needed": _("{subject}: cần ghi lý do."),
    "custody.contents-closed": _(
        "{subject} đang niêm phong số {number}: không cho vào, không lấy ra. Muốn thay đổi, phải mở niêm phong."
    ),
    "custody.seal-differs": _(
        "{subject}: số đọc trên hộp là {read}, không khớp số đã ghi. Giữ nguyên hộp và báo hai tổ trưởng."
    ),
    "custody.contents-not-signed": _(
        "{subject}: còn {count} hồ sơ bên trong chưa ký biên bản bàn giao."
    ),
    "custody.nothing-for-receiver": _("{subject}: không có hồ sơ nào đã nhận về cơ quan này."),
    "custody.only-boxes-received": _(
        "{subject}: chỉ nhận theo hộp; cặp rời phải xếp vào hộp trước."
    ),
    "custody.received-already": _("{subject} đã nhận rồi."),
    "custody.text-too-long": _("{subject}: dài quá {most} chữ. Hãy viết ngắn lại."),
    "custody.name-needed": _("Cần ghi tên hoặc số."),
    "custody.name-taken": _("{subject}: tên này đã có trong cùng cơ quan."),
    "custody.names-number": _("Mỗi lần lập được từ 1 đến {most}, không trùng tên nhau."),
    "custody.body-not-here": _("{subject} không thuộc cuộc chuyển giao này."),
    "custody.body-ended": _("{subject} đã kết thúc ngày {on}, không ghi thêm được."),
    "custody.box-not-on-list": _("Danh mục không có hồ sơ nào ghi hộp {subject} mà chưa xếp."),
    "custody.codes-number": _("Mỗi lần xếp được từ 1 đến {most} hồ sơ."),
    "custody.item-not-on-list": _("Mã {subject} không có trong danh mục của cơ quan lập hộp."),
    "custody.item-lies-elsewhere": _(
        "{subject} đang nằm trong {box}. Lấy ra trước rồi mới xếp lại."
    ),
    "custody.item-not-inside": _("Hồ sơ đã chọn không nằm trong {subject}."),
    "custody.holds-no-items": _("{subject}: hồ sơ chỉ xếp vào hộp hoặc cặp."),
    "custody.labels-number": _(
        "Mỗi lần in được từ 1 đến {most} nhãn của những thứ đồng chí thấy được."
    ),
    "custody.one-handover": _("Mỗi lần in nhãn của một cuộc chuyển giao."),
    "custody.sheet-unknown": _("Chọn khổ tờ nhãn và ô bắt đầu có trên tờ."),
    "custody.photo-not-picture": _("Ảnh niêm phong phải là tệp JPEG hoặc PNG."),
    "custody.counts-rooms-only": _("{subject}: chỉ kiểm đếm kho hoặc giá."),
    "custody.count-open-already": _("{subject} đang được kiểm đếm."),
    "custody.count-closed": _(
        "Lần kiểm đếm này đã khóa, không ghi thêm được. Mở lần kiểm đếm mới."
    ),
    "custody.count-missing": _("Không tìm thấy lần kiểm đếm này."),
    "custody.nothing-scanned": _("Chưa quét nhãn nào."),
    "custody.difference-unexplained": _(
        "Có thiếu, thừa hoặc mã lạ: cần ghi rõ lý do trước khi khóa."
    ),
    "custody.scans-number": _("Mỗi lần gửi được từ 1 đến {most} lần quét."),
    "custody.scan-unfit": _("Lần quét “{subject}” thiếu mã hoặc thiếu khóa của máy quét."),
    "custody.container-missing": _("Không tìm thấy vật chứa này."),
    "custody.alarm-missing": _("Không tìm thấy cảnh báo này."),
    "custody.alarm-over": _("{subject}: cảnh báo này đã giải quyết."),
    "custody.outcome-unknown": _("{subject}: cần chọn cách giải quyết."),
    "custody.no-post-today": _("Hôm nay đồng chí không giữ chức vụ nào để thực hiện việc này."),
    "custody.not-allowed": _("Chức vụ “{post}” không được thực hiện việc này."),
    "custody.box-left": _(
        "Hộp {subject} còn {count} thứ bên trong, chưa bàn giao cho nơi nhận và chưa lấy hết ra."
    ),
    "custody.boxes-left": _("Còn {count} hộp có hồ sơ chưa bàn giao cho nơi nhận."),
}

"""Sentences of the registry."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "registry.address-exact": _("Đọc đúng theo tên đã ghi."),
    "registry.address-near": _(
        "Tên ghi lệch một, hai chữ cái; đọc theo tên gần nhất có thể đứng ở đó."
    ),
    "registry.address-earlier-name": _("Đọc theo tên gọi trước đây của đơn vị."),
    "registry.address-elsewhere": _(
        "Có đơn vị tên này trong tỉnh, nhưng không thuộc huyện đã ghi: hãy kiểm tra lại."
    ),
    "registry.address-current": _(
        "Đọc theo tên đơn vị hiện nay; đơn vị cũ cùng tên đã chia và một phần ở lại tên này."
    ),
    "registry.address-divided": _(
        "Đơn vị cũ đã được chia cho nhiều đơn vị mới. Cần biết thôn, tổ dân phố hoặc đường mới trả lời chắc chắn được."
    ),
    "registry.address-same-name": _(
        "Nhiều nơi cùng tên. Hãy ghi thêm quận, huyện cũ, hoặc tỉnh, thành phố."
    ),
    "registry.address-district-only": _(
        "Nhận ra cấp huyện nhưng chưa nhận ra xã, phường. Hãy ghi thêm tên xã, phường."
    ),
    "registry.address-province-only": _(
        "Nhận ra tỉnh, thành phố nhưng chưa nhận ra xã, phường. Hãy ghi thêm hoặc kiểm tra chính tả."
    ),
    "registry.address-nothing": _(
        "Chưa nhận ra tên đơn vị hành chính nào. Hãy ghi theo thứ tự: số nhà, đường, xã hoặc phường, huyện, tỉnh."
    ),
    "registry.day-unfit": _("“{value}” không phải một ngày. Hãy ghi ngày/tháng/năm."),
    "registry.box-empty": _("Ô “{column}” còn trống."),
    "registry.box-too-long": _("Ô “{column}” dài quá {most} ký tự."),
    "registry.box-unfit": _("Ô “{column}” có ký tự không lưu được. Hãy gõ lại."),
    "registry.sources-unreadable": _("Chưa đọc được danh mục đơn vị hành chính trên máy chủ."),
    "registry.not-signed-in": _("Hãy đăng nhập để cập nhật đơn vị, cơ quan."),
    "registry.no-post-today": _(
        "{name} hôm nay không giữ chức vụ nào trong hệ thống nên chưa được cập nhật. "
        "Hãy liên hệ người quản trị nếu quyết định bổ nhiệm chưa được ghi."
    ),
    "registry.not-your-role": _(
        "Chức vụ “{post}” không cập nhật danh mục đơn vị, cơ quan. "
        "Việc này thuộc Ban Chỉ đạo hoặc người quản trị hệ thống."
    ),
    "registry.outside-your-area": _(
        "Đơn vị này ngoài địa bàn của {body}. Hãy đề nghị Ban Chỉ đạo nơi đó cập nhật."
    ),
    "registry.unknown-unit": _("Không có đơn vị hành chính mang mã “{subject}”."),
    "registry.unknown-body": _("Không có cơ quan mang số “{subject}”."),
    "registry.unknown-post": _("Không có vị trí công tác mang số “{subject}”."),
    "registry.unknown-person": _("Không có người mang số “{subject}” trong danh mục."),
    "registry.unknown-appointment": _("Không có lượt bổ nhiệm mang số “{subject}”."),
    "registry.unknown-record": _("Không có bản ghi mang số “{subject}”."),
    "registry.unknown-kind": _("“{subject}” không có trong danh mục loại. Hãy chọn: {allowed}."),
    "registry.key-taken": _("Mã “{subject}” đã dùng cho một cơ quan khác. Hãy chọn mã khác."),
    "registry.name-missing": _("Hãy ghi tên đầy đủ."),
    "registry.not-in-force": _(
        "“{subject}” không tồn tại vào ngày {on}. Hãy kiểm tra lại ngày có hiệu lực."
    ),
    "registry.already-ended": _("“{subject}” đã kết thúc từ ngày {on}."),
    "registry.bad-period": _(
        "Ngày kết thúc ({until}) phải sau ngày bắt đầu ({since}). Ngày kết thúc là ngày đầu tiên "
        "không còn hiệu lực."
    ),
    "registry.overlap": _(
        "“{subject}” đã có bản ghi hiệu lực từ {since} đến {until}, trùng với khoảng vừa nhập. "
        "Hãy kết thúc bản ghi cũ hoặc đính chính nó."
    ),
    "registry.already-corrected": _(
        "Bản ghi này đã được đính chính. Hãy đính chính bản ghi mới nhất."
    ),
    "registry.body-blocked": _(
        "Còn {count} “{what}” chưa xong nên chưa đóng được. Hãy giải quyết dứt điểm trước."
    ),
    "registry.body-still-holds": _(
        "Còn {count} “{what}” chưa có nơi nhận. Hãy bàn giao xong cho cơ quan kế thừa trước."
    ),
    "registry.child-bodies": _(
        "Còn cơ quan trực thuộc đang hoạt động: {names}. "
        "Hãy chuyển cơ quan cấp trên hoặc kết thúc các cơ quan này trước."
    ),
    "registry.merge-needs-two": _("Hợp nhất cần ít nhất hai cơ quan khác nhau."),
    "registry.more-posts-than-before": _(
        "Cơ quan mới có {after} vị trí, nhiều hơn tổng {before} vị trí của các cơ quan hợp nhất. "
        "Hợp nhất không được làm tăng vị trí; hãy bớt {over} vị trí."
    ),
    "registry.own-parent": _("Một cơ quan không thể là cấp trên của chính mình."),
    "registry.team-needs-head": _("Tổ công tác phải có tổ trưởng."),
    "registry.team-needs-area": _("Tổ công tác phải có ít nhất một địa bàn."),
    "registry.bad-day": _("“{subject}” không phải là ngày. Hãy ghi theo dạng ngày/tháng/năm."),
    "registry.account-taken": _("Tài khoản này đã gắn với {name}."),
    "registry.several-people": _(
        "Có nhiều người tên “{subject}”. Hãy ghi số của người cần chọn: {numbers}."
    ),
    "registry.kind-unclear": _(
        "Chưa rõ “{name}” là khu phố, tổ dân phố, thôn hay ấp. Hãy ghi cột Loại, "
        "hoặc ghi loại ở đầu tên."
    ),
    "registry.households-below-zero": _("Số hộ không thể âm."),
    "registry.batch-moved-on": _(
        "{count} dòng của lần nhập này đã được sửa hoặc kết thúc sau đó nên không hoàn tác được cả "
        "lần nhập. Hãy đính chính từng dòng."
    ),
    "registry.bad-link": _("“{subject}” không phải địa chỉ trang web. Hãy chép cả https://…"),
    "registry.law-known": _("Văn bản {subject} đã có trong danh mục."),
    "registry.whole-and-part": _(
        "Đơn vị số {subject} vừa được ghi là nhập toàn bộ vào một nơi, vừa chia cho nơi khác. "
        "Hãy ghi “một phần” và “phần còn lại”."
    ),
    "registry.nothing-changed": _("Nội dung đính chính giống bản ghi đang có."),
    "registry.pasted-too-much": _(
        "Phần dán dài quá {limit} chữ. Hãy lưu thành tệp rồi gửi tệp, hoặc dán từng phần."
    ),
    "registry.file-gone": _("Tệp “{subject}” không còn chờ ở máy chủ nữa. Hãy gửi lại."),
    "registry.nothing-pasted": _("Hãy dán ít nhất một dòng, hoặc chọn một tệp."),
    "registry.too-many-rows": _(
        "Nhiều quá {limit} dòng cho một lần. Hãy đăng nhập để gửi tệp lớn, hoặc chia thành nhiều tệp."
    ),
    "registry.recut-no-shares": _(
        "{subject}: số liệu {value} chưa chia được cho {targets} vì chưa có tỷ lệ. "
        "Hãy thêm cột “Mã nhận” và “Tỷ lệ”, mỗi đơn vị nhận một dòng."
    ),
    "registry.recut-wrong-shares": _(
        "{subject}: các tỷ lệ phải có đủ và chỉ có {targets}, cộng lại đúng 100%. Số liệu {value} còn giữ nguyên."
    ),
    "registry.recut-no-successor": _(
        "{subject}: không có đơn vị nào nhận vào ngày đã chọn. Số liệu {value} còn giữ nguyên."
    ),
    "registry.recut-unknown-unit": _(
        "Dòng {row}: không có đơn vị “{subject}” vào ngày của số liệu. Hãy kiểm tra mã và ngày."
    ),
    "registry.recut-several-units": _("Dòng {row}: có nhiều đơn vị tên “{subject}”. Hãy ghi mã."),
    "registry.recut-unknown-target": _(
        "Dòng {row}: không có một đơn vị nhận “{subject}” vào ngày của lưới mới. Hãy ghi mã."
    ),
    "registry.recut-not-a-number": _("Dòng {row}: “{text}” không phải số nguyên ({subject})."),
    "registry.recut-not-a-share": _(
        "Dòng {row}: “{subject}” không phải tỷ lệ. Ví dụ: 25% hoặc 1/4."
    ),
    "registry.recut-two-figures": _("Dòng {row}: “{subject}” đã có một số liệu khác ở dòng trên."),
    "registry.geojson-not-json": _("Tệp “{subject}” không phải JSON. Hãy xuất lại dạng GeoJSON."),
    "registry.geojson-not-a-collection": _(
        "Tệp không phải FeatureCollection. Hãy xuất cả lớp đơn vị thành một tệp GeoJSON."
    ),
    "registry.geojson-empty": _("Tệp không có hình nào."),
    "registry.geojson-too-many": _("Tệp có quá {limit} hình. Hãy tách theo tỉnh."),
    "registry.geojson-too-fine": _("Tệp có quá {limit} điểm. Hãy làm gọn trước khi nạp."),
    "registry.geojson-no-feature": _("Mục thứ {number} không phải một Feature."),
    "registry.geojson-no-code": _(
        "Hình thứ {number} không có mã đơn vị. Hãy thêm thuộc tính code là mã chính thức."
    ),
    "registry.geojson-no-outline": _("Hình mã {subject} không phải Polygon hay MultiPolygon."),
    "registry.geojson-ring": _(
        "Hình mã {subject} có đường bao hỏng: cần ít nhất ba điểm, mỗi điểm hai số."
    ),
    "registry.geojson-open": _("Hình mã {subject} có đường bao chưa khép kín."),
    "registry.geojson-outside": _(
        "Hình mã {subject} nằm ngoài Việt Nam. Tọa độ phải là kinh độ trước, vĩ độ sau, hệ WGS84."
    ),
    "registry.geojson-twice": _("Mã {subject} có hai hình. Hãy gộp thành một MultiPolygon."),
    "registry.geojson-no-source": _("Hãy ghi nguồn của ranh giới."),
    "registry.geojson-nothing-known": _(
        "Không mã nào trong tệp là mã của đơn vị vào ngày {on}. Hãy kiểm tra ngày và mã."
    ),
}

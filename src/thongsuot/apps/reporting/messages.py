"""Sentences about reports."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "reporting.form-without-title": _("Mẫu báo cáo cần có tên."),
    "reporting.form-without-fields": _("“{subject}” chưa có chỉ tiêu nào. Thêm ít nhất một."),
    "reporting.form-too-many-fields": _("“{subject}”: một mẫu có tối đa {most} chỉ tiêu."),
    "reporting.field-twice": _("Mã chỉ tiêu “{subject}” dùng hai lần. Mỗi chỉ tiêu một mã riêng."),
    "reporting.field-key-unfit": _(
        "Mã chỉ tiêu “{subject}” chỉ gồm chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, dài tối đa 40."
    ),
    "reporting.field-without-title": _("Chỉ tiêu “{subject}” chưa có tên."),
    "reporting.field-adds-wrong": _(
        "“{subject}”: cách tổng hợp không hợp với kiểu của chỉ tiêu. Chọn cách khác."
    ),
    "reporting.field-weight-unknown": _(
        "“{subject}”: bình quân theo “{weight}”, nhưng mẫu không có chỉ tiêu số mang mã ấy."
    ),
    "reporting.field-places-unfit": _("“{subject}”: có từ 0 đến 6 chữ số sau dấu phẩy."),
    "reporting.field-bounds-crossed": _("“{subject}”: số nhỏ nhất lớn hơn số lớn nhất."),
    "reporting.rule-field-unknown": _("Ràng buộc nhắc tới mã “{subject}” mà mẫu không có."),
    "reporting.rule-too-few": _("Ràng buộc của “{subject}” thiếu chỉ tiêu để so."),
    "reporting.rule-compares-unlike": _(
        "Ràng buộc của “{subject}” so những chỉ tiêu không cùng kiểu số."
    ),
    "reporting.rule-bound-needed": _("“{subject}”: cần ghi ngưỡng thay đổi, tính bằng phần trăm."),
    "reporting.version-too-early": _(
        "“{subject}”: kỳ bắt đầu ngày {on} đã mở theo mẫu cũ. Mẫu mới phải bắt đầu sau ngày ấy."
    ),
    "reporting.form-missing": _("Không tìm thấy mẫu báo cáo này."),
    "reporting.series-without-name": _("Chế độ báo cáo cần có tên."),
    "reporting.series-closed": _("“{subject}” đã dừng, không mở kỳ mới."),
    "reporting.series-missing": _("Không tìm thấy chế độ báo cáo này."),
    "reporting.rhythm-unknown": _("Không có kỳ báo cáo “{subject}”. Chọn một kỳ trong danh sách."),
    "reporting.cut-off-unfit": _(
        "Hạn nộp không hợp lệ: ngày chốt số liệu từ 1 đến 28, hạn cách ngày cuối kỳ không quá 400 ngày."
    ),
    "reporting.not-below": _(
        "{subject}: không thuộc hệ thống cấp dưới của cơ quan này, cũng không thuộc cấp dưới của cấp ủy, Ủy ban mà cơ quan này phục vụ. Hãy đề nghị phối hợp bằng một nhiệm vụ, hoặc gửi đề xuất lên cấp trên."
    ),
    "reporting.not-below-without-basis": _(
        "{subject}: không thuộc hệ thống cấp dưới của cơ quan này. Nếu thu thập thừa lệnh cấp ủy, Ủy ban thì ghi văn bản giao việc vào ô Căn cứ; nếu không, hãy đề nghị phối hợp bằng một nhiệm vụ."
    ),
    "reporting.nobody-expected": _("“{subject}”: chọn từ 1 đến {most} đơn vị phải báo cáo."),
    "reporting.body-unknown": _("“{subject}”: có {count} cơ quan không có trong danh bạ."),
    "reporting.layout-unknown": _("Không có thể thức văn bản “{subject}”."),
    "reporting.recipient-without-name": _("“{subject}”: nơi nhận cần có tên."),
    "reporting.recipient-twice": _("“{subject}” đã là nơi nhận theo kỳ này."),
    "reporting.recipient-missing": _("Không tìm thấy nơi nhận này."),
    "reporting.round-missing": _("Không tìm thấy kỳ báo cáo này."),
    "reporting.round-opened-already": _("“{subject}”: kỳ bắt đầu ngày {on} đã mở rồi."),
    "reporting.last-day-needed": _("“{subject}” là báo cáo đột xuất: ghi ngày đầu và ngày cuối."),
    "reporting.no-form-yet": _("“{subject}”: chưa có mẫu nào áp dụng cho ngày {on}."),
    "reporting.nobody-owes": _("“{subject}”: ngày {on} không có đơn vị nào phải báo cáo."),
    "reporting.nobody-missing": _("“{subject}”: mọi đơn vị đã báo cáo, không còn ai để nhắc."),
    "reporting.period-locked": _(
        "{subject}: kỳ báo cáo đã khóa. Muốn sửa, đề nghị nơi tổng hợp mở lại cho đơn vị."
    ),
    "reporting.locked-already": _("{subject}: kỳ này đã khóa rồi."),
    "reporting.lock-with-missing": _(
        "{subject}: còn {missing} trên {expected} đơn vị chưa báo cáo ({names}). Nhắc họ, hoặc ghi lý do khóa khi còn thiếu."
    ),
    "reporting.return-missing": _("Không tìm thấy báo cáo này."),
    "reporting.step-unfit": _(
        "{subject}: báo cáo không ở trạng thái làm được việc này. Tải lại trang để xem trạng thái mới."
    ),
    "reporting.reason-needed": _("{subject}: cần ghi lý do."),
    "reporting.words-too-long": _("“{subject}” dài quá {most} chữ. Hãy viết ngắn lại."),
    "reporting.value-needed": _("“{subject}”: bắt buộc, chưa ghi."),
    "reporting.value-unfit": _("“{subject}”: giá trị không đúng kiểu của chỉ tiêu."),
    "reporting.text-too-long": _("“{subject}”: dài quá {most} chữ. Hãy viết ngắn lại."),
    "reporting.share-unfit": _("“{subject}”: cần cả hai số, n trên N."),
    "reporting.share-over": _(
        "“{subject}”: {part} trên {whole}, số đạt không thể lớn hơn tổng số."
    ),
    "reporting.share-unreadable": _("“{subject}”: ghi hai số nguyên, ví dụ 16 trên 17."),
    "reporting.number-unfit": _("“{subject}”: số quá lớn hoặc không phải số."),
    "reporting.number-unreadable": _(
        "“{subject}”: “{value}” không phải là số. Ví dụ: 1.250 hoặc 12,5."
    ),
    "reporting.number-too-fine": _(
        "“{subject}”: “{value}” có nhiều chữ số sau dấu phẩy hơn mẫu cho phép."
    ),
    "reporting.number-below": _("“{subject}”: không nhỏ hơn {least}."),
    "reporting.number-above": _("“{subject}”: không lớn hơn {most}."),
    "reporting.yes-unreadable": _("“{subject}”: chọn có hoặc không."),
    "reporting.day-unreadable": _("“{subject}”: “{value}” không phải là ngày. Ví dụ: 18/07/2025."),
    "reporting.total-differs": _(
        "“{subject}” ghi {total}, nhưng cộng lại ({parts}) được {added}. Sửa một trong các số."
    ),
    "reporting.more-than": _("“{subject}” là {value}, lớn hơn “{other}” ({bound})."),
    "reporting.not-the-same": _("“{subject}” là {value}, phải bằng “{other}” ({bound})."),
    "reporting.words-needed": _("“{other}” là {value}: cần ghi “{subject}”."),
    "reporting.jumped": _(
        "“{subject}” là {value}, kỳ trước {was}: thay đổi quá {bound} %. Kiểm tra lại; nếu đúng thì vẫn nộp được."
    ),
    "reporting.figure-unconfirmed": _(
        "“{subject}”: hệ thống điền sẵn. Đánh dấu “đã đối chiếu” sau khi xem lại."
    ),
    "reporting.unit-not-expected": _("“{unit}” không phải là mã đơn vị phải báo cáo kỳ này."),
    "reporting.batch-moved-on": _(
        "{subject} đã ghi tiếp sau lần nhập này, nên không rút cả lần nhập được. Mở lại cho riêng đơn vị ấy."
    ),
    "reporting.snapshot-missing": _("Không tìm thấy bản chốt này."),
    "reporting.nothing-to-freeze": _(
        "{subject}: chưa có kỳ báo cáo nào kết thúc trong thời gian ấy. Mở kỳ trước đã."
    ),
    "reporting.before-cut-off": _(
        "{subject}: chưa tới giờ chốt ({at}). Cần gửi sớm thì chọn “chốt sớm”, văn bản sẽ ghi rõ mấy đơn vị đã báo cáo."
    ),
    "reporting.version-needs-reason": _(
        "{subject}: kỳ này đã có bản chốt số {version}. Chốt lại thì ghi lý do; bản cũ giữ nguyên."
    ),
    "reporting.brief-missing": _("Không tìm thấy văn bản này."),
    "reporting.brief-there": _("Bản chốt này đã có {subject}."),
    "reporting.brief-kind-unknown": _("Không có loại văn bản “{subject}”."),
    "reporting.brief-signed": _("Báo cáo gửi {subject} đã ký, không sửa được nữa."),
    "reporting.brief-changed": _(
        "Báo cáo gửi {subject} vừa được sửa sau khi đồng chí mở ra đọc. Đọc lại rồi ký."
    ),
    "reporting.form-field-unfit": _("Ô “{subject}” ghi chưa đúng: “{value}”. Sửa rồi lưu lại."),
    "reporting.part-unknown": _("Văn bản không có phần “{subject}”."),
    "reporting.part-too-long": _("Phần “{subject}” dài quá {most} chữ."),
    "reporting.part-needed": _("Phần “{subject}” chưa viết. Viết xong mới ký được."),
    "reporting.nothing-to-recut": _(
        "“{subject}”: mẫu không có chỉ tiêu nào cộng được, nên không quy đổi theo đơn vị mới được."
    ),
    "reporting.template-missing": _("Không tìm thấy mẫu văn bản này của cơ quan."),
    "reporting.template-without-name": _("Mẫu văn bản cần có tên."),
    "reporting.template-needed": _("Chọn một tệp DOCX để làm mẫu."),
    "reporting.template-damaged": _(
        "Tệp “{subject}” không phải là DOCX đọc được (hỏng, đặt mật khẩu hoặc khác loại). Mở bằng Word, lưu lại thành .docx rồi gửi lại."
    ),
    "reporting.template-too-large": _(
        "Tệp “{subject}” quá lớn: tối đa {most} MB. Bỏ bớt hình ảnh trong mẫu rồi gửi lại."
    ),
    "reporting.template-without-places": _(
        "Tệp “{subject}” chưa có chỗ điền nào. Viết vào mẫu những chỗ như {{{{noi_nhan}}}}, {{{{ky}}}}, {{{{tinh_hinh}}}} rồi gửi lại."
    ),
    "reporting.template-gone": _(
        "Mẫu “{subject}” không còn đọc được. Chọn mẫu khác trong trang soạn, hoặc tải bản DOCX thường."
    ),
    "reporting.indicator-missing": _("Không tìm thấy chỉ tiêu này."),
    "reporting.indicator-without-title": _("Chỉ tiêu cần có tên."),
    "reporting.formula-unreadable": _(
        "“{subject}”: không đọc được công thức từ chữ thứ {at}. Dùng mã chỉ tiêu, số, + - * / và ngoặc."
    ),
    "reporting.formula-number-long": _(
        "“{subject}”: số viết trong công thức dài quá {most} chữ số; hãy viết số ngắn hơn."
    ),
    "reporting.value-too-long": _(
        "“{subject}”: kết quả dài quá {most} chữ số nên không ghi được. Hãy sửa công thức (bớt phép nhân, hoặc chia cho một số) rồi tính lại."
    ),
    "reporting.formula-unknown": _("“{subject}”: mẫu báo cáo không có {names}."),
    "reporting.target-without-end": _("“{subject}”: ghi ít nhất một mốc: ngày và số phải đạt."),
    "reporting.target-day-twice": _("“{subject}”: hai mốc cùng một ngày."),
    "reporting.target-unreadable": _(
        "Mốc “{subject}” không đọc được. Mỗi dòng một mốc, ví dụ: 31/12/2025 = 95"
    ),
    "reporting.direction-unknown": _(
        "“{subject}”: chọn càng cao càng tốt, hoặc càng thấp càng tốt."
    ),
    "reporting.nothing-to-measure": _("{subject}: không có chỉ tiêu nào chưa đo ở bản chốt này."),
    "reporting.index-unknown": _("Ngày {on} chưa có bộ chỉ số “{subject}”."),
    "reporting.axis-unknown": _("Bộ chỉ số không có mục “{subject}”."),
    "reporting.score-out-of-bounds": _("“{subject}”: điểm từ 0 đến {most}."),
    "reporting.days-crossed": _("“{subject}”: ngày cuối phải sau ngày đầu."),
    "reporting.no-post-today": _("Hôm nay đồng chí không giữ chức vụ nào để thực hiện việc này."),
    "reporting.not-allowed": _("Chức vụ “{post}” không được thực hiện việc này."),
    "reporting.digest-differs": _(
        "{subject}: nội dung không còn khớp với dấu vết lúc chốt hoặc ký."
    ),
    "reporting.return-differs": _("Báo cáo {subject}: trạng thái không khớp với lần ghi cuối."),
}

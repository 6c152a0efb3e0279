"""Sentences of the proof."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "proof.malformed": _("Tệp không phải biên nhận, hoặc đã bị sửa, cắt bớt ({part})."),
    "proof.seal-wrong": _("Dấu niêm của biên nhận {subject} không đúng: tệp đã bị sửa."),
    "proof.key-not-introduced": _(
        "Khóa mới của {subject} không được khóa cũ giới thiệu: không tin được."
    ),
    "proof.key-of-another": _("Khóa trong tệp không phải của cơ quan giữ nhật ký {subject}."),
    "proof.key-unknown": _(
        "Chưa có khóa của cơ quan để đối chiếu. Hãy so khóa này với khóa cơ quan đã công bố: {key}"
    ),
    "proof.key-foreign": _("Biên nhận ký bằng khóa khác khóa bạn có: {key}"),
    "proof.checkpoint-wrong": _("Điểm kiểm tra {size} dòng của {subject} không do cơ quan ấy ký."),
    "proof.entry-elsewhere": _("Dòng {seq} không thuộc nhật ký {subject} ở chỗ ấy."),
    "proof.not-in-log": _("Dòng {seq} không nằm trong nhật ký {subject} gồm {size} dòng."),
    "proof.code-differs": _("Mã biên nhận {subject} không phải mã của việc này."),
    "proof.content-differs": _(
        "Nội dung biên bản trong biên nhận {subject} khác nội dung hai bên đã ký."
    ),
    "proof.signature-missing": _("Biên nhận {subject} thiếu chữ ký của một bên ({side})."),
    "proof.signers-differ": _(
        "Hai chữ ký trong biên nhận {subject} không phải của hai người trên cùng một biên bản."
    ),
    "proof.two-histories": _(
        "Nhật ký {subject} có hai lịch sử: điểm kiểm tra {size} dòng đang giữ ({kept}) không phải "
        "phần đầu của nhật ký được đưa ra ({shown})."
    ),
    "proof.leaves-differ": _("Các mã băm kèm theo không ra gốc của {subject} ({size} dòng)."),
    "proof.held-other-log": _("Điểm kiểm tra đang giữ là của {subject}, không phải của {log}."),
    "proof.held-newer": _(
        "Điểm kiểm tra đang giữ ({size} dòng) mới hơn biên nhận ({shown} dòng): tải lại biên nhận "
        "rồi kiểm tra."
    ),
    "proof.held-unproved": _("Biên nhận không kèm đủ mã băm để so với điểm kiểm tra {size} dòng."),
    "proof.not-witnessed": _("Chưa có người làm chứng nào bạn tin đã ký xác nhận {subject}."),
    "proof.file-missing": _("Thiếu tệp {subject} của hồ sơ."),
    "proof.file-differs": _("Tệp {subject} không phải tệp mà hồ sơ nêu."),
    "proof.shorter": _(
        "{subject}: điểm kiểm tra {shown} dòng ngắn hơn điểm đã xác nhận trước đó ({size} dòng)."
    ),
    "proof.not-from-last": _(
        "{subject}: chứng minh phải bắt đầu từ điểm đã xác nhận gần nhất ({size} dòng)."
    ),
    "proof.rolled-back": _(
        "Nhật ký {subject} chỉ còn {shown} dòng, trong khi điểm kiểm tra đang giữ có {size} dòng: "
        "cơ sở dữ liệu đã bị trả về bản cũ. Không ký tiếp; hãy khôi phục bản mới hơn."
    ),
    "proof.history-differs": _(
        "Nhật ký {subject}: {size} dòng đầu không còn đúng như khi đã ký điểm kiểm tra."
    ),
    "proof.held-damaged": _("Tệp điểm kiểm tra {subject} giữ ngoài cơ sở dữ liệu bị hỏng."),
    "proof.reason-needed": _("Hãy ghi lý do đổi khóa."),
    "proof.no-key": _("Cơ quan chưa có khóa. Lập một điểm kiểm tra trước."),
    "proof.no-checkpoint": _(
        "Chưa có điểm kiểm tra cho việc này. Điểm kiểm tra được lập sau mỗi chữ ký và mỗi ngày; "
        "thử lại sau, hoặc lập ngay ở trang Sổ điểm kiểm tra."
    ),
    "proof.not-a-key": _("Đây không phải khóa: cần một dòng dạng tên+số+khóa."),
    "proof.key-of-other-kind": _("Khóa của {subject} không dùng cho việc này."),
    "proof.known-already": _("{subject} đã có rồi."),
    "proof.checkpoint-missing": _("Không có điểm kiểm tra này."),
    "proof.cosignature-wrong": _(
        "Chữ ký xác nhận không đúng, hoặc không phải của người làm chứng đã được công nhận."
    ),
    "proof.not-a-request": _("Nội dung không phải yêu cầu xác nhận điểm kiểm tra."),
    "proof.log-not-watched": _("Cơ quan này không theo dõi nhật ký {subject}."),
    "proof.keys-not-yours": _(
        "Chức vụ đang dùng không được giữ khóa và công nhận người làm chứng. Người quản trị hệ "
        "thống hoặc Ban Chỉ đạo làm việc này."
    ),
    "proof.code-unknown": _(
        "Không có biên nhận nào mang mã này. Kiểm tra từng ký tự; mã có 17 ký tự, ký tự cuối để "
        "phát hiện gõ nhầm."
    ),
    "proof.not-signed-yet": _("Biên bản số {subject} chưa được hai bên ký."),
    "proof.nothing-on-record": _("Nhật ký không có việc nào về mục này."),
    "proof.act-missing": _("Không có việc này trong nhật ký."),
    "proof.witness-missing": _("Không có người làm chứng này."),
    "proof.witness-silent": _("{subject} không trả lời ({error}). Lần gửi sau sẽ thử lại."),
    "proof.witness-answer": _(
        "{subject} trả lời không dùng được cho nhật ký {log} (HTTP {status})."
    ),
    "proof.witness-refuses-key": _(
        "{subject} không nhận khóa của cơ quan này cho nhật ký {log}. Gửi cho họ khóa đang dùng để họ theo dõi."
    ),
    "proof.witness-does-not-watch": _(
        "{subject} chưa theo dõi nhật ký {log}. Gửi cho họ khóa của cơ quan này để họ theo dõi."
    ),
    "proof.witness-saw-another": _(
        "BÁO ĐỘNG: {subject} đã thấy một lịch sử khác của nhật ký {log}. Không ký tiếp; chạy thongsuot verify và báo cơ quan kiểm tra."
    ),
    "proof.witness-ahead": _(
        "BÁO ĐỘNG: {subject} đã xác nhận nhật ký {log} đến {size} dòng, ở đây chỉ còn {shown} dòng: cơ sở dữ liệu có thể đã bị trả về bản cũ."
    ),
    "proof.certificate-none": _(
        "{subject} chưa được cài chứng thư số trong hệ thống này. Người quản trị hệ thống cài (THONGSUOT_PADES)."
    ),
    "proof.certificate-of-other-use": _("Chứng thư {subject} không dùng để ký văn bản được."),
    "proof.certificate-not-yet": _("Chứng thư {subject} chưa có hiệu lực: bắt đầu từ {since}."),
    "proof.certificate-expired": _("Chứng thư {subject} đã hết hiệu lực từ {until}."),
    "proof.certificate-ends-soon": _("Chứng thư {subject} sắp hết hiệu lực: đến {until}."),
    "proof.pdf-off": _(
        "Máy chủ này chưa cài phần ký số PDF. Người quản trị hệ thống chạy: python3 tools/environment.py pades."
    ),
    "proof.pdf-signed-already": _("Bản PDF của biên bản số {subject} đã có chữ ký số của bên này."),
    "proof.pdf-file-differs": _(
        "Bản PDF ký số của biên bản {subject} không còn đúng như khi ký (mã băm {sha256})."
    ),
    "proof.pdf-unreadable": _("Tệp không phải PDF đọc được, hoặc đã bị hỏng ({error})."),
    "proof.pdf-unsigned": _("Tệp PDF không mang chữ ký số nào."),
    "proof.pdf-changed": _("Chữ ký {subject}: tệp đã bị sửa sau khi ký."),
    "proof.pdf-added-to": _("Chữ ký {subject}: sau khi ký, tệp bị thêm nội dung khác."),
    "proof.pdf-of-no-root": _("Chứng thư {subject} không do nơi cấp mà bạn tin cấp."),
    "proof.pdf-issuer-unknown": _(
        "Chưa có chứng thư gốc để đối chiếu. Hãy so chứng thư {subject} (nơi cấp {issuer}) với chứng thư cơ quan đã công bố: {fingerprint}"
    ),
    "proof.form-without-key": _("Biểu mẫu thiếu khóa. Hãy mở lại trang rồi gửi lại."),
}

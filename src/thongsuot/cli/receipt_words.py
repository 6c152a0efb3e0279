"""What the check of a receipt says, in the words of an office. Knows no Django."""

from collections.abc import Mapping

SAYS: Mapping[str, str] = {
    "proof.malformed": "Không phải biên nhận, hoặc đã bị sửa / not a receipt, or changed",
    "proof.seal-wrong": "Dấu niêm không đúng: tệp đã bị sửa / the seal is wrong: the file was changed",
    "proof.key-not-introduced": "Khóa mới không được khóa cũ giới thiệu / the new key was not introduced",
    "proof.key-of-another": "Khóa không phải của cơ quan giữ nhật ký / the key is of another office",
    "proof.key-unknown": "Hãy so khóa này với khóa cơ quan đã công bố / compare this key with the published one",
    "proof.key-foreign": "Ký bằng khóa khác khóa bạn có / signed with another key than yours",
    "proof.checkpoint-wrong": "Điểm kiểm tra không do cơ quan ký / the checkpoint is not signed by the office",
    "proof.entry-elsewhere": "Dòng nhật ký không ở chỗ ấy / the entry is not of that place",
    "proof.not-in-log": "Dòng nhật ký không nằm trong nhật ký / the entry is not in the log",
    "proof.code-differs": "Mã biên nhận không khớp / the code is of something else",
    "proof.content-differs": "Nội dung khác nội dung hai bên đã ký / the content is not what was signed",
    "proof.signature-missing": "Thiếu chữ ký của một bên / a side has not signed",
    "proof.signers-differ": "Hai chữ ký không phải của hai người trên một biên bản / not two people on one paper",
    "proof.two-histories": "NHẬT KÝ CÓ HAI LỊCH SỬ / THE LOG HAS TWO HISTORIES",
    "proof.leaves-differ": "Mã băm kèm theo không ra gốc / the hashes do not give the root",
    "proof.held-other-log": "Điểm kiểm tra bạn giữ là của nhật ký khác / your checkpoint is of another log",
    "proof.held-newer": "Điểm kiểm tra bạn giữ mới hơn biên nhận / your checkpoint is newer than the receipt",
    "proof.held-unproved": "Không đủ mã băm để so với điểm kiểm tra bạn giữ / too few hashes to compare",
    "proof.file-missing": "Thiếu tệp của hồ sơ / a file is missing",
    "proof.file-differs": "Tệp của hồ sơ đã bị sửa / a file was changed",
    "proof.pdf-unreadable": "Không đọc được PDF / not a readable PDF",
    "proof.pdf-unsigned": "PDF không có chữ ký số nào / the PDF carries no signature",
    "proof.pdf-changed": "PDF đã bị sửa sau khi ký / the PDF was changed after it was signed",
    "proof.pdf-added-to": "PDF bị thêm nội dung sau khi ký / something was added after signing",
    "proof.pdf-of-no-root": "Chứng thư không do nơi cấp bạn tin / the certificate is of no root you gave",
    "proof.pdf-issuer-unknown": "Hãy so chứng thư này với chứng thư đã công bố / compare this certificate with the published one",
    "proof.not-witnessed": "Chưa có người làm chứng nào bạn tin xác nhận / no witness of yours has cosigned",
}

"""Sentences of the handover."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "handover.giver-not-yours": _(
        "“{value}” không phải cơ quan bạn nhập được. Hãy ghi đúng tên một trong các cơ quan: {givers}."
    ),
    "handover.ward-unknown": _(
        "Không có phường, xã cũ nào tên “{value}” ở địa bàn này. Hãy ghi tên trước khi sắp xếp."
    ),
    "handover.quantity-too-fine": _(
        "“{value}” không chia được theo đơn vị {unit}. Hãy ghi số nguyên, hoặc đổi đơn vị tính."
    ),
    "handover.narrow-first": _(
        "Việc này làm được một lần tối đa {most} mục với bộ lọc đang dùng. Hãy lọc hẹp hơn rồi làm từng phần."
    ),
    "handover.not-a-number": _("{subject}: “{value}” không phải là một số. Ví dụ: 1.234 hoặc 2,5."),
    # the ledger
    "handover.move-not-allowed": _("{subject}: không thể chuyển từ “{src}” sang “{dst}”."),
    "handover.quantity-not-positive": _("{subject}: số lượng phải lớn hơn 0."),
    "handover.reason-needed": _("{subject}: cần ghi lý do."),
    "handover.authority-needed": _("{subject}: cần ghi số, ngày của quyết định làm căn cứ."),
    "handover.counterparty-needed": _("{subject}: cần chọn cơ quan nhận hoặc giữ."),
    "handover.minutes-needed": _("{subject}: chỉ thực hiện được bằng biên bản hai bên đã ký."),
    "handover.not-enough": _("{subject}: chỉ còn {there}, không đủ {wanted}."),
    "handover.not-enough-of-many": _(
        "{count} mục không còn đủ số lượng để thực hiện, trong đó có: {first}."
    ),
    "handover.bucket-differs": _(
        "{subject}: số “{place}” đang ghi {kept}, cộng các lần chuyển là {moved}."
    ),
    "handover.does-not-add-up": _("{subject}: mở sổ {opened} nhưng cộng các cột là {sum}."),
    "handover.balance-differs": _(
        "Dòng cân đối {subject}, cột {column}: đang ghi {kept}, tính lại là {counted}."
    ),
    "handover.state-differs": _("{subject}: trạng thái đang ghi “{kept}”, đúng ra là “{counted}”."),
    "handover.digest-differs": _("Nhật ký {subject}: các dòng sổ không khớp với dấu đã ghi."),
    "handover.minutes-differ": _("Biên bản số {subject}: nội dung không còn như khi ký."),
    # the five steps and the states
    "handover.step-unknown": _("Không có bước {to}. Quy trình có năm bước."),
    "handover.step-skipped": _(
        "{subject}: không được bỏ bước. Đang ở bước {at}, chưa thể sang bước {to}."
    ),
    "handover.step-back": _("{subject}: đang ở bước {at}, không lùi về bước {to}."),
    "handover.step-nothing": _("Không có mục nào đang ở bước {at} để chuyển sang bước {to}."),
    "handover.not-in-this-state": _("Không thực hiện được khi đang ở trạng thái “{state}”."),
    "handover.transition-missing": _("Không tìm thấy cuộc chuyển giao này."),
    "handover.transition-order": _(
        "Các ngày phải theo thứ tự: khóa số liệu, vận hành thử, rút kinh nghiệm, hiệu lực, hạn cuối."
    ),
    "handover.day-passed": _("{subject} đã kết thúc ngày {on}, không đổi ngày hiệu lực được nữa."),
    "handover.transition-exists": _("Đã có cuộc chuyển giao tên này ở nơi đã chọn."),
    "handover.bodies-needed": _("Cần có ít nhất một cơ quan kết thúc và một cơ quan tiếp nhận."),
    "handover.body-on-both-sides": _("{subject}: không thể vừa kết thúc vừa bắt đầu."),
    "handover.body-ends-elsewhere": _("{subject} đã kết thúc trong một cuộc chuyển giao khác."),
    "handover.body-not-in-transition": _("{subject} không thuộc cuộc chuyển giao này."),
    "handover.body-ended": _(
        "{subject} đã kết thúc ngày {on}, không ghi thêm được. Nơi nhận mục phát hiện sau: {desk}."
    ),
    "handover.left-behind": _("{subject}: còn {count} mục ở trạng thái “{place}”."),
    "handover.still-missing": _("{subject}: còn {count} mục thiếu chưa có kết luận."),
    "handover.item-left": _("{subject}: {title} – {state}."),
    "handover.headcount-grows": _(
        "Tổng biên chế mới là {after}, vượt {over} so với tổng trước sắp xếp là {before}."
    ),
    "handover.body-still-open": _("{subject} chưa kết thúc xong, chưa thể khóa cuộc chuyển giao."),
    # items
    "handover.item-missing": _("Không tìm thấy mục này."),
    "handover.items-missing": _(
        "{count} mục đã chọn không còn hoặc không thuộc phạm vi của đồng chí."
    ),
    "handover.nothing-chosen": _("Chưa chọn mục nào phù hợp để thực hiện."),
    "handover.count-changed": _(
        "Danh sách đã thay đổi: lúc chọn có {expected} mục, nay có {now}. Hãy xem lại rồi thực hiện."
    ),
    "handover.too-many-at-once": _("Chỉ chọn tối đa {most} mục từng cái; hãy dùng bộ lọc."),
    "handover.code-taken": _("Mã {subject} đã có trong danh mục."),
    "handover.codes-taken": _("{count} mã đã có trong danh mục, trong đó có: {first}."),
    "handover.touched-since": _(
        "Không rút được lần nhập: {count} mục đã có việc khác sau khi nhập, trong đó có: {first}."
    ),
    "handover.batch-empty": _("Lần nhập này không còn mục nào trong danh mục."),
    "handover.not-divisible": _("{subject}: còn {held}, không chia được thành {parts} phần."),
    "handover.parts-do-not-add-up": _("{subject}: các phần cộng lại {sum}, phải bằng {held}."),
    "handover.one-part-only": _("{subject}: cần chia thành ít nhất hai phần."),
    "handover.not-held": _("{subject}: đang ở trạng thái “{state}”, không còn ở bên giao."),
    "handover.amount-changed-after": _(
        "{subject}: đã chuyển bước hoặc đã giao, không sửa số lượng bằng cách nhập lại."
    ),
    "handover.rows-number": _("Có {count} dòng; mỗi lần ghi được từ 1 đến {most} dòng."),
    "handover.kind-unknown": _("Không có loại “{subject}” trong mười một loại của danh mục."),
    "handover.last-step-by-minutes": _("Bước bàn giao thực hiện bằng cách lập biên bản."),
    "handover.filter-unknown": _("Không có bộ lọc “{subject}”."),
    "handover.filter-value": _("Bộ lọc “{subject}” không nhận giá trị “{value}”."),
    # allocation
    "handover.rule-receiver": _(
        "Quy tắc phải chọn đúng một cách: một nơi nhận, nơi kế thừa theo địa bàn, hoặc chia theo tỷ lệ."
    ),
    "handover.rule-missing": _("Không tìm thấy quy tắc này."),
    "handover.rule-retired": _("Quy tắc này đã thôi áp dụng."),
    "handover.receiver-is-giver": _("Bên nhận phải khác bên giao."),
    "handover.receiver-unknown": _("{subject}: cơ quan nhận không có hoặc đã kết thúc."),
    "handover.not-confirmed": _("{subject}: chưa chốt nơi nhận."),
    # minutes
    "handover.minutes-missing": _("Không tìm thấy biên bản này."),
    "handover.line-missing": _("Không tìm thấy dòng này trong biên bản."),
    "handover.nothing-to-dispatch": _(
        "Không có mục nào đã phân loại, đã chốt nơi nhận và còn ở bên giao để lập biên bản."
    ),
    "handover.on-other-minutes": _("{subject}: đang nằm trên biên bản khác."),
    "handover.not-counted": _("{subject}: {side} chưa kiểm đếm."),
    "handover.count-impossible": _("{subject}: số kiểm đếm {count} không hợp lệ."),
    "handover.counted-meanwhile": _(
        "{subject}: {who} vừa ghi {count} lúc {when}. Hãy xem lại trước khi ghi."
    ),
    "handover.signs-for-another": _("Chức vụ đang dùng không đại diện cho bên cần ký."),
    "handover.signed-already": _("Bên này đã ký."),
    "handover.giver-signs-first": _("Bên giao ký trước, bên nhận ký sau."),
    "handover.four-eyes": _("Hai bên phải do hai người của hai cơ quan ký."),
    "handover.content-changed": _("Nội dung biên bản đã khác bản đã xem. Hãy xem lại rồi ký."),
    "handover.password-again": _("Cần nhập lại mật khẩu để ký."),
    "handover.refused-line-uncorrectable": _(
        "{subject}: dòng đã từ chối, không có số để điều chỉnh."
    ),
    "handover.no-proposal": _("{subject}: chưa có đề xuất nơi nhận để chốt."),
    "handover.unsigned-minutes": _("Biên bản số {subject} chưa ký đủ hai bên ({state})."),
    # who holds
    "handover.no-holder": _("{subject}: ngày {on} không có cơ quan nào còn hoạt động giữ mục này."),
    "handover.day-unknown": _("“{value}” không phải là một ngày. Ví dụ: 01/07/2025."),
    # unfinished work
    "handover.freeze-too-early": _("Chỉ chốt số tồn đọng từ ngày hiệu lực {on}."),
    "handover.frozen-already": _("Số tồn đọng đã chốt ngày {on}."),
    "handover.not-frozen-yet": _(
        "Chưa chốt số tồn đọng. Việc xong trước ngày hiệu lực thì ghi “Kết thúc” ở danh mục."
    ),
    "handover.proposal-needed": _("Cần ghi nội dung đề xuất."),
    "handover.how-finished": _("Cần ghi kết quả giải quyết: văn bản nào, trả ngày nào."),
    "handover.list-frozen": _(
        "Danh mục đã khóa từ {on}. Mục phát hiện sau vẫn ghi được, nhưng phải nêu lý do."
    ),
    # disputes
    "handover.no-dispute": _("{subject}: không có tranh chấp nào."),
    "handover.own-dispute": _("{subject} là một bên của tranh chấp, không tự quyết định được."),
    "handover.not-superior": _(
        "{subject} không thuộc địa bàn của đồng chí: tranh chấp này do cấp trên chung của các bên quyết định."
    ),
    "handover.stance-unknown": _("Cần chọn: đề nghị được nhận, hoặc đề nghị không nhận."),
    "handover.holds-no-more": _("{subject} kết thúc hoạt động, không giữ tạm được."),
    "handover.settle-where": _("Không thể giải quyết tranh chấp theo hướng này."),
    # access
    "handover.no-post-today": _("Hôm nay đồng chí không giữ chức vụ nào để thực hiện việc này."),
    "handover.not-allowed": _("Chức vụ “{post}” không được thực hiện việc này."),
}

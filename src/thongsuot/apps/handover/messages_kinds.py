"""Sentences for what is wrong between the fields of one row of an inventory."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "handover.quantity-zero": _("số lượng bằng 0; bỏ dòng này hoặc ghi số đếm được"),
    "handover.secret-without-seal": _(
        "mục độ {secrecy} phải niêm phong và ghi số niêm phong; ghi số niêm phong"
    ),
    "handover.value-above-cost": _(
        "giá trị còn lại {value} lớn hơn nguyên giá {original_cost}; kiểm tra lại sổ kế toán"
    ),
    "handover.spent-above-estimate": _("đã chi {spent} vượt dự toán {estimate}; xem lại"),
    "handover.disbursed-above-total": _(
        "đã giải ngân {disbursed} vượt tổng mức đầu tư {total}; kiểm tra lại"
    ),
    "handover.headcount-above-quota": _("có mặt {headcount} người, vượt biên chế {quota}"),
    "handover.years-reversed": _("năm đầu {year_from} sau năm cuối {year_to}; sửa lại"),
    "handover.year-after-count": _("năm {year} sau ngày kiểm kê {counted_on}; sửa lại năm"),
    "handover.received-after-count": _(
        "ngày tiếp nhận {received_on} sau ngày kiểm kê {counted_on}; sửa lại ngày"
    ),
    "handover.counted-in-future": _("ngày kiểm kê {counted_on} còn chưa tới; sửa lại ngày"),
    "handover.due-before-receipt": _(
        "hẹn trả {next_due} trước ngày tiếp nhận {received_on}; sửa lại ngày"
    ),
    "handover.due-passed": _("đã quá hạn từ {next_due}; người nhận cần biết ngay"),
    "handover.over-hundred-percent": _("{share}% là quá 100%; sửa lại"),
    "handover.task-incomplete": _(
        "việc còn thiếu: {missing}; chưa đủ thì cơ quan giữ chưa thể kết thúc"
    ),
    "handover.seal-returned-to-nobody": _("có ngày nộp lại nhưng chưa ghi nơi nhận lại con dấu"),
    "handover.finding-without-paper": _("chưa ghi số, ngày của kết luận thanh tra, kiểm toán"),
    "handover.contract-expired": _("đã hết hạn từ {day}; xem có cần gia hạn trước khi bàn giao"),
    "handover.season-unknown": _(
        "Chưa hiểu mùa vụ “{value}”. Hãy ghi như: đầu tháng 7 hằng năm, quý III, trong tháng 9, ngày 25 hằng tháng."
    ),
}

"""The shape of what is typed; whether it is allowed is decided elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.disclosure.models import Reach
from thongsuot.apps.registry.forms import ActForm, DayField
from thongsuot.rules.disclosure.matters import CENTRE, COMMITTEE, DEPARTMENT

KINDS = (
    (COMMITTEE, _("Ủy ban nhân dân")),
    (CENTRE, _("Trung tâm Phục vụ hành chính công")),
    (DEPARTMENT, _("sở, ban, ngành cấp tỉnh")),
)


class ContactForm(ActForm):
    """Where an office is and when it is open."""

    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=60, required=False)
    hours = forms.CharField(
        label=_("Giờ làm việc"), max_length=200, required=False,
        help_text=_("Ví dụ: 7:30-11:30, 13:30-17:00, thứ Hai đến thứ Sáu"),
    )  # fmt: skip
    equipment = forms.CharField(
        label=_("Có tại nơi này"), max_length=300, required=False,
        help_text=_("Máy lấy số, máy tra cứu, ki ốt, lối cho xe lăn…"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Nguồn"), max_length=300, required=False,
        help_text=_("Thông báo, quyết định, hoặc ai đã gọi hỏi"),
    )  # fmt: skip
    checked_on = DayField(label=_("Kiểm ngày"), required=False)
    since = DayField(label=_("Áp dụng từ ngày"))


class MatterForm(ActForm):
    """Which office answers for a matter."""

    name = forms.CharField(label=_("Việc"), max_length=200)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=200, required=False)
    group = forms.CharField(label=_("Nhóm"), max_length=60, required=False)
    reach = forms.ChoiceField(label=_("Nơi giải quyết"), choices=Reach.choices)
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=KINDS)
    sector = forms.CharField(
        label=_("Ngành, lĩnh vực"), max_length=80, required=False,
        help_text=_("Chữ có trong tên sở, ví dụ: Giáo dục và Đào tạo"),
    )  # fmt: skip
    organ = forms.CharField(label=_("Người, cơ quan quyết định"), max_length=120, required=False)
    bring = forms.CharField(label=_("Mang theo"), max_length=300, required=False)
    law = forms.CharField(label=_("Văn bản"), max_length=80, required=False)
    clause = forms.CharField(label=_("Điều, khoản"), max_length=80, required=False)
    read = forms.BooleanField(label=_("Đã đối chiếu với chính văn bản"), required=False)
    note = forms.CharField(label=_("Lưu ý"), max_length=300, required=False)
    source = forms.CharField(label=_("Nguồn"), max_length=300, required=False)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến trước ngày"), required=False)

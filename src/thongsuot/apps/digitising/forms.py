"""The shape of what is typed; whether it is allowed is decided elsewhere."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.digitising.actions.fonds import SETTINGS

Pairs = Iterable[tuple[Any, str]]
LABELS = {
    "hundredths": _("Mẫu kiểm tra của một lô (%)"),
    "least": _("Mẫu ít nhất (hồ sơ)"),
    "most_bad": _("Số mẫu không đạt cho phép"),
    "every_days": _("Đọc lại mỗi bản quét sau (ngày)"),
}


class FondsForm(forms.Form):
    """Which fonds to begin with, and the settings of its checks."""

    def __init__(self, *args: Any, choices: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"] = forms.ChoiceField(
            label=_("Phông trong danh mục tài liệu lưu trữ"),
            choices=[("", _("— chọn —")), *choices],
        )
        for name, (least, most, usual) in SETTINGS.items():
            self.fields[name] = forms.IntegerField(
                label=LABELS[name], min_value=least, max_value=most, initial=usual
            )
        self.fields["basis"] = forms.CharField(
            label=_("Văn bản quy định các con số trên"),
            max_length=300,
            required=False,
            help_text=_("Để trống: các con số hiện là “cần xác nhận”."),
        )


class CloseForm(forms.Form):
    """The decision by which a fonds is closed."""

    authority = forms.CharField(label=_("Căn cứ: số, ngày"), max_length=300)


class HandOnForm(forms.Form):
    """Which body goes on with the fonds."""

    def __init__(self, *args: Any, bodies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body_id"] = forms.TypedChoiceField(
            label=_("Cơ quan nhận"), coerce=int, choices=[("", _("— chọn —")), *bodies]
        )
        self.fields["reason"] = forms.CharField(label=_("Lý do"), max_length=500)
        self.fields["authority"] = forms.CharField(
            label=_("Căn cứ: số, ngày"), max_length=300, required=False
        )


class BoxForm(forms.Form):
    """The label of the box."""

    box = forms.CharField(label=_("Hộp số"), max_length=60)

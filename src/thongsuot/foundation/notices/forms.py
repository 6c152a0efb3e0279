"""The form with which a person chooses how to be told."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.notices import kinds
from thongsuot.foundation.notices.kinds import WAYS, Way
from thongsuot.foundation.notices.models import Rest


class ChoiceForm(forms.Form):
    """One line per kind, the quiet hours, the hour of the digest."""

    quiet_from = forms.TimeField(
        label=_("Không gửi thư từ"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    quiet_to = forms.TimeField(label=_("đến"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    digest_at = forms.TimeField(
        label=_("Gửi thư tổng hợp lúc"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    working_days_only = forms.BooleanField(
        label=_("Chỉ gửi vào ngày làm việc (không gửi thứ Bảy, Chủ nhật, lễ, Tết)"), required=False
    )

    def __init__(self, sent: QueryDict | None, *, rest: Rest, ways: dict[str, Way]) -> None:
        start: dict[str, object] = {code_name(code): way.value for code, way in ways.items()}
        start |= {name: getattr(rest, name) for name in self.base_fields}
        super().__init__(sent, initial=start)
        for kind in kinds.every_kind():
            self.fields[code_name(kind.code)] = forms.ChoiceField(
                label=str(kind.label), choices=[(w.value, label) for w, label in WAYS.items()]
            )

    def ways(self) -> dict[str, Way]:
        """The way chosen for each kind."""
        return {k.code: Way(self.cleaned_data[code_name(k.code)]) for k in kinds.every_kind()}

    def kind_fields(self) -> list[forms.BoundField]:
        """The lines of the kinds, for the template."""
        return [self[code_name(k.code)] for k in kinds.every_kind()]


def code_name(code: str) -> str:
    """The name of the field for a kind of notice."""
    return "kind_" + code.replace(".", "_").replace("-", "_")

"""The shape of what is typed; whether it is allowed is decided elsewhere."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.guarding.actions.places import SETTINGS
from thongsuot.apps.guarding.models import Guard

Pairs = Iterable[tuple[int, str]]


class MomentField(forms.DateTimeField):
    """A day and an hour, chosen in the browser's own box, in local time."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs
        )


def chosen(label: Any, pairs: Pairs, **more: Any) -> forms.TypedChoiceField:
    """A box to choose one of some things by name."""
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]  # what coerce would give
        choices=[("", _("— chọn —")), *pairs],
        **more,
    )


def by_name(guards: Iterable[Guard]) -> list[tuple[int, str]]:
    """Guards to choose from."""
    return [(g.pk, g.person.full_name) for g in guards]


class ReasonForm(forms.Form):
    """An act that says why."""

    reason = forms.CharField(label=_("Lý do"), max_length=500)


LABELS = {
    "every": _("Hai vòng tuần tra cách nhau (phút)"),
    "grace": _("Châm chước (phút)"),
    "silent": _("Coi là im lặng sau (phút)"),
    "step": _("Báo lên bậc trên sau mỗi (phút)"),
    "window": _("Hai mã giao ca cách nhau nhiều nhất (phút)"),
    "shift_hours": _("Một ca dài nhất (giờ)"),
    "week_hours": _("Bảy ngày nhiều nhất (giờ)"),
    "rest_hours": _("Nghỉ giữa hai ca ít nhất (giờ)"),
}


class PlaceForm(forms.Form):
    """A new guarded place."""

    name = forms.CharField(label=_("Tên nơi bảo vệ"), max_length=200)
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)

    def __init__(self, *args: Any, guards: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = list(guards)
        self.fields["first_id"] = chosen(_("Người giữ ca từ phút đầu"), pairs)
        self.fields["head_id"] = chosen(_("Trưởng ca"), pairs)
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


class EnrolForm(forms.Form):
    """A person of the body becomes a guard, or gets a new code."""

    def __init__(self, *args: Any, people: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person_id"] = chosen(_("Người trong cơ quan"), people)


class PointForm(forms.Form):
    """One more check point."""

    name = forms.CharField(label=_("Tên điểm kiểm tra"), max_length=120)


class ShiftForm(ReasonForm):
    """Another guard or other hours for a shift."""

    since = MomentField(label=_("Vào ca"))
    until = MomentField(label=_("Hết ca"))

    def __init__(self, *args: Any, guards: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guard_id"] = chosen(
            _("Người trực"), guards, required=False, help_text=_("Để trống: bỏ ca này.")
        )
        self.order_fields(["guard_id", "since", "until", "reason"])


class AbsenceForm(ReasonForm):
    """A guard will be away."""

    since = MomentField(label=_("Vắng từ"))
    until = MomentField(label=_("Đến"))

    def __init__(self, *args: Any, guards: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guard_id"] = chosen(_("Người vắng"), guards)
        self.order_fields(["guard_id", "since", "until", "reason"])


class OrderForm(ReasonForm):
    """Who holds the watch from now on."""

    def __init__(self, *args: Any, guards: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guard_id"] = chosen(_("Người giữ ca từ bây giờ"), guards)
        self.order_fields(["guard_id", "reason"])


class HandOnForm(ReasonForm):
    """Which body answers for the store from now on."""

    authority = forms.CharField(label=_("Căn cứ: số, ngày"), max_length=300, required=False)

    def __init__(self, *args: Any, bodies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body_id"] = chosen(_("Cơ quan nhận"), bodies)
        self.order_fields(["body_id", "reason", "authority"])


class EndForm(ReasonForm):
    """Guarding ends by a decision."""

    authority = forms.CharField(label=_("Căn cứ: số, ngày"), max_length=300)

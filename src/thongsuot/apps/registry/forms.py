"""The shape of what is typed; whether it is allowed is decided elsewhere."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.models import (
    AppointmentStatus,
    BodyKind,
    GovernanceModel,
    NeighbourhoodKind,
    OfficerRole,
    PostRole,
    UnitKind,
)
from thongsuot.apps.registry.values import BodyLink


def number_or_none(text: str) -> int:
    """The number chosen; 0 for none."""
    return int(text or 0)


class DayField(forms.DateField):
    """A day, shown by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ActForm(forms.Form):
    """Every form of an act carries the key that makes sending it twice harmless."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


def _bodies_field(
    label: Any, links: Sequence[BodyLink], *, required: bool
) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        choices=[(b.id, b.name) for b in links],
        required=required,
        widget=forms.CheckboxSelectMultiple,
    )


class AuthorityForm(ActForm):
    """An act that rests on a decision."""

    authority = forms.CharField(
        label=_("Căn cứ"), max_length=300, required=False, help_text=_("Số, ngày của quyết định.")
    )


class BodyForm(AuthorityForm):
    """A new body in the unit whose page it was opened from."""

    kind = forms.ChoiceField(label=_("Loại"), choices=BodyKind.choices)
    name = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọn"), max_length=80, required=False)
    since = DayField(label=_("Hoạt động từ ngày"))
    parent = forms.TypedChoiceField(
        label=_("Cơ quan cấp trên"), coerce=number_or_none, empty_value="", required=False
    )
    serves = forms.TypedMultipleChoiceField(label=_("Phục vụ các cơ quan"))
    field_order = ("kind", "name", "short_name", "since", "parent", "serves", "authority", "key")

    def __init__(self, *args: object, links: Sequence[BodyLink] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        choices = [("", _("không có")), *((b.id, b.name) for b in links)]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        self.fields["serves"] = _bodies_field(_("Phục vụ các cơ quan"), links, required=False)


class RenameForm(AuthorityForm):
    """Another name from a day on."""

    name = forms.CharField(label=_("Tên mới"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọn"), max_length=80, required=False)
    on = DayField(label=_("Từ ngày"))
    field_order = ("name", "short_name", "on", "authority", "key")


class CloseForm(AuthorityForm):
    """The first day that is no longer the body's own."""

    on = DayField(
        label=_("Kết thúc từ ngày"), help_text=_("Ngày đầu tiên cơ quan không còn hoạt động.")
    )
    successors = forms.TypedMultipleChoiceField(label=_("Cơ quan kế thừa"))
    field_order = ("on", "successors", "authority", "key")

    def __init__(self, *args: object, links: Sequence[BodyLink] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self.fields["successors"] = _bodies_field(_("Cơ quan kế thừa"), links, required=False)


class MergeForm(AuthorityForm):
    """This body and others become one."""

    others = forms.TypedMultipleChoiceField(label=_("Hợp nhất với"))
    kind = forms.ChoiceField(label=_("Loại"), choices=BodyKind.choices)
    name = forms.CharField(label=_("Tên cơ quan mới"), max_length=300)
    on = DayField(label=_("Từ ngày"))
    posts = forms.CharField(
        label=_("Vị trí của cơ quan mới"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi dòng một vị trí, ví dụ: Trưởng ban | lãnh đạo"),
    )
    field_order = ("others", "kind", "name", "on", "posts", "authority", "key")

    def __init__(self, *args: object, links: Sequence[BodyLink] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self.fields["others"] = _bodies_field(_("Hợp nhất với"), links, required=True)


class TeamForm(AuthorityForm):
    """A task force with its head and members, named by their full names."""

    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[
            (k.value, k.label)
            for k in (
                BodyKind.TASK_FORCE,
                BodyKind.INTER_WARD_TEAM,
                BodyKind.HANDING_TEAM,
                BodyKind.RECEIVING_TEAM,
            )
        ],
    )
    name = forms.CharField(label=_("Tên tổ"), max_length=300)
    since = DayField(label=_("Từ ngày"))
    head = forms.CharField(label=_("Tổ trưởng"), max_length=120)
    members = forms.CharField(
        label=_("Tổ viên"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một người."),
    )
    represents = forms.TypedMultipleChoiceField(label=_("Đại diện cho"))
    field_order = ("kind", "name", "since", "head", "members", "represents", "authority", "key")

    def __init__(self, *args: object, links: Sequence[BodyLink] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self.fields["represents"] = _bodies_field(_("Đại diện cho"), links, required=False)


class PostForm(ActForm):
    """A post of a body."""

    title = forms.CharField(label=_("Chức danh, vị trí"), max_length=200)
    role = forms.ChoiceField(label=_("Vai trò trong hệ thống"), choices=PostRole.choices)
    since = DayField(label=_("Từ ngày"))
    rank = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=999, initial=100)
    signature_critical = forms.BooleanField(
        label=_("Không có người thì văn bản không ký được"), required=False
    )
    field_order = ("title", "role", "since", "rank", "signature_critical", "key")


class AppointForm(AuthorityForm):
    """A person in a post."""

    person = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        help_text=_("Trùng tên thì ghi số của người đó, ví dụ #25."),
    )
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến trước ngày"), required=False)
    status = forms.ChoiceField(label=_("Hình thức"), choices=AppointmentStatus.choices)
    field_order = ("person", "status", "since", "until", "authority", "key")


class MoveForm(AuthorityForm):
    """Another body above, from a day on."""

    parent = forms.TypedChoiceField(label=_("Cơ quan cấp trên mới"), coerce=int)
    on = DayField(label=_("Từ ngày"))
    field_order = ("parent", "on", "authority", "key")

    def __init__(self, *args: object, links: Sequence[BodyLink] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        self.fields["parent"].choices = [(b.id, b.name) for b in links]  # type: ignore[attr-defined]


class EndPostForm(AuthorityForm):
    """The first day on which a post is no more."""

    on = DayField(label=_("Từ ngày"), help_text=_("Người đang giữ cũng thôi giữ từ ngày này."))
    field_order = ("on", "authority", "key")


class HeadForm(ActForm):
    """Another head of a neighbourhood, from a day on."""

    head = forms.CharField(label=_("Người đứng đầu mới"), max_length=120)
    on = DayField(label=_("Từ ngày"))
    field_order = ("head", "on", "key")


class EndForm(ActForm):
    """The first day that something no longer holds, and why."""

    on = DayField(label=_("Từ ngày"), help_text=_("Ngày đầu tiên không còn giữ chức vụ."))
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)
    field_order = ("on", "reason", "key")


class NeighbourhoodForm(ActForm):
    """A community below a commune."""

    kind = forms.ChoiceField(label=_("Loại"), choices=NeighbourhoodKind.choices)
    name = forms.CharField(label=_("Tên"), max_length=160)
    head = forms.CharField(label=_("Trưởng khu phố, tổ, thôn, ấp"), max_length=120, required=False)
    households = forms.IntegerField(label=_("Số hộ"), min_value=0, required=False)
    since = DayField(label=_("Từ ngày"))
    field_order = ("kind", "name", "head", "households", "since", "key")


class OfficerForm(ActForm):
    """Someone who works for a neighbourhood beside its head."""

    role = forms.ChoiceField(label=_("Việc đảm nhận"), choices=OfficerRole.choices)
    person = forms.CharField(label=_("Họ và tên"), max_length=120)
    phone = forms.CharField(label=_("Điện thoại liên hệ"), max_length=20, required=False)
    since = DayField(label=_("Từ ngày"))
    field_order = ("role", "person", "phone", "since", "key")


class GovernanceForm(ActForm):
    """The model by which a territory is governed."""

    model = forms.ChoiceField(label=_("Mô hình"), choices=GovernanceModel.choices)
    since = DayField(label=_("Từ ngày"))
    law = forms.TypedChoiceField(
        label=_("Căn cứ"), coerce=number_or_none, empty_value="", required=False
    )
    clause = forms.CharField(label=_("Điều, khoản"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("model", "since", "law", "clause", "note", "key")

    def __init__(
        self, *args: object, laws: Sequence[tuple[int, str]] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through
        choices = [("", _("chưa rõ")), *laws]
        self.fields["law"].choices = choices  # type: ignore[attr-defined]


class CorrectionForm(ActForm):
    """What every correction says: why."""

    reason = forms.CharField(
        label=_("Lý do đính chính"),
        max_length=300,
        help_text=_("Bản ghi cũ vẫn còn trong lịch sử, kèm lý do này."),
    )


class CorrectUnitForm(CorrectionForm):
    """The facts of a unit's version."""

    name = forms.CharField(label=_("Tên, không kèm loại"), max_length=120)
    kind = forms.ChoiceField(label=_("Loại"), choices=UnitKind.choices)
    code = forms.CharField(label=_("Mã"), max_length=10, required=False)
    clause = forms.CharField(label=_("Điều, khoản"), max_length=60, required=False)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến trước ngày"), required=False)
    field_order = ("name", "kind", "code", "clause", "since", "until", "reason", "key")


class CorrectBodyForm(CorrectionForm):
    """The facts of a body's version."""

    name = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọn"), max_length=80, required=False)
    authority = forms.CharField(label=_("Căn cứ"), max_length=300, required=False)
    since = DayField(label=_("Từ ngày"), required=False)
    until = DayField(label=_("Đến trước ngày"), required=False)
    field_order = ("name", "short_name", "authority", "since", "until", "reason", "key")

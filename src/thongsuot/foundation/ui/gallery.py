"""Samples for the living style page: people, items and figures here are invented.

The two scenes are whole pages, the closing of a district and the preview of an import, so that
the parts are seen at work beside each other and not only one by one.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.ui import nav
from thongsuot.foundation.ui.context import page as frame_of
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.problem import Problem

SCENES = {
    "can-doi": "ui/style/balance.html",
    "nhap": "ui/style/import.html",
    "xac-nhan": "ui/confirm.html",
}
DAY = date(2025, 6, 24)
NOW = datetime(2025, 6, 24, 15, 4, tzinfo=UTC)

_HATS = (
    Hat(1, Role.TEAM_HEAD, "Tổ trưởng", 1, "Tổ bàn giao quận Hà Đông"),
    Hat(2, Role.CLERK, "Chuyên viên", 2, "Văn phòng HĐND và UBND quận Hà Đông"),
)
_RAIL = (
    ("Việc của tôi", 12),
    ("Bàn giao", 3),
    ("Chỉ đạo, nhiệm vụ", 0),
    ("Báo cáo", 0),
    ("Thẩm quyền", 0),
    ("Vướng mắc, kiến nghị", 6),
    ("Đơn vị, cơ quan", 0),
    ("Nhân sự, vị trí", 0),
    ("Trụ sở", 0),
    ("Công khai", 0),
)
_BALANCE = (
    # kind, note, counted, accepted, kept, closed, destroyed, disputed, on the way, missing
    ("Nhiệm vụ dở dang", "", 412, 371, 0, 18, 0, 0, 23, 0),
    ("Hồ sơ thủ tục đang giải quyết", "", 1906, 1692, 0, 0, 0, 0, 214, 0),
    ("Tài liệu lưu trữ", "386 m giá", 48310, 46102, 0, 0, 0, 0, 2206, 2),
    ("Tài sản công", "1.284,6 tỷ đồng", 9874, 9551, 0, 61, 0, 1, 261, 0),
    ("Trụ sở", "", 31, 24, 0, 0, 0, 0, 7, 0),
    ("Tài chính", "khớp Kho bạc", 118, 118, 0, 0, 0, 0, 0, 0),
    ("Cán bộ, công chức, viên chức", "", 504, 498, 0, 6, 0, 0, 0, 0),
)
_RECEIVERS = (
    ("Hà Đông", 17402, 17120, "9 / 11", "wait", "chờ bên nhận đếm"),
    ("Dương Nội", 12077, 12077, "8 / 8", "even", "xong, cân"),
    ("Yên Nghĩa", 9318, 8904, "6 / 8", "wait", "chờ ký"),
    ("Kiến Hưng", 12960, 11871, "7 / 9", "lost", "tranh chấp 1"),
    ("Phú Lương", 9398, 8384, "5 / 9", "wait", "9 ngày chưa nhận"),
)
_COLUMNS = (
    "kind",
    "note",
    "counted",
    "accepted",
    "kept",
    "closed",
    "destroyed",
    "disputed",
    "way",
    "missing",
)


class SampleForm(forms.Form):
    """A form with a field of each sort, for looking at."""

    title = forms.CharField(label=_("Tên hồ sơ"), help_text=_("Như ghi trên bìa."))
    kind = forms.ChoiceField(
        label=_("Độ mật"), choices=[("", "Chọn…"), ("t", "Thường"), ("m", "Mật")]
    )
    on = forms.DateField(
        label=_("Ngày kiểm kê"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    quantity = forms.IntegerField(label=_("Số hộp"), min_value=1)
    side = forms.ChoiceField(
        label=_("Bên"), widget=forms.RadioSelect, choices=[("g", "Bên giao"), ("n", "Bên nhận")]
    )
    note = forms.CharField(label=_("Ghi chú"), widget=forms.Textarea({"rows": 2}), required=False)
    sure = forms.BooleanField(label=_("Đã đếm tận nơi"), required=False)


def context(request: HttpRequest) -> dict[str, object]:
    """What the style page shows: every part in every state."""
    wrong = SampleForm({"title": "", "kind": "m", "on": "31/02/2025", "quantity": "0"})
    wrong.is_valid()
    return {
        **_frame(request),
        "form": SampleForm(),
        "wrong": wrong,
        "problems": _problems(),
        "pages": _pages(7),
        "one_page": _pages(1, count=12),
        "events": _events(),
        "facts": _facts(),
        "tabs": [("Tổng quan", "#a", None), ("Hồ sơ", "#b", 1906), ("Biên bản", "#c", 0)],
        "on": DAY,
        "signed_at": datetime(2025, 6, 28, 2, 41, tzinfo=UTC),
        "states": ("even", "wait", "lost", "plain", "quiet"),
    }


def scene(request: HttpRequest, name: str) -> tuple[str, Mapping[str, object]]:
    """A whole page as (template, context). Raises KeyError for a scene that is not there."""
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _BALANCE]
    total = {c: sum(int(str(r[c])) for r in rows) for c in _COLUMNS[2:]}
    return SCENES[name], {
        **_frame(request),
        "rows": [_with_shares(r) for r in rows],
        "total": total,
        "receivers": _RECEIVERS,
        **_question(),
    }


def _question() -> dict[str, object]:
    """What is asked before a dangerous act."""
    return {
        "question": "Hủy biên bản 12/BB-BG?",
        "consequences": [
            "1.204 mục trở về trạng thái đang giao; bên nhận đếm lại từ đầu.",
            "Biên bản cũ vẫn xem được, ghi rõ là đã hủy, ai hủy và vì sao.",
        ],
        "problems": [Problem("ui.sample-late", "12/BB-BG", {"days": 9}, blocks=False)],
        "action": "#",
        "confirm": "Hủy biên bản",
        "cancel": "#",
        "ask_reason": True,
        "key": "mau",
    }


def _with_shares(row: Mapping[str, object]) -> dict[str, object]:
    """The four shares that the bar draws, added up where an action would keep them."""
    settled = sum(int(str(row[c])) for c in ("kept", "closed", "destroyed"))
    waiting = sum(int(str(row[c])) for c in ("disputed", "way"))
    return {**row, "settled": settled, "waiting": waiting}


def _frame(request: HttpRequest) -> dict[str, object]:
    """The frame as a signed-in person sees it, whoever looks."""
    frame = frame_of(request)["ui"]
    actor = Actor(1, "Trần Thị Lan", _HATS, _HATS[0])
    rail = tuple(nav.Line(n, "#", n == "Bàn giao", c, "") for n, c in _RAIL)
    return {"ui": replace(frame, actor=actor, rail=rail, now=NOW)}


def _problems() -> tuple[Problem, ...]:
    return (
        Problem("ui.sample-repeated", "TP-2019-0213", {"row": 198}),
        Problem("ui.sample-late", "HD-00377", {"days": 9}, blocks=False),
    )


def _pages(number: int, count: int = 61155) -> ListPage[int]:
    return Paginator(range(count), 50).page(number)


def _events() -> list[dict[str, object]]:
    return [
        {"on": date(2025, 6, 20), "title": "Vận hành thử", "detail": "đến 26/06", "state": "even"},
        {"on": date(2025, 6, 24), "title": "Đếm lại hộp HD-00377, thiếu 2", "state": "lost"},
        {"on": date(2025, 6, 27), "title": "Họp rút kinh nghiệm", "state": "wait", "url": "#"},
        {"on": date(2025, 7, 1), "title": "Kết thúc hoạt động", "detail": "Nghị quyết 1656"},
    ]


def _facts() -> list[tuple[str, object]]:
    return [
        ("Bên giao", "Phòng Tư pháp quận Hà Đông"),
        ("Bên nhận", "UBND phường Hà Đông"),
        ("Số lượng", "1.200 hồ sơ, 386 m giá"),
        ("Niêm phong", ""),
    ]

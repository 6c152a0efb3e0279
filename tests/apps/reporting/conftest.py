"""A city office that gathers, three wards that report, and a week of July to report on."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from tests.apps.handover.conftest import LOADED, _body, _unit, trail

from thongsuot.apps.registry.models import Appointment, Person, Post
from thongsuot.apps.reporting.actions import forms, papers, returns, rounds
from thongsuot.apps.reporting.models import Return, Round, Series, Snapshot
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

__all__ = ["trail"]
_keys = count(1)

MONDAY = datetime(2025, 7, 14, 1, 0, tzinfo=UTC)  # 08:00 in Hà Nội
DUE = datetime(2025, 7, 18, 5, 0, tzinfo=UTC)  # Friday 12:00
FIELDS = [
    {"key": "tong", "title": "Hồ sơ tiếp nhận", "type": "int", "required": True, "least": 0,
     "work": "Thủ tục hành chính"},
    {"key": "dung_han", "title": "Giải quyết đúng hạn", "type": "int", "work": "Thủ tục hành chính"},
    {"key": "qua_han", "title": "Quá hạn", "type": "int", "work": "Thủ tục hành chính"},
    {"key": "tai_khoan", "title": "Tài khoản đã cấp", "type": "int", "over_time": "last",
     "work": "Chuyển đổi số"},
    {"key": "thiet_bi", "title": "Bộ phận đủ trang thiết bị", "type": "share", "across": "share",
     "work": "Trụ sở"},
    {"key": "kho_khan", "title": "Khó khăn", "type": "text", "across": "gather",
     "part": "kho_khan", "work": "Trụ sở"},
]  # fmt: skip
FIELD = {"type": "int", "unit": "", "required": False, "work": "", "help": "", "places": 0,
         "across": "sum", "over_time": "sum", "weight": "", "least": None, "most": None,
         "figure": "", "part": ""}  # fmt: skip
RULES = [
    {"check": "sum", "fields": ["tong", "dung_han", "qua_han"], "bound": 0, "blocks": True},
    {"check": "jump", "fields": ["tong"], "bound": 50, "blocks": False},
]
CONTENT: dict[str, Any] = {"fields": [FIELD | f for f in FIELDS], "rules": RULES}
GOOD = {"tong": 10, "dung_han": 8, "qua_han": 2, "tai_khoan": 129, "thiet_bi": [16, 20],
        "kho_khan": "Thiếu máy quét"}  # fmt: skip
WEEKLY = {"kind": "week", "due_after": -2, "due_at": "12:00"}
STANDING = {"name": "Thường trực Thành ủy", "bloc": "party", "kind": "week", "due_after": -2,
            "due_at": "14:00"}  # fmt: skip
FULL = {"name": "Ban Thường vụ Thành ủy", "bloc": "party", "kind": "fortnight",
        "anchor": "2025-07-07", "due_after": 1, "due_at": "09:00", "due_earlier": False}  # fmt: skip


@dataclass
class Office:
    """Who gathers, who reports, and short ways to do what every test does first."""

    gatherer: int
    wards: list[int]
    units: list[int]
    city: int
    actors: dict[str, Actor]
    users: dict[str, User]
    form: int = 0
    series: int = 0
    round: int = 0
    now: datetime = MONDAY
    returns: dict[str, int] = field(default_factory=dict)

    def act(self, who: str = "van", at: datetime | None = None, key: str = "") -> Act:
        return Act(by=self.actors[who], key=key or f"bc-{next(_keys)}", at=at or self.now)

    def write_form(self, since: str = "2025-07-01", **more: Any) -> int:
        done = forms.write_form(
            self.act(), title="Báo cáo tuần", since=since, content=more.pop("content", CONTENT), **more
        )  # fmt: skip
        return int(str(done["form"]))

    def open_series(self, **more: Any) -> int:
        values: dict[str, Any] = {
            "name": "Báo cáo tuần của phường", "rhythm": WEEKLY, "since": "2025-07-01",
            "bodies": self.wards, "recipients": [STANDING, FULL],
            "basis": "Công văn giao việc (minh họa)",
        }  # fmt: skip
        done = forms.open_series(self.act(), form_id=self.form, **(values | more))
        return int(str(done["series"]))

    def open_round(self, on: str = "2025-07-14", **more: Any) -> int:
        done = rounds.open_round(self.act(), series_id=self.series, on=on, **more)
        found = int(str(done["round"]))
        self.round = found
        names = ("an", "binh", "chi")
        self.returns = {
            name: Return.objects.get(round=found, body=ward).pk
            for name, ward in zip(names, self.wards, strict=True)
        }
        return found

    def get(self, who: str) -> Return:
        return Return.objects.select_related("round__series").get(pk=self.returns[who])

    def submit(self, who: str, at: datetime | None = None, **values: Any) -> Any:
        return returns.submit(
            self.act(who, at), return_id=self.returns[who], values=GOOD | values, sources={}
        )

    def recipient(self, name: str = "Thường trực Thành ủy") -> int:
        return Series.objects.get(pk=self.series).recipients.get(name=name).pk

    def freeze(self, name: str = "Thường trực Thành ủy", **more: Any) -> Snapshot:
        at = more.pop("at", DUE + timedelta(days=10))
        on = more.pop("on", "2025-07-14")
        done = papers.take_snapshot(
            self.act("van", at), recipient_id=self.recipient(name), on=on, **more
        )
        return Snapshot.objects.get(pk=done["snapshot"])

    def lock(self, at: datetime | None = None, reason: str = "Đã quá hạn") -> Any:
        return rounds.lock_round(
            self.act("truong", at or DUE + timedelta(days=3)), round_id=self.round, reason=reason
        )

    def one(self) -> Round:
        return Round.objects.get(pk=self.round)


def _person(name: str, body: int, role: str, hat_bodies: frozenset[int], area: frozenset[int]):
    user = User.objects.create(username=name, full_name=name.title(), password="!")
    person = Person.objects.create(full_name=name.title(), folded=fold(name), account=user)
    post = Post.objects.create(body_id=body, title=f"Vị trí {name}", role=role, recorded_at=LOADED)
    held = Appointment.objects.create(
        person=person, post=post, status="official", recorded_at=LOADED
    )
    hat = Hat(held.pk, Role(role), post.title, body, f"Cơ quan {body}", hat_bodies, area)
    return user, Actor(user.pk, name.title(), (hat,), hat)


def build() -> Office:
    """The city, its office, three wards and their people."""
    city = _unit("thanh-pho", "province", "city")
    committee = _body("ubnd-thanh-pho", "peoples-committee", "state", city)
    office = _body("van-phong-ubnd", "joint-office", "state", city, committee).pk
    units = [_unit(f"phuong-{n}", "commune", "ward", city) for n in ("an", "binh", "chi")]
    wards = [_body(f"ubnd-{u.key}", "peoples-committee", "state", u).pk for u in units]
    inspection = _body("uy-ban-kiem-tra", "inspection-commission", "party", city).pk
    area = frozenset({city.pk, *(u.pk for u in units)})
    rows = [
        ("van", office, "clerk", frozenset()), ("truong", office, "leader", frozenset()),
        *((name, ward, "clerk", frozenset()) for name, ward in zip(("an", "binh", "chi"), wards, strict=True)),
        ("kiem", inspection, "inspector", area), ("quan", office, "operator", frozenset()),
    ]  # fmt: skip
    users, actors = {}, {}
    for name, body, role, seen in rows:
        users[name], actors[name] = _person(name, body, role, frozenset({body}), seen)
    return Office(office, wards, [u.pk for u in units], city.pk, actors, users)


@pytest.fixture
def office(db) -> Office:
    """The office with its form, its weekly series and the week of 14 July opened."""
    made = build()
    made.form = made.write_form()
    made.series = made.open_series()
    made.open_round()
    return made

"""A district with its office, two wards and a city, people in posts, and a token for each."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from thongsuot.apps.handover import actions
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import (
    Appointment,
    Body,
    BodyVersion,
    Coverage,
    Person,
    Post,
    Share,
    Unit,
    UnitEdge,
    UnitEvent,
    UnitEventKind,
    UnitKind,
    UnitVersion,
)
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import ApiToken, User
from thongsuot.foundation.accounts.tokens import hash_of, new_secret
from thongsuot.foundation.trail.acts import Act

JULY = date(2025, 7, 1)
LOADED = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
_keys = count(1)


@dataclass
class Answer:
    """Status, headers and the JSON of an answer."""

    status: int
    json: Any
    headers: Any

    @property
    def codes(self) -> set[str]:
        return {p["code"] for p in self.json["problems"]}


class Program:
    """A program of somebody: sends a token, and for each act a new key."""

    def __init__(self, secret: str = "") -> None:
        self.secret = secret
        self.client = Client(enforce_csrf_checks=True)

    def _answer(self, response: Any) -> Answer:
        assert response["Content-Type"].startswith("application/json"), response.content[:300]
        return Answer(response.status_code, json.loads(response.content), response.headers)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **more} if self.secret else more

    def get(self, path: str, query: Any = None, **headers: str) -> Answer:
        address = f"/api/v1{path}"
        return self._answer(self.client.get(address, query, headers=self._headers(headers)))

    def post(self, path: str, body: Any, *, key: str | None = "", raw: Any = None) -> Answer:
        headers = {} if key is None else {"Idempotency-Key": key or f"khoa-so-{next(_keys)}"}
        content = json.dumps(body) if raw is None else raw
        response = self.client.post(
            f"/api/v1{path}",
            content,
            content_type="application/json",
            headers=self._headers(headers),
        )
        return self._answer(response)


@dataclass
class Office:
    """Ids, and programs by name."""

    district: int
    new_ward: str
    office: int
    ward: int
    other: int
    transition: int
    programs: dict[str, Program]
    tokens: dict[str, ApiToken]

    def __getattr__(self, name: str) -> Program:
        return self.__dict__["programs"][name]

    @property
    def at(self) -> str:
        return f"/transitions/{self.transition}"

    def row(self, number: int, **values: Any) -> dict[str, Any]:
        return {
            "kind": "asset",
            "code": f"TS-{number:04}",
            "title": f"Bàn làm việc {number} (minh họa)",
            "quantity": 10,
            "measure": "cái",
            "value": 1_000_000,
            **values,
        }

    def list_items(self, number: int = 3) -> list[int]:
        rows = [self.row(n) for n in range(1, number + 1)]
        done = self.lan.post(f"{self.at}/items", {"giver": self.office, "rows": rows})
        assert done.status == 200, done.json
        return list(done.json["result"]["items"])

    def dispatched(self, number: int = 3) -> tuple[int, list[int]]:
        ids = self.list_items(number)
        for to in (2, 3, 4):
            self.lan.post(f"{self.at}/items/advance", {"to": to, "choice": {"ids": ids}})
        wish = {"choice": {"ids": ids}, "receiver": self.ward, "reason": "theo địa bàn"}
        self.lan.post(f"{self.at}/items/override", wish)
        done = self.lan.post(f"{self.at}/minutes", {"choice": {"ids": ids}})
        assert done.status == 200, done.json
        return done.json["result"]["minutes"][0], ids


def _unit(key: str, level: str, kind: str, parent: Unit | None = None, until: Any = None) -> Unit:
    unit = Unit.objects.create(key=key, level=level)
    UnitVersion.objects.create(
        unit=unit, kind=kind, name=key, parent=parent, until=until, folded=key, recorded_at=LOADED
    )
    return unit


def _body(key: str, kind: str, unit: Unit) -> int:
    body = Body.objects.create(key=key, bloc="state", kind=kind)
    BodyVersion.objects.create(body=body, name=key, folded=key, recorded_at=LOADED)
    Coverage.objects.create(body=body, unit=unit, recorded_at=LOADED)
    return body.pk


def appoint(username: str, name: str, role: str, body: int) -> tuple[User, Appointment]:
    user = User.objects.create_user(username, "mat-khau-minh-hoa-1", full_name=name)
    person = Person.objects.create(full_name=name, account=user)
    post = Post.objects.create(body_id=body, title=role, role=role, recorded_at=LOADED)
    held = Appointment.objects.create(
        person=person, post=post, since=date(2020, 1, 1), status="official", recorded_at=LOADED
    )
    return user, held


def token_of(user: User, appointment: int, *, write: bool = True, **values: Any) -> tuple[Any, Any]:
    secret = new_secret()
    at = timezone.now()
    given = {"made_at": at, "expires_at": at + timedelta(days=30), **values}
    token = ApiToken.objects.create(
        user=user,
        appointment=appointment,
        name="chương trình",
        prefix=secret[:10],
        hash=hash_of(secret),
        may_write=write,
        **given,
    )
    return Program(secret), token


@pytest.fixture
def office(db: None) -> Office:
    city = _unit("ha-noi", "province", UnitKind.CITY)
    district = _unit("quan-ha-dong", "district", UnitKind.URBAN_DISTRICT, city, JULY)
    old = _unit("van-phuc", "commune", UnitKind.WARD, district, JULY)
    new = _unit("phuong-ha-dong", "commune", UnitKind.WARD, city)
    event = UnitEvent.objects.create(kind=UnitEventKind.MERGE, on=JULY, recorded_at=LOADED)
    UnitEdge.objects.create(event=event, src=old, dst=new, share=Share.WHOLE, recorded_at=LOADED)
    bodies = {
        "office": _body("phong-giao-duc", "specialised-office", district),
        "ward": _body("ubnd-phuong-ha-dong", "peoples-committee", new),
        "other": _body("ubnd-phuong-dai-mo", "peoples-committee", new),
    }
    committee = _body("ban-chi-dao", "department", city)
    people = {
        "lan": appoint("lan", "Trần Thị Lan", "team-head", bodies["office"]),
        "minh": appoint("minh", "Nguyễn Văn Minh", "team-head", bodies["ward"]),
        "rival": appoint("rival", "Tổ trưởng Đại Mỗ", "team-head", bodies["other"]),
        "city": appoint("city", "Ban Chỉ đạo", "steering", committee),
    }
    programs, tokens = {"nobody": Program(), "wrong": Program("ts_khong-co-that")}, {}
    for name, (user, held) in people.items():
        programs[name], tokens[name] = token_of(user, held.pk)
    programs["reader"], tokens["reader"] = token_of(
        people["lan"][0], people["lan"][1].pk, write=False
    )
    stranger, elsewhere = appoint("stranger", "Người nơi khác", "leader", committee)
    Post.objects.filter(pk=elsewhere.post_id).update(role="leader")
    programs["stranger"], tokens["stranger"] = token_of(stranger, elsewhere.pk)
    by = actor_of(people["city"][0], clock.today())
    done = actions.create_transition(
        Act(by=by, key="mo-chuyen-giao", at=clock.now()),
        name="Quận Hà Đông",
        unit_id=district.pk,
        days={"effective_on": JULY},
        ends=[{"body": bodies["office"], "payroll": 10}],
        begins=[{"body": bodies["ward"], "payroll": 5}, {"body": bodies["other"], "payroll": 5}],
    )
    return Office(
        district.pk,
        new.key,
        **bodies,
        transition=done["transition"],
        programs=programs,
        tokens=tokens,
    )


@pytest.fixture
def at_most(django_assert_max_num_queries: Any) -> Callable[[int], Any]:
    return django_assert_max_num_queries

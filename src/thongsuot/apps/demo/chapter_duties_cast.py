"""Thành phố Hồ Chí Minh in the story: its committee, who leads for it, seventeen wards and communes.

The source says that seventeen came and does not name them: those here are the first of the city's
list of units, and stand for them. Names of people are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.apps.demo import names
from thongsuot.apps.demo.cast import BEGINS, CITY_SIGNS, PASSWORD
from thongsuot.apps.registry.models import (
    BLOC_OF,
    Appointment,
    AppointmentStatus,
    Body,
    BodyKind,
    BodyVersion,
    Coverage,
    Person,
    Post,
    UnitLevel,
    UnitVersion,
)
from thongsuot.foundation.accounts.models import User
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

CITY, WARDS, SEED = "Hồ Chí Minh", 17, 2209
MARK = "Số liệu minh họa"
OFFICES = (
    ("hcm-tu", "Thành ủy Thành phố Hồ Chí Minh", BodyKind.PARTY_COMMITTEE, "", "Phó Bí thư Thành ủy (minh họa)"),
    ("hcm-btc", "Ban Tổ chức Thành ủy Thành phố Hồ Chí Minh", BodyKind.PARTY_OFFICE, "hcm-tu", "Trưởng ban (minh họa)"),
    ("hcm-ubkt", "Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh", BodyKind.INSPECTION_COMMISSION, "hcm-tu", "Chủ nhiệm (minh họa)"),
    ("hcm-dubnd", "Đảng ủy UBND Thành phố Hồ Chí Minh", BodyKind.PARTY_COMMITTEE, "hcm-tu", "Phó Bí thư Đảng ủy (minh họa)"),
    ("hcm-ubnd", "UBND Thành phố Hồ Chí Minh", BodyKind.PEOPLES_COMMITTEE, "", "Phó Chủ tịch UBND (minh họa)"),
    ("hcm-snv", "Sở Nội vụ Thành phố Hồ Chí Minh", BodyKind.DEPARTMENT, "hcm-ubnd", "Giám đốc Sở (minh họa)"),
    ("hcm-stc", "Sở Tài chính Thành phố Hồ Chí Minh", BodyKind.DEPARTMENT, "hcm-ubnd", "Giám đốc Sở (minh họa)"),
    ("hcm-svh", "Sở Văn hóa và Thể thao Thành phố Hồ Chí Minh", BodyKind.DEPARTMENT, "hcm-ubnd", "Giám đốc Sở (minh họa)"),
    ("hcm-skhcn", "Sở Khoa học và Công nghệ Thành phố Hồ Chí Minh", BodyKind.DEPARTMENT, "hcm-ubnd", "Giám đốc Sở (minh họa)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """Bodies by key, their heads, and the wards in the order of the list of units."""

    bodies: dict[str, int]
    heads: dict[str, int]
    wards: tuple[str, ...]
    unit: int


def place(at: datetime) -> City:
    """Write the bodies, posts and people of the city; returns where they are.

    Raises LookupError when the registry is not loaded.
    """
    on = UnitVersion.objects.known().on(BEGINS)
    city = on.filter(name=CITY, unit__level=UnitLevel.PROVINCE).first()
    if city is None:
        raise LookupError("the registry is not loaded: thongsuot setup")
    below = list(on.filter(parent=city.unit_id).order_by("code", "pk")[:WARDS])
    draw = names.people(SEED)
    made = [_body(*office[:4], city.unit_id, at) for office in OFFICES]
    bodies = dict(zip((o[0] for o in OFFICES), made, strict=True))
    heads = {o[0]: _head(bodies[o[0]], o[4], next(draw), o[0], at) for o in OFFICES}
    wards = []
    for number, version in enumerate(below, 1):
        key = f"hcm-{number:02d}-du"
        name = f"Đảng ủy {version.full_name[0].lower()}{version.full_name[1:]}"
        bodies[key] = _body(key, name, BodyKind.PARTY_COMMITTEE, "", version.unit_id, at)
        heads[key] = _head(bodies[key], "Bí thư Đảng ủy (minh họa)", next(draw), key, at)
        wards.append(key)
    return City(bodies, heads, tuple(wards), city.unit_id)


def _body(key: str, name: str, kind: str, parent: str, unit: int, at: datetime) -> int:
    body = Body.objects.create(key=key, kind=kind, bloc=BLOC_OF[BodyKind(kind)], demo=True)
    above = Body.objects.filter(key=parent).first() if parent else None
    BodyVersion.objects.create(
        body=body, name=name, parent=above, since=BEGINS, folded=fold(name), recorded_at=at,
        authority=MARK,
    )  # fmt: skip
    Coverage.objects.create(body=body, unit_id=unit, since=BEGINS, recorded_at=at)
    return body.pk


def _head(body: int, title: str, name: str, key: str, at: datetime) -> int:
    """The head of a body; those of the story's list of roles get an account."""
    sign = next((s for s in CITY_SIGNS if s.body == key), None)
    called = sign.name if sign else name
    person = Person.objects.create(full_name=called, folded=fold(called), demo=True)
    if sign is not None:
        person.account = User.objects.create_user(
            sign.username, PASSWORD, full_name=called, email=f"{sign.username}@minh-hoa.example"
        )
        person.save(update_fields=["account"])
    post = Post.objects.create(
        body_id=body, title=title, role=Role.LEADER, rank=1, since=BEGINS, recorded_at=at
    )
    Appointment.objects.create(
        person=person, post=post, since=BEGINS, status=AppointmentStatus.OFFICIAL,
        authority=MARK, recorded_at=at,
    )  # fmt: skip
    return person.pk


def head_of(city: City, key: str, on: date) -> Actor:
    """The head of a body acting in its post, with or without an account in the story."""
    held = Appointment.objects.on(on).select_related("post", "person")
    found = held.get(person=city.heads[key], post__body=city.bodies[key])
    name = BodyVersion.objects.on(on).get(body=city.bodies[key]).name
    hat = Hat(found.pk, Role.LEADER, found.post.title, city.bodies[key], name)
    return Actor(found.person.account_id or 0, found.person.full_name, (hat,), hat)

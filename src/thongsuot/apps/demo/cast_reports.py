"""Who reports in the story of TP.HCM: the city's party office and seventeen wards.

The city and the wards are real units of the registry; which seventeen the source text does not say,
so they are simply the first of its list. The people and every figure are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from thongsuot.apps.demo import names
from thongsuot.apps.demo.cast import PASSWORD, Sign
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
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.text import fold

BEGINS = date(2025, 7, 1)
SEED = 1685
WARDS = 17
CITY = "Hồ Chí Minh"
OFFICE, COMMITTEE = "hcm-vptu", "hcm-tu"
SIGNS = (
    Sign("thanh", "Ngô Thị Thanh", OFFICE, "Chuyên viên Văn phòng Thành ủy TP. Hồ Chí Minh", Role.CLERK,
         "Gom báo cáo tuần của 17 phường: ai đã nộp, ai chậm, nhắc, chốt số liệu, soạn báo cáo."),
    Sign("loc", "Huỳnh Phước Hải", OFFICE, "Chánh Văn phòng Thành ủy TP. Hồ Chí Minh", Role.LEADER,
         "Đọc và ký báo cáo tuần gửi Thường trực, hai tuần gửi Ban Thường vụ; khóa kỳ."),
    Sign("yen", "Mai Ngọc Yến", "hcm-01-du", "Chánh Văn phòng Đảng ủy phường", Role.CLERK,
         "Nộp báo cáo tuần của một phường: số kỳ trước hiện sẵn, số không khớp báo ngay."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class City:
    """Where the story of the weekly reports stands: the office, the wards and who files for each."""

    office: int
    wards: tuple[int, ...]
    clerks: tuple[str, ...]


def _units() -> tuple[int, list[UnitVersion]]:
    """The city and the first units of its list. Raises LookupError when they are not there."""
    held = UnitVersion.objects.known().on(BEGINS)
    city = held.filter(name=CITY, unit__level=UnitLevel.PROVINCE).first()
    if city is None:
        raise LookupError("the registry is not loaded: thongsuot setup")
    wards = list(held.filter(parent=city.unit_id).order_by("code", "pk")[:WARDS])
    if len(wards) < WARDS:
        raise LookupError("the city has fewer wards than the story asks for")
    return city.unit_id, wards


def place(at: datetime) -> City:
    """Write the bodies, posts and people of the city's reports into the registry.

    The city's and the wards' committees are those of the story of duties where that was told before.
    """
    city, wards = _units()
    rows: list[tuple[str, str, BodyKind, int, date | None]] = [
        (COMMITTEE, "Thành ủy Thành phố Hồ Chí Minh", BodyKind.PARTY_COMMITTEE, city, None),
        (OFFICE, "Văn phòng Thành ủy TP. Hồ Chí Minh", BodyKind.PARTY_OFFICE, city, None),
    ]
    rows += [
        (f"hcm-{n:02d}-du", f"Đảng ủy {ward.full_name[0].lower()}{ward.full_name[1:]}",
         BodyKind.PARTY_COMMITTEE, ward.unit_id, BEGINS)
        for n, ward in enumerate(wards, 1)
    ]  # fmt: skip
    ids: dict[str, int] = dict(Body.objects.filter(key__startswith="hcm-").values_list("key", "pk"))
    for key, name, kind, unit, since in rows:
        if key in ids:
            continue
        body = Body.objects.create(key=key, kind=kind, bloc=BLOC_OF[kind], demo=True)
        ids[key] = body.pk
        BodyVersion.objects.create(
            body=body, name=name, since=since, parent_id=ids[COMMITTEE] if key == OFFICE else None, folded=fold(name), recorded_at=at,
            authority="Số liệu minh họa",
        )  # fmt: skip
        Coverage.objects.create(body=body, unit_id=unit, since=since, recorded_at=at)
    signs = list(_signs())
    for sign in signs:
        _person(sign, ids[sign.body], at)
    clerks = tuple(s.username for s in signs if s.body.endswith("-du"))
    return City(ids[OFFICE], tuple(ids[f"hcm-{n:02d}-du"] for n in range(1, WARDS + 1)), clerks)


def _signs() -> Iterator[Sign]:
    """The named three, and one clerk for each of the other wards."""
    yield from SIGNS
    draw = names.people(SEED)
    for n in range(2, WARDS + 1):
        yield Sign(
            f"hcm{n:02d}",
            next(draw),
            f"hcm-{n:02d}-du",
            "Chánh Văn phòng Đảng ủy phường",
            Role.CLERK,
            "",
        )


def _person(sign: Sign, body: int, at: datetime) -> None:
    account = User.objects.create_user(
        sign.username,
        PASSWORD,
        full_name=sign.name,
        email=f"{sign.username}@minh-hoa.example",
    )
    person = Person.objects.create(
        full_name=sign.name, folded=fold(sign.name), account=account, demo=True
    )
    since = None if sign.body == OFFICE else BEGINS
    post = Post.objects.create(
        body_id=body, title=sign.title, role=sign.role, rank=1, since=since, recorded_at=at
    )
    Appointment.objects.create(
        person=person,
        post=post,
        since=since,
        status=AppointmentStatus.OFFICIAL,
        authority="Số liệu minh họa",
        recorded_at=at,
    )

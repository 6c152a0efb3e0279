"""Puts the bodies and the people of the story into the registry, all in one act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from thongsuot.apps.demo import names
from thongsuot.apps.demo.bodies import (
    CITY_OFFICES,
    DISTRICT_OFFICES,
    OTHERS,
    WARDS,
    Office,
    ward_offices,
)
from thongsuot.apps.registry.models import (
    BLOC_OF,
    Appointment,
    AppointmentStatus,
    Body,
    BodyKind,
    BodyVersion,
    Coverage,
    Neighbourhood,
    NeighbourhoodKind,
    Person,
    Post,
    Serves,
    UnitLevel,
    UnitVersion,
)
from thongsuot.foundation.accounts.models import User
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.text import fold

BEGINS = date(2025, 7, 1)
PREPARES = date(2025, 6, 1)
PASSWORD = "minh-hoa-2025"
SEED = 1656


@dataclass(frozen=True, slots=True)
class Sign:
    """One role that a visitor may take: who, in which post, and what to look at first."""

    username: str
    name: str
    body: str
    title: str
    role: Role
    what: str


def team(slug: str) -> str:
    """The key of the receiving team of a unit."""
    return f"{slug}-ttn"


def slug_of(name: str) -> str:
    """The tag of a new unit in the keys of its bodies: Yên Nghĩa → yen-nghia."""
    return fold(name).replace(" ", "-")


HANDING = "hd-tbg"
SIGNS = (
    Sign("lan", "Trần Thị Lan", HANDING, "Tổ trưởng Tổ bàn giao quận Hà Đông", Role.TEAM_HEAD,
         "Giữ sổ bàn giao của quận: nhập kiểm kê, xác nhận nơi nhận, lập và ký biên bản."),
    Sign("hoa", "Đỗ Thị Hoa", "hd-tp", "Công chức Phòng Tư pháp quận", Role.CLERK,
         "Nhập danh mục hồ sơ của phòng mình từ Excel và đếm từng hộp."),
    Sign("minh", "Nguyễn Văn Minh", team("ha-dong"), "Tổ trưởng Tổ tiếp nhận phường Hà Đông", Role.TEAM_HEAD,
         "Đếm lại, tiếp nhận hoặc từ chối có lý do, ký nhận cho phường."),
    Sign("thao", "Vũ Thu Thảo", team("kien-hung"), "Tổ trưởng Tổ tiếp nhận phường Kiến Hưng", Role.TEAM_HEAD,
         "Có một tài sản hai phường cùng nhận: xem vụ tranh chấp."),
    Sign("son", "Phạm Xuân Sơn", team("phu-luong"), "Thành viên Tổ tiếp nhận phường Phú Lương", Role.TEAM_MEMBER,
         "Phường đếm chậm nhất: nhiều biên bản còn chờ đếm, có mục đang thiếu."),
    Sign("binh", "Kiều Đức Bình", team("chuong-my"), "Tổ trưởng Tổ tiếp nhận phường Chương Mỹ", Role.TEAM_HEAD,
         "Nhận phần của Hà Đông về Chương Mỹ, phần hay bị quên."),
    Sign("khanh", "Lê Minh Khánh", "hn-bcd", "Thành viên Thường trực Ban Chỉ đạo thành phố", Role.STEERING,
         "Nhìn toàn thành phố: còn thiếu gì, ách tắc ở đâu, việc gì không ai giữ."),
    Sign("hang", "Bùi Minh Hằng", "hn-ubkt", "Trưởng đoàn kiểm tra", Role.INSPECTOR,
         "Kiểm tra: xem mọi thứ trong địa bàn, không sửa được gì."),
    Sign("quantri", "Cao Hữu Trung", "hn-ubnd", "Quản trị hệ thống", Role.OPERATOR,
         "Vận hành phần mềm, không xem được nội dung hồ sơ."),
)  # fmt: skip

# People of another city: they are placed by the chapter that tells of it (chapter_duties_cast.py).
CITY_SIGNS = (
    Sign("mai", "Đặng Tuyết Mai", "hcm-tu", "Phó Bí thư Thành ủy Thành phố Hồ Chí Minh (minh họa)", Role.LEADER,
         "Chín nội dung trọng tâm, mười bảy phường, xã. Xem nơi nào im lặng, việc nào quá hạn."),
    Sign("nga", "Hồ Thanh Nga", "hcm-btc", "Trưởng ban Ban Tổ chức Thành ủy (minh họa)", Role.LEADER,
         "Báo cáo hằng tuần và 2 tuần một lần về Thành ủy."),
    Sign("vy", "Đinh Khánh Vy", "hcm-snv", "Giám đốc Sở Nội vụ Thành phố Hồ Chí Minh (minh họa)", Role.LEADER,
         "Sắp xếp phòng, đơn vị sự nghiệp: so sánh phương án A, B, ai chậm bước nào."),
    Sign("tam", "Ngô Minh Tâm", "hcm-01-du", "Bí thư Đảng ủy phường (minh họa)", Role.LEADER,
         "Báo từng nội dung trọng tâm của phường, chuẩn bị đại hội."),
)  # fmt: skip

LEADERS = {
    BodyKind.PARTY_COMMITTEE: ("Bí thư Đảng ủy", "Phó Bí thư Thường trực Đảng ủy"),
    BodyKind.PEOPLES_COUNCIL: ("Chủ tịch HĐND",),
    BodyKind.PEOPLES_COMMITTEE: ("Chủ tịch UBND", "Phó Chủ tịch UBND"),
    BodyKind.FRONT: ("Chủ tịch Ủy ban MTTQ Việt Nam",),
    BodyKind.JOINT_OFFICE: ("Chánh Văn phòng",),
    BodyKind.SPECIALISED_OFFICE: ("Trưởng phòng",),
    BodyKind.SERVICE_CENTRE: ("Giám đốc Trung tâm",),
    BodyKind.PROJECT_BOARD: ("Giám đốc Ban",),
    BodyKind.COMPENSATION_BOARD: ("Giám đốc Trung tâm",),
    BodyKind.SERVICE_UNIT: ("Giám đốc",),
    BodyKind.MASS_ORGANISATION: ("Chủ tịch",),
}
CRITICAL = {BodyKind.PEOPLES_COMMITTEE, BodyKind.PARTY_COMMITTEE, BodyKind.SPECIALISED_OFFICE}


@dataclass(frozen=True, slots=True)
class Stage:
    """What the rest of the story needs: bodies by key, units by name, the staff by ward."""

    bodies: dict[str, int]
    district: int
    city: int
    new_units: dict[str, int]
    old_wards: dict[str, int]
    people: dict[str, tuple[int, ...]]


def units() -> tuple[int, int, dict[str, int], dict[str, int]]:
    """The city, the district, its twelve successors by name and its fifteen old wards by name.

    Raises LookupError when the registry is not loaded.
    """
    on = UnitVersion.objects.known()
    before, after = date(2025, 6, 30), BEGINS
    city = on.on(after).filter(name="Hà Nội", unit__level=UnitLevel.PROVINCE).first()
    if city is None:
        raise LookupError("the registry is not loaded: thongsuot setup")
    district = on.on(before).get(
        name="Hà Đông", unit__level=UnitLevel.DISTRICT, parent=city.unit_id
    )
    below = on.on(before).filter(parent=district.unit_id)
    old = {v.name: v.unit_id for v in below.order_by("name")}
    wanted = [name for name, _, _ in WARDS] + list(OTHERS)
    new = {v.name: v.unit_id for v in on.on(after).filter(parent=city.unit_id, name__in=wanted)}
    return city.unit_id, district.unit_id, new, old


def _offices(
    new: dict[str, int], district: int, city: int
) -> Iterator[tuple[Office, int, date | None]]:
    for office in CITY_OFFICES:
        yield office, city, None
    for office in DISTRICT_OFFICES:
        yield office, district, None
    yield (
        Office(HANDING, "Tổ bàn giao quận Hà Đông", BodyKind.HANDING_TEAM, "TBG"),
        district,
        PREPARES,
    )
    for name, unit in new.items():
        called = "xã" if name in {"An Khánh", "Đại Thanh", "Bình Minh"} else "phường"
        slug = slug_of(name)
        for office in ward_offices(slug, name, called):
            yield office, unit, BEGINS
        yield (
            Office(team(slug), f"Tổ tiếp nhận {called} {name}", BodyKind.RECEIVING_TEAM, "TTN"),
            unit,
            PREPARES,
        )


def place(at: datetime) -> Stage:
    """Write bodies, teams, posts, people, accounts and neighbourhoods; returns where they are."""
    city, district, new, old = units()
    offices = list(_offices(new, district, city))
    bodies = _bodies(offices, at)
    _teams(bodies, [o.key for o in DISTRICT_OFFICES], new, at)
    people = _people(bodies, offices, at)
    _neighbourhoods(old, at)
    return Stage(bodies, district, city, new, old, people)


def _bodies(offices: list[tuple[Office, int, date | None]], at: datetime) -> dict[str, int]:
    made = Body.objects.bulk_create(
        Body(key=o.key, kind=o.kind, bloc=BLOC_OF[BodyKind(o.kind)], demo=True)
        for o, _, _ in offices
    )
    ids = {b.key: b.pk for b in made}
    BodyVersion.objects.bulk_create(
        BodyVersion(
            body_id=ids[o.key],
            name=o.name,
            short_name=o.short,
            parent_id=ids[o.parent] if o.parent else None,
            since=since,
            folded=fold(o.name),
            recorded_at=at,
            authority="Số liệu minh họa",
        )
        for o, _, since in offices
    )
    Coverage.objects.bulk_create(
        Coverage(body_id=ids[o.key], unit_id=unit, since=since, recorded_at=at)
        for o, unit, since in offices
    )
    return ids


def _teams(bodies: dict[str, int], ends: Iterable[str], new: dict[str, int], at: datetime) -> None:
    pairs = [(HANDING, key) for key in ends]
    for name in new:
        slug = slug_of(name)
        pairs += [(team(slug), o.key) for o in ward_offices(slug, name, "")]
    Serves.objects.bulk_create(
        Serves(body_id=bodies[a], served_id=bodies[b], since=PREPARES, recorded_at=at)
        for a, b in pairs
    )


def _people(
    bodies: dict[str, int], offices: list[tuple[Office, int, date | None]], at: datetime
) -> dict[str, tuple[int, ...]]:
    """Everybody: the named few with accounts, the leaders of every body, and 504 staff."""
    draw = names.people(SEED)
    rows: list[tuple[str, str, str, str, date | None, str]] = [
        (s.name, s.body, s.title, s.role, None, s.username) for s in SIGNS
    ]
    rows += [
        (next(draw), o.key, title, Role.LEADER, since, "")
        for o, _, since in offices
        for title in LEADERS.get(BodyKind(o.kind), ())
    ]
    inside = [o for o in DISTRICT_OFFICES if o.kind != BodyKind.PEOPLES_COUNCIL]
    staff = [(name, inside[n % len(inside)].key) for n, name in enumerate(islice(draw, 504))]
    rows += [(name, key, "Chuyên viên", Role.CLERK, None, "") for name, key in staff]
    persons = Person.objects.bulk_create(
        Person(full_name=r[0], folded=fold(r[0]), demo=True) for r in rows
    )
    _accounts(persons)
    kinds = {o.key: BodyKind(o.kind) for o, _, _ in offices}
    posts = Post.objects.bulk_create(
        Post(
            body_id=bodies[key],
            title=title,
            role=role,
            rank=1 if role in {Role.LEADER, Role.TEAM_HEAD, Role.STEERING} else 100,
            signature_critical=role == Role.LEADER and kinds[key] in CRITICAL,
            since=since,
            recorded_at=at,
        )
        for _, key, title, role, since, _ in rows
    )
    Appointment.objects.bulk_create(
        Appointment(
            person=person,
            post=post,
            since=post.since,
            status=AppointmentStatus.PROVISIONAL
            if post.since == BEGINS
            else AppointmentStatus.OFFICIAL,
            authority="Số liệu minh họa",
            recorded_at=at,
        )
        for person, post in zip(persons, posts, strict=True)
    )
    _two_posts(bodies, persons, at)
    _heads(bodies, offices, at)
    first = len(rows) - len(staff)
    ids, begin, by_ward = [p.pk for p in persons[first:]], 0, {}
    for name, _, count in WARDS:
        by_ward[name] = tuple(ids[begin : begin + count])
        begin += count
    return by_ward


def _heads(
    bodies: dict[str, int], offices: list[tuple[Office, int, date | None]], at: datetime
) -> None:
    """Whoever heads what receives: the teams whose head signs in nowhere, and the city's departments.

    They come after everybody else, so that nobody's name changes by them.
    """
    draw = names.people(SEED + 2)
    headed = {s.body for s in SIGNS if s.role is Role.TEAM_HEAD}
    titles = {
        BodyKind.RECEIVING_TEAM: ("Tổ trưởng Tổ tiếp nhận", Role.TEAM_HEAD),
        BodyKind.DEPARTMENT: ("Giám đốc Sở", Role.LEADER),
        BodyKind.POLICE: ("Giám đốc Công an", Role.LEADER),
    }
    for office, _unit, since in offices:
        wanted = titles.get(BodyKind(office.kind))
        if wanted is None or office.key in headed:
            continue
        name = next(draw)
        person = Person.objects.create(full_name=name, folded=fold(name), demo=True)
        post = Post.objects.create(
            body_id=bodies[office.key], title=wanted[0], role=wanted[1], rank=1, since=since,
            recorded_at=at,
        )  # fmt: skip
        Appointment.objects.create(
            person=person, post=post, since=since, status=AppointmentStatus.OFFICIAL,
            authority="Số liệu minh họa", recorded_at=at,
        )  # fmt: skip


def _accounts(persons: list[Person]) -> None:
    for person, sign in zip(persons, SIGNS, strict=False):
        person.account = User.objects.create_user(
            sign.username, PASSWORD, full_name=sign.name, email=f"{sign.username}@minh-hoa.example"
        )
        person.save(update_fields=["account"])


def _two_posts(bodies: dict[str, int], persons: list[Person], at: datetime) -> None:
    """Anh Minh works at the district until its last day and is placed at the ward from the next."""
    minh = persons[2]
    for key, title, since, until in (
        ("hd-kthtdt", "Phó Trưởng phòng", None, BEGINS),
        ("ha-dong-ubnd", "Phó Chủ tịch UBND (dự kiến)", BEGINS, None),
    ):
        post = Post.objects.create(
            body_id=bodies[key], title=title, role=Role.LEADER, rank=20, since=since, recorded_at=at
        )
        Appointment.objects.create(
            person=minh,
            post=post,
            since=since,
            until=until,
            ended_at=at if until else None,
            status=AppointmentStatus.PROVISIONAL if since else AppointmentStatus.OFFICIAL,
            authority="Số liệu minh họa",
            recorded_at=at,
        )


def _neighbourhoods(old: dict[str, int], at: datetime) -> None:
    draw = names.people(SEED + 1)
    heads = Person.objects.bulk_create(
        Person(full_name=name, folded=fold(name), demo=True) for name in islice(draw, 6 * len(old))
    )
    rows = [(unit, n) for unit in old.values() for n in range(1, 7)]
    Neighbourhood.objects.bulk_create(
        Neighbourhood(
            unit_id=unit,
            name=f"Tổ dân phố {n}",
            kind=NeighbourhoodKind.RESIDENT_GROUP,
            head=head,
            households=180 + (unit * 37 + n * 53) % 260,
            folded=fold(f"Tổ dân phố {n}"),
            recorded_at=at,
        )
        for (unit, n), head in zip(rows, heads, strict=True)
    )

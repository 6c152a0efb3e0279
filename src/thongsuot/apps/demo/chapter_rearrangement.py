"""Thành phố Hồ Chí Minh rearranges what is inside its departments: one scheme compared, one carried out.

Every unit, name and figure is invented and marked (Số liệu minh họa).
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from thongsuot.apps.demo.chapter_duties_cast import City, head_of
from thongsuot.apps.directives.models import Document
from thongsuot.apps.rearrangement import actions
from thongsuot.apps.rearrangement.models import PresentUnit
from thongsuot.foundation.trail.acts import Act

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

MADE = date(2025, 9, 23)
BASIS = "Công văn của UBND thành phố giao Sở Nội vụ tổng hợp (minh họa)"
# code, name, sort, people, leaders, funding
ROOMS: dict[str, tuple[tuple[str, str, str, int, int, str], ...]] = {
    "hcm-snv": (
        ("NV-01", "Văn phòng Sở (minh họa)", "office", 24, 4, "state"),
        ("NV-02", "Phòng Tổ chức bộ máy (minh họa)", "office", 16, 3, "state"),
        ("NV-03", "Phòng Tổ chức phi chính phủ (minh họa)", "office", 7, 2, "state"),
        ("NV-04", "Phòng Chính quyền địa phương (minh họa)", "office", 15, 3, "state"),
        ("NV-05", "Trung tâm Lưu trữ (minh họa)", "service-unit", 42, 3, "part"),
    ),
    "hcm-stc": (
        ("TC-01", "Phòng Ngân sách (minh họa)", "office", 22, 4, "state"),
        ("TC-02", "Phòng Tài chính hành chính sự nghiệp (minh họa)", "office", 18, 3, "state"),
        ("TC-03", "Phòng Tin học và Thống kê (minh họa)", "office", 9, 2, "state"),
        ("TC-04", "Phòng Quản lý công sản (minh họa)", "office", 14, 3, "state"),
    ),
    "hcm-svh": (
        ("VH-01", "Trung tâm Văn hóa A (minh họa)", "service-unit", 58, 4, "part"),
        ("VH-02", "Trung tâm Văn hóa B (minh họa)", "service-unit", 36, 3, "part"),
        ("VH-03", "Nhà hát Minh Họa", "service-unit", 71, 4, "part"),
        ("VH-04", "Phòng Quản lý di sản (minh họa)", "office", 12, 3, "state"),
    ),
}  # fmt: skip
SILENT = "hcm-skhcn"
DAYS = {
    "decision": date(2025, 9, 12),
    "people": date(2025, 9, 17),
    "handover": date(2025, 9, 22),
    "seal": date(2025, 9, 24),
    "announce": date(2025, 9, 30),
}


def rearrange(teller: "Teller", city: City) -> None:
    """One scheme of the whole city with two options and a silent department; one carried out, late."""
    _culture(teller, city)
    teller.on(MADE, 10)
    document = Document.objects.filter(number__startswith="01-KL/TU").values_list("pk", flat=True)
    scheme = _scheme(
        teller, city, "hcm-snv", title="Sắp xếp phòng, đơn vị sự nghiệp của các sở (minh họa)",
        owners=[*ROOMS, SILENT], basis=BASIS, document=next(iter(document), 0), due_on=date(2025, 9, 25),
    )  # fmt: skip
    units = {key: _enter(teller, city, scheme, key, MADE) for key in ROOMS}
    every = {code: pk for known in units.values() for code, pk in known.items()}
    _options(teller, city, scheme, every)


def _act(teller: "Teller", city: City, key: str, on: date) -> Act:
    return teller.act_as(head_of(city, key, on))


def _scheme(teller: "Teller", city: City, keeper: str, **values: Any) -> int:
    owners = [city.bodies[o] for o in values.pop("owners")]
    on = values.pop("on", MADE)
    done = actions.make_scheme(
        _act(teller, city, keeper, on), keeper_id=city.bodies[keeper], owners=owners, demo=True,
        scheme={"kind": "both", "gatherer": city.bodies["hcm-snv"], "approver": city.bodies["hcm-ubnd"], **values},
    )  # fmt: skip
    return int(str(done["scheme"]))


def _enter(teller: "Teller", city: City, scheme: int, key: str, on: date) -> dict[str, int]:
    """A department writes its units down and sends them in."""
    made = {}
    for code, name, sort, people, leaders, funding in ROOMS[key]:
        done = actions.put_unit(
            _act(teller, city, key, on), scheme_id=scheme, owner_id=city.bodies[key],
            unit={"code": code, "name": name, "sort": sort, "people": people, "leaders": leaders,
                  "funding": funding, "basis": "Quyết định thành lập (minh họa)"},
        )  # fmt: skip
        made[code] = int(str(done["unit"]))
    actions.send_units(_act(teller, city, key, on), scheme_id=scheme, owner_id=city.bodies[key])
    return made


def _options(teller: "Teller", city: City, scheme: int, units: dict[str, int]) -> None:
    """Option A founds one centre and merges rooms; option B only merges the smallest rooms."""

    def act() -> Act:
        return _act(teller, city, "hcm-snv", MADE)

    def set_fates(option: int, *lines: dict[str, Any]) -> None:
        fates = [{**line, "unit": units[str(line["unit"])]} for line in lines]
        actions.set_fates(act(), scheme_id=scheme, option_id=option, fates=fates)

    first = actions.make_option(
        act(), scheme_id=scheme, title="Gọn đầu mối, hợp nhất hai trung tâm văn hóa",
        note="Giảm nhiều nhất; cần bố trí lại lãnh đạo dôi dư (minh họa).",
    )  # fmt: skip
    a = int(str(first["option"]))
    actions.found_unit(
        act(), scheme_id=scheme, option_id=a,
        unit={"code": "VH-M1", "name": "Trung tâm Văn hóa thành phố (minh họa)", "sort": "service-unit",
              "owner": city.bodies["hcm-svh"], "leaders": 4},
    )  # fmt: skip
    set_fates(
        a,
        {"unit": "VH-01", "fate": "merge", "into": "VH-M1", "released": 3},
        {"unit": "VH-02", "fate": "merge", "into": "VH-M1", "released": 2},
        {"unit": "VH-03", "fate": "convert", "funding": "running"},
        {"unit": "NV-03", "fate": "merge", "into": "NV-02"},
        {"unit": "NV-02", "fate": "rename", "name": "Phòng Tổ chức bộ máy và Tổ chức phi chính phủ (minh họa)", "leaders": 4},
        {"unit": "TC-03", "fate": "dissolve", "tasks_to": "TC-01", "assets_to": "TC-04", "people_to": "TC-01"},
    )  # fmt: skip
    actions.keep_rest(act(), scheme_id=scheme, option_id=a)
    second = actions.make_option(act(), scheme_id=scheme, title="Chỉ nhập phòng dưới mười người")
    b = int(str(second["option"]))
    set_fates(
        b,
        {"unit": "NV-03", "fate": "merge", "into": "NV-02"},
        {"unit": "NV-02", "fate": "keep", "leaders": 3},
        {"unit": "TC-03", "fate": "merge", "into": "TC-01"},
        {"unit": "TC-01", "fate": "keep"},
        {"unit": "VH-01", "fate": "keep"},
        {"unit": "VH-02", "fate": "keep"},
    )  # the rest has no fate yet: the page names what is left out


def _culture(teller: "Teller", city: City) -> None:
    """A scheme of one department, approved on 10 September; the seals are late on 26 September."""
    begun = date(2025, 9, 8)
    teller.on(begun, 9)
    scheme = _scheme(
        teller, city, "hcm-ubnd", title="Sắp xếp đơn vị sự nghiệp thuộc Sở Văn hóa và Thể thao (minh họa)",
        owners=["hcm-svh"], basis="Kế hoạch của UBND thành phố (minh họa)", on=begun, kind="service-units",
    )  # fmt: skip
    units = _enter(teller, city, scheme, "hcm-svh", begun)

    def act(key: str) -> Act:
        return _act(teller, city, key, begun)

    option = int(str(actions.make_option(act("hcm-snv"), scheme_id=scheme, title="Nhập trung tâm nhỏ vào trung tâm lớn")["option"]))  # fmt: skip
    actions.set_fates(
        act("hcm-snv"), scheme_id=scheme, option_id=option,
        fates=[{"unit": units["VH-02"], "fate": "merge", "into": "VH-01", "released": 4},
               {"unit": units["VH-03"], "fate": "convert", "funding": "running"}],
    )  # fmt: skip
    actions.keep_rest(act("hcm-snv"), scheme_id=scheme, option_id=option)
    actions.submit_scheme(act("hcm-ubnd"), scheme_id=scheme)
    actions.ask_opinions(
        act("hcm-snv"), scheme_id=scheme, bodies=[city.bodies["hcm-stc"]], due_on=date(2025, 9, 9)
    )
    actions.give_opinion(
        act("hcm-stc"), scheme_id=scheme, body_id=city.bodies["hcm-stc"], stance="comments",
        words="Kiểm kê tài sản trước ngày bàn giao (minh họa).",
    )  # fmt: skip
    teller.on(date(2025, 9, 10), 14)
    actions.approve_scheme(
        act("hcm-ubnd"), scheme_id=scheme, option_id=option, number="3201/QĐ-UBND (minh họa)",
        decided_on=date(2025, 9, 10), basis="Nghị quyết của HĐND thành phố (minh họa)",
    )  # fmt: skip
    actions.begin_carrying(act("hcm-ubnd"), scheme_id=scheme, days=DAYS)
    _carry(teller, city, scheme)


def _carry(teller: "Teller", city: City, scheme: int) -> None:
    teller.on(date(2025, 9, 22), 9)
    done = (("VH-02", "decision", 12), ("VH-02", "people", 17), ("VH-02", "handover", 22), ("VH-03", "decision", 12))  # fmt: skip
    units = dict(PresentUnit.objects.filter(scheme=scheme).values_list("code", "pk"))
    for code, step, day in done:
        actions.carry_step(
            _act(teller, city, "hcm-svh", date(2025, 9, 22)), scheme_id=scheme, unit_id=units[code],
            step=step, done_on=date(2025, 9, day), paper="(minh họa)",
        )  # fmt: skip

"""Where a duty applies: the places and tiers a clause names, and the territory a text is about."""

import re
from collections import Counter
from collections.abc import Iterable

from thongsuot.rules.directives.intake.source import lowered
from thongsuot.rules.directives.intake.tokens import several

__all__ = ["places", "territory"]

_KIND = r"(?:tỉnh|thành\s+phố|thành phố|tp\.?|huyện|quận|q\.|thị\s+xã|tx\.|xã|phường|p\.|thị\s+trấn|đặc\s+khu)"
_NAME = r"(?:[A-ZĐÀ-Ỹ][\w'’]*(?:\s+(?:[A-ZĐÀ-Ỹ][\w'’]*|\d+\b))*|\d{1,2}\b)"
_CAPS = r"(?-i:[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ])"
_GAP = r"(?: |\n(?=\S))"
_PLACE = re.compile(
    rf"(?<!\w)(?P<kind>(?i:{_KIND}))\s*(?P<name>{_CAPS}[\w’']*(?:{_GAP}{_CAPS}[\w’']*){{0,3}}|\d{{1,2}}(?![\d/.,%]))"
)
_TIER = re.compile(
    r"(?<!\w)(?:cấp\s+(?:tỉnh|huyện|xã|cơ sở)|\d{1,3}\s+(?:phường|xã)(?:,\s*(?:phường|xã|đặc\s+khu|thị\s+trấn))*|các\s+xã,\s*phường(?:,\s*(?:đặc\s+khu|thị\s+trấn))?|xã,\s*phường(?:,\s*(?:đặc\s+khu|thị\s+trấn))?|khu\s+phố,\s*ấp|thôn,\s*(?:khu\s+phố|bản|ấp|xóm)|các\s+quận,\s*huyện|các\s+huyện,\s*(?:thị\s+xã|thành\s+phố)(?:,\s*thành\s+phố)?|các\s+tỉnh,\s*thành\s+phố)(?!\w)"
)
_ROAD = re.compile(
    rf"(?<!\w)(?:tuyến\s+đường|đường|quốc\s+lộ|cầu|nút\s+giao|khu\s+dân\s+cư|khu\s+đô\s+thị|hồ|chợ)\s+(?P<name>{_CAPS}[\w’']*(?:\s+{_CAPS}[\w’']*){{0,4}}|\d{{1,3}}[A-Z]?)"
)
# What begins with a capital after "tỉnh", "xã" … and is no name of a place.
_NOT_NAMES = several(
    "ủy,ban,ủy ban,hội,công,bí,chủ,sở,phòng,văn,về,và,các,đảng,mặt,trong,khi,theo,việt,ubnd,hđnd,mttq,btv,thường,phó,giám,trưởng,đoàn"
)

PROVINCES = [
    "An Giang",
    "Bà Rịa - Vũng Tàu",
    "Bạc Liêu",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Dương",
    "Bình Định",
    "Bình Phước",
    "Bình Thuận",
    "Cà Mau",
    "Cao Bằng",
    "Cần Thơ",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đắk Nông",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Giang",
    "Hà Nam",
    "Hà Nội",
    "Hà Tĩnh",
    "Hải Dương",
    "Hải Phòng",
    "Hậu Giang",
    "Hòa Bình",
    "Huế",
    "Thừa Thiên Huế",
    "Thừa Thiên - Huế",
    "Hưng Yên",
    "Khánh Hòa",
    "Kiên Giang",
    "Kon Tum",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Long An",
    "Nam Định",
    "Nghệ An",
    "Ninh Bình",
    "Ninh Thuận",
    "Phú Thọ",
    "Phú Yên",
    "Quảng Bình",
    "Quảng Nam",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sóc Trăng",
    "Sơn La",
    "Tây Ninh",
    "Thái Bình",
    "Thái Nguyên",
    "Thanh Hóa",
    "Tiền Giang",
    "Trà Vinh",
    "Tuyên Quang",
    "Vĩnh Long",
    "Vĩnh Phúc",
    "Yên Bái",
    "Hồ Chí Minh",
]
_CITIES = frozenset(("Hà Nội", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế", "Hồ Chí Minh"))
_PROVINCE = re.compile(
    rf"(?<!\w)(?P<kind>(?i:tỉnh\s+|thành\s+phố\s+|tp\.?\s*)?)(?P<name>{'|'.join(sorted(PROVINCES, key=len, reverse=True))}|HCM)(?!\w)"
)


def places(text: str, persons: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The places by name, and the tiers, that some words name, each once, as written."""
    found: dict[str, str] = {}
    for one in _PLACE.finditer(text):
        if (
            lowered(one["name"].split()[0]) not in _NOT_NAMES
            and " ".join(one["name"].split()) not in persons
        ):
            shown = _cut(" ".join(one.group().split()), " ".join(one["name"].split()))
            found.setdefault(lowered(shown), shown)
    for one in _TIER.finditer(text.lower() if not text.islower() else text):
        found.setdefault(one.group(), text[one.start() : one.end()])
    return tuple(found.values())


def _cut(shown: str, name: str) -> str:
    """A name that begins as a province's goes no further: "thành phố Hà Nội Lê …"."""
    for province in PROVINCES:
        if name.startswith(province + " "):
            return shown[: len(shown) - len(name) + len(province)]
    return shown


_COMMITTEE = re.compile(
    rf"(?<!\w)(?i:thành ủy|tỉnh ủy|huyện ủy|quận ủy|đảng bộ) (?P<name>{_CAPS}[\w’']*(?:{_GAP}{_CAPS}[\w’']*){{0,2}})"
)


def territory(
    text: str, issuers: Iterable[str], persons: frozenset[str] = frozenset()
) -> str | None:
    """The territory a text is about: what its issuers govern, else what it names most."""
    for issuer in issuers:
        named = [one for one in places(issuer, persons) if not one.startswith("cấp")]
        named = named or [one.group().strip() for one in _PROVINCE.finditer(issuer)]
        if named:
            return named[0]
    return _most_named(text, persons)


def _most_named(text: str, persons: frozenset[str]) -> str | None:
    counted: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for pattern in (_PLACE, _PROVINCE, _COMMITTEE):
        for one in pattern.finditer(text[:12000]):
            name, whole = _named(one, pattern is _COMMITTEE)
            key = lowered(name)
            if not key or key.split()[0] in _NOT_NAMES or key.isdigit() or name in persons:
                continue
            if len(whole) > len(shown.get(key, "")):
                shown[key] = whole
            counted[key] += 1 + (one.start() < 400)
    if not counted:
        return None
    key, times = counted.most_common(1)[0]
    return shown[key] if times > 1 or len(counted) == 1 else None


def _named(found: re.Match[str], bare: bool) -> tuple[str, str]:
    """The name and the name with its kind; from a head in capitals as in a sentence."""
    name, whole = found["name"], found.group()
    if name.isupper() and len(name) > 3:
        name = name.split("\n")[0].title()
        whole = f"{found['kind'].strip().lower()} {name}" if not bare else name
    name = " ".join(_cut(name, name).split())
    return name, name if bare else " ".join(
        _cut(" ".join(whole.split()), " ".join(found["name"].split())).split()
    )

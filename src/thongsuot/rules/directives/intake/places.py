"""Where a duty applies: the places and tiers a clause names, and the territory a text is about."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from thongsuot.rules.directives.intake.source import lowered, toned
from thongsuot.rules.directives.intake.tokens import several

__all__ = ["grounds", "is_tier", "places", "territory"]

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
# Works and grounds that a duty can be about: a road, a lake, a dump, an industrial zone.
_GROUND = re.compile(
    r"(?<![\w/])(?:(?:[Tt]uyến\s+đường|đường|[Qq]uốc\s+lộ|[Tt]ỉnh\s+lộ|(?:đường\s+)?cao\s+tốc|(?<!êu )(?<!hu )cầu|hầm(?:\s+chui)?|nút\s+giao|bến\s+xe|cảng|sân\s+bay|ga|chợ|công\s+viên|quảng\s+trường"
    r"|[Kk]hu\s+(?:dân\s+cư|đô\s+thị|công\s+nghiệp|kinh\s+tế|chế\s+xuất|du\s+lịch|tái\s+định\s+cư|[Ll]iên\s+hợp|di\s+tích|bảo\s+tồn)(?:\s+[a-zà-ỹ]+){0,4}?"
    r"|(?:bãi|[Kk]hu\s+xử\s+lý|[Nn]hà\s+máy\s+xử\s+lý|[Cc]ông\s+trường\s+xử\s+lý)\s+(?:rác|chất\s+thải)|hồ\s+(?:điều\s+tiết|chứa\s+nước|thủy\s+điện)|hồ|sông|kênh|rạch|vịnh|đầm|bán\s+đảo|đảo|đèo|núi|[Vv]ườn\s+quốc\s+gia|[Tt]rạm\s+thu\s+phí)"
    rf"\s+(?P<name>(?!Sở |UBND|Ban |Bộ |Công |Vành )(?:{_CAPS}[\w’']*(?:[ ](?:[-–][ ])?{_CAPS}[\w’']*){{0,4}})|\d{{1,3}}[A-Z]?(?![\w/%.,]))|số\s+\d+\w*\s+(?P<street>{_CAPS}[\w’']*(?:[ ]{_CAPS}[\w’']*){{1,3}}))"
)
# A further place in a row of the same kind: "các xã Liêm Sơn, Thanh Tân và Đồng Hà".
_AND_PLACE = re.compile(
    rf"(?:\s*,|\s+và)\s+(?P<name>{_CAPS}[\w’']*(?:[ ]{_CAPS}[\w’']*){{0,2}})(?=\s*[,.;)]|\s+[a-zà-ỹđ(]|\s*$)"
)
_REGION = re.compile(
    r"(?<!\w)(?:miền (?:Trung|Bắc|Nam)|Tây Nguyên|Tây Bắc|Đông Bắc|Đông Nam Bộ|Tây Nam Bộ|Nam Bộ|Bắc Bộ|Trung Bộ|Bắc Trung Bộ|Nam Trung Bộ|[Đđ]ồng bằng sông (?:Cửu Long|Hồng)|toàn quốc|cả nước)(?!\w)"
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


@lru_cache(maxsize=8192)
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
            for further in _in_a_row(text, one):
                found.setdefault(lowered(further), further)
    for start, end in _bare_provinces(text):
        shown = text[start:end]
        if all(lowered(shown) not in one for one in found):
            found.setdefault(lowered(shown), shown)
    for one in _TIER.finditer(text.lower() if not text.islower() else text):
        found.setdefault(one.group(), text[one.start() : one.end()])
    return tuple(found.values())


def _in_a_row(text: str, one: re.Match[str]) -> list[str]:
    """The places that follow one in a row without their kind said again."""
    found: list[str] = []
    if not _COMMUNE.match(one["kind"]) or one["name"].isdigit():
        return found
    at = one.end()
    while (more := _AND_PLACE.match(text, at)) is not None:
        name = more["name"]
        if (
            lowered(name.split()[0]) in _NOT_NAMES
            or name in PROVINCES
            or lowered(name.split()[0]) in _BODY_WORDS
        ):
            break
        found.append(name)
        at = more.end()
    return found


_COMMUNE = re.compile(r"(?:xã|phường|thị\s+trấn|huyện|quận)", re.I)
_BODY_WORDS = several(
    "ubnd,sở,bộ,cục,chi,công,ban,tổng,trung,văn,hđnd,mttq,tổ,đội,thanh,viện,trường,đài,báo,kho,ngân,bệnh,phòng,hội,đoàn,quỹ"
)


def grounds(text: str) -> tuple[str, ...]:
    """The works and grounds (a road, a lake, an industrial zone), else the regions, that words name."""
    for pattern in (_GROUND, _REGION):
        found = {
            lowered(one.group()): " ".join(one.group().split()) for one in pattern.finditer(text)
        }
        if found:
            return tuple(found.values())
    return ()


def is_tier(place: str) -> bool:
    """Whether a place is a tier or a group ("cấp xã", "các quận, huyện") and not one by name."""
    return _TIER.fullmatch(place.lower()) is not None


def _bare_provinces(text: str) -> list[tuple[int, int]]:
    """Where provinces stand by their names alone: "các địa phương Nghệ An, Hà Tĩnh"."""
    return [
        one.span("name")
        for one in _PROVINCE.finditer(toned(text))
        if not _CAPITAL_NEXT.match(text, one.end())
        and not _OF_A_ROAD.search(text, max(0, one.start() - 12), one.start())
        and not _CAPITAL_BEFORE.search(text, max(0, one.start() - 24), one.start())
    ]


_OF_A_ROAD = re.compile(r"(?:lộ|đường|phố|ngã tư|ngã ba|cầu|chợ|ga|bến|vành đai|học|báo|đài)\s+$")
_CAPITAL_NEXT = re.compile(rf"\s+{_CAPS}[\w’']*")
_CAPITAL_BEFORE = re.compile(rf"{_CAPS}[\w’']*\s+$")


def _cut(shown: str, name: str) -> str:
    """A name that begins as a province's goes no further: "thành phố Hà Nội Lê …"."""
    if name.startswith("HCM "):
        return shown[: len(shown) - len(name) + 3]
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
    theme = _theme(text, persons)
    central = False
    for issuer in issuers:
        central = central or lowered(issuer).startswith(_CENTRAL)
        named = [one for one in places(issuer, persons) if not one.startswith("cấp")]
        named = named or [one.group().strip() for one in _PROVINCE.finditer(issuer)]
        if named:
            return theme or named[0]
    return theme or _most_named(text, persons, central)


# Who orders for the whole country: a place must stand in the opening of his text to be its matter.
_CENTRAL = (
    "thủ tướng",
    "phó thủ tướng",
    "chính phủ",
    "bộ",
    "văn phòng chính phủ",
    "ban bí thư",
    "tổng cục",
    "lãnh đạo chính phủ",
)


_LOWER_TIER = re.compile(r"(?:huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu)\s", re.I)


def _opening(text: str) -> int:
    """Where the title and the paragraph after it end."""
    end = text.find("\n\n", text.find("\n\n") + 2)
    return min(end, 900) if end > 0 else 400


def _theme(text: str, persons: frozenset[str]) -> str | None:
    """The one district or commune whose matter a text is: in its opening, and named most after it."""
    opening = _opening(text)
    counted: Counter[str] = Counter()
    shown: dict[str, str] = {}
    early: set[str] = set()
    for one in _PLACE.finditer(text[:12000]):
        name, whole = _named(one, bare=False)
        key = lowered(name)
        if not key or key.split()[0] in _NOT_NAMES or name in persons:
            continue
        if not _LOWER_TIER.match(whole):
            continue
        counted[key] += 1
        shown.setdefault(key, whole)
        if one.start() < opening:
            early.add(key)
    if not counted:
        return None
    low = lowered(text[:12000])
    for key in counted:  # "Lý Sơn" alone is "huyện Lý Sơn" again
        counted[key] = max(counted[key], low.count(key) if counted[key] > 1 and len(key) > 4 else 0)
    key, times = counted.most_common(1)[0]
    named = key in early or key in lowered(text[:opening])
    return shown[key] if named and times >= 3 and times * 2 > sum(counted.values()) else None


def _most_named(text: str, persons: frozenset[str], central: bool) -> str | None:
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
    opening = lowered(text[: _opening(text)])
    if key not in opening and (central or (times < 4 and times * 2 <= sum(counted.values()))):
        region = _REGION.search(text, 0, _opening(text))
        return region.group() if region else None
    alone = len(counted) == 1 and (key in opening or not _COMMUNE.match(shown[key]))
    return shown[key] if times > 1 or alone else None


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

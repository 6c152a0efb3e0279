"""Addresses as people write them, made from the units of the registry and labelled by the law.

Only the registry and ``law_mapping.csv`` are read; nothing of the resolver under test. A seed
decides every row. ``PUBLISHED`` are the kinds of the published comparison in its proportions;
``MORE`` are other habits and slips.
"""

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from csv import DictReader
from dataclasses import dataclass
from datetime import date

from thongsuot.apps.registry.sources import overlay_folder
from thongsuot.apps.registry.sources_registry import registry_from_sources
from thongsuot.rules.registry.registry import KIND_WORDS
from thongsuot.rules.registry.values import COMMUNE

EVE, NOW = date(2025, 6, 30), date.max
STREETS = (
    "Trần Phú", "Lê Lợi", "Nguyễn Huệ", "Hùng Vương", "Lý Tự Trọng", "Phan Đình Phùng", "Ngô Quyền",
    "Nguyễn Thị Minh Khai", "Bà Triệu", "Hai Bà Trưng", "Lạc Long Quân", "Cách Mạng Tháng Tám",
    "Võ Thị Sáu", "Phạm Văn Đồng", "Lê Hồng Phong", "3 Tháng 2", "30/4", "Nguyễn Trãi", "Quang Trung",
)  # fmt: skip
HAMLETS = (
    "Thôn 4", "Ấp 3", "Xóm Đình", "Khóm 2", "Tổ 5", "Khu phố 6", "Bản Nà Lìn", "Buôn Kô Siêr", "Tổ dân phố 9",
    "Thôn Thượng", "Ấp Bình Hòa", "KP3", "TDP 5", "Tổ 12, Khu 3", "Đội 4", "Làng Kép",
)  # fmt: skip
TRAPS = (
    "đường Hà Nội", "Xa lộ Hà Nội", "phố Huế", "đường Bình Thạnh", "khu phố Đống Đa", "chung cư Tân Bình",
    "KCN Sóng Thần", "KĐT Cầu Giấy", "đường Cao Bằng", "ấp Tân Phú", "thôn An Giang", "đường Gò Vấp",
    "khu dân cư Bình Tân", "đường Nam Định", "chợ Thủ Đức", "KDC Phú Mỹ", "ngõ Thái Thịnh",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """An old commune with what stood above it: (kind, name) from the commune up."""

    code: str
    levels: tuple[tuple[str, str], ...]
    expected: frozenset[str]  # communes of today, by the law
    province: str  # of today


@dataclass(frozen=True, slots=True)
class Row:
    """An address and what the law says of it."""

    text: str
    expected: frozenset[str]
    province: str
    noise: str


def law() -> dict[str, frozenset[str]]:
    """Which communes of today took of an old one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with (overlay_folder() / "law_mapping.csv").open(encoding="utf-8", newline="") as rows:
        for row in DictReader(rows):
            found[row["old_ward_code"]].add(row["new_ward_code"])
    return {code: frozenset(new) for code, new in found.items()}


def land_only() -> set[str]:
    """Divided communes of which all people are in one commune of today."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    with (overlay_folder() / "law_readings.csv").open(encoding="utf-8", newline="") as rows:
        for row in DictReader(rows):
            found[row["old_ward_code"]].append(row["share"])
    return {code for code, shares in found.items() if "land" in shares}


@dataclass(frozen=True, slots=True)
class Country:
    """The communes of the eve of the reform and those of today."""

    old: tuple[Place, ...]
    new: tuple[Place, ...]
    aliases: tuple[tuple[str, str], ...]  # code, name borne earlier


def country() -> Country:
    """Both maps from the registry."""
    registry, told, old, new = registry_from_sources(), law(), [], []
    now = {f.unit: f for f in registry.in_force(NOW)}
    above = {
        f.code: now[f.parent].code
        for f in now.values()
        if f.level == COMMUNE and f.parent is not None
    }
    then = {f.unit: f for f in registry.in_force(EVE)}
    for fact in then.values():
        if fact.level != COMMUNE or fact.code not in told:
            continue
        district = then[fact.parent]
        levels = tuple(
            (KIND_WORDS[f.kind], f.name) for f in (fact, district, then[district.parent])
        )
        to = told[fact.code]
        old.append(Place(fact.code, levels, to, above[next(iter(to))]))
    for fact in now.values():
        if fact.level == COMMUNE and fact.parent is not None:
            province = now[fact.parent]
            levels = tuple((KIND_WORDS[f.kind], f.name) for f in (fact, province))
            new.append(Place(fact.code, levels, frozenset((fact.code,)), province.code))
    codes = {f.unit: f.code for f in then.values() if f.level == COMMUNE}
    aliases = tuple((codes[u], a) for u, a, _ in registry.facts.aliases if u in codes)
    return Country(tuple(old), tuple(new), aliases)


# --- how it is written ----------------------------------------------------------------------


def bare(text: str) -> str:
    """Without marks."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def house(dice: random.Random) -> str:
    """A house, a hamlet, or nothing in front."""
    street = dice.choice(STREETS)
    return dice.choice(
        [
            "",
            dice.choice(HAMLETS),
            f"{dice.randint(1, 400)} {street}",
            f"Số {dice.randint(1, 300)} đường {street}",
            f"{dice.randint(1, 300)}/{dice.randint(1, 40)} {street}",
            f"Số nhà {dice.randint(1, 99)}, ngõ {dice.randint(1, 300)} {street}",
            f"{dice.randint(1, 120)}{dice.choice('AB')} {street}",
        ]
    )


def full(kind: str, name: str) -> str:
    """ "Xã Nga Bạch", "Phường 5"."""
    return f"{kind[0].upper()}{kind[1:]} {name}"


SHORT = {
    "phường": ("P. ", "P.", "P ", "p. ", "F. "), "xã": ("X. ", "X.", "xã "), "thị trấn": ("TT. ", "TT ", "T.T ", "tt. "),
    "quận": ("Q. ", "Q.", "Q ", "q."), "huyện": ("H. ", "H.", "huyện "), "thị xã": ("TX. ", "TX ", "Tx. ", "TX."),
    "thành phố": ("TP. ", "TP ", "Tp. ", "TP.", "tp. "), "tỉnh": ("T. ", "tỉnh ", "", "T."),
}  # fmt: skip


def short(dice: random.Random, kind: str, name: str) -> str:
    """ "P. Bến Nghé", "Q.1", "TPHCM"."""
    if name == "Hồ Chí Minh" and dice.random() < 0.5:
        return dice.choice(("TP.HCM", "TPHCM", "TP HCM", "Tp.HCM", "HCM"))
    if kind == "phường" and name.isdigit() and dice.random() < 0.5:
        return dice.choice((f"P{name}", f"F{name}", f"P.{name}"))
    if kind == "quận" and name.isdigit() and dice.random() < 0.5:
        return f"Q{name}"
    return f"{dice.choice(SHORT[kind])}{name}"


NEAR_KEYS = {
    a: "".join(r[max(0, i - 1) : i] + r[i + 1 : i + 2])
    for r in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for i, a in enumerate(r)
}


def one_typo(dice: random.Random, name: str) -> str:
    """A slip of the finger in a name: never in one too short to survive it."""
    at = [i for i, c in enumerate(name) if c.isalpha()]
    if len(at) < 4:
        return name
    i = dice.choice(at)
    way = dice.randrange(6)
    if way == 0:
        return name[:i] + name[i + 1 :]
    if way == 1:
        return name[:i] + name[i] + name[i:]
    if way == 2 and i + 1 < len(name):
        return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    if way == 3:
        key = bare(name[i]).lower()
        other = dice.choice(NEAR_KEYS.get(key) or "e")
        return name[:i] + (other.upper() if name[i].isupper() else other) + name[i + 1 :]
    if way == 4:
        return name[:i] + bare(name[i]) + name[i + 1 :]
    return name[:i] + dice.choice("aeiouhntgc") + name[i:]


def slip(dice: random.Random, place: Place, times: int) -> list[tuple[str, str]]:
    """The levels with slips in so many of them."""
    levels = [list(level) for level in place.levels]
    may = [i for i, (_, n) in enumerate(levels) if sum(map(str.isalpha, n)) >= 4]
    for i in dice.sample(may, min(times, len(may))):
        levels[i][1] = one_typo(dice, levels[i][1])
    return [(k, n) for k, n in levels]


def written(
    dice: random.Random,
    levels: list[tuple[str, str]] | tuple[tuple[str, str], ...],
    style: Callable[[str, str], str] = full,
    joint: str = ", ",
) -> str:
    """The levels in their order behind a house."""
    told = [style(k, n) for k, n in levels]
    front = house(dice)
    return joint.join([front, *told] if front else told)


TELEX = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}


def keyed(word: str, tones: dict[str, str], hats: dict[str, str]) -> str:
    """A word as the keys were pressed, when the keyboard was not set to Vietnamese."""
    out, tone = [], ""
    for c in unicodedata.normalize("NFD", word.replace("đ", hats["đ"]).replace("Đ", hats["Đ"])):
        if c in tones:
            tone = tones[c]
        elif unicodedata.combining(c):
            out.append(hats.get(c) or out[-1].lower())
        else:
            out.append(c)
    return re.sub(r"([A-Za-z0-9])(\W*)$", rf"\g<1>{tone}\2", "".join(out)) if tone else "".join(out)


def telex(text: str) -> str:
    """ "Phuwowngf Beens Ngheesn"."""
    hats = {"đ": "dd", "Đ": "DD", "\u0306": "w", "\u031b": "w"}
    return " ".join(keyed(w, TELEX, hats) for w in text.split(" "))


def vni_keys(text: str) -> str:
    """ "Phu7o7ng2 Be61n"."""
    hats = {"đ": "d9", "Đ": "D9", "\u0302": "6", "\u031b": "7", "\u0306": "8"}
    return " ".join(keyed(w, VNI, hats) for w in text.split(" "))


def other_forms(dice: random.Random, text: str) -> str:
    """NFD, capitals, tone placement, i for y, spaces in front of commas."""
    way = dice.randrange(5)
    if way == 0:
        return unicodedata.normalize("NFD", text)
    if way == 1:
        return text.upper()
    if way == 2:
        for a, b in (
            ("òa", "oà"),
            ("óa", "oá"),
            ("ọa", "oạ"),
            ("ủy", "uỷ"),
            ("úy", "uý"),
            ("ụy", "uỵ"),
        ):
            text = text.replace(a, b)
        return text
    if way == 3:
        for a, b in (("Mỹ", "Mĩ"), ("Lý", "Lí"), ("Kỳ", "Kì"), ("Vỹ", "Vĩ"), ("Quý", "Quí")):
            text = text.replace(a, b)
        return text
    return text.replace(", ", " ,  ")


def moved(dice: random.Random, levels: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    """In another order."""
    told, front = [full(k, n) for k, n in levels], house(dice)
    if dice.random() < 0.5:
        return ", ".join([*reversed(told), *([front] if front else [])])
    told[0], told[1] = told[1], told[0]
    return ", ".join([front, *told] if front else told)


def compound(dice: random.Random, place: Place) -> str:
    """Three noises at once."""
    levels = list(place.levels)
    if dice.random() < 0.5:
        levels = slip(dice, place, 1)
    if dice.random() < 0.15:
        del levels[1]
    way = dice.choice(("full", "full", "short", "name"))
    front = f"{dice.randint(1, 300)} {dice.choice(TRAPS)}" if dice.random() < 0.4 else house(dice)
    told = [
        full(k, n) if way == "full" else short(dice, k, n) if way == "short" else n
        for k, n in levels
    ]
    joint = dice.choice((", ", ",", " - ") if way == "name" else (", ", " ", ",", " - "))
    told = [front, *told] if front else told
    if dice.random() < 0.3:
        told.reverse()
    text = joint.join(told)
    return bare(text) if dice.random() < 0.4 else text


Maker = Callable[[random.Random, Place], str]
PUBLISHED: dict[str, tuple[int, Maker]] = {
    "clean": (60, lambda d, p: written(d, p.levels)),
    "no_diacritics": (60, lambda d, p: bare(written(d, p.levels))),
    "abbrev": (60, lambda d, p: written(d, p.levels, lambda k, n: short(d, k, n))),
    "abbrev_no_diacritics": (
        50,
        lambda d, p: bare(written(d, p.levels, lambda k, n: short(d, k, n))).lower(),
    ),
    "typo": (60, lambda d, p: written(d, slip(d, p, 1))),
    "two_typos": (40, lambda d, p: written(d, slip(d, p, 2))),
    "swapped": (40, lambda d, p: moved(d, p.levels)),
    "no_district": (45, lambda d, p: written(d, (p.levels[0], p.levels[2]))),
    "no_province": (45, lambda d, p: written(d, p.levels[:2])),
    "no_prefix": (50, lambda d, p: written(d, p.levels, lambda _, n: n)),
    "no_commas": (40, lambda d, p: written(d, p.levels, joint=" ")),
    "unicode_case": (40, lambda d, p: other_forms(d, written(d, p.levels))),
    "street_trap": (
        40,
        lambda d, p: ", ".join(
            [f"{d.randint(1, 300)} {d.choice(TRAPS)}", *(full(k, n) for k, n in p.levels)]
        ),
    ),
    "compound": (80, compound),
}


def _english(_: random.Random, place: Place) -> str:
    words = {"phường": "Ward", "xã": "Commune", "thị trấn": "Town", "quận": "District", "huyện": "District",
             "thị xã": "Town", "thành phố": "City", "tỉnh": "Province"}  # fmt: skip
    told = []
    for kind, name in place.levels:
        word = words[kind]
        told.append(f"{word} {bare(name)}" if name.isdigit() else f"{bare(name)} {word}")
    return ", ".join([f"No. 12 {bare('Trần Phú')} Street", *told, "Vietnam"])


def _joined(dice: random.Random, place: Place) -> str:
    """A space left out inside a name."""
    levels = [(k, n.replace(" ", "", 1) if dice.random() < 0.6 else n) for k, n in place.levels]
    return written(dice, levels)


def _glued(dice: random.Random, place: Place) -> str:
    """No space between the kind and the name, none behind commas."""
    told = [f"{k.title()}{n}" for k, n in place.levels]
    return ",".join([house(dice) or "5 Lê Lợi", *(re.sub(" ", "", t, count=1) for t in told)])


def _short_name(dice: random.Random, place: Place) -> str:
    levels = [
        (k.split()[0] if k == "thành phố" and dice.random() < 0.2 else k, n)
        for k, n in place.levels
    ]
    return ", ".join(
        [f"{dice.randint(1, 99)} {dice.choice(STREETS)}", *(n.lower() for _, n in levels)]
    )


MORE: dict[str, Maker] = {
    "telex_keys": lambda d, p: telex(written(d, p.levels)),
    "vni_keys": lambda d, p: vni_keys(written(d, p.levels)),
    "english": _english,
    "joined_words": _joined,
    "glued_kind": _glued,
    "lower_bare_names": _short_name,
    "abbrev_no_commas": lambda d, p: written(d, p.levels, lambda k, n: short(d, k, n), " "),
    "abbrev_no_commas_bare": lambda d, p: bare(
        written(d, p.levels, lambda k, n: short(d, k, n), " ")
    ).lower(),
    "phone_behind": lambda d, p: f"{written(d, p.levels)}. ĐT: 09{d.randint(10**7, 10**8 - 1)}",
    "country_behind": lambda d, p: f"{written(d, p.levels)}, Việt Nam",
    "postal_code": lambda d, p: f"{written(d, p.levels)} {d.randint(10, 99)}0000, VN",
    "parentheses": lambda d, p: f"{written(d, p.levels[:1])} ({full(*p.levels[1])}), {full(*p.levels[2])}",
    "commune_bracketed": lambda d, p: f"12/3/4 hẻm 5 ({full(*p.levels[0])}) - {full(*p.levels[1])} - {full(*p.levels[2])}",
    "now_or_then": lambda d, p: f"{written(d, p.levels)} (cũ)",
    "slashes": lambda d, p: written(d, p.levels, joint=" / "),
    "semicolons": lambda d, p: written(d, p.levels, joint="; "),
    "dots": lambda d, p: written(d, p.levels, joint=". "),
    "hyphens_close": lambda d, p: written(d, p.levels, joint="-"),
    "repeated": lambda d, p: f"{written(d, p.levels)}, {full(*p.levels[2])}",
    "kind_twice": lambda d, p: written(d, p.levels, lambda k, n: f"{k.capitalize()} {k} {n}"),
    "label": lambda d, p: f"Địa chỉ: {written(d, p.levels)}",
    "no_district_typo": lambda d, p: written(d, [slip(d, p, 1)[0], p.levels[2]]),
    "dropped_marks": lambda d, p: "".join(bare(c) if d.random() < 0.3 else c for c in written(d, p.levels)),
    "typo_abbrev": lambda d, p: written(d, slip(d, p, 1), lambda k, n: short(d, k, n)),
    "typo_bare": lambda d, p: bare(written(d, slip(d, p, 1))).lower(),
    "typo_no_commas": lambda d, p: written(d, slip(d, p, 1), joint=" "),
    "typo_no_prefix": lambda d, p: written(d, slip(d, p, 1), lambda _, n: n),
    "two_typos_bare": lambda d, p: bare(written(d, slip(d, p, 2))),
}  # fmt: skip


# --- rows -----------------------------------------------------------------------------------


def rows_of(land: Country, kind: str, count: int, seed: int) -> Iterator[Row]:
    """So many rows of one kind of noise."""
    dice = random.Random(f"{kind} {seed}")
    maker = PUBLISHED[kind][1] if kind in PUBLISHED else MORE[kind]
    may = [p for p in land.old if len(p.expected) == 1]
    if kind.startswith("no_district"):
        told = Counter((p.levels[0][1], p.levels[2]) for p in land.old)
        may = [p for p in may if told[p.levels[0][1], p.levels[2]] == 1]
    if kind == "no_province":
        two = Counter((p.levels[0][1], p.levels[1][1]) for p in land.old)
        may = [p for p in may if two[p.levels[0][1], p.levels[1][1]] == 1]
    for _ in range(count):
        place = dice.choice(may)
        yield Row(maker(dice, place), place.expected, place.province, kind)


def divided(land: Country, count: int, seed: int) -> Iterator[Row]:
    """Divided communes of which nobody can say where a person of theirs lives."""
    dice, apart = random.Random(seed), land_only()
    may = [p for p in land.old if len(p.expected) > 1 and p.code not in apart]
    for place in dice.sample(may, min(count, len(may))):
        yield Row(written(dice, place.levels), place.expected, place.province, "divided")


def new(land: Country, count: int, seed: int) -> Iterator[Row]:
    """Addresses already written by the map of today, of names that no other old commune bore."""
    dice = random.Random(seed)
    for place in dice.sample(land.new, count):
        yield Row(written(dice, place.levels), place.expected, place.province, "already_new")

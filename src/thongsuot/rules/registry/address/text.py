"""An address as written becomes segments: what may be a unit, of which tier, by which name."""

import re
import unicodedata
from itertools import pairwise

from thongsuot.rules.kernel.text import fold, nfc

PROVINCE, DISTRICT, COMMUNE = 1, 2, 4  # tiers as bits: "thành phố" may be either of two

MOST = 400  # signs of an address that are read; what comes after says nothing of where it is

# The kind in front of a name → the tiers it may be of. The longest first.
KINDS: dict[str, int] = {
    "thanh pho": PROVINCE | DISTRICT, "thanhpho": PROVINCE | DISTRICT, "tp": PROVINCE | DISTRICT,
    "tinh": PROVINCE, "t": PROVINCE,
    "thi xa": DISTRICT, "tx": DISTRICT, "quan": DISTRICT, "q": DISTRICT,
    "huyen": DISTRICT, "h": DISTRICT,
    "thi tran": COMMUNE, "tt": COMMUNE, "phuong": COMMUNE, "p": COMMUNE, "f": COMMUNE,
    "xa": COMMUNE, "x": COMMUNE, "dac khu": COMMUNE, "dk": COMMUNE, "town": COMMUNE | DISTRICT,
}  # fmt: skip
_STARTS = frozenset(kind.split()[0] for kind in KINDS)
_IN_TWO = frozenset(kind.split()[0] for kind in KINDS if " " in kind)
# What a kind of commune says about which of two with one name is meant.
WORDS = {"phuong": "ward", "p": "ward", "f": "ward", "xa": "commune", "x": "commune",
         "thi tran": "township", "tt": "township", "dac khu": "special-zone", "dk": "special-zone"}  # fmt: skip
# A segment that begins so names a street, a house, a hamlet: never a unit, whatever follows.
HAMLET = frozenset(
    [
        "so",
        "duong",
        "pho",
        "ngo",
        "ngach",
        "hem",
        "kiet",
        "to",
        "thon",
        "ap",
        "khu",
        "khom",
        "xom",
        "ql",
        "tl",
        "dt",
        "kdt",
        "kcn",
        "kdc",
        "kp",
        "tdp",
        "sn",
    ]
)
# Such words also begin names of communes: "Bản Ngoại", "Buôn Tría", "Cộng Hòa", "Tăng Tiến".
PERHAPS = frozenset(
    [
        "ban",
        "buon",
        "bon",
        "lang",
        "doi",
        "cum",
        "lo",
        "toa",
        "nha",
        "chung",
        "cho",
        "cong",
        "truong",
        "benh",
        "quoc",
        "chua",
        "tang",
        "phong",
        "no",
        "pobox",
    ]
)
SMALL = HAMLET | PERHAPS
STREETS = frozenset({"street", "st", "road", "rd", "lane", "alley", "avenue", "ave", "str"})
# Words after "xa", "pho" … that make a road or a house of it, not a unit.
ROADS = frozenset({"xa lo"})
ENDS = frozenset({("lac", "long", "quan"), ("mai", "xa")})  # names of streets end so
ALIASES = {
    "hcm": "ho chi minh", "tphcm": "ho chi minh", "tp hcm": "ho chi minh", "sai gon": "ho chi minh",
    "tp sai gon": "ho chi minh", "hn": "ha noi", "tphn": "ha noi", "brvt": "ba ria vung tau",
    "br vt": "ba ria vung tau", "tt hue": "hue", "thua thien hue": "hue", "hp": "hai phong", "dn": "da nang",
    "hochiminh": "ho chi minh", "hanoi": "ha noi", "saigon": "ho chi minh", "danang": "da nang",
    "haiphong": "hai phong", "cantho": "can tho", "ho chi minh city": "ho chi minh", "t p hcm": "ho chi minh",
}  # fmt: skip

# The country, and what stands in front of an address: neither says where it is.
COUNTRY = frozenset({("viet", "nam"), ("vietnam",), ("vn",)})
LABELS = (
    ("dia", "chi"),
    ("d", "c"),
    ("dc",),
    ("address",),
    ("thuong", "tru"),
    ("tru", "tai"),
    ("tai",),
)
MARKERS = frozenset({"cu", "moi"})  # "Phường 6 (cũ)"
_LABELLED = frozenset(label[0] for label in LABELS)
_TRAILING = frozenset(name[-1] for name in COUNTRY) | MARKERS
# What other languages write behind a name or in front of a number.
ENGLISH = {"ward": "phuong", "commune": "xa", "district": "quan", "dist": "quan", "city": "tp",
           "province": "tinh", "prov": "tinh", "township": "tt", "town": "town"}  # fmt: skip

# Names that are written with a dash of their own.
_JOINED = re.compile(
    "(b[àa] r[ịi]a|th[ừu]a thi[êe]n|phan rang)\\s*[-\u2013\u2014]\\s*(?=v|h|t)", re.IGNORECASE
)
_ODD = re.compile("[-\u2013\u2014;|\n\r\t\\\\()/\\[\\]]")
_BREAKS = re.compile(r"\s[-\u2013\u2014/]\s?|[,;|\n\r\t\\()\[\]]|[-\u2013\u2014]\s")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_TOKEN = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
_GLUED = re.compile(r"\b(p|q|f|tp|tx|tt)(\d{1,2}|hcm)\b|\bt\.\s?([txp])\b(?=.)")
_SLUG = re.compile("(phuong|quan|huyen|thitran|thixa|thanhpho|tinh|xa)(.+)")
_NO_KEY = re.compile(r"[\W_]+")
_FIRST = re.compile(r"\w+")
# Words that begin or stand in names and look like a kind without their marks: "Phương Đông", "Sơn Tịnh".
NAMED_SO = frozenset(
    [
        "phương",
        "phượng",
        "phưởng",
        "quán",
        "quân",
        "quản",
        "quần",
        "tịnh",
        "tĩnh",
        "tính",
        "xà",
        "xá",
        "xạ",
        "huyền",
    ]
)
_ALIKE = frozenset({"phuong", "quan", "huyen", "tinh", "xa"})


class Segment:
    """A stretch of the address: a kind, if one is written, and the words of a name.

    ``tiers``: those that the kind allows, 0 without one. ``small``: it names a house, a street or
    a hamlet. ``key``: what the name is looked up by.
    """

    __slots__ = ("key", "kind", "small", "tiers", "words")

    def __init__(self, words: tuple[str, ...], tiers: int = 0, kind: str = "") -> None:
        self.words, self.tiers, self.kind = words, tiers, kind
        self.key = joined(words)
        self.small = not tiers and is_small(words)

    def shorter(self, count: int) -> "Segment":
        """The same with only the first words of the name."""
        return Segment(self.words[:count], self.tiers, self.kind)

    def with_more(self, behind: "Segment") -> "Segment":
        """The name together with what stands behind it."""
        more = (*behind.kind.split(), *behind.words)
        return Segment((*self.words, *more), self.tiers, self.kind)

    def after(self, count: int) -> "Segment":
        """What stands behind the first words of the name."""
        words = self.words[count:]
        alias = ALIASES.get(" ".join(words))
        return Segment(tuple(alias.split())) if alias else Segment(words)


def is_small(words: tuple[str, ...]) -> bool:
    """Whether words without a kind name a house, a street, a hamlet; a short number may be a ward."""
    first = words[0]
    if first[0].isdigit():
        return len(words) > 1 or len(first) > 2 or not first.isdigit()
    return first in SMALL or words[-1] in STREETS


def key_of(text: str) -> str:
    """What names are compared by: no marks, spaces or signs, i for y, no zero in front of a number."""
    bare = _NO_KEY.sub("", fold(text)).replace("y", "i")
    return bare.lstrip("0") or bare if bare.isdigit() else bare


def joined(words: tuple[str, ...]) -> str:
    """The key of words already folded."""
    bare = "".join(words).replace("y", "i").replace("~", "")
    if bare[0] < "a" and bare.isdigit():
        return bare.lstrip("0") or bare
    return bare


def parts_of(text: str) -> list[str]:
    """The address cut where it is punctuated; only its first 400 signs are read."""
    text = nfc(text[: 2 * MOST])[:MOST]  # decomposed text is longer than it looks
    if not _ODD.search(text):
        return text.split(",")
    return _BREAKS.split(_JOINED.sub(r"\1 ", text))


def segments_of(words: tuple[str, ...]) -> list[Segment]:
    """The words of a part, cut again wherever a kind begins."""
    cuts = [*cuts_of(words), len(words)]
    return [segment_of(words[a:b]) for a, b in pairwise(cuts)]


def words_of(part: str) -> tuple[str, ...]:
    """The words of a part, folded; an apostrophe does not part them.

    A word that its marks make part of a name, though it looks like a kind without them, ends
    in "~": no kind is read in it.
    """
    folded = fold(part)
    flat = folded.replace(" ", "")
    if flat.isascii() and flat.isalpha() and "hcm" not in flat:  # most parts: words, no more
        words = folded.split()
    else:
        folded = _APOSTROPHE.sub("", folded)
        words = _TOKEN.findall(_GLUED.sub(_apart, folded))
    if not part.isascii() and not _ALIKE.isdisjoint(words[1:]):
        words = _protected(words, part)
    if "xa lo" in folded and not part.isascii() and "xa lộ" not in part.lower():
        words = [f"{w}~" if w == "lo" else w for w in words]  # "Xã Lỗ Sơn" is no highway
    return tuple(words)


def _apart(found: re.Match[str]) -> str:
    return f"t{found[3]}" if found[3] else f"{found[1]} {found[2]}"


def _protected(words: list[str], part: str) -> list[str]:
    """The same words, those that their marks make names ending in "~"."""
    typed = _FIRST.findall(part.lower())
    named = {fold(w) for w in typed if w in NAMED_SO}
    if not named:
        return words
    if len(typed) == len(words):
        return [
            w if at == 0 or typed[at] not in NAMED_SO else f"{w}~" for at, w in enumerate(words)
        ]
    named -= {fold(w) for w in typed if w not in NAMED_SO}
    return [words[0], *(f"{w}~" if w in named else w for w in words[1:])]


def kind_by_marks(words: tuple[str, ...], part: str) -> bool:
    """Whether the first word may be a kind by its marks: "phường" or "phuong", never "phương"."""
    if words[0] not in _ALIKE:
        return True
    first = _FIRST.search(part)
    return first is None or first[0].lower() not in NAMED_SO


def kind_in_front(words: tuple[str, ...]) -> str:
    """The kind that the words begin with, where a name follows it; "" without one."""
    first = words[0]
    if first in _IN_TWO and len(words) > 2:
        kind = f"{first} {words[1]}"
        if kind in KINDS:
            return kind
    return first if first in KINDS and len(words) > 1 else ""


def whole(words: tuple[str, ...]) -> Segment:
    """All the words as one segment, whatever stands inside: "Xã Lộ 25" is no road."""
    kind = kind_in_front(words)
    if not kind:
        return Segment(words)
    return Segment(words[kind.count(" ") + 1 :], KINDS[kind], kind)


def useful(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the country, the postal code, a label or a mark of old or new."""
    if not words:
        return words
    if words[0] in _LABELLED:
        for label in LABELS:
            if words[: len(label)] == label and len(words) > len(label) + 1:
                words = words[len(label) :]
    while words and (words[-1] in _TRAILING or words[-1].isdigit()):
        last = words[-1]
        if words[-2:] in COUNTRY or words[-1:] in COUNTRY:
            words = words[: -2 if words[-2:] in COUNTRY else -1]
        elif last.isdigit() and 5 <= len(last) <= 6 and len(words) > 1:
            words = words[:-1]
        else:
            return () if words[0] in MARKERS and len(words) == 1 else words
    return words


def unstuck(words: tuple[str, ...]) -> tuple[int, str, str] | None:
    """A kind written together with its name, "QuậnBình Thạnh": its tiers, the kind, the key."""
    found = _SLUG.fullmatch("".join(words))
    if found is None:
        return None
    kind = {"thitran": "thi tran", "thixa": "thi xa"}.get(found[1], found[1])
    return KINDS[kind], kind, joined((found[2],))


def from_english(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "Ben Nghe Ward" and "District 1" with the kind in front, as in Vietnamese."""
    told: list[str] = []
    name: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        kind = ENGLISH.get(word)
        if kind is None:
            name.append(word)
        elif name:
            begin = max((i + 1 for i, w in enumerate(name) if w in STREETS), default=0)
            told += [*name[:begin], kind, *name[begin:]]
            name = []
        else:
            told.append(kind)
            if rest and rest[0].isdigit():
                told.append(rest.pop(0))
    return (*told, *name)


def cuts_of(words: tuple[str, ...]) -> list[int]:
    """Where pieces begin: before every kind behind which a name can follow."""
    if not words:
        return []
    cuts, at, count = [0], 0, len(words)
    while at < count:
        word = words[at]
        length = _kind_at(words, at) if word in _STARTS else 0
        if length and at + length < count and not _ends_a_name(words, cuts[-1], at):
            if at > cuts[-1]:
                cuts.append(at)
            at += length + 1
        else:
            at += 1
    return cuts


def _kind_at(words: tuple[str, ...], at: int) -> int:
    two = " ".join(words[at : at + 2])
    if two in ROADS:
        return 0
    if two in KINDS:
        return 2
    return int(words[at] in KINDS)


def _ends_a_name(words: tuple[str, ...], begin: int, at: int) -> bool:
    """Whether what looks like a kind is the end of a name: "Lạc Long Quân", "Sơn Tịnh Tỉnh …"."""
    if words[at - 1 : at + 1] in ENDS or words[max(0, at - 2) : at + 1] in ENDS:
        return True
    return at > begin and words[at] == words[at + 1] and bool(_kind_at(words, begin))


def segment_of(words: tuple[str, ...]) -> Segment:
    """One piece: a kind, if it begins with one, and the name."""
    length = _kind_at(words, 0) if words[0] in _STARTS else 0
    if length >= len(words):
        length = 0
    kind = " ".join(words[:length])
    rest = words[length:]
    alias = ALIASES.get(" ".join(rest)) or ALIASES.get(" ".join(words))
    tiers = KINDS.get(kind, 0)
    if alias and (not tiers or tiers & PROVINCE):
        return Segment(tuple(alias.split()), PROVINCE | DISTRICT, "tp")
    return Segment(rest, tiers, kind)


_MARKS = re.compile("[\u0300-\u036f]")


def signs(text: str) -> list[str]:
    """Each word with its marks in one order, so that "hoà" and "hòa" are the same word."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d\u0336"))
    return [
        _MARKS.sub("", word).replace("y", "i") + "".join(sorted(_MARKS.findall(word)))
        for word in re.findall("[a-z0-9\u0300-\u036f]+", plain)
    ]


_NUMBERED = re.compile("(?<=[a-z])[0-9]+(?=[a-z]|\\b)", re.IGNORECASE)
_DOUBLED = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("uw", "u"), ("ow", "o"), ("aw", "a"), ("w", "u"))  # fmt: skip
_TONE = re.compile("(?<=[aeiouy])([sfrxj])(?=[a-z]{0,3}$)|(?<=[aeiouy]n)[sfrxj]$|[sfrxj]$")
_LATIN = re.compile("[a-z]{3,}", re.IGNORECASE)


def typed_keys(text: str) -> str | None:
    """What was typed with the keyboard not set to Vietnamese, without its marks.

    "Phuwowngf" (Telex), "Phu7o7ng2" (VNI). None when nothing of it looks so.
    """
    plain = _NUMBERED.sub("", text) if _NUMBERED.search(text) else text
    meant = _LATIN.sub(_untyped, plain)
    return meant if meant.lower() != text.lower() else None


def _untyped(found: re.Match[str]) -> str:
    word = found[0].lower()
    for pressed, letter in _DOUBLED:
        word = word.replace(pressed, letter)
    return _TONE.sub("", word, count=1)

"""An address as written becomes segments: what may be a unit, of which tier, by which name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

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
    "xa": COMMUNE, "x": COMMUNE, "dac khu": COMMUNE, "dk": COMMUNE,
}  # fmt: skip
# What a kind of commune says about which of two with one name is meant.
WORDS = {"phuong": "ward", "p": "ward", "f": "ward", "xa": "commune", "x": "commune",
         "thi tran": "township", "tt": "township", "dac khu": "special-zone", "dk": "special-zone"}  # fmt: skip
# A segment that begins so names a street, a house, a hamlet: never a unit, whatever follows.
SMALL = frozenset(
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
        "ql",
        "quoc",
        "tl",
        "dt",
        "kdt",
        "kcn",
        "kp",
        "tdp",
        "sn",
        "chua",
        "tang",
        "phong",
    ]
)
# Words after "xa", "pho" … that make a road or a house of it, not a unit.
ROADS = frozenset({"xa lo"})
ENDS = frozenset({("long", "quan"), ("mai", "xa")})  # names of streets end so
ALIASES = {
    "hcm": "ho chi minh", "tphcm": "ho chi minh", "tp hcm": "ho chi minh", "sai gon": "ho chi minh",
    "tp sai gon": "ho chi minh", "hn": "ha noi", "tphn": "ha noi", "brvt": "ba ria vung tau",
    "br vt": "ba ria vung tau", "tt hue": "hue", "thua thien hue": "hue", "hp": "hai phong", "dn": "da nang",
    "hochiminh": "ho chi minh", "hanoi": "ha noi",
}  # fmt: skip

# Names that are written with a dash of their own.
_JOINED = re.compile(
    "(b[àa] r[ịi]a|th[ừu]a thi[êe]n|phan rang)\\s*[-\u2013\u2014]\\s*(?=v|h|t)", re.IGNORECASE
)
_BREAKS = re.compile(r"\s[-\u2013\u2014]\s|[,;|\n\r\t\\]|[-\u2013\u2014]\s|\s[-\u2013\u2014]")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_TOKEN = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
_GLUED = re.compile(r"^(p|q|f|tp|tx|tt)(\d{1,2}|hcm)$")


class Segment:
    """A stretch of the address: a kind, if one is written, and the words of a name.

    ``tiers``: those that the kind allows, 0 without one. ``small``: it names a house, a street or
    a hamlet. ``key``: what the name is looked up by.
    """

    __slots__ = ("key", "kind", "small", "tiers", "words")

    def __init__(self, words: tuple[str, ...], tiers: int = 0, kind: str = "") -> None:
        self.words, self.tiers, self.kind = words, tiers, kind
        self.key = joined(words)
        number = len(words) == 1 and len(words[0]) <= 2 and words[0].isdigit()  # "Phường 13"
        self.small = not tiers and not number and (words[0][0].isdigit() or words[0] in SMALL)

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


def key_of(text: str) -> str:
    """What names are compared by: no marks, spaces or signs, i for y, no zero in front of a number."""
    bare = "".join(c for c in fold(text) if c.isalnum()).replace("y", "i")
    return bare.lstrip("0") or bare if bare.isdigit() else bare


def joined(words: tuple[str, ...]) -> str:
    """The key of words already folded."""
    bare = "".join(words).replace("y", "i")
    return bare.lstrip("0") or bare if bare.isdigit() else bare


def parts_of(text: str) -> list[str]:
    """The address cut where it is punctuated; only its first 400 signs are read."""
    return _BREAKS.split(_JOINED.sub(r"\1 ", nfc(text[:MOST])))


def segments_of(words: tuple[str, ...]) -> list[Segment]:
    """The words of a part, cut again wherever a kind begins."""
    return list(_pieces(words)) if words else []


def words_of(part: str) -> tuple[str, ...]:
    """The words of a part, folded; an apostrophe does not part them."""
    return tuple(_unglued(_TOKEN.findall(_APOSTROPHE.sub("", fold(part)))))


def kind_by_marks(part: str) -> bool:
    """Whether the first word may be a kind by its marks: "phường" or "phuong", never "phương"."""
    first = (signs(part) or [""])[0]
    return first.isalnum() or first in _KIND_SIGNS


def whole(words: tuple[str, ...]) -> Segment:
    """All the words as one segment, whatever stands inside: "Xã Lộ 25" is no road."""
    for length in (2, 1):
        kind = " ".join(words[:length])
        if kind in KINDS and len(words) > length:
            return Segment(words[length:], KINDS[kind], kind)
    return Segment(words)


def _unglued(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        glued = _GLUED.match(word)
        if glued:
            yield glued[1]
            yield glued[2]
        else:
            yield word


def _pieces(words: tuple[str, ...]) -> Iterator[Segment]:
    """Cut before every kind; single letters count as a kind only where a name can follow."""
    begin, at = 0, 0
    while at < len(words):
        length = _kind_at(words, at)
        if length and at + length < len(words) and not _ends_a_name(words, begin, at):
            if at > begin:
                yield _segment(words[begin:at])
            begin = at
            at += length + 1
        else:
            at += 1
    yield _segment(words[begin:])


def _kind_at(words: tuple[str, ...], at: int) -> int:
    two = " ".join(words[at : at + 2])
    if two in ROADS:
        return 0
    if two in KINDS:
        return 2
    return int(words[at] in KINDS)


def _ends_a_name(words: tuple[str, ...], begin: int, at: int) -> bool:
    """Whether what looks like a kind is the end of a name: "Lạc Long Quân", "Sơn Tịnh Tỉnh …"."""
    if words[at - 1 : at + 1] in ENDS:
        return True
    return at > begin and words[at] == words[at + 1] and bool(_kind_at(words, begin))


def _segment(words: tuple[str, ...]) -> Segment:
    length = _kind_at(words, 0)
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


_KIND_SIGNS = frozenset(
    signs(kind)[0] for kind in ("phường", "xã", "quận", "huyện", "tỉnh", "thị", "thành", "đặc")
)

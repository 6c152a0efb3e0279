"""Who orders: the issuer behind "đồng chí", "ông Sơn", "thành phố" and a head of an official paper."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from thongsuot.rules.directives.intake.bodies import (
    Name,
    head_at,
    is_office,
    name_at,
    names_at,
    rank,
)
from thongsuot.rules.directives.intake.people import People, person_at
from thongsuot.rules.directives.intake.source import Source
from thongsuot.rules.directives.intake.tokens import Words

__all__ = ["MOST_LEADS", "Speaker", "Speakers", "rank_of"]

_BODIES = (
    "ỦY BAN NHÂN DÂN",
    "UỶ BAN NHÂN DÂN",
    "UBND",
    "HỘI ĐỒNG NHÂN DÂN",
    "BỘ",
    "SỞ",
    "THỦ TƯỚNG CHÍNH PHỦ",
    "CHÍNH PHỦ",
    "VĂN PHÒNG",
    "BAN",
    "THÀNH ỦY",
    "TỈNH ỦY",
    "ĐẢNG ỦY",
    "HUYỆN ỦY",
    "QUẬN ỦY",
    "CỤC",
    "TỔNG CỤC",
    "CHỦ TỊCH",
)
_OF_PLACE = ("TỈNH", "THÀNH PHỐ", "HUYỆN", "QUẬN", "THỊ XÃ", "XÃ", "PHƯỜNG", "ĐẶC KHU")
_BY = re.compile(
    r"(?P<body>(?:Văn phòng|Văn Phòng|UBND|Ủy ban nhân dân|Thủ tướng Chính phủ|Phó Thủ tướng|Chủ tịch UBND|Bộ [A-ZĐ]|Ban Thường vụ|Thành ủy|Tỉnh ủy|Thường trực|Sở [A-ZĐ]|Chính quyền)[^,.;:\n]{0,70}?)\s+(?:vừa\s+|đã\s+)?(?:có\s+(?:Công văn|công văn|văn bản|Công điện|công điện|Thông báo|thông báo|kết luận|ý kiến|Chỉ thị)|ban hành|ký ban hành|ký|ra (?:công điện|văn bản|thông báo))"
)
_MET = re.compile(
    r"(?:làm việc|buổi làm việc|cuộc họp)\s+(?:với|cùng)\s+(?:lãnh đạo\s+|tập thể\s+|đại diện\s+)?"
)
_AT = re.compile(
    r"(?:tại|với)\s+(?P<n>\d{1,3}\s+(?:phường|xã|huyện|quận|tỉnh|sở)(?:,\s*(?:phường|xã|đặc khu|thị trấn|huyện|thị xã|thành phố))*)"
)
# Offices of a team, under which nobody signs who has another.
_TEAM = ("tổ trưởng", "trưởng đoàn", "thành viên", "phó tổ trưởng", "trưởng ban chỉ đạo")
_HE = frozenset(("đồng chí", "ông", "bà", "đ/c", "đồng chí này", "vị này"))
_BARE = frozenset(
    ("thành phố", "tp", "tỉnh", "huyện", "quận", "thị xã", "xã", "phường", "địa phương")
)


@lru_cache(maxsize=4096)
def rank_of(text: str) -> int:
    """How high a body or office stands by its name alone."""
    words = Words.of(Source.of(text))
    return rank(words, 0, len(words))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who orders: the fullest form the text gives, the person's name if a person, the rank."""

    text: str
    person: str = ""
    office: str = ""
    rank: int = 0


class Speakers:
    """Finds the full form of whoever is said to order in one text."""

    def __init__(self, words: Words, people: People) -> None:
        self._words, self._people = words, people
        self._full: dict[str, str] | None = None
        self._head = self._header()
        self._places: dict[str, str | None] = {}
        self._issued: list[tuple[int, str]] | None = None

    def header(self) -> Speaker | None:
        """The issuer that the head of an official paper names."""
        return self._head

    def _header(self) -> Speaker | None:
        text = self._words.source.text[:1200]
        if "CỘNG H" not in text and "ĐẢNG CỘNG SẢN" not in text and "Số:" not in text[:600]:
            return None
        lines = [line.strip(" -*_") for line in text.split("\n") if line.strip(" -*_")][:14]
        for line, after in zip(lines, [*lines[1:], ""], strict=False):
            head = line.split("CỘNG H")[0].split("ĐẢNG CỘNG")[0].strip()
            if head.isupper() and head.startswith(_BODIES):
                of = after if after.isupper() and after.startswith(_OF_PLACE) else ""
                return _speaker(_sentence_case(" ".join(f"{head} {of}".split())))
        return None

    def authority(self, place: int) -> Speaker | None:
        """Who issued the paper a text is about, as last said before a place."""
        if self._issued is None:
            found = _BY.finditer(self._words.source.text)
            self._issued = [(one.end(), one["body"]) for one in found]
        if not self._issued:
            return None
        number = bisect_right(self._issued, (place + 1, "\U0010ffff"))
        body = self._issued[max(0, number - 1)][1]
        return _speaker(self.full(" ".join(body.split())))

    def met(self) -> tuple[str, ...]:
        """Whom a working session was held with: the lead where none is ever said."""
        words = self._words
        found = _AT.search(words.source.low)
        if found:
            return (" ".join(words.source.text[found.start("n") : found.end("n")].split()),)
        for one in _MET.finditer(words.source.low):
            at = words.at(one.end())
            names, _ = names_at(words, at, min(len(words), at + 30))
            if names:
                return (names[0].text,)
        return ()

    def who(self, first: int, last: int, now: Speaker | None) -> Speaker | None:
        """The speaker meant by the words of a subject; the one speaking now where they only point."""
        words = self._words
        text = words.text(first, last)
        low = text.lower()
        if low in _HE:
            return now
        for at in range(first, last):
            size = person_at(words, at, last)
            if size and words.low[at - 1] not in (
                "phường",
                "xã",
                "quận",
                "huyện",
                "tỉnh",
                "tp",
                "tp.",
                "phố",
            ):
                return self._person(words.text(at, at + size))
        if words.low[first] in ("đồng", "ông", "bà", "đ/c"):
            return self._given(first, last, now)
        if is_office(words, first):
            return self._by_office(text)
        if low in _BARE and now is not None:
            return now if not now.person or _same_kind(low, now.text) else _speaker(self.full(text))
        return _speaker(self.full(text))

    def _person(self, name: str) -> Speaker:
        titled = self._people.titled(name)
        office = titled.removesuffix(name).strip()
        return Speaker(titled, name, office, rank_of(office) if office else 4)

    def _given(self, first: int, last: int, now: Speaker | None) -> Speaker | None:
        at = first
        while at < last and self._words.low[at] in ("đồng", "chí", "ông", "bà", "đ/c", "đ/c."):
            at += 1
        told = self._words.text(at, last)
        name = self._people.by_given(told) if told else None
        if name:
            return self._person(name)
        if told and is_office(self._words, at):
            return self._by_office(told)
        return now

    def _by_office(self, office: str) -> Speaker:
        name = self._people.by_office(office)
        if name is not None and office.lower().startswith(_TEAM):
            return self._person(name)
        if name is None:
            full = self.full(office)
            return Speaker(full, "", full, rank_of(full))
        return Speaker(
            f"{office} {name}" if office.lower() not in _HE else name,
            name,
            office,
            max(rank_of(office), rank_of(self._people.titled(name))),
        )

    def own_body(self, speaker: Speaker) -> str | None:
        """The body a speaker heads: "Chủ tịch UBND phường" sets tasks for "UBND phường"."""
        found = re.search(
            r"(?:UBND|Ủy ban nhân dân|Đảng ủy|Sở|Thành ủy|Tỉnh ủy|Huyện ủy|Quận ủy)\b.*",
            speaker.office,
        )
        return found.group() if found else None

    def full(self, name: str) -> str:
        """The fullest form the text has of a body named short ("UBND tỉnh")."""
        if self._full is None:
            self._full = self._fullest()
        known = self._full.get(name.lower())
        if (
            known is None
            and self._head is not None
            and self._head.text.lower().startswith(name.lower() + " ")
        ):
            return self._head.text
        return known or name

    def _fullest(self) -> dict[str, str]:
        """For each name of a body that ends in a small letter, the same with the place after it."""
        words, found = self._words, dict[str, str]()
        at = 0
        while at < len(words):
            if not words.cap[at] or not head_at(words, at, len(words)):
                at += 1
                continue
            one = name_at(words, at, len(words))
            if one is None or (one.text[:12].isupper() and len(one.text) > 12):
                at += 1
                continue
            parts = one.text.split()
            for size in range(1, len(parts)):
                if parts[size][0].isupper() and parts[size - 1].lower() in (
                    "tỉnh",
                    "phố",
                    "huyện",
                    "quận",
                    "xã",
                    "phường",
                    "ubnd",
                    "ủy",
                    "vụ",
                    "dân",
                ):
                    found.setdefault(" ".join(parts[:size]).lower(), one.text)
            at = max(one.last, at + 1)
        return found

    def _named_place(self, kind: str) -> str | None:
        """The place of a kind that the text names most: "huyện" alone means "huyện Tân Lập"."""
        if kind not in self._places:
            self._places[kind] = self._most_named(kind)
        return self._places[kind]

    def _most_named(self, kind: str) -> str | None:
        words, counted = self._words, Counter[str]()
        for at in range(len(words) - 2):
            if words.low[at] == kind and words.cap[at + 1]:
                end = at + 1
                while end < len(words) and words.cap[end] and end < at + 4:
                    end += 1
                counted[words.text(at, end)] += 1
        return counted.most_common(1)[0][0] if counted else None

    def _last_full(self, one: Name) -> str | None:
        """The last body before it whose name begins so: "Trung tâm" after "Trung tâm Lưu trữ tỉnh"."""
        words = self._words
        size = one.last - one.first
        wanted = words.low[one.first : one.last]
        for at in range(one.first - 1, max(-1, one.first - 400), -1):
            if words.low[at : at + size] == wanted and words.cap[at]:
                full = name_at(words, at, min(len(words), at + 20))
                if full is not None and full.last - full.first > size:
                    return full.text
        return None

    def addressed(self, names: tuple[Name, ...], now: tuple[str, ...]) -> tuple[str, ...]:
        """The leads named: "sở này", "xã này" and a bare "thành phố" mean who was addressed before."""
        told: list[str] = []
        for one in names[:MOST_LEADS]:
            low = one.text.lower()
            if low.endswith(" này") or (low in _BARE and now and len(names) == 1):
                told += [back for back in now if back not in told]
            elif low in _BARE and len(names) == 1:
                told.append(self._named_place(low) or one.text)
            elif low in _SHORT:
                told.append(self._last_full(one) or one.text)
            else:
                told.append(_plain(one.text))
        return tuple(dict.fromkeys(told))


MOST_LEADS = 200  # of one duty: the 168 communes of one city are not too many
_SHORT = frozenset(
    (
        "trung tâm",
        "công ty",
        "tổng công ty",
        "ban",
        "văn phòng",
        "chi cục",
        "cục",
        "tổng cục",
        "viện",
        "học viện",
        "tập đoàn",
        "ban quản lý",
        "bệnh viện",
    )
)


def _plain(name: str) -> str:
    """A name without the form of address before an office: "Đồng chí Bí thư" is "Bí thư"."""
    for form in ("Đồng chí ", "đồng chí ", "Đ/c ", "Ông ", "Bà ", "ông ", "bà "):
        name = name.removeprefix(form)
    return name


def _same_kind(kind: str, text: str) -> bool:
    return kind in text.lower() or (kind in ("thành phố", "tp") and "tp" in text.lower())


def _speaker(text: str) -> Speaker:
    return Speaker(text, "", text, rank_of(text))


_SMALL = (
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "thủ tướng chính phủ",
    "ban thường vụ",
    "thành ủy",
    "tỉnh ủy",
    "đảng ủy",
    "văn phòng",
    "ban chỉ đạo",
    "huyện ủy",
    "quận ủy",
)


def _sentence_case(body: str) -> str:
    """A head in capitals as it is written in a sentence: "Ủy ban nhân dân tỉnh Quảng Trị"."""
    low = body.lower().replace("uỷ", "ủy")
    for small in _SMALL:
        if low.startswith(small):
            rest = low[len(small) :].split()
            kind = []
            while rest and rest[0] in (
                "tỉnh",
                "thành",
                "phố",
                "huyện",
                "quận",
                "xã",
                "phường",
                "thị",
                "đặc",
                "khu",
            ):
                kind.append(rest.pop(0))
            return " ".join(
                [small[0].upper() + small[1:], *kind, *(one.capitalize() for one in rest)]
            )
    return " ".join([low.split()[0].capitalize(), *(one.capitalize() for one in low.split()[1:])])

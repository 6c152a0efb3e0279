"""The words of a text with their places, and sets of phrases to look up at a word."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field

from thongsuot.rules.directives.intake.source import Source, lowered

__all__ = ["Phrases", "Spans", "Words", "several"]

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+%?|\d+%"
    r"|(?:TP|Tp|TX|TT|Q|P|H|T|X|Đ/c|đ/c|Đ/C|KT|ThS|TS|PGS|GS|BS|TM|TL|TUQ)\.(?=\s?[^\W\da-zà-ỹ]|\d)"
    r"|[^\W_]+(?:[-/&+:][^\W_]+)*"
    r"|\./\.|\.\.\.|…|[^\w\s]"
)
_BODIES = frozenset(
    (
        "sở",
        "ubnd",
        "hđnd",
        "bộ",
        "cục",
        "ban",
        "phòng",
        "công",
        "chủ",
        "giám",
        "bí",
        "tỉnh",
        "thành",
        "văn",
        "thanh",
        "đảng",
        "chi",
    )
)
_OPEN, _CLOSE = frozenset("([“«"), frozenset(")]”»")


def _shouted(text: str) -> bool:
    """Whether a text of some length has next to no small letters."""
    small = sum(map(str.islower, text[:4000]))
    return sum(map(str.isupper, text[:4000])) > max(40, 9 * small)


@dataclass(slots=True)
class Words:
    """The words and signs of a source, as columns: small letters, places, capitals, depth."""

    source: Source
    low: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    cap: list[bool] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)  # inside how many brackets

    @classmethod
    def of(cls, source: Source) -> "Words":
        """Cut the source into words."""
        words = cls(source)
        low, text = source.low, source.text
        for found in _TOKEN.finditer(text):
            at, to = found.span()
            words.low.append(low[at:to])
            words.start.append(at)
            words.end.append(to)
            words.cap.append(text[at].isupper())
        words._measure()
        if _shouted(text):
            words._quieten()
        return words

    def _quieten(self) -> None:
        """In a text all in capitals only beginnings of sentences and of bodies count as capitals."""
        fresh = True
        for at, word in enumerate(self.low):
            self.cap[at] = self.cap[at] and (fresh or word in _BODIES)
            fresh = word in (".", "!", "?", ":", ";") or (fresh and not word[0].isalnum())

    def _measure(self) -> None:
        """Note at each word how deep in round or square brackets it stands; a line end closes."""
        depth, text, before = 0, self.source.text, 0
        for at, word in enumerate(self.low):
            if depth and "\n\n" in text[before : self.start[at]]:
                depth = 0
            before = self.end[at]
            if word in (")", "]") and depth:
                depth -= 1
            self.depth.append(depth)
            if word in ("(", "["):
                depth += 1

    def __len__(self) -> int:
        return len(self.low)

    def at(self, place: int) -> int:
        """The index of the first word that begins at or after a place of the text."""
        return bisect_left(self.start, place)

    def text(self, first: int, last: int) -> str:
        """The words from ``first`` up to ``last`` as written, line breaks made spaces."""
        if first >= last:
            return ""
        return " ".join(self.source.text[self.start[first] : self.end[last - 1]].split())

    def lowtext(self, first: int, last: int) -> str:
        """The same in small letters."""
        if first >= last:
            return ""
        return self.source.low[self.start[first] : self.end[last - 1]]

    def word(self, at: int) -> str:
        """The word at an index in small letters; empty past either end."""
        return self.low[at] if 0 <= at < len(self.low) else ""


class Spans:
    """Spans of a text that do not overlap; however many, one more is placed among its neighbours."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Whether a span stands apart from all those taken; then it is taken too."""
        at = bisect_left(self._taken, (start, end))
        if at and self._taken[at - 1][1] > start:
            return False
        if at < len(self._taken) and self._taken[at][0] < end:
            return False
        insort(self._taken, (start, end))
        return True


def several(listed: str) -> frozenset[str]:
    """The single words of a list written with commas."""
    return frozenset(one.strip() for one in listed.split(","))


class Phrases:
    """A set of phrases of one or more words, asked for the longest that begins at a word."""

    __slots__ = ("_by_first",)

    def __init__(self, *lists: str | Iterable[str]) -> None:
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for one in lists:
            for phrase in one.split(",") if isinstance(one, str) else one:
                parts = tuple(lowered(phrase).split())
                if parts:
                    by_first.setdefault(parts[0], []).append(parts)
        for many in by_first.values():
            many.sort(key=len, reverse=True)
        self._by_first = by_first

    def at(self, words: Words, place: int, stop: int | None = None) -> int:
        """How many words the longest phrase that begins here has; 0 when none does."""
        low = words.low
        many = self._by_first.get(low[place]) if place < len(low) else None
        if many is None:
            return 0
        most = (len(low) if stop is None else stop) - place
        for parts in many:
            size = len(parts)
            if size <= most and (size == 1 or tuple(low[place : place + size]) == parts):
                return size
        return 0

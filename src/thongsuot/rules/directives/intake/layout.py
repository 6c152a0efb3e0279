"""The page: which lines are one paragraph, which begin an item of a list, which are headings.

Official papers break lines inside sentences; crawled news may have one sentence a line, or no
paragraphs at all. Whatever the file, what follows reads units: a paragraph or an item each.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Unit", "units"]

_NUMBERS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười"
_MARK = re.compile(
    r"[ \t]*(?:"
    r"(?P<dash>[-–—•●▪◦*+·➢✓❖])\s*(?=\S)"
    r"|(?P<roman>[IVX]{1,5})[.)/]\s+(?=\S)"
    r"|(?P<deep>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.)]?\s+(?=[^\W\d])"
    r"|(?:Điều\s+|Mục\s+)?(?P<num>\d{1,2})[.)/]\s*(?=[^\W\d]|[\"“])"
    r"|(?P<alpha>[a-zđA-HĐ])[.)]\s+(?=\S)"
    r"|(?P<round>\(\d{1,2}\)|\([a-zđ]\)|\([ivx]+\))\s*(?=\S)"
    r"|(?P<square>\[\d{1,2}\])\s*(?=\S)"
    rf"|(?P<words>(?i:(?:{_NUMBERS}) là|thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?=\s*[,:])|nhiệm vụ thứ \w+(?=\s*[,:])))\s*[,:]?\s*"
    r")"
)
_ENDS = re.compile(r"(?:[.!?:;…]|\./\.|[.!?][”\"’»)])\s*$")
# A line that ends so was broken after a shortened word: "… UBND TP." and on the next line the name.
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TX|Tx|TT|Q|P|H|X|ThS|Th|TS|GS|PGS|BS|KS|LS|ĐH|Tr|ông|bà)\.$"
)
_SIGNED = re.compile(r"^(?:TM\.|KT\.|TL\.|TUQ\.|Nơi nhận|Kính gửi)")


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph or list item: where its own words stand, its mark, whether it ends like a sentence."""

    start: int
    end: int
    kind: str  # "" without a mark, else the sort of the mark
    mark: str
    closed: bool
    first_line: int  # the number of the line it begins on


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    blank_before: bool
    number: int


def units(text: str) -> tuple[Unit, ...]:
    """The paragraphs and items of a text in their order."""
    lines = _lines(text)
    wrapped = _wrapped(text, lines)
    found: list[Unit] = []
    group: list[_Line] = []
    for line in lines:
        if group and not _continues(text, group[-1], line, wrapped):
            found.append(_unit(text, group))
            group = []
        group.append(line)
    if group:
        found.append(_unit(text, group))
    return tuple(found)


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    at, blank = 0, True
    for number, raw in enumerate(text.split("\n")):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            found.append(_Line(start, start + len(stripped), blank, number))
        blank = not stripped
        at += len(raw) + 1
    return found


def _wrapped(text: str, lines: list[_Line]) -> int:
    """The width the lines were broken at; 0 when they were not broken inside sentences."""
    broken = [
        one.end - one.start
        for one, after in pairwise(lines)
        if not after.blank_before
        and not _ENDS.search(text[one.start : one.end])
        and text[after.start].islower()
    ]
    if len(broken) < 3:
        return 0
    return sorted(broken)[len(broken) * 3 // 4]


def _continues(text: str, before: _Line, line: _Line, wrapped: int) -> bool:
    """Whether a line goes on with the sentence of the line before it."""
    said = text[before.start : before.end]
    first = text[line.start]
    if _MARK.match(text, line.start, line.end) and not (
        first.islower() and text[line.start + 1 : line.start + 2] == "."
    ):
        return False
    if _SHORTENED.search(said) and not line.blank_before:
        return True
    if _ENDS.search(said):
        return (
            bool(wrapped)
            and not line.blank_before
            and said[-1] in ".;"
            and len(said) >= 0.9 * wrapped
            and first.isupper() is False
        )
    if first.islower():
        return not said.isupper() or not line.blank_before
    if line.blank_before or _SIGNED.match(text[line.start : line.end]):
        return False
    if said.endswith(","):
        return True
    return bool(wrapped) and len(said) >= 0.6 * wrapped and len(said) < 1.6 * wrapped


def _unit(text: str, group: list[_Line]) -> Unit:
    start, end = group[0].start, group[-1].end
    mark = _MARK.match(text, start, end)
    closed = bool(_ENDS.search(text[group[-1].start : end]))
    if mark is None or mark.end() >= end:
        return Unit(start, end, "", "", closed, group[0].number)
    kind = mark.lastgroup or ""
    told = mark[kind]
    if kind == "dash":
        kind = "plus" if told == "+" else "dash"
    elif kind == "alpha" and told.isupper():
        kind = "capital"
    return Unit(mark.end(), end, kind, told, closed, group[0].number)

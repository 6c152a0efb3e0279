"""The text as read, and where each of its letters stood in the text as given."""

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Source", "lowered", "toned"]

_MARKS = "\u0300\u0301\u0303\u0309\u0323"


def _tones() -> dict[str, str]:
    """Both ways of setting the tone on oa, oe, uy: the newer to the older ("hoà" to "hòa")."""
    found = {}
    for pair in ("oa", "oe", "uy"):
        for mark in _MARKS:
            new = unicodedata.normalize("NFC", pair + mark)
            found[new] = unicodedata.normalize("NFC", pair[0] + mark + pair[1])
    return found


_TONES = _tones()
_TONE = re.compile("(?<!q)(?:" + "|".join(_TONES) + r")(?!\w)")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1f]")
_ODD = re.compile(f"{_SPACES.pattern}|{_UNSEEN.pattern}|\r|\u2028|\u2029|\u0085")
_CLUSTER = re.compile(
    "\r\n|[^\u0300-\u036f][\u0300-\u036f]+|[\u0300-\u036f]|[^\u0300-\u036f]", re.S
)


def toned(text: str) -> str:
    """One way of setting tones, as long as the text: "Thanh Hoá" is "Thanh Hóa"."""
    return _TONE.sub(lambda m: _TONES[m.group()], text)


def lowered(text: str) -> str:
    """Small letters, one way of setting tones, spaces for line ends; as long as the text."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose small form is longer
        low = "".join(one if len(one.lower()) != 1 else one.lower() for one in text)
    return _TONE.sub(lambda m: _TONES[m.group()], low).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Source:
    """A text made plain to read (NFC, one kind of space and line end), with the way back."""

    given: str
    text: str
    low: str
    starts: tuple[int, ...] | None  # of each letter of ``text``, where it began in ``given``
    ends: tuple[int, ...] | None

    @classmethod
    def of(cls, given: str) -> "Source":
        """Make the text plain, keeping for every letter the place it had."""
        if unicodedata.is_normalized("NFC", given) and not _ODD.search(given):
            return cls(given, given, lowered(given), None, None)
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for cluster in _CLUSTER.finditer(given):
            for letter in _plain(cluster.group()):
                letters.append(letter)
                starts.append(cluster.start())
                ends.append(cluster.end())
        text = "".join(letters)
        return cls(given, text, lowered(text), tuple(starts), tuple(ends))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as given of a span of the text as read."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def _plain(cluster: str) -> str:
    """What one cluster of signs is read as: a letter, a space, a line end, or nothing."""
    if cluster in ("\r\n", "\r", "\u2028", "\u2029", "\u0085"):
        return "\n"
    if _UNSEEN.fullmatch(cluster):
        return ""
    if _SPACES.fullmatch(cluster):
        return " "
    return unicodedata.normalize("NFC", cluster)

"""Vietnamese text: one form to keep, one to find by, one to order by, and what is odd in it."""

import re
import unicodedata
from functools import lru_cache

from thongsuot.rules.kernel.legacy import Legacy, detect_legacy

__all__ = [
    "LOOK_ALIKES",
    "Legacy",
    "code_key",
    "detect_legacy",
    "fold",
    "heaped_marks",
    "look_alikes",
    "nfc",
    "plain_dashes",
    "sort_key",
    "tidy",
    "unseen",
]

# What looks like a space but is not one; in keys and one-line fields it becomes a space.
_SPACES = "\x1c-\x1f\t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u0085"
# What is not seen at all: zero width, soft hyphen, byte order mark, direction marks.
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"

_ODD = re.compile(f"[{_SPACES}{_UNSEEN}{_CONTROLS}\u00d0\u00f0\u0189\u0256]|  |^ | $")
_UNTYPED = re.compile(f"[{_UNSEEN}{_CONTROLS}]")
_HEAPED = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")
_DASH = re.compile(f"[{_DASHES}]")
_D_LOOKALIKES = {0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ", 0x0256: "đ"}

# Letters of other alphabets that the eye reads as Latin: typed by a wrong keyboard, or on purpose.
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρ",
        "ABESIJKMHOPCTYXaesijopcyxdqwhlABEZHIKMNOPTYXoavp",
        strict=True,
    )
)
_LOOK_ALIKE = re.compile("[" + "".join(LOOK_ALIKES) + "]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


class _Folding(dict[int, str]):
    """For each character what it folds to; worked out the first time a character is met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_one(chr(code))
        self[code] = folded
        return folded


def _fold_one(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc") and not char.isspace():
        return ""
    if category in ("Pd", "Zs", "Zl", "Zp") or char.isspace() or char == "\u2212":
        return " "
    if char in "ĐđÐðƉɖ":
        return "d"
    plain = unicodedata.normalize("NFKD", char.lower()).lower()
    if plain == char:
        return char
    return "".join(_fold_one(part) for part in plain)


_FOLDING = _Folding()


def nfc(text: str) -> str:
    """The text with every letter and its marks as one character where Unicode has one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The text as people search for it: without marks, case, kind of space or kind of dash.

    "Hoà-Bình", "HÒA BÌNH" and "hoa binh" fold to the same; đ folds to d. Zero-width signs and
    direction marks vanish. Law: ``fold(fold(x)) == fold(x)``.
    """
    return " ".join(text.translate(_FOLDING).split())


def code_key(code: str) -> str:
    """The code without case, marks, spaces and dashes: equal keys mean a likely duplicate."""
    return fold(code).replace(" ", "")


def tidy(text: str) -> str:
    """The text on one line as it should have been typed.

    NFC; look-alike Ð and Ɖ become Đ; every kind of space becomes one space; signs nobody sees,
    direction marks and control characters go. Nothing is taken silently: whoever keeps the
    result keeps the original beside it when the two differ. Law: ``tidy(tidy(x)) == tidy(x)``.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(text) is None:
        return text
    text = _UNTYPED.sub("", text).translate(_D_LOOKALIKES)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def plain_dashes(text: str) -> str:
    """The text with every kind of dash and minus as ``-``, for codes."""
    return text if text.isascii() else _DASH.sub("-", text)


def unseen(text: str) -> bool:
    """Whether the text hides signs that nobody sees: zero width, direction marks, controls."""
    return _UNTYPED.search(text) is not None


def heaped_marks(text: str) -> bool:
    """Whether more than four marks are heaped on one letter: no language writes so."""
    return _HEAPED.search(unicodedata.normalize("NFC", text)) is not None


def look_alikes(text: str) -> tuple[tuple[int, str, str], ...]:
    """The letters of another alphabet among Latin ones.

    Returns (position from 1, the letter, the Latin letter it looks like) for each; empty when
    there is none, or when the text has no Latin letter at all and so is simply in that script.
    """
    if text.isascii() or _LOOK_ALIKE.search(text) is None or _LATIN.search(text) is None:
        return ()
    return tuple(
        (at, char, LOOK_ALIKES[char]) for at, char in enumerate(text, 1) if char in LOOK_ALIKES
    )


# Dictionary order: letters first (a ă â … d đ …), then the tone of the syllable.
_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: chr(0x21 + at) for at, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_WORD = re.compile(r"\d+|[^\W\d]+")


def sort_key(text: str) -> str:
    """A key that orders names as a Vietnamese dictionary does, and numbers by their size.

    "Phường 2" comes before "Phường 10"; "Đ" after "D"; at equal letters the tones go: none,
    huyền, hỏi, ngã, sắc, nặng, syllable by syllable.
    """
    return "\x02".join(_word_key(word) for word in _WORD.findall(tidy(text).lower()))


@lru_cache(maxsize=1 << 14)
def _word_key(word: str) -> str:
    if word.isdecimal():
        digits = str(int(word))
        return f"!{chr(0x21 + min(len(digits), 0x5D))}{digits}\x01"
    letters, tones = [], []
    for part in unicodedata.normalize("NFD", word):
        if part in _TONES:
            tones.append(_TONES[part])
        else:
            letters.append(part)
    base = unicodedata.normalize("NFC", "".join(letters))
    return "".join(_PLACE.get(letter, letter) for letter in base) + "\x01" + "".join(tones)

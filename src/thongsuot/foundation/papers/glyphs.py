"""Which letters the paper's font has and how wide they are, read from the font files."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).with_name("fonts")
_MM_PER_POINT = 25.4 / 72


class Face:
    """One font file: its characters and their widths in thousandths of the type size."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        self._tables = {
            content[at : at + 4].decode("latin-1"): struct.unpack(">II", content[at + 8 : at + 16])
            for at in range(12, 12 + 16 * struct.unpack(">H", content[4:6])[0], 16)
        }
        self._content = content
        self.glyphs = self._characters()
        self._widths = self._advances()

    def width(self, char: str) -> int:
        """The width of a character; an unknown one counts as a full square."""
        glyph = self.glyphs.get(ord(char))
        return 1000 if glyph is None else self._widths[min(glyph, len(self._widths) - 1)]

    def _table(self, tag: str) -> bytes:
        start, length = self._tables[tag]
        return self._content[start : start + length]

    def _characters(self) -> dict[int, int]:
        """Character → glyph, from the Unicode subtable for the basic plane (format 4)."""
        cmap = self._table("cmap")
        for at in range(4, 4 + 8 * struct.unpack(">H", cmap[2:4])[0], 8):
            platform, encoding, offset = struct.unpack(">HHI", cmap[at : at + 8])
            if (platform, encoding) == (3, 1):
                return _segments(cmap[offset:])
        raise ValueError("the font has no Unicode character table")

    def _advances(self) -> list[int]:
        per_em = struct.unpack(">H", self._table("head")[18:20])[0]
        count = struct.unpack(">H", self._table("hhea")[34:36])[0]
        pairs = struct.unpack(f">{2 * count}H", self._table("hmtx")[: 4 * count])
        return [width * 1000 // per_em for width in pairs[::2]]


def _segments(table: bytes) -> dict[int, int]:
    """The characters of a format 4 subtable; a character with glyph 0 is left out."""
    kind, _, _, twice = struct.unpack(">4H", table[:8])
    if kind != 4:
        raise ValueError(f"character table of format {kind} is not read")
    count = twice // 2
    words = struct.unpack(
        f">{(len(table) - 14) // 2}H", table[14 : 14 + (len(table) - 14) // 2 * 2]
    )
    ends, starts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, offsets = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 :]
    found: dict[int, int] = {}
    for at in range(count):
        for code in range(starts[at], min(ends[at], 0xFFFE) + 1):
            glyph = code
            if offsets[at]:
                glyph = offsets[at + offsets[at] // 2 + code - starts[at]]
            glyph = (glyph + deltas[at]) & 0xFFFF if glyph or not offsets[at] else 0
            if glyph:
                found[code] = glyph
    return found


@cache
def face(*, bold: bool = False, italic: bool = False) -> Face:
    """The face in that style, read once."""
    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}
    return Face(FONTS / f"Tinos-{style.get((bold, italic), 'BoldItalic')}.ttf")


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line, in millimetres, at a type size in points."""
    chosen = face(bold=bold)
    return sum(chosen.width(char) for char in text) * size * _MM_PER_POINT / 1000


class _Printing(dict[int, str]):
    """For each character what is printed for it; worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        printed = _print_one(chr(code))
        self[code] = printed
        return printed


# Signs that join, part or follow without being seen: they come along with copied text.
_SILENT = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")


def _print_one(char: str) -> str:
    if char == "\n":
        return char
    if char in _SILENT:
        return ""
    if char.isspace() or unicodedata.category(char) == "Zs":
        return " "
    if unicodedata.category(char) in ("Cc", "Cf") or ord(char) not in face().glyphs:
        return f"[U+{ord(char):04X}]"
    return char


_PRINTING = _Printing()


def printable(text: str) -> str:
    """The text as it can be printed: NFC, and nothing that would vanish from the page.

    A character that the font does not have, a control character or a sign that turns the
    reading direction around is printed as its number, ``[U+1F600]``, so that a reader sees that
    something stood there. Every kind of space becomes a space; a line break stays.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_PRINTING)

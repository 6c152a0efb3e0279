"""Who looks at which part of a package while the gate counts it, and what they saw together."""

import posixpath
import re
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

from thongsuot.foundation.imports.containers import Watcher
from thongsuot.foundation.imports.odsxml import OdsWatcher
from thongsuot.foundation.imports.sheetxml import SheetMarks, SheetWatcher

_SMALL = 20 << 20  # parts that are read whole; larger ones are not looked into
_COMMENTS = re.compile(r"xl/(?:comments\d*|threadedcomments/\w+)\.xml", re.IGNORECASE)
_DRAWING = re.compile(r"xl/drawings/drawing\d*\.xml", re.IGNORECASE)
_LINK = re.compile(r"xl/(?:externallinks/\w+|connections|querytables/\w+)\.xml", re.IGNORECASE)
_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_1904 = re.compile(rb"date1904\s*=\s*[\"'](?:1|true)[\"']")


class _Whole:
    """Keeps a small part as it is."""

    def __init__(self) -> None:
        self.content = b""

    def feed(self, piece: bytes) -> None:
        if len(self.content) < _SMALL:
            self.content += piece

    def close(self) -> None:
        pass


class _Count:
    """Counts a mark-up word."""

    def __init__(self, word: bytes) -> None:
        self.word, self.count, self._tail = word, 0, b""

    def feed(self, piece: bytes) -> None:
        text = self._tail + piece
        self.count += text.count(self.word)
        self._tail = text[-len(self.word) + 1 :]

    def close(self) -> None:
        pass


class Watching:
    """What was seen in one package: marks of each sheet, comments, objects, links to outside."""

    def __init__(self) -> None:
        self.links = 0
        self._whole: dict[str, _Whole] = {}
        self._comments: list[_Count] = []
        self._objects: list[_Count] = []
        self._sheets: dict[str, SheetWatcher] = {}
        self._ods: OdsWatcher | None = None
        self._styles: frozenset[int] | None = None

    def watch(self, part: str) -> Watcher | None:
        """Who looks at the part with this name; None for parts nobody needs."""
        name = part.lstrip("/")
        if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"):
            return self._whole.setdefault(name, _Whole())
        if name == "content.xml":
            self._ods = OdsWatcher()
            return self._ods
        if _LINK.fullmatch(name):
            self.links += 1
            return None
        if _SHEET.fullmatch(name):
            if self._styles is None:
                self._styles = crossed_out_formats(self._content("xl/styles.xml"))
            watcher = self._sheets.setdefault(name.lower(), SheetWatcher(self._styles))
            watcher.marks.part = name.lower()
            return watcher
        return self._counter(name)

    def _counter(self, name: str) -> Watcher | None:
        if _COMMENTS.fullmatch(name):
            self._comments.append(_Count(b"omment ref="))
            return self._comments[-1]
        if _DRAWING.fullmatch(name):
            self._objects.append(_Count(b"Anchor>"))
            return self._objects[-1]
        return None

    def _content(self, name: str) -> bytes:
        return self._whole[name].content if name in self._whole else b""

    @property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return _1904.search(self._content("xl/workbook.xml")) is not None

    @property
    def comments(self) -> int:
        """How many comments the file holds."""
        return sum(c.count for c in self._comments) + (self._ods.comments if self._ods else 0)

    @property
    def objects(self) -> int:
        """How many pictures, text boxes and charts the file holds."""
        return sum(c.count for c in self._objects) // 2 + (self._ods.objects if self._ods else 0)

    def marks(self) -> dict[str, SheetMarks]:
        """What was seen in each sheet, by the name of the sheet."""
        if self._ods is not None:
            return self._ods.marks
        found: dict[str, SheetMarks] = {}
        targets = _targets(self._content("xl/_rels/workbook.xml.rels"))
        book = _parsed(self._content("xl/workbook.xml"))
        for sheet in book.iter() if book is not None else ():
            if sheet.tag.rpartition("}")[2] == "sheet":
                target = targets.get(_by_local_name(sheet, "id"), "")
                if target in self._sheets:
                    found[sheet.get("name", "")] = self._sheets[target].marks
        return found


def _parsed(content: bytes) -> Element | None:
    try:
        return ElementTree.fromstring(content) if content else None
    except (ElementTree.ParseError, ValueError):
        return None


def _by_local_name(element: Element, local: str) -> str:
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == local and "}" in name:
            return value
    return ""


def _targets(rels: bytes) -> dict[str, str]:
    """Relation id → the part it points at, as a path from the root in small letters."""
    found = {}
    root = _parsed(rels)
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        found[relation.get("Id", "")] = posixpath.normpath(path).lower()
    return found


def crossed_out_formats(styles: bytes) -> frozenset[int]:
    """The numbers of the cell formats whose letters are red or struck through."""
    root = _parsed(styles)
    if root is None:
        return frozenset()
    crossed: set[int] = set()
    formats: list[int] = []
    for group in root:
        name = group.tag.rpartition("}")[2]
        if name == "fonts":
            crossed = {at for at, font in enumerate(group) if _crossed(font)}
        elif name == "cellXfs":
            formats = [
                int(xf.get("fontId", "0")) for xf in group if xf.get("fontId", "0").isdigit()
            ]
    return frozenset(at for at, font in enumerate(formats) if font in crossed)


def _crossed(font: Element) -> bool:
    for part in font:
        name = part.tag.rpartition("}")[2]
        if name == "strike" and part.get("val", "1") not in ("0", "false"):
            return True
        if name == "color" and (_red(part.get("rgb", "")) or part.get("indexed") in ("2", "10")):
            return True
    return False


def _red(colour: str) -> bool:
    if len(colour) != 8 or not all(c in "0123456789ABCDEFabcdef" for c in colour):
        return False
    red, green, blue = (int(colour[at : at + 2], 16) for at in (2, 4, 6))
    return red >= 0xC0 and green <= 0x40 and blue <= 0x40

"""The gate: what a file really is, and whether it may be opened at all. Knows no Django.

Nothing is unpacked to disk. The directory of the archive is judged first, then every part that
a reader will open is unpacked once in memory, piece by piece, and counted: sizes may lie.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from thongsuot.foundation.imports.limits import USUAL, Limits
from thongsuot.rules.kernel.problem import Problem

XLSX, ODS, CSV = "xlsx", "ods", "csv"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = 1 << 20
_HEAD = 4_096
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

# First bytes → what the file is, for files that cannot be a table of rows.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "GZIP"),
    (b"MZ", "EXE"),
    (b"SQLite format 3", "SQLite"),
)
_OTHER_PACKAGES: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "XLSB"),
    ("word/document.xml", "DOCX"),
    ("ppt/presentation.xml", "PPTX"),
)
_NESTED = (".zip", ".rar", ".7z", ".gz", ".xlsx", ".xlsm", ".ods", ".jar")


class Watcher(Protocol):
    """Looks at one part of a package while the gate counts it."""

    def feed(self, piece: bytes) -> None:
        """Look at the next piece."""

    def close(self) -> None:
        """The part has ended."""


Watch = Callable[[str], Watcher | None]


@dataclass(frozen=True, slots=True)
class Container:
    """What the gate found: ``kind`` is xlsx, ods, csv or empty; ``problems`` say why it is shut.

    ``parts`` are the names of the parts of a package; empty for CSV.
    """

    kind: str
    problems: tuple[Problem, ...] = ()
    parts: tuple[str, ...] = ()


def gate(
    path: Path, name: str = "", *, limits: Limits = USUAL, watch: Watch | None = None
) -> Container:
    """Say what the file is and whether it may be opened.

    Shapes: ``name`` is the name under which it was sent (its ending is compared with the
    content); ``watch`` gives, for the name of a part, who looks on while it is counted.

    Returns a container without problems when it may be opened. Never raises for a bad file.
    """
    name = name or path.name
    size = path.stat().st_size
    if size > limits.size:
        return _shut("imports.file-too-large", name, size=size, limit=limits.size)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return _shut("imports.file-empty", name)
    if head.startswith(b"PK"):
        return _package(path, name, limits, watch)
    if head.startswith(_OLE):
        return _ole(path, name)
    return _plain(head, name)


def _shut(code: str, name: str, **facts: object) -> Container:
    return Container("", (Problem(code, name, facts),))


def _ole(path: Path, name: str) -> Container:
    """An old binary document, or a new one wrapped in encryption: told apart by stream names."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _shut("imports.file-encrypted", name)
    if "WordDocument".encode("utf-16-le") in content:
        return _shut("imports.file-is-other", name, real="DOC")
    return _shut("imports.file-is-xls", name)


def _plain(head: bytes, name: str) -> Container:
    for signature, real in _SIGNATURES:
        if head.startswith(signature):
            return _shut("imports.file-is-other", name, real=real)
    markup = _markup(_as_ascii(head).lstrip().lower())
    if markup:
        return _shut("imports.file-is-html", name, real=markup)
    marked = head.startswith(_TEXT_MARKS)
    if not marked and _unmarked_utf16(head):
        return Container(CSV, (Problem("imports.csv-utf16", name),))
    if not marked and _binary(head):
        return _shut("imports.file-unknown", name)
    if name.lower().endswith((".xlsx", ".xls", ".xlsm", ".ods")):
        return Container(CSV, (Problem("imports.file-is-csv", name, {}),))
    return Container(CSV)


def _markup(text: bytes) -> str:
    """What old software exports under the name of a workbook; "" when it is none of it."""
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"mime-version:")):
        return "HTML"
    if not text.startswith(b"<?xml"):
        return ""
    if b"office:spreadsheet" in text and b"schemas-microsoft-com" in text:
        return "XML 2003"
    return "HTML" if b"<html" in text else "XML"


def _as_ascii(head: bytes) -> bytes:
    """The ASCII letters of the head, whatever the encoding: enough to know markup by."""
    for mark in _TEXT_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"")


def _unmarked_utf16(head: bytes) -> bool:
    """Whether the head reads as UTF-16 that does not say so: every second byte mostly NUL."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) * 5 > len(head) and min(even, odd) * 20 < max(even, odd)


def _binary(head: bytes) -> bool:
    strange = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0c\x1b")
    return strange * 50 > len(head)


# --- packages ---------------------------------------------------------------------------------


def _package(path: Path, name: str, limits: Limits, watch: Watch | None) -> Container:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            found = _directory(entries, name, limits) or _local_headers(path, entries, name)
            if found is None:
                kind, found = _kind(package, name)
            if found is None:
                found = _count(package, entries, name, limits, watch)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        return _shut("imports.file-damaged", name)
    except RuntimeError:  # how zipfile says that a part is encrypted
        return _shut("imports.file-encrypted", name)
    if found is not None:
        return Container("", (found,))
    return Container(kind, (), tuple(entry.filename for entry in entries))


def _directory(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> Problem | None:
    """Judge the archive by its directory alone: nothing is unpacked yet."""
    if len(entries) > limits.entries:
        return Problem(
            "imports.zip-too-many", name, {"count": len(entries), "limit": limits.entries}
        )
    seen: set[str] = set()
    for entry in entries:
        part = entry.orig_filename
        if _astray(part):
            return Problem("imports.zip-path", name, {"part": _shown(part)})
        if entry.filename.lower() in seen:
            return Problem("imports.zip-twice", name, {"part": _shown(part)})
        seen.add(entry.filename.lower())
        if entry.flag_bits & 0x1:
            return Problem("imports.file-encrypted", name)
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(
            entry.compress_size, 1
        ):
            return _bomb(name, entry.file_size, limits)
    total = sum(entry.file_size for entry in entries)
    return _bomb(name, total, limits) if total > limits.unpacked else None


def _bomb(name: str, size: int, limits: Limits) -> Problem:
    return Problem("imports.zip-unpacks-too-large", name, {"size": size, "limit": limits.unpacked})


def _astray(part: str) -> bool:
    steps = part.replace("\\", "/").split("/")
    return "\x00" in part or ".." in steps or steps[0] == "" or ":" in steps[0]


def _shown(part: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in part)[:80]


def _local_headers(path: Path, entries: list[zipfile.ZipInfo], name: str) -> Problem | None:
    """Compare each entry's own header with the directory: two readers must see one archive."""
    ends = 0
    with path.open("rb") as file:
        for entry in sorted(entries, key=lambda e: e.header_offset):
            file.seek(entry.header_offset)
            fixed = file.read(30)
            if len(fixed) < 30 or fixed[:4] != b"PK\x03\x04" or entry.header_offset < ends:
                return Problem("imports.zip-headers", name, {"part": _shown(entry.filename)})
            flags, method, packed, unpacked, of_name, of_extra = struct.unpack("<6xHH8xLLHH", fixed)
            written = file.read(of_name)
            sizes_known = not flags & 0x8 and packed != 0xFFFFFFFF
            if (
                method != entry.compress_type
                or written.split(b"\x00")[0] != _name_bytes(entry)
                or (sizes_known and (packed, unpacked) != (entry.compress_size, entry.file_size))
            ):
                return Problem("imports.zip-headers", name, {"part": _shown(entry.filename)})
            ends = entry.header_offset + 30 + of_name + of_extra + entry.compress_size
    return None


def _name_bytes(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437")


def _kind(package: zipfile.ZipFile, name: str) -> tuple[str, Problem | None]:
    """Which document the package holds, by its parts and never by its name."""
    parts = set(package.namelist())
    lower = {part.lower() for part in parts}
    if any(part.endswith("vbaproject.bin") for part in lower) or any(
        part.startswith(("basic/", "scripts/")) for part in lower
    ):
        return "", Problem("imports.file-has-macros", name)
    for part, real in _OTHER_PACKAGES:
        if part in lower:
            return "", Problem("imports.file-is-other", name, {"real": real})
    if any(part.endswith(_NESTED) and not part.startswith("xl/embeddings/") for part in lower):
        return "", Problem("imports.zip-nested", name)
    if "[content_types].xml" in lower and any(p.startswith("xl/") for p in lower):
        return _office_open(package, name)
    if "content.xml" in parts and "mimetype" in parts:
        return _open_document(package, name)
    return "", Problem("imports.file-is-other", name, {"real": "ZIP"})


def _office_open(package: zipfile.ZipFile, name: str) -> tuple[str, Problem | None]:
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        return "", Problem("imports.file-has-macros", name)
    return XLSX, None


def _open_document(package: zipfile.ZipFile, name: str) -> tuple[str, Problem | None]:
    kind = package.read("mimetype")[:200].decode("ascii", "replace").strip()
    if not kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "", Problem("imports.file-is-other", name, {"real": kind.rsplit(".", 1)[-1].upper()})
    if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read(
        "META-INF/manifest.xml"
    ):
        return "", Problem("imports.file-encrypted", name)
    return ODS, None


_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def _declares(before: bytes, piece: bytes) -> bool:
    """Whether a document type or an entity is declared here: no workbook needs one."""
    if b"!" not in piece and b"<" not in before:
        return False
    return _DOCTYPE.search(before + piece) is not None


def _count(
    package: zipfile.ZipFile,
    entries: list[zipfile.ZipInfo],
    name: str,
    limits: Limits,
    watch: Watch | None,
) -> Problem | None:
    """Unpack every part a reader would open, piece by piece; count it, and let others look on."""
    left = limits.unpacked
    # Sheets last: whoever looks at them has seen the styles and the list of sheets by then.
    for entry in sorted(entries, key=lambda e: "/worksheets/" in e.filename.lower()):
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        watcher = watch(entry.filename) if watch else None
        with package.open(entry) as part:
            size, fault = _read_through(part, watcher, left)
        if fault == "imports.zip-unpacks-too-large":
            return _bomb(name, limits.unpacked - left + size, limits)
        if fault:
            return Problem(fault, name, {"part": _shown(entry.filename)})
        left -= size
    return None


def _read_through(part: IO[bytes], watcher: Watcher | None, left: int) -> tuple[int, str]:
    """Read one part to its end: how large it is, and the code of what is wrong with it."""
    size, before = 0, b""
    while piece := part.read(_PIECE):
        if not size and piece.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
            return size, "imports.xml-encoding"
        size += len(piece)
        if size > left:
            return size, "imports.zip-unpacks-too-large"
        if _declares(before, piece):
            return size, "imports.xml-doctype"
        before = piece[-16:]
        if watcher:
            watcher.feed(piece)
    if watcher:
        watcher.close()
    return size, ""

"""What a file is, told from its content: the name is only somebody's claim."""

import codecs
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from thongsuot.rules.kernel.problem import Problem

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
PNG = "image/png"
JPEG = "image/jpeg"

# The first ending is the one given to a download whose name has none.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    XLSX: ("xlsx",),
    DOCX: ("docx",),
    ODS: ("ods",),
    CSV: ("csv", "tsv", "txt"),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg", "jpe", "jfif"),
}
# Endings that mean something to a computer: a name that ends so must be what it says.
MEANINGFUL = frozenset(ending for endings in ENDINGS.values() for ending in endings) | frozenset(
    [
        "exe",
        "com",
        "bat",
        "cmd",
        "scr",
        "pif",
        "msi",
        "dll",
        "jar",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "hta",
        "lnk",
        "ps1",
        "sh",
        "py",
        "php",
        "phar",
        "html",
        "htm",
        "xhtml",
        "mht",
        "svg",
        "svgz",
        "swf",
        "xml",
        "xsl",
        "xls",
        "xlsm",
        "xlsb",
        "xltm",
        "doc",
        "docm",
        "dotm",
        "ppt",
        "pptx",
        "pptm",
        "odt",
        "odp",
        "rtf",
        "zip",
        "rar",
        "7z",
        "gz",
        "tar",
        "iso",
        "img",
        "chm",
        "reg",
        "url",
        "webloc",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "webp",
        "heic",
        "ico",
    ]
)
MAX_PIXELS = 120_000_000  # a scanned A3 page at 600 dpi is 70 million
MAX_ENTRIES = 5_000
HEAD = 4096
TEXT_PROBE = 1 << 18

_EXECUTABLE = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
)
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"^\s*(<!doctype|<html|<svg|<\?xml|<head|<body|<script|<iframe|<!--)|<script\b|<svg\b", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_ACTIVE_PDF = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


class Unfit(Exception):
    """The content is nothing that is kept; ``problem`` says why."""

    def __init__(self, code: str, **facts: object) -> None:
        self.problem = Problem(code, "", facts)
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is: its media type, and remarks to be shown beside it wherever it is offered.

    ``remarks`` are words of ``REMARKS``: encrypted, active.
    """

    media: str
    remarks: tuple[str, ...] = ()


def kind_of(content: BinaryIO, size: int) -> Kind:
    """What the content is.

    Shapes: ``content`` can be sought; its position is lost. Raises Unfit for an empty file,
    an executable, markup (SVG, HTML), a workbook with macros, and whatever is not on the list.
    """
    content.seek(0)
    head = content.read(HEAD)
    if not head.strip():
        raise Unfit("files.empty")
    if head.startswith(_EXECUTABLE) or _EICAR in head:
        raise Unfit("files.executable")
    if head.startswith(_OLE2):
        raise Unfit("files.old-or-locked")
    for mark, read in _BY_MARK:
        if head.startswith(mark):
            return read(content, size)
    return _text(content)


def _pdf(content: BinaryIO, size: int) -> Kind:
    content.seek(max(0, size - 2048))
    if b"%%EOF" not in content.read():
        raise Unfit("files.broken", media="PDF")
    content.seek(0)
    remarks: set[str] = set()
    tail = b""
    while block := content.read(1 << 20):
        window = tail + block
        if b"/Encrypt" in window:
            remarks.add("encrypted")
        if any(word in window for word in _ACTIVE_PDF):
            remarks.add("active")
        tail = block[-32:]
    return Kind(PDF, tuple(sorted(remarks)))


def _zip(content: BinaryIO, size: int) -> Kind:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as box:
            entries = box.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > MAX_ENTRIES or len(names) != len(entries):
                raise Unfit("files.broken", media="ZIP")
            declared = _declared(box, entries)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise Unfit("files.broken", media="ZIP") from error
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("files.macros")
    if declared == ODS.encode():
        return Kind(ODS)
    if "[Content_Types].xml" in names:
        for media, folder in ((XLSX, "xl/"), (DOCX, "word/")):
            if any(name.startswith(folder) for name in names):
                return Kind(media)
    raise Unfit("files.not-accepted")


def _declared(box: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bytes:
    """What an OpenDocument file says it is: its first entry, stored as it is, and short."""
    first = entries[0] if entries else None
    if first is None or first.filename != "mimetype" or first.file_size > 100:
        return b""
    return box.read(first).strip()


def _png(content: BinaryIO, size: int) -> Kind:
    content.seek(0)
    head = content.read(24)
    if len(head) < 24 or head[12:16] != b"IHDR":
        raise Unfit("files.broken", media="PNG")
    width, height = struct.unpack(">II", head[16:24])
    return _picture(PNG, width, height)


def _jpeg(content: BinaryIO, size: int) -> Kind:
    """Walk the segments to the frame header, which holds the size."""
    content.seek(2)
    while True:
        mark = content.read(4)
        if len(mark) < 4 or mark[0] != 0xFF:
            raise Unfit("files.broken", media="JPEG")
        length = int.from_bytes(mark[2:4], "big")
        if 0xC0 <= mark[1] <= 0xCF and mark[1] not in (0xC4, 0xC8, 0xCC):
            frame = content.read(5)
            if len(frame) < 5:
                raise Unfit("files.broken", media="JPEG")
            height, width = struct.unpack(">HH", frame[1:5])
            return _picture(JPEG, width, height)
        content.seek(max(length, 2) - 2, 1)


def _picture(media: str, width: int, height: int) -> Kind:
    if not 0 < width * height <= MAX_PIXELS:
        raise Unfit("files.too-many-pixels", width=width, height=height)
    return Kind(media)


def _text(content: BinaryIO) -> Kind:
    """A table as text, in UTF-8, UTF-16 with its mark, or one of the old one-byte encodings."""
    content.seek(0)
    probe = content.read(TEXT_PROBE).removeprefix(codecs.BOM_UTF8)
    if _MARKUP.search(probe[:HEAD]):
        raise Unfit("files.markup")
    if probe.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = probe[: len(probe) // 2 * 2].decode("utf-16", errors="replace")
    else:
        text = probe.decode("latin-1")
    if _CONTROL.search(text):
        raise Unfit("files.not-accepted")
    if _MARKUP.search(text[:HEAD].encode()):
        raise Unfit("files.markup")
    if not text.strip("\ufeff \t\r\n"):
        raise Unfit("files.empty")
    return Kind(CSV)


_BY_MARK: tuple[tuple[bytes, Callable[[BinaryIO, int], Kind]], ...] = (
    (b"%PDF-", _pdf),
    (b"PK\x03\x04", _zip),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
)

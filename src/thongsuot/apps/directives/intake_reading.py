"""From a file as it comes in (TXT, DOCX, PDF, EML, a scan) to the text that the rules read.

No Django here: the command line reads files without a database.
"""

import email
import email.policy
import html
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from pathlib import PurePath

import docx
import pypdfium2
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from thongsuot.rules.kernel.problem import Problem

__all__ = [
    "LARGEST",
    "Attached",
    "ReadText",
    "Unreadable",
    "attachments_of",
    "can_scan",
    "read_bytes",
]

LARGEST = 50 * 2**20
MOST_PAGES = 400
MOST_SCANNED = 60
MOST_ATTACHED = 20
_LARGEST_UNPACKED = 200 * 2**20
_LARGEST_XML = 24 * 2**20  # of the parts that are read: some 800 pages; a tree takes 20 times that
_SECONDS_A_PAGE = 120
_SCAN_SCALE = 200 / 72  # 200 dots an inch
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)?[^<>]*>", re.I)  # one pass, whatever is never closed
_UNSEEN = frozenset({"script", "style"})
_BREAKS = frozenset({"/p", "/div", "/li", "/tr", *(f"/h{n}" for n in range(1, 7))})


class Unreadable(Exception):
    """A file that gives no text, and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of a file, what sort of file it was, and whether a scan was read letter by letter."""

    text: str
    sort: str
    scanned: bool = False
    pages: int = 1


def read_bytes(name: str, content: bytes, *, scan: bool = True) -> ReadText:
    """The text of a file by its content; its name decides only between plain text and e-mail.

    ``scan`` False leaves a scan unread: the text is empty and ``scanned`` says why.

    Raises:
        Unreadable: too large, not one of the sorts, damaged, locked, without text, or a scan on a
            machine that cannot read scans.
    """
    if len(content) > LARGEST:
        raise Unreadable(Problem("intake.file-too-large", name, {"most": LARGEST}))
    if content.startswith(b"%PDF-"):
        return _pdf(name, content, scan)
    if content.startswith(b"PK"):
        return _word(name, content)
    if content.startswith(_PICTURES):
        if not scan:
            return ReadText("", "scan", scanned=True)
        return _checked(name, ReadText(_scan(name, content), "scan", scanned=True))
    if PurePath(name).suffix.lower() == ".eml":
        return _checked(name, _mail(name, content))
    return _checked(name, ReadText(_plain(name, content), "txt"))


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with an e-mail."""

    name: str
    content: bytes


def attachments_of(name: str, content: bytes) -> tuple[Attached, ...]:
    """The files attached to an e-mail, in their order; none when the file is no e-mail.

    Pictures shown inside its words (a signature, a seal) are no attachments.

    Raises:
        Unreadable: the e-mail is damaged, or holds more files than are taken.
    """
    if PurePath(name).suffix.lower() != ".eml":
        return ()
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        parts = list(message.iter_attachments()) if isinstance(message, EmailMessage) else []
        found = [_attached(part, number) for number, part in enumerate(parts, 1)]
    except Exception as damaged:  # a damaged e-mail makes the reader fail in any way
        raise Unreadable(Problem("intake.file-damaged", name)) from damaged
    kept = tuple(one for one in found if one is not None and one.content)
    if len(kept) > MOST_ATTACHED:
        raise Unreadable(Problem("intake.too-many-attached", name, {"most": MOST_ATTACHED}))
    return kept


def _attached(part: EmailMessage, number: int) -> Attached | None:
    if part.is_multipart() or part.get_content_disposition() == "inline":
        return None
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    called = PurePath((part.get_filename() or "").replace("\\", "/")).name
    return Attached(called.replace("\x00", "")[:200] or f"tep-dinh-kem-{number}", content)


def can_scan() -> bool:
    """Whether this machine can read Vietnamese scans: Tesseract with its Vietnamese data."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    return "vie" in told.stdout.split()


def _checked(name: str, read: ReadText) -> ReadText:
    if not read.text.strip():
        raise Unreadable(Problem("intake.file-without-text", name))
    return read


def _plain(name: str, content: bytes) -> str:
    """The text as it stands, sign for sign, so that places counted in it hold in the file."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Unreadable(Problem("intake.file-not-text", name))
    return text


def _word(name: str, content: bytes) -> ReadText:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
        xml = sum(one.file_size for one in parts if one.filename.endswith((".xml", ".rels")))
        if xml > _LARGEST_XML or sum(one.file_size for one in parts) > _LARGEST_UNPACKED:
            raise Unreadable(Problem("intake.file-too-large", name, {"most": LARGEST}))
        text = "\n\n".join(_blocks(docx.Document(BytesIO(content))))
    except Unreadable:
        raise
    except Exception as damaged:  # a damaged file makes the reader fail in any way
        raise Unreadable(Problem("intake.file-damaged", name)) from damaged
    return _checked(name, ReadText(text, "docx"))


def _blocks(document: WordDocument) -> list[str]:
    """Paragraphs and table rows in their order; an item of a list gets its dash back."""
    found = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            found.append(_paragraph(block))
        elif isinstance(block, Table):
            found += [_row([cell.text for cell in row.cells]) for row in block.rows]
    return [one for one in found if one.strip()]


def _paragraph(block: Paragraph) -> str:
    text = block.text.strip()
    properties = block._p.pPr  # the library has no public word for numbering
    numbered = properties is not None and properties.numPr is not None
    return f"- {text}" if numbered and text and text[0] not in "-–•+(" else text


def _row(cells: list[str]) -> str:
    """A row of a table on one line; merged cells, which repeat, once."""
    return " | ".join(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip()))


def _pdf(name: str, content: bytes, scan: bool) -> ReadText:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as damaged:
        code = "intake.file-locked" if "assword" in str(damaged) else "intake.file-damaged"
        raise Unreadable(Problem(code, name)) from damaged
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(Problem("intake.too-many-pages", name, {"most": MOST_PAGES}))
        pages = _letters(name, document)
        if sum(len(page.strip()) for page in pages) >= 20 * len(pages):
            text = "\n".join(page.replace("\r\n", "\n").replace("\ufffe", "-") for page in pages)
            return _checked(name, ReadText(text, "pdf", pages=len(pages)))
        if not scan:
            return ReadText("", "scan", scanned=True, pages=len(document))
        return _checked(name, _scanned(name, document))
    finally:
        document.close()


def _letters(name: str, document: "pypdfium2.PdfDocument") -> list[str]:
    try:
        return [page.get_textpage().get_text_range() for page in document]
    except pypdfium2.PdfiumError as damaged:
        raise Unreadable(Problem("intake.file-damaged", name)) from damaged


def _scanned(name: str, document: "pypdfium2.PdfDocument") -> ReadText:
    """The pages of a PDF that holds only pictures, read letter by letter."""
    if len(document) > MOST_SCANNED:
        raise Unreadable(Problem("intake.too-many-pages", name, {"most": MOST_SCANNED}))
    found = []
    for page in document:
        picture = page.render(scale=_SCAN_SCALE, grayscale=True)
        wide, high, stride = picture.width, picture.height, picture.stride
        raw = bytes(picture.buffer)
        rows = b"".join(raw[row * stride : row * stride + wide] for row in range(high))
        found.append(_scan(name, b"P5\n%d %d\n255\n" % (wide, high) + rows))
    return ReadText("\n".join(found), "scan", scanned=True, pages=len(document))


def _scan(name: str, picture: bytes) -> str:
    """The letters of one picture, by Tesseract with Vietnamese."""
    if not can_scan():
        raise Unreadable(Problem("intake.no-scanner", name))
    try:
        told = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3"],
            input=picture, capture_output=True, check=False, timeout=_SECONDS_A_PAGE,
        )  # fmt: skip
    except subprocess.TimeoutExpired as slow:
        raise Unreadable(Problem("intake.scan-too-slow", name)) from slow
    if told.returncode:
        raise Unreadable(Problem("intake.scan-failed", name))
    return told.stdout.decode("utf-8", "replace")


def _mail(name: str, content: bytes) -> ReadText:
    """Subject and words of an e-mail; its attachments are files of their own."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        text = str(body.get_content()) if body is not None else ""
        if body is not None and body.get_content_subtype() == "html":
            text = html.unescape(_seen(text))
        subject = str(message.get("subject") or "").strip()
    except Exception as damaged:  # a damaged e-mail makes the reader fail in any way
        raise Unreadable(Problem("intake.file-damaged", name)) from damaged
    told = f"{subject}\n\n{text}".strip().replace("\x00", "")
    if not told:  # an e-mail of files alone is known by their names
        told = "\n".join(one.name for one in attachments_of(name, content))
    return ReadText(told, "eml")


def _seen(page: str) -> str:
    """What somebody reads of a page: its text without tags, a line where it breaks one."""
    found, at, hidden = [], 0, ""
    for tag in _TAG.finditer(page):
        called = f"{tag[1]}{(tag[2] or '').lower()}"
        if not hidden:
            found.append(page[at : tag.start()])
            hidden = called if called in _UNSEEN else ""
            if called.removesuffix("/") == "br" or called in _BREAKS:
                found.append("\n")
        elif called == f"/{hidden}":
            hidden = ""
        at = tag.end()
    return "".join(found if hidden else [*found, page[at:]])

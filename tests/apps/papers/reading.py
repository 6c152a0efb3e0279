"""Reading a written paper back: its text, its fonts, its margins."""

import ctypes
import re

import pypdfium2 as pdfium
from pypdfium2 import raw


def squeezed(text: str) -> str:
    """The text without any white space, as two settings of it can be compared."""
    return re.sub(r"\s+", "", text.replace("\ufffe", "-"))


def pages(content: bytes) -> list[str]:
    """The text of each page."""
    document = pdfium.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def whole_text(content: bytes) -> str:
    """All pages as one text without white space."""
    return squeezed("".join(pages(content)))


def sizes(content: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    document = pdfium.PdfDocument(content)
    return [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document]


def top_margins(content: bytes) -> list[str]:
    """What stands in the top margin of each page, down to 2 mm above the text."""
    found = []
    for page in pdfium.PdfDocument(content):
        height = page.get_height()
        text = page.get_textpage().get_text_bounded(bottom=height - 18 * 72 / 25.4)
        found.append(text.strip())
    return found


def fonts(content: bytes) -> dict[str, bool]:
    """Every font used for a text, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in pdfium.PdfDocument(content):
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=10):
            font = raw.FPDFTextObj_GetFont(thing)
            name = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, name, 200)
            found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found


def is_tagged(content: bytes) -> bool:
    """Whether the document has a structure for screen readers."""
    return bool(raw.FPDFCatalog_IsTagged(pdfium.PdfDocument(content)))


def plan_texts(plan: dict[str, object]) -> list[str]:
    """Every text of a composed paper that must be found on its pages."""
    head = plan["head"]
    texts = [*head.values(), plan["kind"], plan["subject"], *plan["footer"], *plan["recipients"]]
    texts += plan["bases"]
    for one in plan["signatures"]:
        texts += [value for value in one.values() if isinstance(value, str)]
        texts += one["confirmation"]
    texts += _block_texts(plan["blocks"])
    for annex in plan["annexes"]:
        texts += [annex["label"], annex["title"], annex["belongs_to"]]
        texts += _block_texts(annex["blocks"])
    return ["".join(text) for text in texts if text]


def _block_texts(blocks: list[dict[str, object]]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if block["is"] == "heading":
            texts.append(block["text"])
        elif block["is"] == "paragraph":
            texts += [run["text"] for run in block["runs"]]
        else:
            texts += [one["text"] for row in block["head"] for one in row]
            texts += [cell for row in block["rows"] for cell in row]
            texts += block["total"]["cells"] if block["total"] else []
    return texts


def rightmost(content: bytes) -> float:
    """How far right the rightmost letter of the document reaches beyond the text, in mm."""
    beyond = -999.0
    for page in pdfium.PdfDocument(content):
        text = page.get_textpage()
        edge = page.get_width() - 15 * 72 / 25.4
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=10):
            left, _, right, _ = thing.get_bounds()
            if right - left < 400:  # the mark behind the text lies across the page
                beyond = max(beyond, (right - edge) * 25.4 / 72)
        text.close()
    return beyond

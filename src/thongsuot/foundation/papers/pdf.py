"""Writes a paper as PDF: PDF/A-2a and PDF/UA-1, tagged, with its fonts inside."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import typst

from thongsuot.foundation.papers.compose import Plan, compose
from thongsuot.foundation.papers.glyphs import FONTS
from thongsuot.foundation.papers.qr import qr_svg
from thongsuot.foundation.papers.values import Paper

_TEMPLATE = Path(__file__).with_name("paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts that come with the product: the same page on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def to_pdf(paper: Paper) -> bytes:
    """The paper as PDF. The same paper gives the same bytes."""
    return set_plan(compose(paper))


def set_plan(plan: Plan) -> bytes:
    """A composed paper as PDF. Every text is handed over as a value, none as markup."""
    made = datetime.fromisoformat(plan["made_on"]).replace(tzinfo=UTC)
    compiler = typst.Compiler(_TEMPLATE, font_paths=_fonts())
    content = compiler.compile(
        format="pdf",
        sys_inputs={
            "plan": json.dumps(plan, ensure_ascii=False),
            "qr": qr_svg(plan["url"]) if plan["url"] else "",
        },
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made.timestamp()),
    )
    if not isinstance(content, bytes):
        raise TypeError("the PDF writer returned no document")
    return content

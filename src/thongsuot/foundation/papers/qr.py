"""The square code on a paper, for a phone to read."""

import io

import segno


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False, boost_error=False)


def qr_svg(text: str, *, fits: bool = False) -> str:
    """The code as SVG, with the quiet border a reader needs; ``fits``: as large as its frame."""
    out = io.BytesIO()
    _code(text).save(out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=fits)
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    """The code as PNG, twelve dots a square."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", border=2, scale=12)
    return out.getvalue()

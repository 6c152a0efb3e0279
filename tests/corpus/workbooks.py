"""Workbooks built by hand, part by part, so that every oddity is where a test wants it."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Xml(str):
    """A cell written as it stands: the attributes and content after ``<c r="A1"``."""


def letters(column: int) -> str:
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def formula(text: str, value: str | None = "", kind: str = "") -> Xml:
    """A formula cell; ``value`` None: saved by a library that never computed it."""
    typed = f' t="{kind}"' if kind else ""
    computed = "" if value is None else f"<v>{escape(value)}</v>"
    return Xml(f"{typed}><f>{escape(text)}</f>{computed}</c>")


def error(text: str) -> Xml:
    return Xml(f' t="e"><v>{text}</v></c>')


def styled(value: object, style: int) -> Xml:
    return Xml(f' s="{style}"{cell(value)}')


def cell(value: object) -> str:
    """What follows the reference of a cell."""
    if isinstance(value, Xml):
        return value
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"><v>{value!r}</v></c>"
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


@dataclass
class SheetOf:
    """One sheet: rows from the top (None: an empty row), and what is odd about it."""

    rows: Sequence[Sequence[object] | None]
    name: str = "Bảng kê"
    state: str = ""
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    merged: Iterable[str] = ()
    dimension: str = ""
    far: Mapping[str, object] = field(default_factory=dict)

    def xml(self) -> str:
        hidden = set(self.hidden_rows)
        body = "".join(
            self._row(number, row, number in hidden)
            for number, row in enumerate(self.rows, 1)
            if row is not None
        )
        for place, value in self.far.items():
            number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            body += f'<row r="{number}"><c r="{place}"{cell(value)}</row>'
        dimension = f'<dimension ref="{self.dimension}"/>' if self.dimension else ""
        columns = "".join(
            f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in self.hidden_columns
        )
        merged = "".join(f'<mergeCell ref="{span}"/>' for span in self.merged)
        return (
            f'{_DECLARED}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{dimension}'
            + (f"<cols>{columns}</cols>" if columns else "")
            + f"<sheetData>{body}</sheetData>"
            + (f"<mergeCells>{merged}</mergeCells>" if merged else "")
            + "</worksheet>"
        )

    @staticmethod
    def _row(number: int, row: Sequence[object], hidden: bool) -> str:
        cells = "".join(
            f'<c r="{letters(at)}{number}"{cell(value)}'
            for at, value in enumerate(row, 1)
            if value is not None and value != ""
        )
        mark = ' hidden="1"' if hidden else ""
        return f'<row r="{number}"{mark}>{cells}</row>'


# Cell formats: 0 plain, 1 struck through, 2 red, 3 a day.
STYLES = (
    f'{_DECLARED}<styleSheet xmlns="{MAIN}">'
    '<fonts count="3"><font><sz val="11"/></font><font><strike/><sz val="11"/></font>'
    '<font><color rgb="FFFF0000"/><sz val="11"/></font></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0"/>'
    '<xf numFmtId="0" fontId="1" applyFont="1"/><xf numFmtId="0" fontId="2" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def parts(
    *sheets: SheetOf, from_1904: bool = False, more: Mapping[str, str | bytes] | None = None
) -> dict[str, str | bytes]:
    """The parts of a workbook by name, in the order a spreadsheet writes them."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name="{escape(s.name)}" sheetId="{n}"'
        + (f' state="{s.state}"' if s.state else "")
        + f' r:id="rId{n}"/>'
        for n, s in numbered
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n, _ in numbered
    )
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_DECLARED}<Types xmlns="http://schemas.openxmlformats.org/package/'
        '2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'{_DECLARED}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        + ('<workbookPr date1904="1"/>' if from_1904 else "")
        + f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_DECLARED}<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="rId99" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for n, sheet in numbered:
        found[f"xl/worksheets/sheet{n}.xml"] = sheet.xml()
    return {**found, **(more or {})}


def packed(content: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as one package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, text in content.items():
            entry = zipfile.ZipInfo(name, (2025, 6, 30, 0, 0, 0))  # the same parts, the same file
            package.writestr(entry, text, compress_type=method)
    return out.getvalue()


def book(*sheets: SheetOf, from_1904: bool = False, **more: str | bytes) -> bytes:
    """A workbook with these sheets."""
    return packed(parts(*sheets, from_1904=from_1904, more=more))


def table(*rows: Sequence[object] | None, **odd: object) -> bytes:
    """A workbook with one sheet of these rows."""
    return book(SheetOf(rows, **odd))  # type: ignore[arg-type]  # by name


def ods(
    rows: Sequence[Sequence[object]], *, name: str = "Bảng kê", encrypted: bool = False
) -> bytes:
    """The same rows as an OpenDocument spreadsheet."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    body = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows
    )
    manifest = "<manifest:encryption-data/>" if encrypted else ""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f'{_DECLARED}<office:document-content{spaces} office:version="1.2">'
            f'<office:body><office:spreadsheet><table:table table:name="{name}">{body}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": f'{_DECLARED}<manifest:manifest xmlns:manifest="urn:oasis:names:'
            'tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            f"{manifest}</manifest:manifest>",
        },
        method=zipfile.ZIP_STORED,
    )


def _ods_cell(value: object) -> str:
    if value in (None, ""):
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value!r}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    text = escape(str(value))
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )

"""A copy of a workbook without what lies far outside its table.

One cell at the last place of a sheet makes a reader lay out seventeen thousand million cells.
Such a sheet is read from a copy in memory that ends where the table ends.
"""

import io
import re
import zipfile
from pathlib import Path

from thongsuot.foundation.imports.limits import Limits
from thongsuot.foundation.imports.sheetxml import column_number

_ROW = re.compile(rb"<((?:\w+:)?row)\b([^>]*?)(?:/>|>(.*?)</\1>)", re.DOTALL)
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_CELL = re.compile(rb"<((?:\w+:)?c)\b([^>]*?)(?:/>|>.*?</\1>)", re.DOTALL)
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)\d+[\"']")


def trimmed_copy(path: Path, part: str, limits: Limits) -> tuple[io.BytesIO, int]:
    """The workbook without rows after a long gap and without cells beyond the last column.

    Returns the copy and how many cells were left out of it.
    """
    out = io.BytesIO()
    left_out = 0
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.lower().lstrip("/") == part:
                content, left_out = _within(content, limits)
            target.writestr(entry.filename, content)
    out.seek(0)
    return out, left_out


def _within(xml: bytes, limits: Limits) -> tuple[bytes, int]:
    kept: list[bytes] = []
    left_out = end = row = 0
    first = None
    gone = False
    for match in _ROW.finditer(xml):
        first = match.start() if first is None else first
        end = match.end()
        number = _NUMBER.search(match[2])
        at = int(number[1]) if number else row + 1
        if not gone and at - row > limits.empty_run and (match[3] or b"").strip():
            gone = True
        cells, outside = _near(match[3] or b"", limits)
        if gone:
            left_out += len(_CELL.findall(match[3] or b""))
            continue
        left_out += outside
        if cells.strip():
            row = at
            kept.append(b"<%b%b>%b</%b>" % (match[1], match[2], cells, match[1]))
    if first is None:
        return xml, 0
    return xml[:first] + b"".join(kept) + xml[end:], left_out


def _near(cells: bytes, limits: Limits) -> tuple[bytes, int]:
    """The cells up to the last column that is read, and how many lie beyond."""
    found = list(_CELL.finditer(cells))
    near = []
    for match in found:
        column = _COLUMN.search(match[2])
        if column is None or column_number(column[1].decode()) <= limits.columns:
            near.append(match)
    if len(near) == len(found):
        return cells, 0
    return b"".join(match[0] for match in near), len(found) - len(near)

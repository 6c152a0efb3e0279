"""The day a text was written, when the text says so itself."""

import re
from datetime import date

__all__ = ["written_on"]

_HEAD = re.compile(r",\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
_FULL = re.compile(
    r"(?<![\d/-])(?:ngày\s+)?(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})(?!\d)",
    re.I,
)
_CITED = re.compile(r"(?:số\s+\S+|[\w-]+/[\w-]+)\s*,?\s*$", re.I)


def written_on(text: str) -> date | None:
    """The day in the head of an official paper, else the first full day that no document has; None if none."""
    for found in (*_HEAD.finditer(text[:3000]), *_FULL.finditer(text)):
        if found.re is _FULL and _CITED.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        day, month, year = (int(part) for part in found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None

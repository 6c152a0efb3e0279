"""CSV: which encoding, which separator, and rows that are never silently cut or joined."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from thongsuot.foundation.imports.limits import Limits
from thongsuot.rules.kernel.problem import Problem

SEPARATORS = (",", ";", "\t", "|")
# What a person may choose when the file does not say; tcvn3 is read as bytes and shown as found.
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1258", "cp1252")
_SEP_LINE = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class CsvText:
    """The text of a CSV file and how it is divided. ``first`` is the line on which it starts."""

    text: str
    separator: str
    encoding: str
    first: int = 1
    problems: tuple[Problem, ...] = ()

    def rows(self) -> Iterator[list[str]]:
        """The records in order, each as long as it was written."""
        return csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator, strict=True)


def read_csv(
    path: Path, name: str, limits: Limits, encoding: str = "", separator: str = ""
) -> CsvText:
    """Decode and divide a CSV file; ``problems`` with one that blocks mean that it is refused.

    Shapes: ``encoding`` and ``separator`` are what a person chose; empty means find out.
    """
    text, encoding, problem = _decoded(path.read_bytes(), name, encoding)
    if problem:
        return CsvText("", ",", encoding, problems=(problem,))
    first, said = 1, ""
    told = _SEP_LINE.match(text)
    if told:
        said, text, first = told[1], text[told.end() :], 2
    chosen = separator or said or _separator(text)
    table = CsvText(text, chosen, encoding, first)
    problem = _fault(table, name, limits)
    if problem:
        return CsvText("", chosen, encoding, first, (problem,))
    warnings: tuple[Problem, ...] = ()
    if not separator and not said and chosen != ",":
        facts = {"separator": "TAB" if chosen == "\t" else chosen}
        warnings = (Problem("imports.csv-separator", name, facts, blocks=False),)
    return CsvText(text, chosen, encoding, first, warnings)


def _decoded(content: bytes, name: str, encoding: str) -> tuple[str, str, Problem | None]:
    for mark, marked in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            content, encoding = content[len(mark) :], marked
            break
    else:
        if not encoding and b"\x00" in content[:2000]:
            guess = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
            return "", "", Problem("imports.csv-utf16", name, {"guess": guess})
    chosen = encoding if encoding in ENCODINGS else "utf-8"
    try:
        return content.decode(chosen), chosen, None
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        facts = {"line": line, "byte": f"{content[fault.start]:02X}", "encoding": chosen}
        return "", "", Problem("imports.csv-encoding", name, facts)


def _separator(text: str) -> str:
    """The sign that divides most of the first records into the same number of fields."""
    sample = text[:_SAMPLE]
    best, most = ",", (0, 0)
    for sign in SEPARATORS:
        counts: Counter[int] = Counter()
        try:
            for at, record in enumerate(
                csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
            ):
                if at >= 200:
                    break
                if any(record):
                    counts[len(record)] += 1
        except csv.Error:
            continue
        counts.pop(1, None)
        if counts:
            fields, often = counts.most_common(1)[0]
            if (often, fields) > most:
                best, most = sign, (often, fields)
    return best


def _fault(table: CsvText, name: str, limits: Limits) -> Problem | None:
    """Read the file through once: too many rows, or quotes that do not balance."""
    csv.field_size_limit(limits.cell_text * 4)
    reader = table.rows()
    count, line = 0, 0
    try:
        for _record in reader:
            count += 1
            line = reader.line_num  # type: ignore[attr-defined]  # csv.reader has it
            if count > limits.rows + 1:
                return Problem("imports.too-many-rows", name, {"limit": limits.rows})
    except csv.Error as fault:
        at = {"line": line + table.first}
        if "field larger" in str(fault):
            return Problem("imports.csv-field-too-long", name, at | {"limit": limits.cell_text * 4})
        return Problem("imports.csv-quotes", name, at)
    return None

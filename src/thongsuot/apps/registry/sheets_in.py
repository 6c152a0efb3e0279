"""Lines that somebody pastes or sends as a file, as plain rows; nothing is kept."""

import csv
import io
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.imports.readers import read_tables
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem, blocking

PASTED = 200_000  # signs that may be pasted
MEGABYTE = 1024 * 1024
Row = list[object]


def pasted_rows(text: str, *, split: bool) -> list[Row]:
    """The lines of a text; with ``split``, each cut at tabs, semicolons or commas.

    Raises Refused for more than is taken at once.
    """
    if len(text) > PASTED:
        raise Refused.because("registry.pasted-too-much", "", limit=PASTED)
    lines = [line for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not split:
        return [list(line.split("\t")) if "\t" in line else [line] for line in lines]
    sign = next((s for s in "\t;" if any(s in line for line in lines)), ",")
    try:
        return [list(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=sign)]
    except csv.Error as error:  # a cell longer than any: a quotation mark that is never closed
        limit = csv.field_size_limit()
        raise Refused.because("registry.pasted-too-much", "", limit=limit) from error


def file_rows(sent: "UploadedFile[Any]", *, most: int, limit: int) -> list[Row]:
    """The rows of the first sheet with rows, of a file that is forgotten right away.

    Shapes: at most ``most`` rows, of at most ``limit`` bytes. Raises Refused beyond either, and for
    whatever the reader of tables does not take.
    """
    name = display_name(sent.name or "tep")
    if (sent.size or 0) > limit:
        raise Refused.because("files.too-big", name, limit=max(1, limit // MEGABYTE))
    with tempfile.NamedTemporaryFile() as copy:
        for piece in sent.chunks():
            copy.write(piece)
        copy.flush()
        return rows_of(Path(copy.name), name, most)


def rows_of(path: Path, name: str, most: int) -> list[Row]:
    """The rows of the first sheet with rows. Raises Refused as ``file_rows`` does."""
    found = list(islice(lines_of(path, name), most + 1))
    if len(found) > most:
        raise Refused.because("registry.too-many-rows", name, limit=most)
    return found


def lines_of(path: Path, name: str) -> Iterator[Row]:
    """The rows of the first sheet with rows, one after the other. Raises Refused."""
    book = read_tables(path, name=name)
    if blocking(book.problems):
        raise Refused(book.problems)
    sheet = next(iter(book.visible()), None)
    if sheet is None:
        raise Refused([Problem("imports.no-rows", name)])
    if blocking(sheet.problems):
        raise Refused(sheet.problems)
    for _number, row in sheet.rows():
        yield row

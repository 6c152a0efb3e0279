"""Filling in an office's own DOCX template: its letters, lines and tables stay as they are.

A place is written ``{{ten}}`` in the text, even where the writing program has cut it into several
runs. A text of many lines becomes as many paragraphs of the same look.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document

from thongsuot.rules.kernel.problem import Problem

PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_]{0,40})\s*\}\}")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LARGEST = 40_000_000  # bytes of the document when unpacked
Container = Any  # python-docx ships no types


class Unfit(Exception):
    """A file that cannot serve as a template, and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def _open(content: bytes, name: str) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size <= LARGEST:
            return Document(io.BytesIO(content))
    except Exception as damaged:  # a damaged file makes the reader fail in any way
        raise Unfit(Problem("reporting.template-damaged", name)) from damaged
    most = LARGEST // 1_000_000
    raise Unfit(Problem("reporting.template-too-large", name, {"most": most}))


def _paragraphs(document: Container) -> Iterator[Container]:
    """Every paragraph: of the body, of tables, of heads and feet."""
    yield from _within(document)
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from _within(part)


def _within(container: Container) -> Iterator[Container]:
    yield from container.paragraphs
    for table in container.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _within(cell)


def places_in(content: bytes, name: str = "") -> frozenset[str]:
    """The names of the places of a template; empty when it has none.

    Raises Unfit when the file called ``name`` is no DOCX that can be read, or unpacks to too much.
    """
    document = _open(content, name)
    return frozenset(name for p in _paragraphs(document) for name in PLACE.findall(p.text))


def fill(content: bytes, values: Mapping[str, str], name: str = "") -> bytes:
    """The template with its places filled in; a place without a value becomes dots to write on.

    Raises Unfit when the template called ``name`` cannot be read.
    """
    document = _open(content, name)
    for paragraph in list(_paragraphs(document)):
        if PLACE.search(paragraph.text):
            _fill(paragraph, values)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _writable(text: str) -> str:
    """The text without the signs that no such document can hold."""
    return UNWRITABLE.sub("", text)


def _fill(paragraph: Container, values: Mapping[str, str]) -> None:
    """Put the text into the first run, so that it keeps its letters; further lines follow below."""
    text = PLACE.sub(lambda found: _writable(values.get(found[1], "…………")), paragraph.text)
    lines = text.split("\n")
    runs = paragraph.runs
    if not runs:  # the place stands inside a link: it is left for a person to fill in
        return
    first = next((run for run in runs if run.text.strip()), runs[0])
    for run in runs:
        if run is not first:
            run.text = ""
    first.text = lines[0]
    last = paragraph._p
    for line in lines[1:]:
        twin = copy.deepcopy(paragraph._p)
        last.addnext(twin)
        last = twin
        made = type(paragraph)(twin, paragraph._parent)
        filled = [run for run in made.runs if run.text]
        filled[0].text = line

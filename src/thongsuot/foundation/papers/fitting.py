"""Tables too long to print leave the paper as a workbook that the paper names by its hash."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from thongsuot.foundation.papers.sheets import Sheet, workbook
from thongsuot.foundation.papers.tabling import totals
from thongsuot.foundation.papers.values import (
    Annex,
    Block,
    Cell,
    Facts,
    Paper,
    Paragraph,
    Section,
    Table,
)

# About 190 lying pages, five seconds and 0.7 GB of memory to set; measured, see docs/rooms.
PRINTED_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A workbook that belongs to a paper: the paper prints its name, rows and hash."""

    name: str
    content: bytes
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """A paper that can be printed, and the files that go with it (most often none)."""

    paper: Paper
    files: tuple[AttachedFile, ...] = ()


# Where a table stands: (True for annexes, which section or annex, which block in it).
_Place = tuple[bool, int, int]


def table_rows(paper: Paper) -> int:
    """How many table rows the paper would print."""
    return sum(len(table.rows) for table in _tables(paper).values())


def fit(paper: Paper, *, limit: int = PRINTED_ROWS) -> Fitted:
    """The paper with no more than ``limit`` table rows in all.

    The longest tables go first. In place of each stand the name, the number of rows, the sums
    and the SHA-256 of the XLSX file that holds it, so the paper still binds every row. A paper
    short enough comes back as it is.
    """
    tables = _tables(paper)
    left = sum(len(table.rows) for table in tables.values())
    files: list[AttachedFile] = []
    instead: dict[_Place, tuple[Block, ...]] = {}
    for place, table in sorted(tables.items(), key=lambda pair: (-len(pair[1].rows), pair[0])):
        if left <= limit:
            break
        files.append(_attach(paper, place, table))
        instead[place] = _reference(table, files[-1])
        left -= len(table.rows)
    fitted = _replaced(paper, instead) if instead else paper
    return Fitted(fitted, tuple(sorted(files, key=lambda file: file.name)))


def _tables(paper: Paper) -> dict[_Place, Table]:
    parts: tuple[tuple[bool, Sequence[Section | Annex]], ...] = (
        (False, paper.sections),
        (True, paper.annexes),
    )
    return {
        (annexed, at, block_at): block
        for annexed, group in parts
        for at, part in enumerate(group)
        for block_at, block in enumerate(part.blocks)
        if isinstance(block, Table)
    }


def _attach(paper: Paper, place: _Place, table: Table) -> AttachedFile:
    annexed, at, block_at = place
    part = (paper.annexes if annexed else paper.sections)[at]
    stem = f"{'phu-luc' if annexed else 'phan'}-{at + 1:02d}-bang-{block_at + 1:02d}"
    title = part.title or paper.subject
    above = (title, f"{paper.kind.capitalize()} {paper.subject}", paper.letterhead.issuer)
    content = workbook((Sheet(title, table, above),), title=title, made_at=paper.made_at)
    return AttachedFile(
        name=f"{stem}.xlsx",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        rows=len(table.rows) - len(table.strong),
    )


def _reference(table: Table, attached: AttachedFile) -> tuple[Block, ...]:
    rows: list[tuple[str, Cell]] = [
        ("Tên tệp", attached.name),
        ("Số dòng", attached.rows),
    ]
    for column, value in zip(table.columns, totals(table), strict=True):
        if column.total:
            rows.append((f"Cộng cột {column.group} {column.title}".replace("  ", " "), value))
    rows.append(("Mã băm SHA-256 của tệp", attached.sha256))
    return (
        Paragraph(
            "Bảng này quá dài để in, được lập thành tệp bảng tính kèm theo và là bộ phận không "
            "tách rời của văn bản. Tệp có mã băm khác với mã băm dưới đây không phải là tệp kèm theo."
        ),
        Facts(tuple(rows)),
    )


def _replaced(paper: Paper, instead: Mapping[_Place, tuple[Block, ...]]) -> Paper:
    """The paper with other blocks in the places of some tables."""

    def blocks(part: Section | Annex, at: int, *, annexed: bool) -> tuple[Block, ...]:
        return tuple(
            one
            for block_at, block in enumerate(part.blocks)
            for one in instead.get((annexed, at, block_at), (block,))
        )

    return replace(
        paper,
        sections=tuple(
            replace(section, blocks=blocks(section, at, annexed=False))
            for at, section in enumerate(paper.sections)
        ),
        annexes=tuple(
            replace(annex, blocks=blocks(annex, at, annexed=True))
            for at, annex in enumerate(paper.annexes)
        ),
    )

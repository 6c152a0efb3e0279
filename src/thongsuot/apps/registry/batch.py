"""Many addresses at once: each row with its answer beside it, the cells of the file as they were."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from thongsuot.foundation.tables.columns import Column, Kind
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.registry.address import Reading, Resolver
from thongsuot.rules.registry.address.naming import chain_of
from thongsuot.rules.registry.address.reading import ONE

HEADINGS = ("address", "dia chi", "dia_chi", "diachi", "noi o", "noi cu tru", "thuong tru")
LOOKED_AT = 20  # rows in which the column of addresses is looked for
WIDEST = 40  # columns of the file that are given back
SIGNS = 300  # of a cell


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column holds the address; the titles where the first row is a header."""

    at: int
    titles: tuple[str, ...]
    has_header: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """A row with its answer. ``codes``: of every unit it may be; ``ward`` only when it is one."""

    cells: tuple[str, ...]
    status: str
    province: str
    ward: str
    name: str
    codes: str
    reason: str


def layout_of(top: Sequence[Sequence[object]]) -> Layout:
    """Where the addresses stand: under a title that says so, else in the column with most text."""
    first = [_text(c) for c in top[0]] if top else []
    for at, title in enumerate(first):
        if fold(title).strip(" .:") in HEADINGS:
            return Layout(at, tuple(first[:WIDEST]), True)
    widths: dict[int, int] = {}
    for row in top[:LOOKED_AT]:
        for at, cell in enumerate(row[:WIDEST]):
            widths[at] = widths.get(at, 0) + len(_text(cell))
    at = max(widths, key=lambda i: (widths[i], -i), default=0)
    return Layout(at, tuple(f"{i + 1}" for i in range(len(first[:WIDEST]) or 1)), False)


def answered(
    rows: Iterable[Sequence[object]], resolver: Resolver
) -> tuple[Layout, Iterator[Answered]]:
    """The layout of a table and its rows with their answers, one after the other.

    A row that cannot be read has an answer that says so; none stops the others.
    """
    coming = iter(rows)
    top = list(islice(coming, LOOKED_AT))
    layout = layout_of(top)
    head = top[1:] if layout.has_header else top
    return layout, _each(layout, head, coming, resolver)


def _each(
    layout: Layout,
    head: Sequence[Sequence[object]],
    rest: Iterator[Sequence[object]],
    resolver: Resolver,
) -> Iterator[Answered]:
    for part in (head, rest):
        for row in part:
            cells = tuple(_text(c) for c in row[:WIDEST])
            if any(cells):
                text = cells[layout.at] if layout.at < len(cells) else ""
                yield _answer(cells, resolver.resolve(text), resolver)


def _answer(cells: tuple[str, ...], reading: Reading, resolver: Resolver) -> Answered:
    places = resolver.names
    codes = [places.code[u] for u in reading.units]
    one = reading.status == ONE
    names = [", ".join(chain_of(places, u)) for u in reading.units[:5]]
    return Answered(
        cells,
        reading.status,
        "" if reading.province is None else places.code[reading.province],
        codes[0] if one else "",
        "; ".join(n[:1].upper() + n[1:] for n in names),
        "|".join(codes),
        say(Problem(f"registry.address-{reading.why}")),
    )


def columns_of(layout: Layout) -> tuple[Column, ...]:
    """The columns of the file that goes back: those that came, then the answer."""
    came = tuple(
        Column(f"c{at}", title or f"{at + 1}", _cell(at)) for at, title in enumerate(layout.titles)
    )
    return (
        *came,
        Column("status", "status"),
        Column("province", "province_code", kind=Kind.CODE),
        Column("ward", "ward_code", kind=Kind.CODE),
        Column("name", _("Đơn vị hiện nay")),
        Column("codes", "candidates", kind=Kind.CODE),
        Column("reason", "reason"),
    )


def _cell(at: int) -> Callable[[Answered], str]:
    def read(row: Answered) -> str:
        return row.cells[at] if at < len(row.cells) else ""

    return read


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\x00", "").strip()[:SIGNS]

"""The rows of one page and the links to the other pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from thongsuot.foundation import wording
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.paging import CAP, Order, read_mark, sorted_rows, stretch, written
from thongsuot.foundation.tables.table import AFTER, BEFORE, NTH, PAGE
from thongsuot.rules.kernel.problem import Problem

Rows = QuerySet[Any]
To = Callable[..., str]
END = "cuoi"
GAP = "…"
AROUND = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A page number, or a gap when ``url`` is empty and it is not the page shown."""

    text: str
    url: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """One page. ``first`` is the place of its first row in the list, from 1; 0: not known."""

    rows: Sequence[Any]
    first: int
    start: str = ""
    previous: str = ""
    next: str = ""
    end: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def where(self) -> str:
        """“51–100”; empty when not known."""
        if not self.rows or not self.first:
            return ""
        last = self.first + len(self.rows) - 1
        return f"{wording.number(self.first)}–{wording.number(last)}"

    @property
    def moves(self) -> bool:
        """Whether there is any other page."""
        return bool(self.previous or self.next)


def numbered(rows: Rows, order: Order, size: int, asked: str, total: int, to: To) -> Pager:
    """A page by its number. A number past the end gives the last page: rows may have gone.

    Raises Refused (404) for what is no page number, or one that only counting could find.
    """
    if asked and not (asked.isascii() and asked.isdigit() and int(asked[:12]) >= 1):
        raise Refused.missing(Problem("tables.no-page", asked[:20]))
    last = max(1, -(-total // size))
    number = min(int(asked[:12]) if asked else 1, last)
    skipped = (number - 1) * size
    if skipped >= CAP:
        raise Refused.missing(Problem("tables.no-page", asked[:20]))
    found = list(sorted_rows(rows, order)[skipped : skipped + size]) if total else []

    def page(n: int) -> str:
        return to((PAGE, str(n))) if n > 1 else to()

    steps = [
        Step(GAP)
        if n == 0
        else Step(wording.number(n), "" if n == number else page(n), n == number)
        for n in _numbers(number, last)
    ]
    return Pager(
        found,
        skipped + 1,
        previous=page(number - 1) if number > 1 else "",
        next=page(number + 1) if number < last else "",
        steps=tuple(steps) if last > 1 else (),
    )


def _numbers(here: int, last: int) -> list[int]:
    """The page numbers worth showing; 0 stands for a gap."""
    wanted = sorted({1, last, *range(max(1, here - AROUND), min(last, here + AROUND) + 1)})
    found: list[int] = []
    for number in wanted:
        if found and number - found[-1] > 1:
            found.append(0)
        found.append(number)
    return found


def walked(rows: Rows, order: Order, size: int, place: Mapping[str, str], to: To) -> Pager:
    """A page by the row it begins after or ends before."""
    after, before = place[AFTER], place[BEFORE]
    mark = read_mark(order, after or before) if (after or before) not in ("", END) else None
    back = bool(before)
    found = stretch(rows, order, size, mark, back=back)
    if back and not found.before:  # the beginning is reached: show a full first page
        found, mark, back = stretch(rows, order, size, None, back=False), None, False
    first = _nth(place[NTH]) if mark is not None else 0 if back else 1
    if not found.rows:
        return Pager([], 0, start=to())
    following, preceding = first + len(found.rows), max(first - size, 0)
    last_row, first_row = written(order, found.rows[-1]), written(order, found.rows[0])
    return Pager(
        found.rows,
        first,
        start=to() if found.before else "",
        previous=to((BEFORE, first_row), (NTH, str(preceding if first else 0)))
        if found.before
        else "",
        next=to((AFTER, last_row), (NTH, str(following if first else 0))) if found.after else "",
        end=to((BEFORE, END)) if found.after else "",
    )


def _nth(text: str) -> int:
    return int(text[:12]) if text.isascii() and text.isdigit() else 0

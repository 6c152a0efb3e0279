"""Staged rows: what a page of five hundred is kept as, and what is written about each row."""

from collections.abc import Iterable
from typing import Any

import msgspec

from thongsuot.rules.kernel.problem import Problem

PAGE = 500

NEW, CHANGED, SAME, ERROR, ASIDE = "n", "c", "s", "e", "a"
STATES = (NEW, CHANGED, SAME, ERROR, ASIDE)
WHOLE_ROW = -1
_WORDS = frozenset(("year", "earliest", "latest"))


class Fault(msgspec.Struct, array_like=True):
    """What is wrong in one cell: ``column`` counts the columns of the kind, -1 the whole row.

    ``raw`` is what stands in the cell, as a person would see it. ``blocks`` False: a warning.
    """

    column: int
    code: str
    facts: dict[str, Any] = {}
    blocks: bool = True
    raw: str = ""

    def problem(self, subject: str = "") -> Problem:
        """The same as a problem of the kernel; years are words, not numbers to be grouped."""
        facts = {k: str(v) if k in _WORDS else v for k, v in self.facts.items()}
        return Problem(self.code, subject, facts, blocks=self.blocks)


class Staged(msgspec.Struct, array_like=True):
    """One row of a file, read and judged, not yet written anywhere.

    ``values`` are in the order of the columns of the kind. ``notes`` tell for a column (its
    position, as text) what stood in the file and the code of what was done to it. ``was`` gives,
    for a changed row, what is kept today in each column that differs. ``shape`` says of a row that
    was set aside what it is: total, header, heading, twin, hidden.
    """

    number: int
    state: str
    key: str = ""
    values: list[Any] = []
    faults: list[Fault] = []
    notes: dict[str, list[str]] = {}
    was: dict[str, Any] = {}
    shape: str = ""

    @property
    def blocked(self) -> bool:
        """Whether something in the row forbids writing it."""
        return any(fault.blocks for fault in self.faults)


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(list[Staged])


def encode(rows: Iterable[object]) -> bytes:
    """The rows of one page as they are kept."""
    return _ENCODER.encode(list(rows))


def decode(content: bytes | memoryview) -> list[Staged]:
    """The rows of one page."""
    return _DECODER.decode(content)


class Counts(msgspec.Struct):
    """How many rows of each sort; ``warned`` are written but carry a warning."""

    new: int = 0
    changed: int = 0
    same: int = 0
    error: int = 0
    aside: int = 0
    warned: int = 0

    def add(self, row: Staged, times: int = 1) -> None:
        """Count a row in, or out with ``times=-1``."""
        name = {"n": "new", "c": "changed", "s": "same", "e": "error", "a": "aside"}[row.state]
        setattr(self, name, getattr(self, name) + times)
        if row.faults and row.state not in (ERROR, ASIDE):
            self.warned += times

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.same + other.same,
            self.error + other.error,
            self.aside + other.aside,
            self.warned + other.warned,
        )

    @property
    def rows(self) -> int:
        """All rows of the table, without those set aside."""
        return self.new + self.changed + self.same + self.error

    @property
    def to_write(self) -> int:
        """The rows that applying would write."""
        return self.new + self.changed

"""Two piles of files against each other: what was listed, what was received, and what differs.

The inventories are read first, then the receipts, each line once. A line is known by its code as
written (dashes and hidden signs made plain); nothing else joins two lines. Quantities are
compared exactly. What cannot be read is a finding, never passed over.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import NamedTuple

from thongsuot.rules.handover.check_table import (
    NOT_COUNTED,
    SCALE,
    Block,
    Line,
    Source,
    Table,
    one_line,
    open_table,
)
from thongsuot.rules.handover.matching import Likeness, Thing, likely_matches, shares_words

__all__ = [
    "FAILING",
    "NOT_COUNTED",
    "SCALE",
    "Check",
    "Finding",
    "Outcome",
    "Place",
    "Source",
    "Table",
    "open_table",
]

# Every sort of finding, gravest first; those in FAILING keep the piles from being proved equal.
SORTS = (
    "missing",  # listed, received by nobody
    "short",  # received less than listed
    "over",  # one receiver, more than listed
    "twice",  # several receivers, together more than listed
    "unknown",  # received, never listed
    "unit-differs",  # the two sides count in different units
    "described-differently",  # the same code on descriptions that share no word
    "uncounted",  # one side states no quantity
    "listed-twice",  # one code on two different lines of the inventories
    "no-code",
    "code-shortened",
    "code-is-day",
    "code-unreadable",
    "quantity-unreadable",
    "same-line-twice",  # the same line again: counted once
    "divided",  # several receivers, together exactly what was listed
)
FAILING = frozenset(SORTS) - {"same-line-twice", "divided"}
LOSING = frozenset({"missing", "short", "no-code", "code-shortened", "code-is-day",
                    "code-unreadable"})  # fmt: skip
MOST_TO_MATCH = 20_000  # beyond so many on a side, likely matches are not looked for
_FULL = 9 * 10**18
_ROW_BITS = 32


class Place(NamedTuple):
    """Where a line stands: the index of its source in ``Outcome.sources``, and its row."""

    source: int
    row: int


class Finding(NamedTuple):
    """One difference between the piles.

    ``listed`` and ``received`` are quantities in ten-thousandths, ``NOT_COUNTED`` where none was
    stated. ``held`` and ``claimed`` are the places in the inventories and in the receipts.
    ``other`` is the other side's unit or description where those differ.
    """

    sort: str
    code: str
    title: str
    listed: int
    received: int
    measure: str
    held: tuple[Place, ...] = ()
    claimed: tuple[Place, ...] = ()
    other: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check found.

    ``counts`` has every sort of finding, 0 included. ``likely`` pairs indexes into ``findings``
    (a missing one, an unknown one); ``likely_sought`` False: too many of both to look.
    """

    sources: tuple[Source, ...]
    listed_lines: int
    received_lines: int
    items: int
    matched: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    likely: tuple[Likeness, ...]
    likely_sought: bool

    @property
    def proved(self) -> bool:
        """Whether everything listed was received, once, in full, and nothing else was."""
        return not any(self.counts[sort] for sort in FAILING) and self.items > 0

    @property
    def lost(self) -> int:
        """How many findings mean that something listed cannot be shown to have arrived."""
        return sum(self.counts[sort] for sort in LOSING)


class _Texts:
    """Many short texts kept close together: a million descriptions in the size they have."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def extend(self, texts: Sequence[str]) -> None:
        """Add these texts."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        ends = accumulate(map(len, encoded), initial=len(self._bytes))
        self._ends.extend(islice(ends, 1, None))
        self._bytes += b"".join(encoded)

    def __getitem__(self, at: int) -> str:
        content = self._bytes[self._ends[at] : self._ends[at + 1]]
        return content.decode("utf-8", "surrogatepass")


class Check:
    """Takes the inventories, then the receipts, then says what differs.

    Holds for each item some 250 bytes, whatever the width of the files. ``hold`` every table of
    the inventories before the first ``claim``.
    """

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._findings: list[Finding] = []
        self._index: dict[str, int] = {}
        self._titles = _Texts()
        self._title_marks = array("q")  # hashes, to see at a glance that a description is the same
        self._measures: list[str] = []  # references to a few shared strings
        self._listed = array("q")
        self._held_source, self._held_row = array("H"), array("L")
        self._received = array("q")
        self._first_claim = array("Q")  # source and row in one number; 0: nobody yet
        self._more_claims: dict[int, list[Place]] = {}
        self._uncounted: set[int] = set()
        self._other_unit: dict[int, str] = {}
        self._other_title: dict[int, str] = {}
        self.listed_lines = 0
        self.received_lines = 0

    def _source(self, table: Table) -> int:
        self._sources.append(table.source)
        return len(self._sources) - 1

    def hold(self, table: Table) -> None:
        """Take one table of the inventories."""
        source = self._source(table)
        for block in table.blocks():
            self.listed_lines += len(block.rows)
            codes = set(block.codes)
            fresh = len(codes) == len(block.rows) and self._index.keys().isdisjoint(codes)
            if fresh and not any(block.faults):
                self._hold(block, source)
                continue
            for row, line in block.lines():
                if line.fault and self._faulty(line, Place(source, row), held=True):
                    continue
                if line.code in self._index:
                    self._listed_again(self._index[line.code], line, Place(source, row))
                else:
                    self._hold(one_line(row, line), source)

    def _hold(self, block: Block, source: int) -> None:
        """Take lines with codes that were not there before."""
        start, size = len(self._listed), len(block.rows)
        self._index.update(zip(block.codes, range(start, start + size), strict=True))
        self._listed.extend(block.quantities)
        self._titles.extend(block.titles)
        self._title_marks.extend(map(hash, block.titles))
        self._measures.extend(block.measures)
        self._held_source.extend([source] * size)
        self._held_row.extend(block.rows)

    def _faulty(self, line: Line, place: Place, *, held: bool) -> bool:
        """Note what is wrong with a line. Returns whether it cannot take part at all."""
        where = (place,)
        self._findings.append(
            Finding(line.fault, line.code, line.title, NOT_COUNTED, NOT_COUNTED, line.measure,
                    where if held else (), () if held else where)
        )  # fmt: skip
        return line.fault != "quantity-unreadable"

    def _listed_again(self, at: int, line: Line, place: Place) -> None:
        same = (line.quantity, line.measure) == (self._listed[at], self._measures[at])
        same = same and line.title == self._titles[at]
        sort = "same-line-twice" if same else "listed-twice"
        where = (self._held(at), place)
        other = "" if same else line.title
        self._findings.append(
            Finding(sort, line.code, self._titles[at], self._listed[at], NOT_COUNTED,
                    self._measures[at], where, (), other)
        )  # fmt: skip

    def _held(self, at: int) -> Place:
        return Place(self._held_source[at], self._held_row[at])

    def _ready(self) -> None:
        """Make room for one claim on each item."""
        wanted = len(self._listed) - len(self._received)
        for column in (self._received, self._first_claim):
            column.frombytes(bytes(wanted * column.itemsize))

    def claim(self, table: Table) -> None:
        """Take one table of the receipts."""
        self._ready()
        source = self._source(table)
        for block in table.blocks():
            self.received_lines += len(block.rows)
            found = list(map(self._index.get, block.codes))
            if None not in found and not any(block.faults):
                self._claim(block, found, source)  # type: ignore[arg-type]  # none is None
                continue
            for at, (row, line) in zip(found, block.lines(), strict=True):
                place = Place(source, row)
                if line.fault and self._faulty(line, place, held=False):
                    continue
                if at is not None:
                    self._claim(one_line(row, line), (at,), source)
                    continue
                self._findings.append(
                    Finding("unknown", line.code, line.title, NOT_COUNTED, line.quantity,
                            line.measure, (), (place,))
                )  # fmt: skip

    def _claim(self, block: Block, found: Sequence[int], source: int) -> None:
        """Take claims on items that are there; ``found`` are their numbers."""
        received, firsts, marks = self._received, self._first_claim, self._title_marks
        measures, here = self._measures, source << _ROW_BITS
        columns = zip(
            found, block.rows, block.quantities, block.measures, block.titles, strict=True
        )
        for at, row, quantity, measure, title in columns:
            if firsts[at]:
                self._claim_again(at, Place(source, row), quantity)
            else:
                firsts[at] = here + row
                received[at] = quantity
            if hash(title) != marks[at] or measure != measures[at] or quantity == NOT_COUNTED:
                self._unlike(at, quantity, measure, title)

    def _claim_again(self, at: int, place: Place, quantity: int) -> None:
        self._more_claims.setdefault(at, []).append(place)
        if quantity != NOT_COUNTED:
            self._received[at] = min(max(self._received[at], 0) + quantity, _FULL)

    def _claims(self, at: int) -> tuple[Place, ...]:
        """Every place where an item is claimed."""
        first = self._first_claim[at]
        if not first:
            return ()
        place = Place(first >> _ROW_BITS, first & ((1 << _ROW_BITS) - 1))
        return (place, *self._more_claims.get(at, ()))

    def _unlike(self, at: int, quantity: int, measure: str, title: str) -> None:
        """Note in what a claim is unlike the line it claims."""
        held_measure, held_title = self._measures[at], self._titles[at]
        if quantity == NOT_COUNTED:
            self._uncounted.add(at)
        if measure and held_measure and measure != held_measure:
            self._other_unit[at] = measure
        if title and title != held_title and not shares_words(title, held_title):
            self._other_title[at] = title

    def outcome(self) -> Outcome:
        """Compare, and look for likely matches of what is left over on both sides."""
        self._ready()
        matched = self._settle_all()
        order = {sort: at for at, sort in enumerate(SORTS)}
        findings = sorted(self._findings, key=lambda f: (order[f.sort], f.held, f.claimed))
        counts = Counter(finding.sort for finding in findings)
        sought, likely = _likely(findings)
        return Outcome(
            tuple(self._sources),
            self.listed_lines,
            self.received_lines,
            len(self._index),
            matched,
            {sort: counts[sort] for sort in SORTS},
            tuple(findings),
            likely,
            sought,
        )

    def _settle_all(self) -> int:
        """Compare every item. Returns how many match."""
        matched = 0
        strange = self._uncounted | self._other_unit.keys() | self._other_title.keys()
        strange |= self._more_claims.keys()
        columns = zip(self._index, self._first_claim, self._listed, self._received, strict=True)
        for at, (code, first, listed, received) in enumerate(columns):
            if first and listed == received and at not in strange:
                matched += 1
            else:
                matched += self._settle(code, at, listed, received)
        return matched

    def _settle(self, code: str, at: int, listed: int, received: int) -> bool:
        """Note in what an item differs. Returns whether it matches all the same."""
        claims = self._claims(at)
        sort, other = self._difference(at, len(claims), listed, received)
        if not sort:
            return True
        shown = NOT_COUNTED if at in self._uncounted or not claims else received
        self._findings.append(
            Finding(sort, code, self._titles[at], listed, shown, self._measures[at],
                    (self._held(at),), claims, other)
        )  # fmt: skip
        return sort == "divided"

    def _difference(self, at: int, claims: int, listed: int, received: int) -> tuple[str, str]:
        if not claims:
            return "missing", ""
        if at in self._other_unit:
            return "unit-differs", self._other_unit[at]
        if listed == NOT_COUNTED or at in self._uncounted:
            both = listed == NOT_COUNTED and at in self._uncounted and claims == 1
            sort = "twice" if claims > 1 else "" if both else "uncounted"
        elif received < listed:
            sort = "short"
        elif received > listed:
            sort = "over" if claims == 1 else "twice"
        else:
            sort = "divided" if claims > 1 else ""
        if sort in ("", "divided") and at in self._other_title:
            return "described-differently", self._other_title[at]
        return sort, ""


def _likely(findings: Sequence[Finding]) -> tuple[bool, tuple[Likeness, ...]]:
    """Likely pairs of what nobody received and what nobody listed."""
    listed = [_thing(at, f) for at, f in enumerate(findings) if f.sort == "missing"]
    received = [_thing(at, f) for at, f in enumerate(findings) if f.sort == "unknown"]
    if len(listed) > MOST_TO_MATCH or len(received) > MOST_TO_MATCH:
        return False, ()
    return True, likely_matches(listed, received)


def _thing(at: int, finding: Finding) -> Thing:
    quantity = finding.listed if finding.sort == "missing" else finding.received
    return Thing(at, finding.code, finding.title, quantity, finding.measure)

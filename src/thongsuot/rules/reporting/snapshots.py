"""What a recipient gets at its cut-off, what it rests on, and what changed between two."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from thongsuot.rules.reporting.forms import Form, Values
from thongsuot.rules.reporting.rollup import Figure, Said


@dataclass(frozen=True, slots=True)
class Filing:
    """One writing of a return that counts: submitted, or that there is nothing to report.

    ``number`` grows with each filing of the same return; ``at`` is when it was recorded.
    ``standing`` False: a recall, after which nothing stands until the next filing.
    """

    id: int
    unit: str
    number: int
    at: datetime
    values: Values
    nothing: bool = False
    standing: bool = True


def known_at(filings: Iterable[Filing], at: datetime) -> dict[str, Filing]:
    """The filing that stood for each unit at a moment; what was recorded later does not exist yet.

    Shapes: one period, filings in any order. A unit whose last word was a recall has none.
    """
    last: dict[str, Filing] = {}
    for filing in filings:
        if filing.at > at:
            continue
        held = last.get(filing.unit)
        if held is None or held.number < filing.number:
            last[filing.unit] = filing
    return {unit: filing for unit, filing in last.items() if filing.standing}


def came_at(filings: Iterable[Filing], at: datetime) -> dict[str, datetime]:
    """Since when a unit's report has been there without a break, as known at a moment.

    A recall takes it away; a correction keeps the first moment.
    """
    by_unit: defaultdict[str, list[Filing]] = defaultdict(list)
    for filing in filings:
        if filing.at <= at:
            by_unit[filing.unit].append(filing)
    came: dict[str, datetime] = {}
    for unit, those in by_unit.items():
        since: datetime | None = None
        for filing in sorted(those, key=lambda one: one.number):
            since = (since or filing.at) if filing.standing else None
        if since is not None:
            came[unit] = since
    return came


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from the last snapshot. None: it was not there, or is no longer."""

    key: str
    was: int | Fraction | tuple[int, int] | None
    now: int | Fraction | tuple[int, int] | None

    @property
    def difference(self) -> int | Fraction | None:
        """How much it grew; None when either is missing or they are shares of different wholes."""
        if isinstance(self.was, tuple) or isinstance(self.now, tuple):
            both = isinstance(self.was, tuple) and isinstance(self.now, tuple)
            if both and self.was[1] == self.now[1]:  # type: ignore[index]  # both are pairs
                return self.now[0] - self.was[0]  # type: ignore[index]  # both are pairs
            return None
        if self.was is None or self.now is None:
            return None
        return self.now - self.was


def _value(figure: Figure | None) -> int | Fraction | tuple[int, int] | None:
    if figure is None:
        return None
    if figure.share is not None:
        return figure.share
    return figure.average if figure.average is not None else figure.number


def changes(form: Form, before: Sequence[Figure], after: Sequence[Figure]) -> tuple[Change, ...]:
    """Every figure that differs, in the order of the form; texts are told apart by ``new_words``."""
    was = {figure.key: figure for figure in before}
    now = {figure.key: figure for figure in after}
    found = []
    for one in form.fields:
        old, new = _value(was.get(one.key)), _value(now.get(one.key))
        if old != new:
            found.append(Change(one.key, old, new))
    return tuple(found)


def new_words(before: Sequence[Figure], after: Sequence[Figure]) -> Mapping[str, tuple[Said, ...]]:
    """What units say now that the same units did not say last time, by field."""
    was = {(f.key, said.unit): said.text.split("\n") for f in before for said in f.texts}
    found: dict[str, tuple[Said, ...]] = {}
    for figure in after:
        fresh = []
        for said in figure.texts:
            old = set(was.get((figure.key, said.unit), ()))
            lines = [line for line in said.text.split("\n") if line.strip() and line not in old]
            if lines:
                fresh.append(Said(said.unit, "\n".join(lines)))
        if fresh:
            found[figure.key] = tuple(fresh)
    return found

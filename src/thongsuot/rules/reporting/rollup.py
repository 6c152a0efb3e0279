"""Figures of wards become those of a province and of the nation, each field in its own way.

A tally is what adding up needs and nothing else, so tallies of parts join into the tally of the
whole: the sum of the children is the parent, whichever way the children were grouped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from thongsuot.rules.reporting.forms import (
    NUMBERS,
    Across,
    Field,
    FieldType,
    Form,
    OverTime,
    Value,
    Values,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A text of one unit, under the field of work it belongs to."""

    unit: str
    text: str


@dataclass(slots=True)
class Tally:
    """What one field adds up to so far.

    ``said`` of ``count``: how many units said something. ``total`` adds numbers, or numbers times
    their weight for an average; ``part`` of ``whole`` adds shares; ``texts`` keep who said what.
    """

    said: int = 0
    total: int = 0
    weights: int = 0
    part: int = 0
    whole: int = 0
    texts: list[Said] = field(default_factory=list)

    def join(self, other: "Tally") -> None:
        """Add the tally of other units to this one."""
        self.said += other.said
        self.total += other.total
        self.weights += other.weights
        self.part += other.part
        self.whole += other.whole
        self.texts += other.texts


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands on paper for one field: a number, a share, a rounded average, or texts.

    ``said`` of ``units`` is the coverage: how many of the units that reported said something.
    An average is a fraction of smallest parts; it is rounded only when it is shown.
    """

    key: str
    said: int
    units: int
    number: int | None = None
    average: Fraction | None = None
    share: tuple[int, int] | None = None
    texts: tuple[Said, ...] = ()


@dataclass(slots=True)
class Sums:
    """The tallies of a set of units: how many there are, and one tally a field."""

    units: int
    tallies: dict[str, Tally]

    @classmethod
    def empty(cls, form: Form) -> "Sums":
        """No unit yet."""
        return cls(0, {one.key: Tally() for one in form.fields})

    def join(self, other: "Sums") -> None:
        """Add the sums of other units to these."""
        self.units += other.units
        for key, tally in other.tallies.items():
            self.tallies.setdefault(key, Tally()).join(tally)


def add_up(form: Form, reports: Iterable[tuple[str, Values]]) -> Sums:
    """The sums of what units reported.

    Shapes: ``reports`` are (name of the unit, its values), each unit once; a unit that had
    nothing to report comes with no values and counts as a unit.
    """
    sums = Sums.empty(form)
    numbers = [
        (one.key, sums.tallies[one.key])
        for one in form.fields
        if one.across is Across.SUM and one.type in NUMBERS
    ]
    others = [
        (one, sums.tallies[one.key])
        for one in form.fields
        if one.across not in (Across.NONE, Across.SUM)
    ]
    for unit, values in reports:
        sums.units += 1
        for key, tally in numbers:
            value = values.get(key)
            if value is not None:
                tally.said += 1
                tally.total += value  # type: ignore[operator]  # checked when it was submitted
        for one, tally in others:
            _add(one, tally, unit, values)
    return sums


def _add(one: Field, tally: Tally, unit: str, values: Values) -> None:
    """One value into its tally: an average with its weight, a share, yes or no, a text."""
    value = values.get(one.key)
    if value is None or value == "":
        return
    if one.across is Across.GATHER:
        tally.texts.append(Said(unit, str(value)))
    elif one.across is Across.AVERAGE and isinstance(value, int):
        weight = values.get(one.weight) if one.weight else 1
        if not isinstance(weight, int):
            return
        tally.total += value * weight
        tally.weights += weight
    elif isinstance(value, tuple):
        tally.part, tally.whole = tally.part + value[0], tally.whole + value[1]
    elif isinstance(value, bool):
        tally.part, tally.whole = tally.part + value, tally.whole + 1
    tally.said += 1


def figures(form: Form, sums: Sums) -> tuple[Figure, ...]:
    """The figures in the order of the form; fields that add up in no way are left out."""
    return tuple(
        _figure(one, sums.tallies[one.key], sums.units)
        for one in form.fields
        if one.across is not Across.NONE
    )


def _figure(one: Field, tally: Tally, units: int) -> Figure:
    if one.across is Across.GATHER:
        return Figure(one.key, tally.said, units, texts=tuple(tally.texts))
    if one.across is Across.SHARE:
        return Figure(one.key, tally.said, units, share=(tally.part, tally.whole))
    if one.across is Across.AVERAGE:
        mean = Fraction(tally.total, tally.weights) if tally.weights else None
        return Figure(one.key, tally.said, units, average=mean)
    return Figure(one.key, tally.said, units, number=tally.total if tally.said else None)


def over_time(form: Form, periods: Sequence[Values]) -> dict[str, Value]:
    """What one unit reported for a longer period, from its reports on the shorter ones.

    Shapes: ``periods`` in order of time. Numbers that flow are added; numbers that stand, shares,
    days and yes or no are those of the last period that says something; texts follow each other.
    """
    out: dict[str, Value] = {}
    for one in form.fields:
        said = [v for values in periods if (v := values.get(one.key)) not in (None, "")]
        if not said:
            continue
        if one.type is FieldType.TEXT and one.over_time is OverTime.SUM:
            out[one.key] = "\n".join(dict.fromkeys(str(v) for v in said))
        elif one.type in NUMBERS and one.over_time is OverTime.SUM:
            out[one.key] = sum(v for v in said if isinstance(v, int))
        else:
            out[one.key] = said[-1]
    return out


def by_work(form: Form, found: Iterable[Figure]) -> Mapping[str, tuple[Figure, ...]]:
    """Figures gathered by field of work (lĩnh vực), in the order in which the form names them."""
    works: dict[str, list[Figure]] = {}
    for figure in found:
        works.setdefault(form.field(figure.key).work, []).append(figure)
    return {work: tuple(those) for work, those in works.items()}


def merged(texts: Iterable[Said]) -> Mapping[str, tuple[str, ...]]:
    """What was said, line by line, each once, with the units that said it, in order.

    Shapes: a dash or bullet before a line is no part of what is said.
    """
    lines: dict[str, list[str]] = {}
    for said in texts:
        for line in said.text.split("\n"):
            bare = line.strip().lstrip("-•+ ").rstrip(" .;")
            if bare and said.unit not in lines.setdefault(bare, []):
                lines[bare].append(said.unit)
    return {line: tuple(units) for line, units in lines.items()}

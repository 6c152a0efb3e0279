"""Old figures cut anew: from the units of one day to those of another, and back, each with its method.

A figure that goes whole to one unit is carried over as it is. One that is divided is divided only
by shares that somebody states; without them it is not possible, and the figure stays where it was,
named. Whole numbers in, whole numbers out: nothing is lost and nothing appears.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.registry.values import Answer

# What the figures count: it decides whether land without people takes a part of them.
PEOPLE, LAND = "people", "land"
# How a figure came to its unit.
WHOLE, SHARED, NOT_POSSIBLE = "whole", "by-share", "not-possible"

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What of the figure of one unit came to another: ``value`` of it, by ``method``."""

    src: int
    dst: int
    value: int
    method: str


@dataclass(frozen=True, slots=True)
class Left:
    """A figure that cannot be cut: the unit, the figure, where it would go, why not."""

    src: int
    value: int
    targets: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Recut:
    """The figures in their new cut. ``given`` equals what arrived and what is left, exactly."""

    parts: tuple[Part, ...]
    left: tuple[Left, ...]
    given: int
    totals: Mapping[int, int] = field(default_factory=dict)
    partial: frozenset[int] = frozenset()  # units whose total lacks something that is left

    @property
    def arrived(self) -> int:
        """The sum over all units of the new cut."""
        return sum(self.totals.values())

    @property
    def kept_back(self) -> int:
        """The sum of what could not be cut."""
        return sum(line.value for line in self.left)

    def method(self, unit: int) -> str:
        """How the total of a unit came about: whole only when every part of it did."""
        if unit in self.partial:
            return NOT_POSSIBLE
        methods = {p.method for p in self.parts if p.dst == unit}
        return SHARED if SHARED in methods else WHOLE


def divide(total: int, weights: Sequence[Fraction | int]) -> tuple[int, ...]:
    """The total in whole parts that add up to it exactly, as near to the weights as can be.

    Shapes: weights 0 or more, not all 0. What rounding leaves over goes one by one to the largest
    remainders, the first of equals first. A negative total is divided like its opposite.

    Raises ValueError for weights below 0 or all 0.
    """
    exact = [Fraction(w) for w in weights]
    whole = sum(exact, Fraction(0))
    if whole <= 0 or min(exact) < 0:
        raise ValueError("weights must be 0 or more, and not all 0")
    sign = -1 if total < 0 else 1
    quotas = [abs(total) * w / whole for w in exact]
    parts = [q.numerator // q.denominator for q in quotas]
    missing = abs(total) - sum(parts)
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - quotas[i], i))
    for i in by_rest[:missing]:
        parts[i] += 1
    return tuple(sign * p for p in parts)


def targets_of(answer: Answer, counts: str) -> tuple[int, ...]:
    """The units that a figure of a unit may have to be divided among.

    People are where people went; what counts land goes wherever land went, too.
    """
    if counts == PEOPLE and answer.homes:
        return tuple(a.thing for a in answer.homes)
    return tuple(a.thing for a in answer.arrivals)


def recut(
    figures: Mapping[int, int],
    whereabouts: Callable[[int], Answer],
    shares: Mapping[Pair, Fraction] | None = None,
    counts: str = PEOPLE,
) -> Recut:
    """Cut the figures of units anew.

    Shapes: ``whereabouts`` says of each unit what it is on the other day, later or earlier.
    ``shares`` hold, for (unit, new unit), how much of the figure goes there; the shares of a unit
    must name all its targets and no other, and add up to 1. ``counts``: people or land.
    """
    given = shares or {}
    by_src: defaultdict[int, dict[int, Fraction]] = defaultdict(dict)
    for (src, dst), share in given.items():
        by_src[src][dst] = share
    parts: list[Part] = []
    left: list[Left] = []
    for unit, value in figures.items():
        targets = targets_of(whereabouts(unit), counts)
        _cut(unit, value, targets, by_src.get(unit, {}), parts, left)
    totals: defaultdict[int, int] = defaultdict(int)
    for part in parts:
        totals[part.dst] += part.value
    partial = frozenset(t for line in left for t in line.targets)
    for unit in partial:
        totals.setdefault(unit, 0)
    return Recut(tuple(parts), tuple(left), sum(figures.values()), dict(totals), partial)


def _cut(  # one figure
    unit: int,
    value: int,
    targets: tuple[int, ...],
    shares: Mapping[int, Fraction],
    parts: list[Part],
    left: list[Left],
) -> None:
    if len(targets) == 1:
        parts.append(Part(unit, targets[0], value, WHOLE))
    elif not targets:
        left.append(Left(unit, value, (), "no-successor"))
    elif not shares:
        left.append(Left(unit, value, targets, "no-shares"))
    elif wrong_shares(targets, shares):
        left.append(Left(unit, value, targets, "wrong-shares"))
    else:
        cut = divide(value, [shares[t] for t in targets])
        parts += [Part(unit, t, v, SHARED) for t, v in zip(targets, cut, strict=True)]


def wrong_shares(targets: Iterable[int], shares: Mapping[int, Fraction]) -> bool:
    """Whether shares do not name exactly the targets, or do not add up to one."""
    return (
        set(shares) != set(targets)
        or any(s < 0 for s in shares.values())
        or sum(shares.values(), Fraction(0)) != 1
    )


def problems_of(result: Recut, name: Callable[[int], str]) -> tuple[Problem, ...]:
    """What could not be cut, for people: one problem for each figure, none of them blocks."""
    return tuple(
        Problem(
            f"registry.recut-{line.why}",
            name(line.src),
            {"value": line.value, "targets": tuple(name(t) for t in line.targets)},
            blocks=False,
        )
        for line in result.left
    )

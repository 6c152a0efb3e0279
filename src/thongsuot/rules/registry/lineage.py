"""What became of a unit and what it came from, over any number of events, never a guess."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

# From all of it to nothing but land: the order in which successors are listed.
SHARES = ("whole", "people", "rest", "part", "land")
WITH_PEOPLE = frozenset({"whole", "people", "rest", "part"})


@dataclass(frozen=True, slots=True)
class Succession:
    """What of ``src`` went to ``dst`` on a day, by which clause of which text.

    ``src`` None: from land of no unit. ``dst`` None: the unit ended without one of its own tier;
    ``detail`` says why. ``share`` is one of ``SHARES``.
    """

    src: int | None
    dst: int | None
    share: str
    on: date
    basis: str = ""
    clause: str = ""
    detail: str = ""
    source: str = ""
    edge: int = 0


def follow(
    edges: Iterable[Succession],
    start: Collection[int],
    direction: Literal["forwards", "backwards"],
    until: date | None = None,
) -> tuple[Succession, ...]:
    """Every succession reached from ``start``, event after event, nearest first.

    Shapes: forwards follows ``src → dst`` to later days (events on ``until`` count), backwards
    the other way to earlier days. A unit that keeps its identity through an event (an edge to
    itself) is not walked in a circle.
    """
    forwards = direction == "forwards"
    by_end: defaultdict[int, list[Succession]] = defaultdict(list)
    for edge in edges:
        near = edge.src if forwards else edge.dst
        if near is not None and (until is None or edge.on <= until):
            by_end[near].append(edge)
    found: list[Succession] = []
    seen: set[Succession] = set()
    front = [(unit, date.min if forwards else date.max) for unit in start]
    while front:
        step: list[tuple[int, date]] = []
        for unit, since in front:
            for edge in by_end[unit]:
                later = edge.on >= since if forwards else edge.on <= since
                if edge in seen or not later:
                    continue
                seen.add(edge)
                found.append(edge)
                far = edge.dst if forwards else edge.src
                if far is not None and far != unit:
                    step.append((far, edge.on))
        front = step
    return tuple(found)


def successors(
    edges: Iterable[Succession], start: int, until: date | None = None
) -> tuple[int, ...]:
    """The units that hold what was ``start`` on the day ``until``, after every event up to it.

    Returns the unit itself when nothing happened; several when it was divided; none when it
    ended without a successor of its own tier.
    """
    steps = follow(edges, (start,), "forwards", until)
    if not steps:
        return (start,)
    left: dict[int | None, date] = {}
    for step in steps:
        if step.dst != step.src:
            left[step.src] = max(step.on, left.get(step.src, step.on))
    ends = [
        e.dst
        for e in steps
        if e.dst is not None and (e.dst not in left or (e.dst == e.src and left[e.dst] <= e.on))
    ]
    return tuple(dict.fromkeys(ends))


def divided(edges: Iterable[Succession]) -> bool:
    """Whether people of one unit went to more than one: the answer is then a set, not a unit."""
    targets: defaultdict[int, set[int]] = defaultdict(set)
    for edge in edges:
        if edge.src is not None and edge.dst is not None and edge.share in WITH_PEOPLE:
            targets[edge.src].add(edge.dst)
    return any(len(t) > 1 for t in targets.values())


def by_share(edge: Succession) -> int:
    """For sorting: the whole first, bare land last."""
    return SHARES.index(edge.share) if edge.share in SHARES else len(SHARES)

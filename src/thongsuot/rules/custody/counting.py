"""A physical count: what was expected against what was seen, and labels that are at two places."""

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from thongsuot.rules.kernel.problem import Problem

SAME_TIME = timedelta(minutes=10)  # nobody carries a box to another room and scans it in less
MOST_SCANS = 200  # in one sending
FOUND, SHORT, OVER, UNKNOWN, SLIP = "found", "short", "over", "unknown", "slip"
ELSEWHERE, TWO_ROOMS = "elsewhere", "two-rooms"


@dataclass(frozen=True, slots=True)
class Seen:
    """A label seen in a room at an instant; ``container`` 0: no label of ours."""

    container: int
    room: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """What a count found. ``short``, ``found``, ``over`` are containers, ``unknown`` what was read.

    Law: expected = found + short, without one being in both; over is disjoint from expected.
    """

    found: frozenset[int]
    short: frozenset[int]
    over: frozenset[int]
    unknown: frozenset[str]

    @property
    def even(self) -> bool:
        """Whether everything expected was there and nothing else."""
        return not (self.short or self.over or self.unknown)


def tally(expected: Collection[int], seen: Iterable[int], unknown: Iterable[str] = ()) -> Tally:
    """What a count found: the order of scans, and how often one label was scanned, do not matter."""
    there, wanted = frozenset(seen), frozenset(expected)
    return Tally(wanted & there, wanted - there, there - wanted, frozenset(unknown))


def instant_of(told: datetime, received: datetime) -> datetime:
    """When a scan was made: what the device says, but never later than it arrived."""
    return min(told, received)


def misplaced(seen: Seen, recorded: int | None) -> bool:
    """Whether a label was seen in a room that is not the one on record at that instant."""
    return bool(seen.container) and recorded is not None and recorded != seen.room


def two_rooms(seen: Sequence[Seen], within: timedelta = SAME_TIME) -> tuple[tuple[Seen, Seen], ...]:
    """Pairs of sights of one label in two rooms at the same time: one of them is a copy.

    The same whatever the order in which the sights arrived.
    """
    by_label: dict[int, list[Seen]] = {}
    for one in seen:
        if one.container:
            by_label.setdefault(one.container, []).append(one)
    found = []
    for _label, sights in sorted(by_label.items()):
        sights.sort(key=lambda s: (s.at, s.room))
        for before, after in itertools.pairwise(sights):
            if before.room != after.room and after.at - before.at < within:
                found.append((before, after))
    return tuple(found)


def fresh(scans: Sequence[Mapping[str, object]], known: Collection[str]) -> tuple[str, ...]:
    """The keys of scans not yet kept, each once: sending again doubles nothing."""
    return tuple(
        key for key in dict.fromkeys(str(scan["key"]) for scan in scans) if key not in known
    )


def check_closing(
    *, open_: bool, scans: int, witnesses: tuple[int, int], reason: str, even: bool
) -> tuple[Problem, ...]:
    """Everything against closing a count: two people sign, and a difference is explained."""
    found = []
    if not open_:
        found.append(Problem("custody.count-closed"))
    if not witnesses[0] or not witnesses[1]:
        found.append(Problem("custody.two-people"))
    elif witnesses[0] == witnesses[1]:
        found.append(Problem("custody.same-person"))
    if not scans:
        found.append(Problem("custody.nothing-scanned"))
    if not even and not reason.strip():
        found.append(Problem("custody.difference-unexplained"))
    return tuple(found)

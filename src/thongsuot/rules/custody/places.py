"""Where a container is: exactly one place at every instant, told as stays that follow each other."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from thongsuot.rules.kernel.problem import Problem

STORE, SHELF, BOX, FOLDER = "store", "shelf", "box", "folder"
RANK = {STORE: 0, SHELF: 1, BOX: 2, FOLDER: 3}
HOLDS_ITEMS = frozenset({BOX, FOLDER})


@dataclass(frozen=True, slots=True)
class Stay:
    """A container in a place from one instant up to, and not including, another (None: still)."""

    place: int
    since: datetime
    until: datetime | None = None

    def __contains__(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


def check_nesting(kind: str, place_kind: str | None, subject: str = "") -> Problem | None:
    """Whether a container of that kind may stand there (``place_kind`` None: nowhere).

    A store stands by itself; everything else stands in something of a higher order. As the order
    is strict, no container can ever come to stand in itself.
    """
    if kind not in RANK:
        return Problem("custody.kind-unknown", kind)
    if kind == STORE:
        return Problem("custody.store-stands-alone", subject) if place_kind else None
    if place_kind is None:
        return Problem("custody.place-needed", subject)
    if place_kind not in RANK or RANK[place_kind] >= RANK[kind]:
        return Problem("custody.wrong-order", subject, {"kind": kind, "place": place_kind})
    return None


def moved(
    stays: Iterable[Stay], to: int, at: datetime, subject: str = ""
) -> tuple[tuple[Stay, ...], tuple[Problem, ...]]:
    """The stays after a move: the last one ends at that instant and the new one starts there.

    Nothing that was is overwritten. Refused: a move to where it is, and one before the last stay
    began (what was has been told already).
    """
    told = tuple(sorted(stays, key=lambda s: s.since))
    if not told:
        return (Stay(to, at),), ()
    last = told[-1]
    if last.place == to:
        return told, (Problem("custody.already-there", subject),)
    if at <= last.since:
        return told, (Problem("custody.move-before-last", subject, {"since": last.since.date()}),)
    return (*told[:-1], Stay(last.place, last.since, at), Stay(to, at)), ()


def place_at(stays: Iterable[Stay], at: datetime) -> int | None:
    """The place at an instant; None before the first stay began."""
    return next((stay.place for stay in stays if at in stay), None)


def check_stays(stays: Iterable[Stay], subject: str = "") -> tuple[Problem, ...]:
    """Whether stays follow each other without a gap and without an overlap, the last one open."""
    told = sorted(stays, key=lambda s: s.since)
    found = [
        Problem("custody.stays-broken", subject, {"since": after.since.date()})
        for before, after in itertools.pairwise(told)
        if before.until != after.since
    ]
    if told and told[-1].until is not None:
        found.append(Problem("custody.stays-broken", subject, {"since": told[-1].since.date()}))
    return tuple(found)


def check_tree(parents: Mapping[int, int | None]) -> tuple[Problem, ...]:
    """Whether nobody stands in itself, however many places between (proof against our own slips)."""
    found = []
    for start in parents:
        seen, at = {start}, parents.get(start)
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if at is not None:
            found.append(Problem("custody.stands-in-itself", str(start)))
    return tuple(found)

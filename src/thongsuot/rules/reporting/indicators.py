"""Where a target should stand on a day, and whether it does."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from thongsuot.rules.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Point:
    """One milestone of a trajectory: the value to be reached by a day."""

    on: date
    value: Fraction


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"


class Track(StrEnum):
    """How a target stands on a day."""

    REACHED = "reached"  # đã đạt đích
    ON_TRACK = "on-track"  # đúng lộ trình
    BEHIND = "behind"  # chậm so với lộ trình
    UNKNOWN = "unknown"  # chưa có số liệu


def check_trajectory(points: Sequence[Point], subject: str = "") -> tuple[Problem, ...]:
    """A trajectory has at least its end, and no two milestones on one day."""
    if not points:
        return (Problem("reporting.target-without-end", subject),)
    days = [point.on for point in points]
    if len(set(days)) < len(days):
        return (Problem("reporting.target-day-twice", subject),)
    return ()


def due_on(points: Sequence[Point], day: date) -> Fraction | None:
    """What the trajectory asks for on a day: straight from milestone to milestone.

    Returns None before the first milestone (nothing is asked yet); the last one holds afterwards.
    """
    ordered = sorted(points, key=lambda point: point.on)
    if not ordered or day < ordered[0].on:
        return None
    for before, after in itertools.pairwise(ordered):
        if day < after.on:
            share = Fraction((day - before.on).days, (after.on - before.on).days)
            return before.value + (after.value - before.value) * share
    return ordered[-1].value


def track(
    points: Sequence[Point], measured: Fraction | None, day: date, direction: Direction
) -> Track:
    """How what was measured stands against the trajectory on the day it was measured for."""
    if measured is None or not points:
        return Track.UNKNOWN
    end = max(points, key=lambda point: point.on).value
    if _good(measured, end, direction):
        return Track.REACHED
    asked = due_on(points, day)
    return Track.ON_TRACK if asked is None or _good(measured, asked, direction) else Track.BEHIND


def _good(measured: Fraction, asked: Fraction, direction: Direction) -> bool:
    return measured >= asked if direction is Direction.UP else measured <= asked


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of all units have something: n of N, with those that do not by name."""

    have: int
    of: int
    missing: tuple[str, ...]


def coverage(units: Iterable[tuple[str, bool | None]]) -> Coverage:
    """How many units have it. A unit that did not say counts as not having it, by name."""
    said = list(units)
    missing = tuple(name for name, has in said if not has)
    return Coverage(len(said) - len(missing), len(said), missing)

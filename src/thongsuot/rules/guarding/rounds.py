"""The rounds that a guarded place owes, and the four-state clock of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.kernel.problem import Problem

LEAST_EVERY, MOST_EVERY = 15, 24 * 60  # minutes


class State(StrEnum):
    """How a round stands. Late and silent differ: late was done after all, or is being waited for."""

    ON_TIME = "on-time"  # đúng giờ
    GRACE = "grace"  # trong hạn châm chước
    LATE = "late"  # muộn
    SILENT = "silent"  # im lặng


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often rounds are due at a place, counted from ``since``.

    ``grace``: until then a round is not late; ``silent``: after that a round not done is silence.
    Half of ``every`` on either side belongs to a round, so each scan belongs to exactly one.
    """

    since: datetime
    every: timedelta
    grace: timedelta
    silent: timedelta

    def due(self, number: int) -> datetime:
        """When round ``number`` is due; the first is number 1."""
        return self.since + self.every * number

    def number_at(self, at: datetime) -> int:
        """The round that a scan at that moment belongs to; 0 and less: to none."""
        return (at - self.since + self.every / 2) // self.every

    def last_of(self, number: int) -> datetime:
        """The moment from which scans belong to the next round."""
        return self.due(number) + self.every / 2


@dataclass(frozen=True, slots=True)
class Point:
    """A check point of a place, and from when until when it is to be passed."""

    number: int
    since: datetime
    until: datetime | None = None

    def wanted(self, at: datetime) -> bool:
        """Whether a round due at that moment has to pass it."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Round:
    """One round: when it was due, when it was complete (None: not), which points are missing."""

    number: int
    due: datetime
    done: datetime | None
    missing: tuple[int, ...]
    state: State


def rhythm_problems(every: int, grace: int, silent: int) -> tuple[Problem, ...]:
    """What is wrong with the minutes of a rhythm; empty means nothing."""
    found = []
    if not LEAST_EVERY <= every <= MOST_EVERY:
        facts: dict[str, object] = {"least": LEAST_EVERY, "most": MOST_EVERY}
        found.append(Problem("guarding.every-out-of-range", "every", facts))
    if not 0 <= grace < silent:
        found.append(Problem("guarding.grace-not-before-silent", "grace"))
    if silent * 2 > every:
        found.append(Problem("guarding.silent-too-long", "silent", {"most": every // 2}))
    return tuple(found)


def state_of(due: datetime, done: datetime | None, now: datetime, rhythm: Rhythm) -> State:
    """The state of the clock of one round: as done, or as it stands now."""
    at = done or now
    if at <= due:
        return State.ON_TIME
    if at <= due + rhythm.grace:
        return State.GRACE
    if done is not None or at <= due + rhythm.silent:
        return State.LATE
    return State.SILENT


Scans = Mapping[int, Mapping[int, datetime]]  # round → point → first scan


def gathered(scans: Iterable[tuple[int, datetime]], rhythm: Rhythm) -> Scans:
    """Scans of (point, moment) by the round each belongs to; the first of a point counts."""
    found: dict[int, dict[int, datetime]] = {}
    for point, at in sorted(scans, key=lambda s: s[1]):
        found.setdefault(rhythm.number_at(at), {}).setdefault(point, at)
    return found


def round_at(number: int, points: Iterable[Point], scans: Scans, now: datetime, rhythm: Rhythm) -> Round:  # fmt: skip
    """One round as it stands now."""
    due = rhythm.due(number)
    seen = scans.get(number, {})
    wanted = [p.number for p in points if p.wanted(due)]
    missing = tuple(p for p in wanted if p not in seen)
    done = max((seen[p] for p in wanted), default=None) if wanted and not missing else None
    return Round(number, due, done, missing, state_of(due, done, now, rhythm))


def rounds_in(
    window: Span, points: Iterable[Point], scans: Scans, now: datetime, rhythm: Rhythm
) -> tuple[Round, ...]:
    """The rounds due inside a window, in order, as they stand now; none without check points."""
    known = tuple(points)
    first = max(1, -(-(window.since - rhythm.since) // rhythm.every))
    out = []
    number = first
    while (due := rhythm.due(number)) < window.until:
        if any(p.wanted(due) for p in known):
            out.append(round_at(number, known, scans, now, rhythm))
        number += 1
    return tuple(out)

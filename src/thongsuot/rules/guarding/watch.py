"""Who holds the watch of a place: never nobody, never two, whatever happens in whatever order."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.kernel.problem import Problem

START, SCANS, ORDER = "start", "scans", "order"  # how a watch came to its holder


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person held the watch for one stretch; ``until`` None: holds it now."""

    guard: int
    since: datetime
    until: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class Watch:
    """The watch of one place: who has held it, who holds it, whose code was heard.

    ``going`` is when the holder gave the code to leave; ``coming`` who gave theirs to take over
    and when. Both within ``window`` of each other hand the watch over; one alone changes nothing.
    """

    since: datetime
    holder: int
    held_since: datetime
    how: str = START
    past: tuple[Tenure, ...] = ()
    going: datetime | None = None
    coming: tuple[int, datetime] | None = None
    last: datetime | None = None
    window: timedelta = timedelta(minutes=15)

    @property
    def tenures(self) -> tuple[Tenure, ...]:
        """Everybody who held the watch, in order, the holder last."""
        return (*self.past, Tenure(self.holder, self.held_since, None, self.how))

    def holder_at(self, at: datetime) -> int | None:
        """Who held the watch at a moment; None only before the guarding began."""
        if at < self.since:
            return None
        return next(t.guard for t in self.tenures if t.until is None or at < t.until)


def begin_watch(since: datetime, first: int, window: timedelta | None = None) -> Watch:
    """The watch begins with a named person: a place is not guarded by nobody for a second."""
    begun = Watch(since, first, since, last=since)
    return begun if window is None else replace(begun, window=window)


def heard_code(watch: Watch, guard: int, at: datetime, rostered: Span | None) -> Watch | Problem:
    """A guard gave the own code at the place, to leave or to take over.

    Shapes: ``rostered`` is the shift of that guard at this place that has begun or is about to;
    None: there is none. Late or early, the watch passes at the moment of the second code.
    """
    if watch.last is not None and at < watch.last:
        return Problem("guarding.clock-went-back", "", {"last": watch.last})
    if guard == watch.holder:
        heard = replace(watch, going=at, last=at)
    elif rostered is None:
        return Problem("guarding.not-rostered")
    else:
        heard = replace(watch, coming=(guard, at), last=at)
    if heard.going is None or heard.coming is None:
        return heard
    if abs(heard.going - heard.coming[1]) > watch.window:
        return heard  # the older code has lapsed; the newer one waits for its pair
    if not watch.held_since < at:
        return Problem("guarding.clock-went-back", "", {"last": watch.held_since})
    return _passed(heard, heard.coming[0], at, SCANS)


def ordered(watch: Watch, guard: int, at: datetime) -> Watch | Problem:
    """A head orders who holds the watch from now on: the holder fell ill, the next did not come."""
    if at <= watch.held_since or (watch.last is not None and at < watch.last):
        return Problem("guarding.clock-went-back", "", {"last": watch.last or watch.held_since})
    if guard == watch.holder:
        return Problem("guarding.holds-already")
    return _passed(watch, guard, at, ORDER)


def _passed(watch: Watch, guard: int, at: datetime, how: str) -> Watch:
    done = Tenure(watch.holder, watch.held_since, at, watch.how)
    return replace(
        watch,
        holder=guard,
        held_since=at,
        how=how,
        past=(*watch.past, done),
        going=None,
        coming=None,
        last=at,
    )

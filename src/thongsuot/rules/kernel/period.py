"""The one way to say from when until when: half-open, in local days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``since`` up to, and not including, ``until``.

    A body that ends on 1 July does not act on 1 July. ``since`` None means "from before
    anything recorded"; ``until`` None means "with no end recorded".

    Raises ValueError when ``until`` is not after ``since``: an empty period is a mistake.
    """

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise ValueError(f"period ends ({self.until}) before it begins ({self.since})")

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    @property
    def last_day(self) -> date | None:
        """The last day inside the period; None when it has no end."""
        return None if self.until is None else self.until - ONE_DAY

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day lies in both."""
        return (self.since is None or other.until is None or self.since < other.until) and (
            other.since is None or self.until is None or other.since < self.until
        )

    def ended_at(self, day: date) -> "Period":
        """The same period, no longer than up to ``day`` (which is outside it)."""
        return Period(self.since, day if self.until is None else min(day, self.until))


def gaps(periods: Iterable[Period], within: Period) -> tuple[Period, ...]:
    """The stretches of ``within`` that no period covers, in order; empty means no gap.

    Shapes: ``periods`` in any order, overlapping or not.
    """
    out: list[Period] = []
    cursor = within.since
    open_start = cursor is None
    for period in sorted(periods, key=lambda p: (p.since is not None, p.since or date.min)):
        if not period.overlaps(within):
            continue
        if period.since is not None and (
            open_start or (cursor is not None and period.since > cursor)
        ):
            out.append(Period(cursor, period.since))
        open_start = False
        if period.until is None:
            return tuple(out)
        if cursor is None or period.until > cursor:
            cursor = period.until
    if open_start:
        return (within,)
    if cursor is not None and (within.until is None or cursor < within.until):
        out.append(Period(cursor, within.until))
    return tuple(out)

"""Stretches of time, half-open like every period, in moments instead of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``since`` up to, and not including, ``until``; both aware, kept in one zone.

    Raises ValueError for a moment without a zone, and when the end is not after the beginning.
    """

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("a moment without a zone could be any hour")
        # Moments of one zone are compared by their wall clocks: only one zone is safe to count in.
        object.__setattr__(self, "since", self.since.astimezone(UTC))
        object.__setattr__(self, "until", self.until.astimezone(UTC))
        if self.until <= self.since:
            raise ValueError(f"ends ({self.until}) before it begins ({self.since})")

    def __contains__(self, at: datetime) -> bool:
        return self.since <= at < self.until

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.until - self.since

    def overlaps(self, other: "Span") -> bool:
        """Whether at least one moment lies in both."""
        return self.since < other.until and other.since < self.until

    def common(self, other: "Span") -> "Span | None":
        """What lies in both; None when nothing does."""
        since, until = max(self.since, other.since), min(self.until, other.until)
        return Span(since, until) if since < until else None


def local_span(day: date, begins: time, ends: time, zone: tzinfo) -> Span:
    """The stretch between two times of the local clock, begun on that day.

    An end that is not after the beginning is one of the next day: 22:00 to 06:00 passes midnight,
    06:00 to 06:00 is a whole day.
    """
    last = day if ends > begins else day + ONE_DAY
    return Span(
        datetime.combine(day, begins, tzinfo=zone), datetime.combine(last, ends, tzinfo=zone)
    )


def gaps(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """The stretches of ``within`` that no span covers, in order; empty means no gap."""
    out: list[Span] = []
    reached = within.since
    for span in sorted(spans):
        if span.until <= reached:
            continue
        if span.since >= within.until:
            break
        if span.since > reached:
            out.append(Span(reached, span.since))
        reached = max(reached, span.until)
    if reached < within.until:
        out.append(Span(reached, within.until))
    return tuple(out)


def crowds(spans: Sequence[Span], most: int) -> tuple[Span, ...]:
    """The stretches, in order, during which more than ``most`` of the spans run at once."""
    steps = sorted([(s.since, 1) for s in spans] + [(s.until, -1) for s in spans])
    out: list[Span] = []
    running, began = 0, None
    for at, step in steps:
        running += step
        if running > most and began is None:
            began = at
        elif running <= most and began is not None:
            if at > began:
                out.append(Span(began, at))
            began = None
    return tuple(out)

"""What is wrong with a roster before it is used, and who could stand in where it has a gap."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from thongsuot.rules.guarding.spans import ONE_DAY, Span, crowds, gaps, local_span
from thongsuot.rules.kernel.problem import Problem

WEEK = timedelta(days=7)
MOST_DAYS = 92  # a roster is made for a quarter at most
NAMED = 5  # proposals named in one sentence


@dataclass(frozen=True, slots=True)
class Duty:
    """One guard at one place for one stretch (ca trực). ``number`` 0: not written yet."""

    guard: int
    place: int
    span: Span
    number: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the office has set for its rosters; to be confirmed by it, not law.

    ``shift``: the longest one shift; ``week``: the most within any seven days; ``rest``: the
    least between two shifts; ``overlap``: how long two may be at a place for the hand-over.
    """

    shift: timedelta = timedelta(hours=12)
    week: timedelta = timedelta(hours=48)
    rest: timedelta = timedelta(hours=12)
    overlap: timedelta = timedelta(minutes=30)


Names = Mapping[int, str]


def plan_shifts(
    first: date, last: date, starts: Sequence[time], guards: Sequence[int], place: int, zone: tzinfo
) -> tuple[Duty, ...]:
    """The shifts of the days ``first`` to ``last`` with guards in turn, each until the next start.

    Shapes: ``starts`` are the times of the local clock at which a shift begins, at least one;
    the last shift of a day ends at the first start of the next.

    Raises ValueError without guards or starts, with a start twice, or for days out of order.
    """
    times = sorted(starts)
    if not guards or not times or len(set(times)) != len(times) or last < first:
        raise ValueError("a roster needs guards, different starting times and days in order")
    ends = [*times[1:], times[0]]
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    spans = [local_span(day, a, b, zone) for day in days for a, b in zip(times, ends, strict=True)]
    return tuple(Duty(guards[n % len(guards)], place, span) for n, span in enumerate(spans))


def roster_problems(
    duties: Sequence[Duty],
    within: Span,
    limits: Limits,
    *,
    elsewhere: Sequence[Duty] = (),
    guards: Collection[int] = (),
    names: Names | None = None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with the shifts of one place; empty means it may be published.

    Shapes: ``elsewhere`` are the other shifts of the same people, at this place or another, that
    stay as they are. ``guards`` are those who could be asked to fill a gap. Facts name the moments
    in UTC and, of a gap, who could stand in without breaking another rule.
    """
    said = names or {}
    found = list(gap_problems(duties, within, limits, elsewhere, guards, said))
    found += [
        Problem("guarding.overlap", "", _times(crowd))
        for crowd in crowds([d.span for d in duties], 1)
        if crowd.length > limits.overlap
    ]
    by_guard: defaultdict[int, list[Duty]] = defaultdict(list)
    for duty in (*elsewhere, *duties):
        by_guard[duty.guard].append(duty)
    for guard in sorted({d.guard for d in duties}):
        found += person_problems(by_guard[guard], limits, said.get(guard, str(guard)))
    return tuple(found)


def gap_problems(  # one list of what is known
    duties: Sequence[Duty],
    within: Span,
    limits: Limits,
    elsewhere: Sequence[Duty],
    guards: Collection[int],
    names: Names,
) -> Iterable[Problem]:
    """One problem for each stretch that nobody guards, with who could stand in."""
    for gap in gaps((d.span for d in duties), within):
        able = stand_ins(gap, guards, (*elsewhere, *duties), limits)
        could = tuple(names.get(g, str(g)) for g in able[:NAMED])
        code = "guarding.gap" if could else "guarding.gap-nobody"
        yield Problem(code, "", _times(gap) | {"could": could})


def person_problems(duties: Iterable[Duty], limits: Limits, name: str) -> list[Problem]:
    """What is wrong with all the shifts of one person: two places, too long, too little rest."""
    mine = sorted(duties, key=lambda d: (d.span, d.place))
    found = [
        Problem("guarding.shift-too-long", name, _times(d.span) | {"most": _hours(limits.shift)})
        for d in mine
        if d.span.length > limits.shift
    ]
    for before, after in itertools.pairwise(mine):
        both = before.span.common(after.span)
        if both is not None:
            found.append(Problem("guarding.two-places", name, _times(both)))
        elif after.span.since - before.span.until < limits.rest:
            facts: dict[str, object] = {
                "until": before.span.until,
                "since": after.span.since,
            }
            found.append(
                Problem("guarding.too-little-rest", name, facts | {"least": _hours(limits.rest)})
            )
    heavy = heaviest_week(mine)
    if heavy is not None and heavy[1] > limits.week:
        ends, total = heavy
        week: dict[str, object] = {
            "until": ends,
            "hours": _hours(total),
            "most": _hours(limits.week),
        }
        found.append(Problem("guarding.week-too-long", name, week))
    return found


def heaviest_week(duties: Sequence[Duty]) -> tuple[datetime, timedelta] | None:
    """The end of the seven days in which the most was worked, and how much; None without shifts.

    The most always lies in a window that ends with a shift, so only those are looked at.
    """
    best: tuple[datetime, timedelta] | None = None
    for end in sorted({d.span.until for d in duties}):
        window = Span(end - WEEK, end)
        parts = (d.span.common(window) for d in duties)
        total = sum((p.length for p in parts if p is not None), timedelta())
        if best is None or total > best[1]:
            best = (end, total)
    return best


def stand_ins(
    gap: Span, guards: Collection[int], duties: Sequence[Duty], limits: Limits
) -> tuple[int, ...]:
    """Who could take that stretch without breaking a rule, the least burdened first."""
    able: list[tuple[timedelta, int]] = []
    for guard in guards:
        mine = [d for d in duties if d.guard == guard]
        tried = [*mine, Duty(guard, 0, gap)]
        if not person_problems(tried, limits, ""):
            able.append((sum((d.span.length for d in mine), timedelta()), guard))
    return tuple(guard for _, guard in sorted(able))


def _times(span: Span) -> dict[str, object]:
    return {"since": span.since, "until": span.until}


def _hours(length: timedelta) -> int | str:
    """Whole hours as a number, else hours and minutes as written on a clock."""
    minutes = int(length.total_seconds() // 60)
    return minutes // 60 if minutes % 60 == 0 else f"{minutes // 60}:{minutes % 60:02d}"

"""Following what became of a thing, event after event, in either direction, to a day.

Units and bodies share this: a thing has periods in which it is there, and edges of events.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from thongsuot.rules.kernel.period import ONE_DAY, Period
from thongsuot.rules.registry.lineage import Succession, by_share
from thongsuot.rules.registry.values import Answer, Arrival, Edge, Event

Way = tuple[Succession, ...]
Ends = dict[int, list[Way]]
NOTHING: Mapping[date, list[Succession]] = {}


def successions(events: Iterable[Event], edges: Iterable[Edge]) -> tuple[Succession, ...]:
    """Each edge with the day and legal basis of its event; ``edge`` is its place in ``edges``."""
    by_number = {event.number: event for event in events}
    return tuple(
        Succession(
            src=edge.src,
            dst=edge.dst,
            share=edge.share,
            on=by_number[edge.event].on,
            basis=by_number[edge.event].basis.key,
            clause=edge.clause or by_number[edge.event].basis.clause,
            detail=edge.detail,
            source=edge.source or by_number[edge.event].source,
            edge=place,
        )
        for place, edge in enumerate(edges)
    )


class History:
    """The lineage of things of one sort, indexed once and asked often.

    ``periods`` says when each thing was there. A thing that is there before and after an event
    in which it gave something away keeps the rest, whether or not an edge to itself says so.
    """

    def __init__(
        self, steps: Iterable[Succession], periods: Mapping[int, tuple[Period, ...]]
    ) -> None:
        self._periods = periods
        self._out: defaultdict[int, defaultdict[date, list[Succession]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._into: defaultdict[int, defaultdict[date, list[Succession]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for step in steps:
            if step.src is not None:
                self._out[step.src][step.on].append(step)
            if step.dst is not None:
                self._into[step.dst][step.on].append(step)

    def there(self, thing: int, day: date) -> bool:
        """Whether the thing is in force on that day."""
        return any(day in period for period in self._periods.get(thing, ()))

    def steps_from(self, thing: int, on: date | None = None) -> tuple[Succession, ...]:
        """What the thing gave away, on that day or ever; the largest share first."""
        return _chosen(self._out.get(thing, NOTHING), on)

    def steps_to(self, thing: int, on: date | None = None) -> tuple[Succession, ...]:
        """What the thing was made of or took in, on that day or ever; the largest share first."""
        return _chosen(self._into.get(thing, NOTHING), on)

    def whereabouts(self, thing: int, asked_on: date, on: date) -> Answer:
        """Where the thing of the day ``asked_on`` is found on the day ``on``, later or earlier.

        Shapes: forwards over every event after ``asked_on`` up to and including ``on``;
        backwards over every event after ``on`` up to and including ``asked_on``.

        Returns an Answer with neither arrivals nor losses when the thing was not there on
        ``asked_on``, or ended for no recorded reason (which ``guards.faults`` names).
        """
        if not self.there(thing, asked_on):
            return Answer(thing, asked_on, on)
        ends: Ends = defaultdict(list)
        lost: list[Succession] = []
        if on >= asked_on:
            self._forwards(thing, asked_on, on, (), ends, lost)
        else:
            self._backwards(thing, asked_on, on, (), ends, lost)
        arrivals = tuple(Arrival(end, any(map(_peopled, w)), tuple(w)) for end, w in ends.items())
        ordered = tuple(sorted(arrivals, key=lambda a: _largest(a.ways)))
        return Answer(thing, asked_on, on, ordered, tuple(dict.fromkeys(lost)))

    def _forwards(  # a walk carries where it is, where it goes and what it found
        self, thing: int, since: date, to: date, way: Way, ends: Ends, lost: list[Succession]
    ) -> None:
        leaving = self._out.get(thing, NOTHING)
        day = min((d for d in leaving if since < d <= to), default=None)
        if day is None:
            if self.there(thing, to):
                ends[thing].append(way)
            return
        if self.there(thing, day) and all(step.dst != thing for step in leaving[day]):
            self._forwards(thing, day, to, way, ends, lost)
        for step in leaving[day]:
            if step.dst is None:
                lost.append(step)
            else:
                self._forwards(step.dst, day, to, (*way, step), ends, lost)

    def _backwards(  # as above
        self, thing: int, until: date, to: date, way: Way, ends: Ends, lost: list[Succession]
    ) -> None:
        coming = self._into.get(thing, NOTHING)
        day = max((d for d in coming if to < d <= until), default=None)
        if day is None:
            if self.there(thing, to):
                ends[thing].append(way)
            return
        before = day - ONE_DAY
        if self.there(thing, before) and all(step.src != thing for step in coming[day]):
            self._backwards(thing, before, to, way, ends, lost)
        for step in coming[day]:
            if step.src is None:
                lost.append(step)
            else:
                self._backwards(step.src, before, to, (*way, step), ends, lost)


def _chosen(by_day: Mapping[date, list[Succession]], on: date | None) -> tuple[Succession, ...]:
    days = sorted(by_day) if on is None else [on] if on in by_day else []
    return tuple(step for day in days for step in sorted(by_day[day], key=by_share))


def _peopled(way: Way) -> bool:
    return all(step.share != "land" for step in way)


def _largest(ways: list[Way] | tuple[Way, ...]) -> int:
    return min(max((by_share(step) for step in way), default=0) for way in ways)

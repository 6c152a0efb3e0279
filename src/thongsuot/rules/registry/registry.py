"""All units of the country through time: built once from facts, asked as of any day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.registry.history import History, successions
from thongsuot.rules.registry.lineage import Succession
from thongsuot.rules.registry.values import (
    DISTRICT,
    Answer,
    BodyFact,
    Edge,
    Event,
    Facts,
    Portion,
    UnitFact,
)

KIND_WORDS = {
    "province": "tỉnh", "city": "thành phố", "urban-district": "quận", "rural-district": "huyện",
    "town": "thị xã", "provincial-city": "thành phố", "ward": "phường", "commune": "xã",
    "township": "thị trấn", "special-zone": "đặc khu",
}  # fmt: skip
# How much of what a new unit was made of comes with each share, to tell its main origin.
WEIGHT = {"whole": 4, "people": 4, "rest": 2, "part": 1, "land": 0}


def full_name(fact: UnitFact) -> str:
    """The name with its kind in front, as it is written in a document."""
    word = KIND_WORDS[fact.kind]
    return f"{word[:1].upper()}{word[1:]} {fact.name}"


def name_key(text: str) -> str:
    """What names are compared by: no marks, no case, no spaces, no apostrophes."""
    return "".join(c for c in fold(text) if c.isalnum())


def as_known(facts: Facts, at: datetime | None) -> Facts:
    """The facts as they stood in the books at a moment; None means now.

    A record put right later counts as it was; an end written down later is not known yet.
    """
    units = tuple(_with_known_end(f, at) for f in facts.units if f.recorded.known(at))
    events = tuple(e for e in facts.events if e.recorded.known(at))
    numbers = {e.number for e in events}
    edges = tuple(e for e in facts.edges if e.recorded.known(at) and e.event in numbers)
    return Facts(
        units, events, edges, facts.keys, facts.texts, facts.aliases, facts.disagreements,
        facts.sources,
    )  # fmt: skip


def _with_known_end(fact: UnitFact, at: datetime | None) -> UnitFact:
    if fact.period.until is None or fact.recorded.end_known(at):
        return fact
    return UnitFact(
        fact.unit, fact.level, fact.kind, fact.name, fact.code, fact.parent,
        Period(fact.period.since, None), fact.basis, fact.source, fact.recorded,
    )  # fmt: skip


class Registry:
    """Every unit with its versions, events and lineage, as known at one moment.

    Built once; every question names its day. A code or a name without a day has several
    readings, and they are all given.
    """

    def __init__(self, facts: Facts, known_at: datetime | None = None) -> None:
        known = as_known(facts, known_at)
        self.facts = known
        versions: defaultdict[int, list[UnitFact]] = defaultdict(list)
        for fact in known.units:
            versions[fact.unit].append(fact)
        self._versions = {u: tuple(sorted(v, key=_begins)) for u, v in versions.items()}
        self._children: defaultdict[int, list[UnitFact]] = defaultdict(list)
        self._codes: defaultdict[str, list[UnitFact]] = defaultdict(list)
        self._events = {event.number: event for event in known.events}
        for fact in known.units:
            self._codes[fact.code].append(fact)
            if fact.parent is not None:
                self._children[fact.parent].append(fact)
        self._names: dict[str, list[UnitFact]] | None = None
        self.history = History(
            successions(known.events, known.edges),
            {u: tuple(f.period for f in v) for u, v in self._versions.items()},
        )

    @property
    def units(self) -> Iterable[int]:
        """The numbers of all units, those that ended too."""
        return self._versions

    def versions(self, unit: int) -> tuple[UnitFact, ...]:
        """Everything a unit was called, the oldest first; empty for an unknown unit."""
        return self._versions.get(unit, ())

    def on(self, unit: int, day: date) -> UnitFact | None:
        """The unit as it was on that day; None when it was not there."""
        return next((f for f in self.versions(unit) if day in f.period), None)

    def nearest(self, unit: int, day: date) -> UnitFact:
        """The unit on that day, else as it last was before it, else as it first was after.

        Raises KeyError for an unknown unit.
        """
        versions = self._versions[unit]
        begun = [f for f in versions if f.period.since is None or f.period.since <= day]
        return begun[-1] if begun else versions[0]

    def in_force(self, day: date, level: str = "") -> tuple[UnitFact, ...]:
        """Every unit of that day, or of one tier of it, in the order of the facts."""
        return tuple(
            f for f in self.facts.units if day in f.period and (not level or f.level == level)
        )

    def children(self, unit: int, day: date) -> tuple[UnitFact, ...]:
        """The units directly below on that day."""
        return tuple(f for f in self._children.get(unit, ()) if day in f.period)

    def with_code(self, code: str, day: date | None = None) -> tuple[UnitFact, ...]:
        """Every unit that bore the official code, on that day or ever."""
        found = self._codes.get(code, ())
        return tuple(f for f in found if day is None or day in f.period)

    def named(self, text: str, day: date | None = None) -> tuple[UnitFact, ...]:
        """Every unit called so, with or without its kind, marks and spaces; on a day or ever.

        Names borne earlier (aliases) are tried only when no unit has the name itself.
        """
        if self._names is None:
            self._names = self._by_name()
        found = self._names.get(name_key(text)) or self._names.get("~" + name_key(text), [])
        return tuple(f for f in found if day is None or day in f.period)

    def _by_name(self) -> dict[str, list[UnitFact]]:
        names: defaultdict[str, list[UnitFact]] = defaultdict(list)
        words = {kind: name_key(word) for kind, word in KIND_WORDS.items()}
        for fact in self.facts.units:
            bare = name_key(fact.name)
            names[bare].append(fact)
            names[words[fact.kind] + bare].append(fact)
        for unit, alias, _source in self.facts.aliases:
            first = self.versions(unit)[0]
            names["~" + alias].append(first)
            names["~" + words[first.kind] + alias].append(first)
        return dict(names)

    def event_of(self, step: Succession) -> Event:
        """The event that a step of a lineage belongs to."""
        return self._events[self.facts.edges[step.edge].event]

    def whereabouts(self, unit: int, asked_on: date, on: date) -> Answer:
        """What the unit of one day is on another, later or earlier: see ``History``."""
        return self.history.whereabouts(unit, asked_on, on)

    def portions(self, district: int) -> tuple[Portion, ...]:
        """The new communes that took a district that ended, those mainly made of it first.

        A district has no successor of its own tier: where it went is where its communes went,
        and where it had none, where it went itself. Empty for a unit that has not ended.
        """
        last = self.versions(district)[-1:]
        if not last or last[0].level != DISTRICT or last[0].period.until is None:
            return ()
        end, last_day = last[0].period.until, last[0].period.last_day
        inside = {f.unit for f in self.children(district, last_day or end)} | {district}
        taken: defaultdict[int, list[Succession]] = defaultdict(list)
        for unit in sorted(inside):
            for step in self.history.steps_from(unit, end):
                if step.dst is not None:
                    taken[step.dst].append(step)
        portions = (self._portion(new, steps, inside, end) for new, steps in taken.items())
        return tuple(sorted(portions, key=lambda p: (not p.main, not p.entire, p.unit)))

    def _portion(self, new: int, steps: list[Succession], inside: set[int], end: date) -> Portion:
        coming = self.history.steps_to(new, end)
        outside = {step.src for step in coming if step.src not in inside}
        ours = sum(WEIGHT[step.share] for step in steps)
        everything = sum(WEIGHT[step.share] for step in coming)
        return Portion(
            new, not outside, bool(ours) and 2 * ours >= everything, tuple(steps), len(outside)
        )

    def totals(self, day: date) -> Counter[tuple[str, str]]:
        """How many units of each tier and kind are in force on that day."""
        return Counter((f.level, f.kind) for f in self.facts.units if day in f.period)


def bodies_history(
    facts: Iterable[BodyFact],
    events: Iterable[Event],
    edges: Iterable[Edge],
    at: datetime | None = None,
) -> History:
    """The lineage of organisations, as known at a moment: the same questions as for units."""
    periods: defaultdict[int, list[Period]] = defaultdict(list)
    for fact in facts:
        if fact.recorded.known(at):
            ends = fact.period.until if fact.recorded.end_known(at) else None
            periods[fact.body].append(Period(fact.period.since, ends))
    known = tuple(e for e in events if e.recorded.known(at))
    numbers = {e.number for e in known}
    kept = tuple(e for e in edges if e.recorded.known(at) and e.event in numbers)
    return History(successions(known, kept), {b: tuple(p) for b, p in periods.items()})


def _begins(fact: UnitFact) -> date:
    return fact.period.since or date.min

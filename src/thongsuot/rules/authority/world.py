"""What the registry says of places, bodies, posts and people on a day, as far as a question needs it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from thongsuot.rules.authority.values import Tier
from thongsuot.rules.kernel.period import Period

EVER = Period()
NO_UNITS: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class BodyAt:
    """A body that acts in a unit over a period, as it is called."""

    body: int
    name: str
    period: Period = EVER


@dataclass(frozen=True, slots=True)
class PostAt:
    """A post of a body; ``title`` is folded for comparing, ``label`` as it is written."""

    post: int
    title: str
    label: str
    rank: int
    period: Period = EVER


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a post over a period."""

    appointment: int
    person: int
    name: str
    period: Period = EVER


class World(Protocol):
    """What a question asks of the registry."""

    def chain(self, place: int, on: date) -> Mapping[str, int]:
        """The unit of each tier that the place lies in on that day, itself among them."""
        ...

    def has_tier(self, tier: str, on: date) -> bool:
        """Whether any unit of the tier is in force that day."""
        ...

    def bodies(self, unit: int, organ: str, on: date) -> tuple[BodyAt, ...]:
        """The bodies of that kind that act in the unit that day."""
        ...

    def ever(self, unit: int, organ: str) -> bool:
        """Whether a body of that kind was ever registered there."""
        ...

    def lacks(self, unit: int, organ: str, on: date) -> bool:
        """Whether government is organised there without that organ on that day."""
        ...

    def posts(self, body: int, on: date) -> tuple[PostAt, ...]:
        """The posts of a body that day, head first."""
        ...

    def seat(self, post: int, on: date) -> Seat | None:
        """Who is in a post that day."""
        ...


@dataclass
class Picture:
    """The registry in memory, for as many questions as one likes. Filled by whoever has the facts."""

    units: defaultdict[int, list[tuple[Period, str, int | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )  # unit → (when, tier, parent)
    acting: defaultdict[tuple[int, str], list[BodyAt]] = field(
        default_factory=lambda: defaultdict(list)
    )
    without: defaultdict[tuple[int, str], list[Period]] = field(
        default_factory=lambda: defaultdict(list)
    )
    of_body: defaultdict[int, list[PostAt]] = field(default_factory=lambda: defaultdict(list))
    in_post: defaultdict[int, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    spans: dict[str, list[Period]] = field(default_factory=dict)  # when a tier has units, if told
    _chains: dict[tuple[int, date], Mapping[str, int]] = field(default_factory=dict)
    _tiers: dict[tuple[str, date], bool] = field(default_factory=dict)

    def chain(self, place: int, on: date) -> Mapping[str, int]:
        """The unit of each tier that the place lies in; empty when it is not in force that day."""
        known = self._chains.get((place, on))
        if known is None:
            known = self._chains[(place, on)] = self._climb(place, on)
        return known

    def _climb(self, place: int, on: date) -> Mapping[str, int]:
        found: dict[str, int] = {}
        unit: int | None = place
        while unit is not None and unit not in found.values():
            held = next((v for v in self.units.get(unit, ()) if on in v[0]), None)
            if held is None:
                return found if found else NO_UNITS
            found[held[1]] = unit
            unit = held[2]
        return found

    def has_tier(self, tier: str, on: date) -> bool:
        """Whether any unit of the tier is in force that day; the centre always is."""
        if tier == Tier.CENTRE:
            return True
        if self.spans:
            return any(on in p for p in self.spans.get(tier, ()))
        known = self._tiers.get((tier, on))
        if known is None:
            known = self._tiers[(tier, on)] = any(
                t == tier and on in p for held in self.units.values() for p, t, _ in held
            )
        return known

    def bodies(self, unit: int, organ: str, on: date) -> tuple[BodyAt, ...]:
        """The bodies of that kind that act in the unit that day."""
        return tuple(b for b in self.acting.get((unit, organ), ()) if on in b.period)

    def ever(self, unit: int, organ: str) -> bool:
        """Whether a body of that kind was ever registered there."""
        return bool(self.acting.get((unit, organ)))

    def lacks(self, unit: int, organ: str, on: date) -> bool:
        """Whether government is organised there without that organ on that day."""
        return any(on in p for p in self.without.get((unit, organ), ()))

    def posts(self, body: int, on: date) -> tuple[PostAt, ...]:
        """The posts of a body that day, head first."""
        held = (p for p in self.of_body.get(body, ()) if on in p.period)
        return tuple(sorted(held, key=lambda p: (p.rank, p.post)))

    def seat(self, post: int, on: date) -> Seat | None:
        """Who is in a post that day."""
        return next((s for s in self.in_post.get(post, ()) if on in s.period), None)

"""Who may address whom: which bodies a body may task, which it may only ask, and which neither.

A body tasks itself and what stands below it in its own line; it asks anybody else in the same
province; it addresses nobody outside. The lines: Party committees lead the Party below them and the
organs of their own territory; a People's Committee leads its offices and the People's Committees
below it; the Front leads its bloc; a steering committee the territory it was set up for. An
office of a committee reaches what the committee reaches only where the committee gave it the work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

TIERS = ("province", "district", "commune")
PARTY, STATE, FRONT, SERVICE, BOARD, TEAM = "party", "state", "front", "service", "board", "team"
PARTY_COMMITTEE, COUNCIL, COMMITTEE = "party-committee", "peoples-council", "peoples-committee"
THE_FRONT, MASS, STEERING = "front", "mass-organisation", "steering-committee"
# Their own line goes down the tiers: police to police, inspection commission to inspection commission.
IN_LINE = frozenset({"police", "military", "inspection-commission", MASS})
# Set up by the bodies of their own tier, so that they do not task them.
ABOVE_STEERING = frozenset({PARTY_COMMITTEE, COUNCIL, COMMITTEE, THE_FRONT, STEERING})


# These speak in their own name alone; every other body may be given work by the committee it serves.
OWN_NAME = frozenset({PARTY_COMMITTEE, COUNCIL, COMMITTEE, THE_FRONT, MASS})


class Way(StrEnum):
    """How a body may address another one."""

    OWN = "own"  # itself, its own offices, an office that serves it
    BELOW = "below"  # lower in its own line
    BY_ORDER = "by-order"  # thừa lệnh: below the body that gave it the work
    ASIDE = "aside"  # đề nghị phối hợp: the same province, in no line of command
    OUTSIDE = "outside"


BINDING = frozenset({Way.OWN, Way.BELOW, Way.BY_ORDER})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a body stands on a day, as far as addressing it goes.

    Shapes: ``tier`` is that of its territory (``TIERS``), empty when it has none. ``parents`` from
    the nearest to the highest. ``units`` are its territories, ``within`` those and every
    territory around them, ``provinces`` the outermost of these.
    """

    body: int
    kind: str
    bloc: str
    tier: str = ""
    parents: tuple[int, ...] = ()
    units: frozenset[int] = frozenset()
    within: frozenset[int] = frozenset()
    provinces: frozenset[int] = frozenset()
    serves: frozenset[int] = frozenset()
    under_party: bool = False  # a Party committee below another one of its own tier (Đảng ủy UBND)


def way(asker: Standing, to: Standing, orders: Iterable[Standing] = ()) -> Way:
    """How ``asker`` may address ``to``; ``orders`` are the bodies whose work it does here.

    Every pair has exactly one answer; two bodies never stand below each other.
    """
    own = _line(asker, to)
    if own is not None:
        return own
    if any(may_order(giver, asker) and _line(giver, to) is not None for giver in orders):
        return Way.BY_ORDER
    return Way.ASIDE if asker.provinces & to.provinces else Way.OUTSIDE


def may_order(giver: Standing, office: Standing) -> bool:
    """Whether the one may have the other act by its order (thừa lệnh): it is an office of the giver."""
    below = giver.body in office.parents or giver.body in office.serves
    return below and office.kind not in OWN_NAME


def _line(asker: Standing, to: Standing) -> Way | None:
    if asker.body == to.body or asker.body in to.parents:
        return Way.OWN
    if to.body in asker.parents or to.body in asker.serves:
        return None
    if asker.body in to.serves and to.bloc != TEAM:
        return Way.OWN
    lower = TIERS.index(to.tier) > TIERS.index(asker.tier) if asker.tier and to.tier else False
    same = asker.tier == to.tier and bool(asker.units & to.units)
    if not (asker.units & to.within) or not (lower or same):
        return None
    return Way.BELOW if _leads(asker, to, lower=lower) else None


def _leads(asker: Standing, to: Standing, *, lower: bool) -> bool:
    """Whether the first leads the second; both are in one territory, the second not the higher."""
    if asker.kind == STEERING:
        return to.kind != STEERING and (lower or to.kind not in ABOVE_STEERING)
    leads = _LEADS.get(asker.kind)
    if leads is not None and leads(asker, to, lower):
        return True
    return lower and asker.kind in IN_LINE and to.kind == asker.kind


def _party_leads(asker: Standing, to: Standing, lower: bool) -> bool:
    """Below: the Party. In its own territory: the organs; a committee below another, the State's."""
    if asker.under_party:
        return not lower and to.bloc in (STATE, SERVICE, BOARD)
    if lower:
        return to.bloc == PARTY
    return to.bloc != PARTY or to.under_party or to.kind != PARTY_COMMITTEE


def _committee_leads(_asker: Standing, to: Standing, lower: bool) -> bool:
    if lower:
        return to.kind == COMMITTEE or to.bloc == TEAM
    return to.kind not in (COMMITTEE, COUNCIL, STEERING) and to.bloc in (
        STATE,
        SERVICE,
        BOARD,
        TEAM,
    )


def _council_leads(_asker: Standing, to: Standing, lower: bool) -> bool:
    return not lower and to.kind == COMMITTEE


def _front_leads(_asker: Standing, to: Standing, lower: bool) -> bool:
    return to.kind == MASS or (lower and to.kind == THE_FRONT)


_LEADS = {
    PARTY_COMMITTEE: _party_leads,
    COMMITTEE: _committee_leads,
    COUNCIL: _council_leads,
    THE_FRONT: _front_leads,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """What one body reaches on a day: itself, who gave it the work, and everybody it may name."""

    asker: Standing
    orders: tuple[Standing, ...]
    standings: Mapping[int, Standing]

    def way(self, to: int) -> Way:
        """How it may address that body; a body nobody knows is outside."""
        found = self.standings.get(to)
        return Way.OUTSIDE if found is None else way(self.asker, found, self.orders)

    def outside(self, bodies: Iterable[int]) -> tuple[int, ...]:
        """Those it may address in no way, in order, once each."""
        return tuple(b for b in dict.fromkeys(bodies) if b and self.way(b) is Way.OUTSIDE)

    def unbound(self, bodies: Iterable[int]) -> tuple[int, ...]:
        """Those it may not task, in order, once each."""
        return tuple(b for b in dict.fromkeys(bodies) if b and self.way(b) not in BINDING)

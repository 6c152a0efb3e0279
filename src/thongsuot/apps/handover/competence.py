"""What signing minutes and ending a body ask of the register of competence."""

from collections.abc import Iterable, Iterator
from datetime import date

from thongsuot.apps.authority import queries as authority
from thongsuot.apps.authority.models.choices import Side as State
from thongsuot.apps.authority.queries.comparing import closing as powers_without_successor
from thongsuot.apps.handover.models import Minutes, Transition
from thongsuot.apps.handover.models.choices import Side
from thongsuot.apps.registry.models import Bloc, UnitVersion
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.authority.signing import Basis
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

# Matters of the register: who signs minutes for each side is told by whoever founded the teams.
MATTERS = {
    Side.GIVER: "ky-bien-ban-ban-giao",
    Side.RECEIVER: "ky-bien-ban-tiep-nhan",
}
PARTY = "-khoi-dang"  # what a Party committee receives is signed for by the Party's own rules
TIERS = 4  # commune, district, province, and one to notice a chain that bites its tail


def place_of(transition: Transition) -> int:
    """The province in which a transition lies: it is in force before and after the change."""
    unit = transition.unit_id
    for _tier in range(TIERS):
        rows = UnitVersion.objects.known().filter(unit=unit).order_by("-since")
        parent = rows.values_list("parent", flat=True).first()
        if parent is None:
            break
        unit = parent
    return unit


def matter_of(minutes: Minutes, side: str) -> str:
    """The matter of the register under which minutes are signed for that side."""
    matter = MATTERS[Side(side)]
    if side == Side.RECEIVER and minutes.receiver.bloc == Bloc.PARTY:
        return matter + PARTY
    return matter


def asked(actor: Actor, minutes: Minutes, side: str, on: date) -> Basis | tuple[Problem, ...]:
    """What a signature for that side would rest on, or why it would rest on nothing."""
    place = place_of(minutes.transition)
    return authority.competence(actor, matter_of(minutes, side), place, on)


def basis_of(act: Act, minutes: Minutes, side: str) -> Basis:
    """What this signature rests on. Raises Refused when a rule says that somebody else signs.

    Where no rule says who signs, the basis is undetermined: recorded as such, not refused.
    """
    found = asked(act.by, minutes, side, act.on)
    if isinstance(found, Basis):
        return found
    refuse_if(found)
    raise AssertionError("problems of competence always block")


def problems_of(actor: Actor, minutes: Minutes, side: str, on: date) -> tuple[Problem, ...]:
    """Why a signature for that side would rest on nothing; empty when it would not."""
    found = asked(actor, minutes, side, on)
    return () if isinstance(found, Basis) else found


def told(basis: Basis) -> str:
    """A basis in one line for a page."""
    state = str(State(basis.state).label)
    cited = authority.line_of(basis)
    return f"{state}: {cited}" if cited else state


def shown(minutes: Minutes) -> list[tuple[str, str, str]]:
    """For each signature who gave it and what it rests on: (name, state in words, texts and delegations)."""
    return list(authority.shown(Ref("minutes", minutes.pk)))


def keep(entry: Entry, minutes: Minutes, side: str, basis: Basis) -> None:
    """Keep what the signature rested on beside it, for good."""
    authority.keep(entry, Ref("minutes", minutes.pk), basis, side)


def lines_of(minutes: Minutes) -> Iterator[str]:
    """The texts that the signatures of minutes rest on, as a paper names them; none while undetermined."""
    seen: set[str] = set()
    for grounds in authority.grounds_of(Ref("minutes", minutes.pk)):
        cited: Iterable[dict[str, str]] = grounds.says.get("texts", ())
        numbers = [text["number"] for text in cited]
        for number in (*numbers, *grounds.says.get("delegations", ())):
            if number not in seen:
                seen.add(number)
                yield f"Căn cứ {number}"


def closing(transition_id: int, body_id: int) -> list[Problem]:
    """Why a body may not end: powers that nobody would have after its last day."""
    on = Transition.objects.values_list("effective_on", flat=True).get(pk=transition_id)
    return powers_without_successor(body_id, on)

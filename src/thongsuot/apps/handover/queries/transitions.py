"""Looking at transitions and the bodies in them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.models import Transition, TransitionBody, TransitionTeam
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.rules.kernel.actor import Actor

transition_in_sight = permit.transition_in_sight


def transitions_of(actor: Actor) -> "QuerySet[Transition]":
    """The transitions that the person has a part in, the newest first."""
    return permit.visible_transitions(actor).order_by("-effective_on", "name")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body in a transition, by name, with its posts and whether it has ended."""

    body: int
    name: str
    side: str
    payroll: int | None
    ended_on: date | None


def bodies_of(transition: Transition) -> tuple[BodyRow, ...]:
    """The bodies that end and begin in a transition; those that end first, by name."""
    rows = list(TransitionBody.objects.filter(transition=transition))
    names = body_names(r.body_id for r in rows)
    listed = [BodyRow(r.body_id, names[r.body_id], r.side, r.payroll, r.ended_on) for r in rows]
    return tuple(sorted(listed, key=lambda r: (r.side != "ends", r.name)))


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, by name, and for which body it works."""

    team: int
    name: str
    side: str
    for_body: int
    for_name: str


def teams_of(transition: Transition) -> tuple[TeamRow, ...]:
    """The handing and receiving teams of a transition."""
    rows = list(TransitionTeam.objects.filter(transition=transition).order_by("side", "id"))
    names = body_names(b for r in rows for b in (r.team_id, r.for_body_id))
    return tuple(
        TeamRow(r.team_id, names[r.team_id], r.side, r.for_body_id, names[r.for_body_id])
        for r in rows
    )

"""What waits for a person today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import MinutesState, TransitionSide
from thongsuot.apps.handover.queries.balance import Sentences
from thongsuot.rules.handover.balance import BalanceRow, total
from thongsuot.rules.kernel.actor import Actor, Role

HEADS = frozenset({Role.LEADER, Role.TEAM_HEAD})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what, how many, since when, and where to do it."""

    what: str
    transition: int
    minutes: int
    number: int
    with_body: str
    lines: int
    left: int
    since: date


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the giving side has still to do before everything is on minutes, in items."""

    nobody: int
    to_confirm: int
    to_dispatch: int
    missing: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One transition on the desk: its three sentences and its balance, as far as in sight."""

    transition: Transition
    sentences: Sentences
    whole: BalanceRow
    to_do: ToDo | None


def standings(actor: Actor, today: date) -> tuple[Standing, ...]:
    """Every transition the person has a part in, with its three sentences."""
    found = []
    for t in handover.transitions_of(actor):
        whole = total(handover.balance(actor, t.pk))
        sentences = handover.sentences(actor, t, today)
        found.append(Standing(t, sentences, whole, _to_do(actor, t, whole)))
    return tuple(found)


def _to_do(actor: Actor, transition: Transition, whole: BalanceRow) -> ToDo | None:
    """The next steps of somebody who hands over; None for everybody else."""
    if actor.hat is None:
        return None
    mine = actor.hat.bodies | {actor.hat.body}
    ends = transition.bodies.filter(side=TransitionSide.ENDS, body__in=mine)
    if transition.residual_id not in mine and not ends.exists():
        return None
    now = handover.waiting(actor, transition)
    return ToDo(
        nobody=now.nobody,
        to_confirm=now.undecided - now.nobody,
        to_dispatch=whole.items.held - now.undecided,
        missing=now.missing,
        disputed=now.disputed,
    )


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """Minutes that wait for this person: to count, to sign; the oldest first."""
    hat = actor.hat
    if hat is None or not (hat.bodies or hat.body):
        return ()
    mine = hat.bodies | {hat.body}
    rows = (
        handover.visible_minutes(actor)
        .filter(state__in=(MinutesState.COUNTING, MinutesState.GIVER_SIGNED))
        .annotate(
            every=Count("lines"),
            giver_left=Count("lines", filter=Q(lines__giver_count=None, lines__refused=False)),
            receiver_left=Count(
                "lines", filter=Q(lines__receiver_count=None, lines__refused=False)
            ),
        )
        .order_by("opened_on", "number")
    )
    names = handover.body_names(b for pair in rows.values_list("giver", "receiver") for b in pair)
    found = []
    for m in rows:
        giving, receiving = m.giver_id in mine, m.receiver_id in mine
        steps = (
            ("count-giver", giving and m.giver_left, m.giver_left, m.receiver_id),
            ("count-receiver", receiving and m.receiver_left, m.receiver_left, m.giver_id),
            ("sign-giver", giving and hat.role in HEADS and m.state == MinutesState.COUNTING
             and not m.giver_left and not m.receiver_left, 0, m.receiver_id),
            ("sign-receiver", receiving and hat.role in HEADS
             and m.state == MinutesState.GIVER_SIGNED, 0, m.giver_id),
        )  # fmt: skip
        for what, is_due, left, other in steps:
            if is_due:
                found.append(
                    Waiting(
                        what,
                        m.transition_id,
                        m.pk,
                        m.number,
                        names[other],
                        m.every,
                        left,
                        m.opened_on,
                    )
                )
                break
    return tuple(found)

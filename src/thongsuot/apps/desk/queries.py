"""What waits for a person today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.handover.models.choices import MinutesState
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
class Standing:
    """One transition on the desk: its three sentences and its balance, as far as in sight."""

    transition: Transition
    sentences: Sentences
    whole: BalanceRow


def standings(actor: Actor, today: date) -> tuple[Standing, ...]:
    """Every transition the person has a part in, with its three sentences."""
    return tuple(
        Standing(t, handover.sentences(actor, t, today), total(handover.balance(actor, t.pk)))
        for t in handover.transitions_of(actor)
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

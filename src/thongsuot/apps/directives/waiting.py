"""What else waits for the bodies of a person beside duties: milestones, rounds of boards, answers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.actions.boards import rounds_of
from thongsuot.apps.directives.models import Board, Milestone, Place, PointNote
from thongsuot.foundation import workdays
from thongsuot.rules.directives.access import scope_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import local_day

AHEAD = 5  # working days
SHOWN = 50


def steps_owed(actor: Actor, today: date) -> list[Milestone]:
    """The milestones of one's bodies that are not done and past due, or due within five working days.

    Of the roadmap in use of plans that run; the oldest first.
    """
    bodies = scope_of(actor).bodies
    if not bodies:
        return []
    return list(
        Milestone.objects.filter(
            Q(plan__owner__in=bodies) | Q(body__in=bodies),
            plan__in=permit.visible_plans(actor),
            plan__closed_on__isnull=True,
            version=F("plan__version"),
            done_on__isnull=True,
            due_on__lte=workdays.calendar().add(today, AHEAD),
        )
        .select_related("plan")
        .distinct()
        .order_by("due_on", "pk")[:SHOWN]
    )


@dataclass(frozen=True, slots=True)
class Round:
    """The newest round of a board that is due: how many of its bodies have said something."""

    board: Board
    on: date
    said: int
    of: int
    mine_missing: bool  # one's own body reports there and has not
    owned: bool


def rounds_due(actor: Actor, now: datetime) -> list[Round]:
    """The boards on which one's bodies still owe the newest round, and own ones with any missing."""
    bodies = scope_of(actor).bodies
    found = list(permit.visible_boards(actor).filter(closed_on__isnull=True).order_by("pk")[:SHOWN])
    newest = {b.pk: on for b in found if (on := newest_round(b, now)) is not None}
    asked = _bodies_by_board(newest)
    told = _told(newest)
    rounds = []
    for board in found:
        if board.pk not in newest:
            continue
        missing = asked.get(board.pk, set()) - told.get(board.pk, set())
        mine, owned = bool(missing & bodies), board.owner_id in bodies
        if mine or (owned and missing):
            of = len(asked[board.pk])
            on = newest[board.pk]
            rounds.append(Round(board, on, of - len(missing), of, mine, owned))
    return rounds


def newest_round(board: Board, now: datetime) -> date | None:
    """The day of the last round of a board that has come; None before the first."""
    past = [local_day(m) for m in rounds_of(board, now) if local_day(m) <= local_day(now)]
    return past[-1] if past else None


def _bodies_by_board(newest: dict[int, date]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for board, body in Place.objects.filter(board__in=newest).values_list("board", "body"):
        found.setdefault(board, set()).add(body)
    return found


def _told(newest: dict[int, date]) -> dict[int, set[int]]:
    """For each board the bodies that said something for its round. One query."""
    if not newest:
        return {}
    rounds = Q()
    for board, on in newest.items():
        rounds |= Q(point__board=board, round_on=on)
    rows = PointNote.objects.filter(rounds).values_list("point__board", "body").distinct()
    found: dict[int, set[int]] = {}
    for board, body in rows.order_by():
        found.setdefault(board, set()).add(body)
    return found

"""A session of the council: days counted back from it, quorum, votes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.decisions import parameters as p
from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.problem import Problem

REGULAR, EXTRAORDINARY = "regular", "extraordinary"
KINDS = (REGULAR, EXTRAORDINARY)
PLANNED, CONVENED, OPENED, CLOSED, CANCELLED = (
    "planned", "convened", "opened", "closed", "cancelled",
)  # fmt: skip
TABLE = {
    (PLANNED, "convene"): CONVENED,
    (CONVENED, "open"): OPENED,
    (OPENED, "close"): CLOSED,
    (PLANNED, "cancel"): CANCELLED,
    (CONVENED, "cancel"): CANCELLED,
}
WHOLE = 10_000  # hundredths of a percent
CONVENE, OPINION, REVIEW, PAPERS, SESSION, PUBLISH = (
    "convene", "opinion", "review", "papers", "session", "publish",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing that must have happened by a day, counted from the session; whether it is confirmed."""

    step: str
    day: date
    working_days: int
    confirmed: bool


def milestones(
    on: date, kind: str, calendar: WorkingCalendar, given: Iterable[p.Parameter] = ()
) -> tuple[Milestone, ...]:
    """The days counted back from a session (and on to its publication), earliest first."""
    own = tuple(given)
    invite = p.INVITE_DAYS if kind == REGULAR else p.INVITE_EXTRA_DAYS
    back = ((CONVENE, invite), (OPINION, p.OPINION_DAYS), (REVIEW, p.REVIEW_DAYS),
            (PAPERS, p.PAPERS_DAYS))  # fmt: skip
    found = [Milestone(SESSION, on, 0, True)]
    for step, key in back:
        number = p.in_force(key, on, own)
        found.append(
            Milestone(step, calendar.add(on, -number.value), -number.value, number.confirmed)
        )
    after = p.in_force(p.PUBLISH_DAYS, on, own)
    found.append(Milestone(PUBLISH, calendar.add(on, after.value), after.value, after.confirmed))
    return tuple(sorted(found, key=lambda m: (m.day, m.working_days)))


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one matter. ``members`` are all deputies in office, ``present`` those there."""

    members: int
    present: int
    votes_for: int
    against: int
    abstained: int


def check_convene(
    on: date, kind: str, today: date, calendar: WorkingCalendar, reason: str,
    given: Iterable[p.Parameter] = (),
) -> tuple[Problem, ...]:  # fmt: skip
    """Whether a session can still be convened in time; late only as extraordinary or with a reason."""
    due = next(m for m in milestones(on, kind, calendar, given) if m.step == CONVENE)
    if today <= due.day:
        return ()
    facts: dict[str, object] = {"day": due.day, "days": -due.working_days}
    if reason.strip():
        return (Problem("decisions.convened-late", "", facts, blocks=False),)
    return (Problem("decisions.convene-too-late", "", facts),)


def share(part: int, whole: int) -> int:
    """A share in hundredths of a percent, cut off, so that just below never counts as reached."""
    return part * WHOLE // whole if whole > 0 else 0


def check_quorum(
    members: int, present: int, on: date, given: Iterable[p.Parameter] = ()
) -> tuple[Problem, ...]:
    """Whether enough deputies are there to decide anything."""
    if members <= 0 or present < 0 or present > members:
        return (
            Problem("decisions.attendance-wrong", "", {"present": present, "members": members}),
        )
    needed = p.in_force(p.QUORUM, on, tuple(given)).value
    if present * WHOLE < needed * members - members:  # 66,67 % stands for two thirds
        facts: dict[str, object] = {"present": present, "members": members, "share": needed}
        return (Problem("decisions.no-quorum", "", facts),)
    return ()


def check_tally(tally: Tally, on: date, given: Iterable[p.Parameter] = ()) -> tuple[Problem, ...]:
    """Whether votes can be counted: a quorum, and not more votes than people."""
    own = tuple(given)
    problems = list(check_quorum(tally.members, tally.present, on, own))
    votes = (tally.votes_for, tally.against, tally.abstained)
    if min(votes) < 0 or sum(votes) > max(tally.present, 0):
        facts: dict[str, object] = {"votes": sum(votes), "present": tally.present}
        problems.append(Problem("decisions.votes-over-present", "", facts))
    return tuple(problems)


def passes(tally: Tally, on: date, given: Iterable[p.Parameter] = ()) -> bool:
    """Whether a matter is carried: more than the needed share of all deputies, not of those present."""
    needed = p.in_force(p.MAJORITY, on, tuple(given)).value
    return tally.votes_for * WHOLE > needed * tally.members

"""What the pages about documents and duties show, in few questions each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain

from django.db.models import Count, F, Max, Q, QuerySet

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import (
    TO_DO,
    Board,
    Document,
    Duty,
    DutyLine,
    Milestone,
    Plan,
    Point,
    PointNote,
    Question,
)
from thongsuot.apps.directives.naming import names_of, with_names
from thongsuot.apps.registry.models import Person
from thongsuot.foundation import workdays
from thongsuot.rules.directives import grid, lifecycle
from thongsuot.rules.directives.access import scope_of
from thongsuot.rules.directives.lifecycle import REPORTED, RETURNED
from thongsuot.rules.directives.roadmap import Step, pushed
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import (
    OVERDUE,
    Said,
    Standing,
    Word,
    days_late,
    grace_end,
    standing,
)

GRACE = 1  # working days; the house's proposal, no regulation
SHOWN = 200
FEW = 1_000  # how far the figures above a list count


def standing_of(duty: Duty, now: datetime) -> Standing | None:
    """How an open duty stands at a moment; None for a draft and for one that has ended."""
    if duty.due_at is None or duty.state not in ("issued", "accepted", "in-progress", "reported"):
        return None
    said = []
    if duty.state == REPORTED and duty.done_at is not None:
        said.append(Said(duty.done_at, Word.DONE))
    elif duty.said_at is not None:
        said.append(Said(duty.said_at, Word.PROGRESS))
    return standing(duty.due_at, said, now, grace_end(duty.due_at, workdays.calendar(), GRACE))


def late_by(duty: Duty, now: datetime) -> int:
    """How many working days have passed since a duty was due; 0 when none."""
    return days_late(duty.due_at, now, workdays.calendar()) if duty.due_at else 0


def days_left(duty: Duty, now: date) -> int | None:
    """How many working days there are until it is due; None when it is past or has no day."""
    if duty.due_on is None or duty.due_on < now:
        return None
    return workdays.calendar().between(now, duty.due_on)


# ---- what waits for a person -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """A duty that waits for a person: why, since or until when, how it stands."""

    what: str  # do, accept, answer-extension, take-back
    duty: Duty
    standing: Standing | None
    late: int


def my_work(actor: Actor, now: datetime, limit: int = 50) -> list[Waiting]:
    """What a person has to do today, the most urgent first: own duties, then what heads decide."""
    hat = actor.hat
    if hat is None:
        return []
    people = list(Person.objects.filter(account=actor.user).values_list("pk", flat=True))
    seen = with_names(permit.visible_duties(actor))
    mine = seen.filter(TO_DO, person__in=people).order_by("due_on", "pk")[:limit]
    found = [Waiting("do", d, standing_of(d, now), late_by(d, now)) for d in mine]
    own = permit.own_bodies(actor, "duty.complete")
    if own:
        decide = seen.filter(assigner__in=own).filter(
            Q(state=REPORTED) | Q(state=RETURNED) | Q(asked_on__isnull=False)
        )
        found += [
            Waiting(_asked_for(d), d, standing_of(d, now), 0)
            for d in decide.order_by("due_on", "pk")[:limit]
        ]
    return found


def _asked_for(duty: Duty) -> str:
    if duty.state == REPORTED:
        return "accept"
    return "take-back" if duty.state == RETURNED else "answer-extension"


def unnamed(actor: Actor) -> "QuerySet[Duty]":
    """Duties of one's bodies whose person is not named (they came from a body that ended)."""
    bodies = scope_of(actor).bodies
    return Duty.objects.filter(TO_DO, lead__in=bodies, person__isnull=True)


# ---- who owes what to whom ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Debt:
    """What a body or person owes another, with how long, and the words of a polite reminder."""

    duty: Duty
    person: str
    standing: Standing
    late: int


@dataclass(frozen=True, slots=True)
class Debtor:
    """Everything overdue of one body, oldest first."""

    body: int
    name: str
    debts: tuple[Debt, ...]
    silent: int

    @property
    def oldest(self) -> int:
        """For how many working days the oldest is overdue."""
        return max(d.late for d in self.debts)


def overdue(actor: Actor, now: datetime) -> "QuerySet[Duty]":
    """The duties in sight that are to be done and past due."""
    return permit.visible_duties(actor).filter(TO_DO, due_at__lt=now)


def chase(actor: Actor, now: datetime, limit: int = SHOWN) -> list[Debtor]:
    """Who owes what, oldest first, a block for each body."""
    owed = (
        with_names(overdue(actor, now)).select_related("person").order_by("due_on", "due_at", "pk")
    )
    # One state after the other: the index of each begins with its oldest, of a million too.
    each = [owed.filter(state=state)[:limit] for state in lifecycle.TO_DO]
    rows = sorted(chain.from_iterable(each), key=lambda d: (d.due_at, d.pk))[:limit]
    by_body: defaultdict[int, list[Debt]] = defaultdict(list)
    for duty in rows:
        stands = standing_of(duty, now)
        if stands in OVERDUE and stands is not None:
            person = duty.person.full_name if duty.person else ""
            by_body[duty.lead_id or 0].append(Debt(duty, person, stands, late_by(duty, now)))
    names = names_of(by_body)
    found = [
        Debtor(
            body,
            names.get(body, ""),
            tuple(debts),
            sum(d.standing is Standing.SILENT for d in debts),
        )
        for body, debts in by_body.items()
    ]
    return sorted(found, key=lambda x: (-x.oldest, x.name))


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the room for a person, each the head of a list."""

    open: int
    due_week: int
    late: int
    silent: int
    to_accept: int
    asked: int
    returned: int
    drafts: int


def late_on(today: date) -> Q:
    """To be done, and due on an earlier day: what every list and figure calls overdue."""
    return Q(TO_DO, due_on__lt=today)


def silent_on(today: date) -> Q:
    """Overdue with the days of grace gone, and not a word was said."""
    return Q(TO_DO, due_on__lt=workdays.calendar().add(today, -GRACE), said_at__isnull=True)


def figures(actor: Actor, today: date, *, exact: bool = False) -> Figures:
    """How many duties in sight stand how; unless ``exact``, none counted further than ``FEW``."""
    seen = permit.visible_duties(actor, whole=exact)
    week = workdays.calendar().add(today, 5)
    wanted = {
        "open": TO_DO,
        "due_week": Q(TO_DO, due_on__gte=today, due_on__lte=week),
        "late": late_on(today),
        "silent": silent_on(today),
        "to_accept": Q(state=REPORTED),
        "asked": Q(asked_on__isnull=False),
        "returned": Q(state=RETURNED),
        "drafts": Q(state="draft"),
    }
    if exact:
        return Figures(**seen.aggregate(**{n: Count("pk", filter=w) for n, w in wanted.items()}))
    short = {
        n: seen.filter(w).order_by().values("pk")[: FEW + 1].count() for n, w in wanted.items()
    }
    return Figures(**short)


@dataclass(frozen=True, slots=True)
class Share:
    """How the duties of one lead stand: every rate with its denominator."""

    body: int
    name: str
    bound: int
    done: int
    late: int
    silent: int


def by_lead(actor: Actor, today: date, limit: int = SHOWN) -> list[Share]:
    """How the duties in sight stand, by lead, those with most overdue first. Two queries."""
    rows = (
        permit.visible_duties(actor, whole=True)
        .filter(lead__isnull=False)
        .exclude(state__in=("draft", "dropped", "recalled"))
        .order_by()
        .values("lead")
        .annotate(
            bound=Count("pk"),
            done=Count("pk", filter=Q(state="completed")),
            late=Count("pk", filter=late_on(today)),
            silent=Count("pk", filter=silent_on(today)),
        )
        .order_by("-late", "-bound")[:limit]
    )
    found = list(rows)
    names = names_of(r["lead"] for r in found)
    return [
        Share(r["lead"], names[r["lead"]], r["bound"], r["done"], r["late"], r["silent"])
        for r in found
    ]


# ---- documents ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text of a document; ``duty`` is the one drafted from it, if any."""

    text: str
    duty: Duty | None = None


def pieces_of(document: Document, duties: Iterable[Duty]) -> list[Piece]:
    """The text of a document cut where its duties point at it; of overlapping spans the first."""
    text, at = document.text, 0
    found: list[Piece] = []
    pointing = sorted(
        (d for d in duties if d.start is not None and d.end is not None),
        key=lambda d: (d.start or 0, d.pk),
    )
    for duty in pointing:
        start, end = duty.start or 0, duty.end or 0
        if start < at or end > len(text):
            continue
        if start > at:
            found.append(Piece(text[at:start]))
        found.append(Piece(text[start:end], duty))
        at = end
    return [*found, Piece(text[at:])] if text[at:] else found


def lines_of(duty: Duty) -> list[DutyLine]:
    """The history of a duty, newest first, with the names of its evidence."""
    return list(duty.lines.order_by("-number").prefetch_related("evidence"))


# ---- boards ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One body of a board with its cell for each point."""

    body: int
    name: str
    cells: tuple[grid.Cell, ...]
    said: int
    asked: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A board at a round: its points, its rows, and how many bodies said something."""

    board: Board
    points: tuple[Point, ...]
    rows: tuple[Row, ...]
    reported: int
    silent: tuple[str, ...]
    changes: Counter[grid.Change] = field(default_factory=Counter)


EMPTY = grid.Cell(None, None)


def grid_of(board: Board, on: date, only: frozenset[int] | None = None) -> Grid:
    """The board at a round. Five queries whatever its size; ``only`` narrows the bodies shown.

    Shapes: points that the source does not state have cells too, always empty.
    """
    points = list(board.points.order_by("number"))
    bodies = list(board.places.order_by("pk").values_list("body", flat=True))
    shown = [b for b in bodies if only is None or b in only]
    notes = PointNote.objects.filter(point__in=points, body__in=shown, round_on__lte=on)
    latest = notes.order_by("pk").values_list("point", "body", "round_on", "mark", "words")
    values = [grid.Note(p, b, r, grid.Mark(m), w) for p, b, r, m, w in latest]
    known = grid.cells(values, on)
    names = names_of(shown, on)
    stated = sum(p.stated for p in points)
    rows = []
    for body in shown:
        cells = tuple(known.get((p.pk, body), EMPTY) for p in points)
        said = sum(c.now is not None for c in cells)
        rows.append(Row(body, names[body], cells, said, stated))
    rows.sort(key=lambda r: r.name)
    changes = Counter(c.change for c in known.values())
    silent = tuple(r.name for r in rows if not r.said)
    return Grid(board, tuple(points), tuple(rows), len(rows) - len(silent), silent, changes)


# ---- plans -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone as a page shows it."""

    step: Milestone
    body: str
    late: bool
    pushed: bool
    awaits: str


def milestones_of(plan: Plan, today: date, version: int = 0) -> list[Mark]:
    """The milestones of one version of a roadmap (the one in use), what pushes them named."""
    rows = list(
        plan.milestones.filter(version=version or plan.version)
        .select_related("waits_for__plan")
        .order_by("due_on", "number")
    )
    awaited = [m.waits_for for m in rows if m.waits_for is not None]
    steps = {m.pk: _step(m) for m in [*awaited, *rows]}
    behind = set(pushed(steps.values(), today))
    names = names_of(m.body_id for m in rows)
    return [
        Mark(
            m,
            names.get(m.body_id or 0, ""),
            m.done_on is None and m.due_on < today,
            m.pk in behind,
            _awaits(m),
        )
        for m in rows
    ]


def _step(milestone: Milestone) -> Step:
    waits = (milestone.waits_for_id,) if milestone.waits_for_id else ()
    return Step(milestone.pk, milestone.due_on, waits, milestone.done_on)


def _awaits(milestone: Milestone) -> str:
    other = milestone.waits_for
    if other is None:
        return ""
    own = other.plan_id == milestone.plan_id
    return other.title if own else f"{other.title} ({other.plan.title})"


def progress_of(plans: Sequence[Plan], today: date) -> dict[int, tuple[int, int, int]]:
    """For each plan how many milestones of the roadmap in use are done, late, and there."""
    rows = (
        Milestone.objects.filter(plan__in=[p.pk for p in plans], version=F("plan__version"))
        .order_by()
        .values("plan")
        .annotate(
            every=Count("pk"),
            done=Count("pk", filter=Q(done_on__isnull=False)),
            late=Count("pk", filter=Q(done_on__isnull=True, due_on__lt=today)),
        )
    )
    return {r["plan"]: (r["done"], r["late"], r["every"]) for r in rows}


def questions_owed(actor: Actor) -> "QuerySet[Question]":
    """The answers that one's bodies still owe."""
    return Question.objects.filter(
        owed_by__in=scope_of(actor).bodies, closed_at__isnull=True
    ).order_by("due_on", "pk")


def last_notes(boards: Iterable[Board]) -> dict[int, date]:
    """For each board the last round for which anything was said. One query."""
    rows = PointNote.objects.filter(point__board__in=[b.pk for b in boards]).order_by()
    last = rows.values("point__board").annotate(on=Max("round_on"))
    return dict(last.values_list("point__board", "on"))

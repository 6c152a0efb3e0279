"""Standing points: set up a board, and say for each round how its points stand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.utils import timezone

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import (
    Board,
    EveryWord,
    MarkWord,
    Place,
    Point,
    PointNote,
)
from thongsuot.apps.directives.reaching import judge_bound
from thongsuot.apps.directives.steps import Result, chain_of, text_problems
from thongsuot.foundation import workdays
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.kernel.deadline import local_day
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.rhythm import Every, Rhythm

MOST_POINTS, MOST_PLACES = 60, 4_000
LONGEST = 1_000
ROUNDS_BACK = 400


def rhythm_of(board: Board) -> Rhythm:
    """When a board is due."""
    return Rhythm(Every(board.every), board.anchor_on, (board.at_time,))


def rounds_of(board: Board, until: datetime) -> list[datetime]:
    """The due moments of the rounds so far and the next one, in order; the last few hundred."""
    rhythm, calendar = rhythm_of(board), workdays.calendar()
    start = timezone.make_aware(datetime.combine(board.anchor_on, time.min))
    found = list(rhythm.between(start, until, calendar))
    following = rhythm.after(max(until, start), calendar)
    return [*found, *([following] if following else [])][-ROUNDS_BACK:]


@action("directives.board-set-up")
def set_up_board(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    owner_id: int,
    title: str,
    points: Sequence[str],
    bodies: Sequence[int],
    every: str,
    anchor_on: date,
    at_time: str = "",
    document_id: int = 0,
    demo: bool = False,
) -> Result:
    """Set up a board of standing points on which bodies report in a rhythm.

    Shapes: ``points`` in the order of their numbers; an empty one is a point that the source
    counts without saying what it is. ``at_time`` as 09:00, empty: the end of work.
    """
    act.lock(chain_of(owner_id))
    permit.allow(act.by, "board.write", Sides(assigner=owner_id))
    words = [p.strip() for p in points]
    problems = text_problems("title", title, 300, needed=True)
    if not 0 < len(words) <= MOST_POINTS or not any(words):
        problems.append(Problem("directives.board-points", title, {"most": MOST_POINTS}))
    for word in words:
        problems += text_problems("points", word, LONGEST)
    if every not in EveryWord.values:
        problems.append(Problem("directives.choice-unknown", title, {"value": every[:40]}))
    if not bodies or len(bodies) > MOST_PLACES:
        problems.append(Problem("directives.needed", "bodies", {"field": "bodies"}))
    refuse_if([*problems, *permit.bodies_known(bodies)])
    document = permit.document_in_sight(act.by, document_id) if document_id else None
    refuse_if(judge_bound(owner_id, bodies, act.on, document))
    made = Board.objects.create(
        owner_id=owner_id,
        unit_id=permit.unit_of(owner_id),
        document_id=document_id or None,
        title=title.strip(),
        every=every,
        anchor_on=anchor_on,
        at_time=_hour(at_time),
        demo=demo,
        made_at=act.at,
    )
    Point.objects.bulk_create(
        Point(board=made, number=n, words=w, stated=bool(w)) for n, w in enumerate(words, 1)
    )
    Place.objects.bulk_create(Place(board=made, body_id=b) for b in dict.fromkeys(bodies))
    act.record(
        chain=chain_of(owner_id),
        subject=Ref("board", made.pk),
        after={"title": title, "points": len(words), "bodies": len(set(bodies))},
    )
    return {"board": made.pk}


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text) if text else workdays.end_of_work()
    except ValueError as error:
        raise Refused.because("directives.hours-unknown", text[:20]) from error


@action("directives.points-said")
def say_points(
    act: Act, *, board_id: int, body_id: int, round_on: date, notes: Sequence[Mapping[str, object]]
) -> Result:
    """Say for a round how points stand in one body's territory; the last word on a point counts.

    Shapes: each note has point (id), mark, and maybe words.
    """
    board = permit.board_in_sight(act.by, board_id)
    act.lock(chain_of(board.owner_id))
    permit.allow(act.by, "board.say", Sides(lead=body_id))
    points = set(board.points.filter(stated=True).values_list("pk", flat=True))
    if board.closed_on is not None:
        raise Refused.because("directives.board-closed", board.title)
    if not board.places.filter(body=body_id).exists():
        raise Refused.because("directives.not-on-board")
    if round_on not in {local_day(m) for m in rounds_of(board, act.at)}:
        raise Refused.because("directives.round-unknown", board.title, on=round_on)
    refuse_if(_judged(notes, points))
    entry = act.record(
        chain=chain_of(board.owner_id),
        subject=Ref("board", board.pk),
        after={"body": body_id, "round": round_on, "notes": len(notes)},
    )
    PointNote.objects.bulk_create(
        PointNote(
            point_id=int(str(n["point"])),
            body_id=body_id,
            round_on=round_on,
            mark=str(n["mark"]),
            words=str(n.get("words") or "").strip(),
            by_name=act.by.name,
            at=act.at,
            entry=entry.pk,
        )
        for n in notes
    )
    return {"board": board.pk, "notes": len(notes)}


def _judged(notes: Sequence[Mapping[str, object]], points: set[int]) -> list[Problem]:
    found: list[Problem] = []
    if not notes:
        found.append(Problem("directives.needed", "notes", {"field": "notes"}))
    for note in notes:
        if note.get("point") not in points:
            found.append(Problem("directives.point-missing"))
        if note.get("mark") not in MarkWord.values:
            value = str(note.get("mark"))[:40]
            found.append(Problem("directives.choice-unknown", "", {"value": value}))
        found += text_problems("words", str(note.get("words") or ""), LONGEST)
    return found

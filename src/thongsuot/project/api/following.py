"""Plans, standing points and sessions for programs: what is followed over time, the same acts as the pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.directives import actions, permit, queries, waiting
from thongsuot.apps.directives.models import Board, Meeting, Plan, Question
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, know_bodies, page
from thongsuot.project.api.shapes import (
    After,
    Day,
    Done,
    Id,
    In,
    Key,
    Limit,
    Line,
    Listing,
    Number,
    Reason,
    answers,
)
from thongsuot.rules.directives.access import scope_of

router = Router(tags=["duties"], auth=READS)
MarkCode = Literal["not-begun", "under-way", "stuck", "done", "nothing"]


class PlanOut(Schema):
    """A plan: whose, of which kind, below which other, for which day, in which version."""

    id: int
    owner: int
    above: int | None
    document: int | None
    kind: str
    title: str
    year: int | None
    theme: str
    day: date | None
    version: int
    closed_on: date | None


class StepOut(Schema):
    """A milestone of the roadmap in use; ``pushed``: what it waits for is late."""

    id: int
    title: str
    due_on: date
    body: int | None
    waits_for: int | None
    done_on: date | None
    note: str
    late: bool
    pushed: bool


class PlanFull(PlanOut):
    """A plan with its roadmap in use and the plans linked below it."""

    steps: list[StepOut]
    below: list[int]


class BoardOut(Schema):
    """A board of standing points: whose, in which rhythm."""

    id: int
    owner: int
    document: int | None
    title: str
    every: str
    closed_on: date | None


class CellOut(Schema):
    """How a point stands in a body: now (null: nothing said this round), last time, what changed."""

    point: int
    body: int
    mark: str | None
    words: str
    before: str | None
    change: str


class BoardFull(BoardOut):
    """A board at a round: its points, what each body said, who is silent of how many."""

    round: date
    points: list[dict[str, Any]]
    cells: list[CellOut]
    reported: int
    expected: int
    silent: list[str]


class NoteIn(In):
    """What is said of one point."""

    point: Number
    mark: MarkCode
    words: Annotated[str, Field(max_length=2_000)] = ""


class NotesIn(In):
    """What a body says of the points for a round."""

    body: Number
    round: Day
    notes: Annotated[list[NoteIn], Field(min_length=1, max_length=60)]


class MeetingOut(Schema):
    """A working session with what came of it and what is still owed."""

    id: int
    host: int
    on: date
    title: str
    place: str
    head: str
    conclusion: int | None


class QuestionOut(Schema):
    """A question of a session: who owes the answer, by when, what was answered."""

    id: int
    asked_by: str
    asked: str
    owed_by: int
    due_on: date | None
    answer: str
    closed_at: datetime | None


class MeetingFull(MeetingOut):
    """A session with its questions."""

    questions: list[QuestionOut]


class NoteText(In):
    """A word with the act."""

    note: Line = ""


class WhyIn(In):
    """The reason."""

    reason: Reason


class AnswerText(In):
    """An answer on record."""

    answer: Reason


def _plan(row: Plan) -> dict[str, Any]:
    own = ("id", "kind", "title", "year", "theme", "day", "version", "closed_on")
    links = {name: getattr(row, f"{name}_id") for name in ("owner", "above", "document")}
    return {**{name: getattr(row, name) for name in own}, **links}


@router.get("/plans", response=answers(Listing[PlanOut]), summary="Plans")
def plans(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """Programmes, schemes, campaigns, congresses, elections that concern an own body."""
    return page(permit.visible_plans(caller(request)).distinct(), after, limit, _plan)


@router.get("/plans/{int:plan}", response=answers(PlanFull), summary="One plan")
def one_plan(request: HttpRequest, plan: Id) -> dict[str, Any]:
    """A plan with its milestones: done, late, pushed by what they wait for."""
    found = permit.plan_in_sight(caller(request), plan)
    steps = [
        {
            **{n: getattr(m.step, n) for n in ("id", "title", "due_on", "done_on", "note")},
            "body": m.step.body_id,
            "waits_for": m.step.waits_for_id,
            "late": bool(m.late),
            "pushed": bool(m.pushed),
        }
        for m in queries.milestones_of(found, clock.today())
    ]
    below = permit.visible_plans(caller(request)).filter(above=found).distinct()
    return {
        **_plan(found),
        "steps": steps,
        "below": list(below.order_by("pk").values_list("pk", flat=True)),
    }


STEP = "/plans/{int:plan}/steps/{int:step}"


@router.post(STEP + "/done", auth=WRITES, response=answers(Done), summary="A milestone is done")
def step_done(request: HttpRequest, plan: Id, step: Id, given: NoteText, key: Key) -> Any:
    """Say that a milestone is done; not before the one it waits for."""
    return do(request, key, actions.finish_step, plan_id=plan, milestone_id=step, note=given.note)


@router.post(STEP + "/reopen", auth=WRITES, response=answers(Done), summary="It was not done")
def step_undone(request: HttpRequest, plan: Id, step: Id, given: WhyIn, key: Key) -> Any:
    """Take back that a milestone is done, with the reason."""
    return do(
        request, key, actions.reopen_step, plan_id=plan, milestone_id=step, reason=given.reason
    )


def _board(row: Board) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in ("id", "title", "every", "closed_on")}
    return {**own, "owner": row.owner_id, "document": row.document_id}


@router.get("/boards", response=answers(Listing[BoardOut]), summary="Boards of standing points")
def boards(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The boards that an own body owns or reports on, and those of the area."""
    return page(permit.visible_boards(caller(request)).distinct(), after, limit, _board)


@router.get("/boards/{int:board}", response=answers(BoardFull), summary="A board at a round")
def one_board(
    request: HttpRequest, board: Id, round: Annotated[date | None, Query()] = None
) -> dict[str, Any]:
    """What each body said for a round (the last one that has come, where none is named), and what changed since last time.

    A body that only reports sees its own row, as on the page.
    """
    actor = caller(request)
    found = permit.board_in_sight(actor, board)
    scope = scope_of(actor)
    owns = found.owner_id in scope.bodies or found.unit_id in scope.area
    mine = frozenset(found.places.filter(body__in=scope.bodies).values_list("body", flat=True))
    on = round or waiting.newest_round(found, clock.now()) or found.anchor_on
    grid = queries.grid_of(found, on, None if owns else mine)
    points = [
        {"id": p.pk, "number": p.number, "words": p.words, "stated": p.stated} for p in grid.points
    ]
    cells = [
        {
            "point": point.pk,
            "body": row.body,
            "mark": cell.now.mark.value if cell.now else None,
            "words": cell.now.words if cell.now else "",
            "before": cell.before.mark.value if cell.before else None,
            "change": cell.change.value,
        }
        for row in grid.rows
        for point, cell in zip(grid.points, row.cells, strict=True)
        if cell.now or cell.before
    ]
    return {
        **_board(found), "round": on, "points": points, "cells": cells,
        "reported": grid.reported, "expected": len(grid.rows), "silent": list(grid.silent),
    }  # fmt: skip


@router.post("/boards/{int:board}/say", auth=WRITES, response=answers(Done), summary="Say points")
def say(request: HttpRequest, board: Id, given: NotesIn, key: Key) -> Any:
    """Say for a round how points stand in one body's territory."""
    know_bodies(given.body)
    return do(
        request, key, actions.say_points, board_id=board, body_id=given.body,
        round_on=given.round, notes=[n.model_dump() for n in given.notes],
    )  # fmt: skip


def _meeting(row: Meeting) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in ("id", "on", "title", "place", "head")}
    return {**own, "host": row.host_id, "conclusion": row.conclusion_id}


def _question(row: Question) -> dict[str, Any]:
    own = ("id", "asked_by", "asked", "due_on", "answer", "closed_at")
    return {**{name: getattr(row, name) for name in own}, "owed_by": row.owed_by_id}


@router.get("/meetings", response=answers(Listing[MeetingOut]), summary="Working sessions")
def meetings(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The sessions that an own body held, came to or owes answers of."""
    return page(permit.visible_meetings(caller(request)).distinct(), after, limit, _meeting)


@router.get("/meetings/{int:meeting}", response=answers(MeetingFull), summary="One session")
def one_meeting(request: HttpRequest, meeting: Id) -> dict[str, Any]:
    """A session with its questions, answered or owed."""
    found = permit.meeting_in_sight(caller(request), meeting)
    rows = found.questions.order_by("pk")
    return {**_meeting(found), "questions": [_question(q) for q in rows]}


@router.post(
    "/meetings/{int:meeting}/questions/{int:question}/answer",
    auth=WRITES,
    response=answers(Done),
    summary="Answer on record",
)
def answer(request: HttpRequest, meeting: Id, question: Id, given: AnswerText, key: Key) -> Any:
    """Put an answer, or the follow-up report that was owed, on record."""
    return do(
        request, key, actions.answer_question,
        meeting_id=meeting, question_id=question, answer=given.answer,
    )  # fmt: skip

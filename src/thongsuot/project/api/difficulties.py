"""Difficulties and proposals: raised, answered, passed on; the library; what is asked most."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.difficulties import actions, index, lists, permit, queries
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import (
    Done,
    Id,
    In,
    Key,
    Line,
    Listing,
    Number,
    Paged,
    Reason,
    Text,
    Yes,
    answers,
)
from thongsuot.rules.difficulties.access import Relation

router = Router(tags=["difficulties"], auth=READS)
Said = Annotated[str, Field(max_length=400)]


class DifficultyOut(Schema):
    """A difficulty with its holder and its day. ``same_as``: the one whose answer serves it too."""

    id: int
    sort: str
    title: str
    field: str
    article: str
    matter: str
    raiser: int
    raiser_name: str | None
    holder: int
    holder_name: str | None
    state: str
    answer: str
    raised_on: date
    due_on: date
    answered_on: date | None
    same_as: int | None


class StepOut(Schema):
    """One step of a difficulty."""

    act: str
    on: date
    to: int
    why: str
    basis: str
    text: str


class WholeOut(DifficultyOut):
    """A difficulty with its text and every step."""

    text: str
    steps: list[StepOut]


class LikeOut(Schema):
    """Something asked before that is like a text, with its answer when there is one."""

    kind: str
    id: int
    title: str
    answer: str
    said: str
    score: float


class AskedOut(Schema):
    """What was asked about one field or article."""

    name: str
    asked: int
    bodies: int
    waiting: int
    late: int
    days: int | None


class OverviewOut(Schema):
    """What is asked most."""

    asked: int
    waiting: int
    late: int
    answered: int
    fields: list[AskedOut]
    articles: list[AskedOut]


class RaiseIn(In):
    """A difficulty or a proposal; the rules of authority say who gets it."""

    sort: Literal["difficulty", "proposal"] = "difficulty"
    title: Annotated[str, Field(min_length=1, max_length=300)]
    text: Reason
    field: Annotated[str, Field(min_length=1, max_length=80)]
    article: Annotated[str, Field(max_length=200)] = ""
    matter: Annotated[str, Field(max_length=60)] = ""
    urgent: Yes = False
    reserved: Yes = False


class AnswerIn(In):
    """An answer; a refusal names its basis."""

    answer: Literal["accepted", "partly", "refused"]
    text: Reason
    basis: Line = ""


class PassIn(In):
    """Who is competent instead, by which article."""

    to: Number
    basis: Annotated[str, Field(min_length=1, max_length=300)]
    text: Reason


class WordsIn(In):
    """A few words."""

    text: Text = ""


def _shape(row: Any) -> dict[str, Any]:
    names = ("sort", "title", "field", "article", "matter", "state", "answer", "raised_on",
             "due_on", "answered_on", "raiser_name", "holder_name")  # fmt: skip
    return {
        "id": row.pk,
        "raiser": row.raiser_id,
        "holder": row.holder_id,
        "same_as": row.same_as_id,
        **{name: getattr(row, name) for name in names},
    }


ONE = "/difficulties/{difficulty}"


@router.get(
    "/difficulties", response=answers(Listing[DifficultyOut]), summary="Difficulties in sight"
)
def every(request: HttpRequest, paged: Query[Paged]) -> Any:
    """What concerns the post: raised, to answer, in its area."""
    return page(lists.rows_for(caller(request)), paged.after, paged.limit, _shape)


@router.post("/difficulties", auth=WRITES, response=answers(Done), summary="Raise a difficulty")
def raise_one(request: HttpRequest, given: RaiseIn, key: Key) -> Any:
    """Raise it for the body of the token; the answer names the holder, why, and the day."""
    return do(request, key, actions.raise_difficulty, **given.model_dump())


@router.get(
    "/difficulties/similar", response=answers(list[LikeOut]), summary="What was asked before"
)
def similar(request: HttpRequest, text: Said) -> Any:
    """What is like a text, the likest first, with answers."""
    permit.allow(caller(request), "raise", Relation())
    return [
        {name: getattr(like, name) for name in LikeOut.model_fields}
        for like in index.similar_to(text)
    ]


@router.get("/difficulties/overview", response=answers(OverviewOut), summary="What is asked most")
def overview(request: HttpRequest) -> Any:
    """By field and by article, for everything in sight."""
    permit.allow(caller(request), "overview", Relation())
    return queries.overview(permit.visible(caller(request)), clock.today())


@router.get(ONE, response=answers(WholeOut), summary="One difficulty")
def one(request: HttpRequest, difficulty: Id) -> Any:
    """With every step it took."""
    actor = caller(request)
    permit.in_sight(actor, difficulty)
    row = lists.rows_for(actor).get(pk=difficulty)
    steps = (row.same_as or row).steps.order_by("pk")
    return {
        **_shape(row),
        "text": row.text,
        "steps": [
            {"act": s.act, "on": s.on, "to": s.to_body_id, "why": s.why, "basis": s.basis,
             "text": s.text}
            for s in steps
        ],
    }  # fmt: skip


@router.post(ONE + "/join", auth=WRITES, response=answers(Done), summary="Have the same")
def join(request: HttpRequest, difficulty: Id, given: WordsIn, key: Key) -> Any:
    """One's own body has the same: one answer serves both."""
    return do(request, key, actions.join_difficulty, difficulty_id=difficulty, text=given.text)


@router.post(ONE + "/answer", auth=WRITES, response=answers(Done), summary="Answer")
def answer(request: HttpRequest, difficulty: Id, given: AnswerIn, key: Key) -> Any:
    """Accepted, partly, or refused; for all who have the same."""
    return do(
        request, key, actions.answer_difficulty, difficulty_id=difficulty, **given.model_dump()
    )


@router.post(ONE + "/pass", auth=WRITES, response=answers(Done), summary="Pass on")
def pass_on(request: HttpRequest, difficulty: Id, given: PassIn, key: Key) -> Any:
    """To the body that is competent, named."""
    return do(
        request, key, actions.pass_on, difficulty_id=difficulty, to_id=given.to, text=given.text,
        basis=given.basis,
    )  # fmt: skip


@router.post(ONE + "/ask-again", auth=WRITES, response=answers(Done), summary="Ask the superior")
def ask_again(request: HttpRequest, difficulty: Id, given: WordsIn, key: Key) -> Any:
    """The answer does not help."""
    return do(request, key, actions.ask_again, difficulty_id=difficulty, text=given.text)


@router.post(ONE + "/withdraw", auth=WRITES, response=answers(Done), summary="Withdraw")
def withdraw(request: HttpRequest, difficulty: Id, given: WordsIn, key: Key) -> Any:
    """The raiser takes it back; others who have the same go on."""
    return do(request, key, actions.withdraw, difficulty_id=difficulty, text=given.text)

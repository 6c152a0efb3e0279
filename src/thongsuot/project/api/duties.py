"""Documents and duties: the same acts as the pages, for programs."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thongsuot.apps.directives import actions, permit, queries
from thongsuot.apps.directives.models import Document, Duty
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, know_bodies, know_units, page
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
    Paged,
    Reason,
    Text,
    answers,
)

router = Router(tags=["duties"], auth=READS)
Words = Annotated[str, Field(max_length=500)]
Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
KindCode = Literal[
    "conclusion", "notice", "directive", "resolution", "decision", "plan", "programme", "scheme",
    "letter", "dispatch", "minutes", "report", "other",
]  # fmt: skip
StateCode = Literal[
    "draft", "issued", "accepted", "returned", "in-progress", "reported", "completed", "recalled",
    "dropped",
]  # fmt: skip
EveryCode = Literal["daily", "weekly", "biweekly", "monthly", "quarterly", "semiannual", "annual"]


class DutyOut(Schema):
    """A duty: who, what, by when, how it stands now (null: it is not to be done)."""

    id: int
    code: str
    document: int | None
    above: int | None
    assigner: int
    lead: int | None
    person: int | None
    report_to: int | None
    task: str
    product: str
    place: str
    lane: str
    manner: str
    state: str
    standing: str | None
    percent: int
    every: str
    due_at: datetime | None
    first_due_on: date | None
    asked_on: date | None
    quote: str
    start: int | None
    end: int | None
    version: int


class Wanted(Paged):
    """Which duties are asked for; ``late``: to be done and past due."""

    state: StateCode | None = None
    lead: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    document: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    late: bool = False


class LineOut(Schema):
    """One line of the history of a duty."""

    number: int
    kind: str
    state: str
    words: str
    percent: int | None
    nothing: bool
    due_at: datetime | None
    new_due_at: datetime | None
    at: datetime
    by: str
    post: str
    evidence: list[str]


class DocumentOut(Schema):
    """A document on the register; its text is in the answer for one of them."""

    id: int
    issuer: int
    kept_by: int
    kind: str
    number: str
    issued_on: date
    signer: str
    title: str
    covers_from: date | None
    covers_to: date | None
    carries_out: int | None


class DocumentFull(DocumentOut):
    """A document with its text."""

    text: str


class DocumentIn(In):
    """A document for the register of a body."""

    kept_by: Number
    issuer: Number
    kind: KindCode
    issued_on: Day
    title: Annotated[str, Field(min_length=1, max_length=500)]
    number: Annotated[str, Field(max_length=60)] = ""
    signer: Annotated[str, Field(max_length=200)] = ""
    text: Annotated[str, Field(max_length=1_000_000)] = ""
    covers_from: Day | None = None
    covers_to: Day | None = None
    carries_out: Number | None = None
    recipients: Annotated[list[Number], Field(max_length=4_000)] = []


class PartIn(In):
    """The piece of a co-ordinating body."""

    body: Number
    what: Words


class DraftIn(In):
    """A draft; it may lack anything but its task. A term or a rhythm, never both."""

    task: Annotated[str, Field(min_length=1, max_length=1000)]
    code: Annotated[str, Field(max_length=60)] = ""
    lead: Number | None = None
    person: Number | None = None
    report_to: Number | None = None
    above: Number | None = None
    product: Words = ""
    place_words: Words = ""
    places: Annotated[list[Number], Field(max_length=4_000)] = []
    parts: Annotated[list[PartIn], Field(max_length=40)] = []
    laws: Annotated[list[Words], Field(max_length=40)] = []
    lane: Literal["now", "priority", "normal"] = "normal"
    term_kind: Literal["", "on", "before", "within"] = ""
    term_day: Day | None = None
    every: EveryCode | None = None
    anchor_on: Day | None = None
    hours: Annotated[list[Hour], Field(max_length=12)] = []
    until_on: Day | None = None
    quote: Annotated[str, Field(max_length=20_000)] = ""
    start: Annotated[int, Field(strict=True, ge=0, le=10**7)] | None = None
    end: Annotated[int, Field(strict=True, ge=0, le=10**7)] | None = None

    def values(self) -> dict[str, Any]:
        """The draft as the act takes it: what was not given is left out."""
        return self.model_dump(exclude_none=True)


class DraftsIn(In):
    """Drafts of one body, of a document or of none."""

    assigner: Number
    document: Number | None = None
    drafts: Annotated[list[DraftIn], Field(min_length=1, max_length=500)]


class IssueIn(In):
    """Which drafts are issued, all or none."""

    duties: Annotated[list[Number], Field(min_length=1, max_length=500)]


class ProgressIn(In):
    """How far it is."""

    words: Reason
    percent: Annotated[int, Field(strict=True, ge=0, le=99)]


class AnswerIn(In):
    """The answer to the round that is due; ``nothing``: nothing to report."""

    words: Text = ""
    nothing: bool = False


class WordsIn(In):
    """What is said with the act."""

    words: Text = ""


class WhyIn(In):
    """The reason."""

    reason: Reason


class UntilIn(In):
    """Until which day, and why."""

    until: Day
    reason: Text = ""


class PersonIn(In):
    """Another person of the lead body, and why."""

    person: Number
    reason: Text = ""


class MoveIn(In):
    """From which body to which, why, on what authority; without ``duties`` all open ones."""

    from_body: Number
    to_body: Number
    reason: Reason
    authority: Line = ""
    duties: Annotated[list[Number], Field(max_length=1_000)] = []


def _out(duty: Duty) -> dict[str, Any]:
    own = (
        "id", "code", "task", "product", "lane", "manner", "state", "percent", "every", "due_at",
        "first_due_on", "asked_on", "quote", "start", "end", "version",
    )  # fmt: skip
    links = ("document", "above", "assigner", "lead", "person", "report_to")
    stands = queries.standing_of(duty, clock.now())
    return {
        **{name: getattr(duty, name) for name in own},
        **{name: getattr(duty, f"{name}_id") for name in links},
        "place": duty.place_words,
        "standing": stands.value if stands else None,
    }


def _document(document: Document) -> dict[str, Any]:
    own = ("id", "kind", "number", "issued_on", "signer", "title", "covers_from", "covers_to")
    return {
        **{name: getattr(document, name) for name in own},
        **{f: getattr(document, f"{f}_id") for f in ("issuer", "kept_by", "carries_out")},
    }


@router.get("/documents", response=answers(Listing[DocumentOut]), summary="Documents")
def documents(request: HttpRequest, after: After = 0, limit: Limit = 50) -> dict[str, Any]:
    """The documents that concern an own body, or of the area."""
    return page(permit.visible_documents(caller(request)), after, limit, _document)


@router.get("/documents/{int:document}", response=answers(DocumentFull), summary="One document")
def document(request: HttpRequest, document: Id) -> dict[str, Any]:
    """A document with its text."""
    found = permit.document_in_sight(caller(request), document)
    return {**_document(found), "text": found.text}


@router.post("/documents", auth=WRITES, response=answers(Done), summary="Record a document")
def record(request: HttpRequest, given: DocumentIn, key: Key) -> Any:
    """Put a document on the register of a body."""
    know_bodies(given.kept_by, given.issuer, *given.recipients)
    values = given.model_dump(exclude={"kept_by", "recipients"}, exclude_none=True)
    return do(
        request, key, actions.record_document,
        kept_by=given.kept_by, document=values, recipients=given.recipients,
    )  # fmt: skip


ALL = "/duties"
ONE = ALL + "/{int:duty}"


@router.get(ALL, response=answers(Listing[DutyOut]), summary="Duties")
def listed(request: HttpRequest, wanted: Annotated[Wanted, Query()]) -> dict[str, Any]:
    """The duties that concern an own body, or of the area."""
    rows = permit.visible_duties(caller(request))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.lead:
        rows = rows.filter(lead=wanted.lead)
    if wanted.document:
        rows = rows.filter(document=wanted.document)
    if wanted.late:
        rows = rows.filter(queries.late_on(clock.today()))
    return page(rows, wanted.after, wanted.limit, _out)


@router.get(ONE, response=answers(DutyOut), summary="One duty")
def one(request: HttpRequest, duty: Id) -> dict[str, Any]:
    """A duty as it stands."""
    return _out(permit.duty_in_sight(caller(request), duty))


@router.get(ONE + "/history", response=answers(list[LineOut]), summary="Its history")
def history(request: HttpRequest, duty: Id) -> list[dict[str, Any]]:
    """Everything said and done to a duty, newest first, with the names of its evidence."""
    found = permit.duty_in_sight(caller(request), duty)
    own = ("number", "kind", "state", "words", "percent", "nothing", "due_at", "new_due_at", "at")
    return [
        {
            **{name: getattr(line, name) for name in own},
            "by": line.by_name,
            "post": line.post,
            "evidence": [e.name for e in line.evidence.all()],
        }
        for line in queries.lines_of(found)
    ]


@router.post(ALL, auth=WRITES, response=answers(Done), summary="Draft duties")
def draft(request: HttpRequest, given: DraftsIn, key: Key) -> Any:
    """Draft duties of a body; nobody is bound by them until a head issues them."""
    bodies = {b for d in given.drafts for b in (d.lead, d.report_to, *(p.body for p in d.parts))}
    know_bodies(given.assigner, *bodies)
    know_units({unit for d in given.drafts for unit in d.places})
    return do(
        request, key, actions.draft_duties,
        assigner_id=given.assigner, document_id=given.document or 0,
        drafts=[d.values() for d in given.drafts],
    )  # fmt: skip


@router.post(ALL + "/issue", auth=WRITES, response=answers(Done), summary="Issue drafts")
def issue(request: HttpRequest, given: IssueIn, key: Key) -> Any:
    """Issue drafts, all or none: person, task, place and a day or a rhythm each."""
    return do(request, key, actions.issue_duties, duty_ids=given.duties)


@router.post(ALL + "/move", auth=WRITES, response=answers(Done), summary="Move to a successor")
def move(request: HttpRequest, given: MoveIn, key: Key) -> Any:
    """Pass open duties of a body to its successor; days are computed anew."""
    know_bodies(given.from_body, given.to_body)
    return do(
        request, key, actions.move_duties,
        from_body=given.from_body, to_body=given.to_body, reason=given.reason,
        duty_ids=given.duties, authority=given.authority,
    )  # fmt: skip


@router.post(ONE + "/accept", auth=WRITES, response=answers(Done), summary="Accept")
def accept(request: HttpRequest, duty: Id, given: WordsIn, key: Key) -> Any:
    """The lead takes it on."""
    return do(request, key, actions.accept_duty, duty_id=duty, words=given.words)


@router.post(ONE + "/return", auth=WRITES, response=answers(Done), summary="Give back")
def give_back(request: HttpRequest, duty: Id, given: WhyIn, key: Key) -> Any:
    """The lead gives it back to the assigner, with the reason."""
    return do(request, key, actions.return_duty, duty_id=duty, reason=given.reason)


@router.post(ONE + "/progress", auth=WRITES, response=answers(Done), summary="Report progress")
def progress(request: HttpRequest, duty: Id, given: ProgressIn, key: Key) -> Any:
    """The lead says how far it is."""
    return do(
        request, key, actions.report_progress,
        duty_id=duty, words=given.words, percent=given.percent,
    )  # fmt: skip


@router.post(ONE + "/answer", auth=WRITES, response=answers(Done), summary="Answer a round")
def answer(request: HttpRequest, duty: Id, given: AnswerIn, key: Key) -> Any:
    """The lead answers the round of a rhythm that is due."""
    return do(
        request, key, actions.answer_round,
        duty_id=duty, words=given.words, nothing=given.nothing,
    )  # fmt: skip


@router.post(ONE + "/done", auth=WRITES, response=answers(Done), summary="Report done")
def done(request: HttpRequest, duty: Id, given: WhyIn, key: Key) -> Any:
    """The lead says that it is done; it ends when the assigner accepts that."""
    return do(request, key, actions.report_done, duty_id=duty, words=given.reason)


@router.post(ONE + "/send-back", auth=WRITES, response=answers(Done), summary="Send back")
def send_back(request: HttpRequest, duty: Id, given: WhyIn, key: Key) -> Any:
    """The assigner does not accept it as done."""
    return do(request, key, actions.send_back, duty_id=duty, reason=given.reason)


@router.post(ONE + "/complete", auth=WRITES, response=answers(Done), summary="Complete")
def complete(request: HttpRequest, duty: Id, given: WordsIn, key: Key) -> Any:
    """The assigner accepts it as done."""
    return do(request, key, actions.complete_duty, duty_id=duty, words=given.words)


@router.post(ONE + "/recall", auth=WRITES, response=answers(Done), summary="Recall")
def recall(request: HttpRequest, duty: Id, given: WhyIn, key: Key) -> Any:
    """The assigner takes it back for good."""
    return do(request, key, actions.recall_duty, duty_id=duty, reason=given.reason)


@router.post(ONE + "/ask-extension", auth=WRITES, response=answers(Done), summary="Ask for time")
def ask_extension(request: HttpRequest, duty: Id, given: UntilIn, key: Key) -> Any:
    """The lead asks for more time."""
    return do(
        request, key, actions.ask_extension,
        duty_id=duty, until=given.until, reason=given.reason,
    )  # fmt: skip


@router.post(ONE + "/extend", auth=WRITES, response=answers(Done), summary="Extend")
def extend(request: HttpRequest, duty: Id, given: UntilIn, key: Key) -> Any:
    """The assigner gives more time."""
    return do(
        request, key, actions.extend_duty,
        duty_id=duty, until=given.until, reason=given.reason,
    )  # fmt: skip


@router.post(ONE + "/refuse-extension", auth=WRITES, response=answers(Done), summary="No more time")
def refuse_extension(request: HttpRequest, duty: Id, given: WhyIn, key: Key) -> Any:
    """The assigner does not give more time."""
    return do(request, key, actions.refuse_extension, duty_id=duty, reason=given.reason)


@router.post(ONE + "/reassign", auth=WRITES, response=answers(Done), summary="Another person")
def reassign(request: HttpRequest, duty: Id, given: PersonIn, key: Key) -> Any:
    """The head of the lead names another person of that body."""
    return do(
        request, key, actions.reassign_duty,
        duty_id=duty, person_id=given.person, reason=given.reason,
    )  # fmt: skip


@router.post(ONE + "/drop", auth=WRITES, response=answers(Done), summary="Drop a draft")
def drop(request: HttpRequest, duty: Id, given: WordsIn, key: Key) -> Any:
    """A draft comes to nothing."""
    return do(request, key, actions.drop_draft, duty_id=duty, reason=given.words)


@router.post(
    ONE + "/parts/{int:part}/done", auth=WRITES, response=answers(Done), summary="A piece is done"
)
def part_done(request: HttpRequest, duty: Id, part: Id, given: WhyIn, key: Key) -> Any:
    """A co-ordinating body says that its own piece is done."""
    return do(request, key, actions.finish_part, duty_id=duty, part_id=part, words=given.reason)

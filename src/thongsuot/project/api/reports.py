"""Reports: what is owed, submitting it, who reported, what was frozen. Signing is a person's, on the page."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, StrictBool, StrictInt

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions import returns
from thongsuot.apps.reporting.models import Return, Round, Snapshot
from thongsuot.apps.reporting.queries.returns import owed, standing, standing_filing
from thongsuot.apps.reporting.queries.rounds import counts_of
from thongsuot.foundation import clock
from thongsuot.project.api.bearer import READS, WRITES, caller
from thongsuot.project.api.doing import do, page
from thongsuot.project.api.shapes import Done, Id, In, Key, Listing, Paged, Reason, answers

router = Router(tags=["reports"], auth=READS)
# Whole numbers are of smallest parts; a share is [n, N]; days are yyyy-mm-dd.
Value = (
    StrictBool
    | Annotated[StrictInt, Field(ge=-(2**63), le=2**63 - 1)]
    | Annotated[str, Field(max_length=4_000)]
    | Annotated[list[StrictInt], Field(min_length=2, max_length=2)]
)


class ReturnOut(Schema):
    """What one body owes for one period; ``standing`` is the count in which it stands."""

    id: int
    round: int
    series: str
    body: int
    unit: int | None
    since: date
    until: date
    due_at: datetime
    state: str
    standing: str
    received_at: datetime | None


class ReturnFull(ReturnOut):
    """A return with the fields it is asked and what it says."""

    fields: list[dict[str, Any]]
    values: dict[str, Any]
    number: int | None


class CountsOut(Schema):
    """Who reported for a period: five counts that add up to ``expected``, the missing by name."""

    id: int
    series: str
    since: date
    until: date
    due_at: datetime
    locked_at: datetime | None
    expected: int
    received: int
    on_time: int
    nothing: int
    late: int
    waiting: int
    silent: int
    late_names: list[str]
    missing_names: list[str]


class SnapshotOut(Schema):
    """What was frozen for a recipient, with its mark; it never changes."""

    id: int
    recipient: str
    since: date
    until: date
    version: int
    cut_at: datetime
    digest: str
    content: dict[str, Any]


class ReportIn(In):
    """What a body reports, by the keys of the form's fields."""

    values: Annotated[dict[str, Value], Field(max_length=200)]


class WhyIn(In):
    """The reason."""

    reason: Reason


def _return(row: Return) -> dict[str, Any]:
    return {
        "id": row.pk,
        "round": row.round_id,
        "series": row.round.series.name,
        "body": row.body_id,
        "unit": row.unit_id,
        "since": row.round.since,
        "until": row.round.until,
        "due_at": row.round.due_at,
        "state": row.state,
        "standing": standing(row, clock.now()).value,
        "received_at": row.received_at,
    }


@router.get("/reports/owed", response=answers(Listing[ReturnOut]), summary="What is owed")
def list_owed(request: HttpRequest, paged: Annotated[Paged, Query()]) -> Any:
    """The reports that the bodies of this post still owe."""
    rows = owed(caller(request), clock.now())
    return page(rows, paged.after, paged.limit, _return)


@router.get(
    "/reports/returns/{report}", response=answers(ReturnFull), summary="The report of one unit"
)
def one_return(request: HttpRequest, report: Id) -> Any:
    """A return with what it is asked and what stands in it."""
    row = permit.return_in_sight(caller(request), report)
    filed = standing_filing(row)
    return {
        **_return(row),
        "fields": row.round.version.content["fields"],
        "values": filed.values if filed else {},
        "number": filed.number if filed else None,
    }


@router.post(
    "/reports/returns/{report}/submit",
    auth=WRITES,
    response=answers(Done),
    summary="Submit a report",
)
def submit(request: HttpRequest, report: Id, given: ReportIn, key: Key) -> Any:
    """Everything that does not agree is answered at once; nothing is kept then."""
    row = permit.return_in_sight(caller(request), report)
    values = dict(given.values)
    return do(request, key, returns.submit, return_id=row.pk, values=values, sources={})


@router.post(
    "/reports/returns/{report}/nothing",
    auth=WRITES,
    response=answers(Done),
    summary="Nothing to report",
)
def nothing(request: HttpRequest, report: Id, key: Key) -> Any:
    """Say that there is nothing to report for the period."""
    row = permit.return_in_sight(caller(request), report)
    return do(request, key, returns.report_nothing, return_id=row.pk)


@router.post(
    "/reports/returns/{report}/recall", auth=WRITES, response=answers(Done), summary="Recall"
)
def recall(request: HttpRequest, report: Id, given: WhyIn, key: Key) -> Any:
    """Take a submitted report back while its period is open, with the reason."""
    row = permit.return_in_sight(caller(request), report)
    return do(request, key, returns.recall, return_id=row.pk, reason=given.reason)


@router.post(
    "/reports/returns/{report}/reopen", auth=WRITES, response=answers(Done), summary="Reopen one"
)
def reopen(request: HttpRequest, report: Id, given: WhyIn, key: Key) -> Any:
    """Who gathers opens the report of one unit again, with the reason; the others stay as they are."""
    row = permit.return_in_sight(caller(request), report)
    return do(request, key, returns.reopen, return_id=row.pk, reason=given.reason)


@router.get("/reports/rounds/{round}", response=answers(CountsOut), summary="Who reported")
def one_round(request: HttpRequest, round: Id) -> Any:
    """The counts of a period with their denominator, and the missing by name."""
    row: Round = permit.round_in_sight(caller(request), round)
    counts = counts_of(row, clock.now())
    names = ("expected", "received", "on_time", "nothing", "late", "waiting", "silent")
    return {
        "id": row.pk,
        "series": row.series.name,
        "since": row.since,
        "until": row.until,
        "due_at": row.due_at,
        "locked_at": row.locked_at,
        **{name: getattr(counts, name) for name in names},
        "late_names": list(counts.late_names),
        "missing_names": list(counts.missing_names),
    }


@router.get("/reports/snapshots/{snapshot}", response=answers(SnapshotOut), summary="A snapshot")
def one_snapshot(request: HttpRequest, snapshot: Id) -> Any:
    """The figures for one recipient as they stood at its cut-off, and what they rest on."""
    row: Snapshot = permit.snapshot_in_sight(caller(request), snapshot)
    return {
        "id": row.pk,
        "recipient": row.recipient.name,
        "since": row.since,
        "until": row.until,
        "version": row.version,
        "cut_at": row.cut_at,
        "digest": row.digest,
        "content": row.content,
    }

"""Looking at a period: who reported, what it adds up to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from thongsuot.apps.reporting.models import Return, Round, Series, Standing
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.returns import came
from thongsuot.rules.reporting.returns import Counts, count


def counts_of(round_: Round, now: datetime) -> Counts:
    """Who reported for a period, as of a moment: the counts and the missing by name. Two queries."""
    rows = list(round_.returns.order_by("pk").only("round", "body", "received_at", "nothing"))
    names = body_names((r.body_id for r in rows), round_.since)
    return count(came(rows, names), round_.due_at, now)


def with_standing(rows: "QuerySet[Return]", now: datetime) -> "QuerySet[Return]":
    """Returns with the count in which each stands, as the database sees it: for filters."""
    due = F("round__due_at")
    there = Q(received_at__isnull=False, received_at__lte=now)
    return rows.annotate(
        standing=Case(
            When(there & Q(received_at__gt=due), then=Value(Standing.LATE.value)),
            When(there & Q(nothing=True), then=Value(Standing.NOTHING.value)),
            When(there, then=Value(Standing.ON_TIME.value)),
            When(round__due_at__gte=now, then=Value(Standing.WAITING.value)),
            default=Value(Standing.SILENT.value),
            output_field=CharField(),
        )
    )


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One period of a series on its page."""

    round: Round
    counts: Counts


def round_lines(series: Series, now: datetime, most: int = 20) -> list[RoundLine]:
    """The newest periods of a series with their counts; three queries whatever their number."""
    rounds = list(series.rounds.filter(opened_at__lte=now).order_by("-since")[:most])
    rows: dict[int, list[Return]] = {r.pk: [] for r in rounds}
    found = Return.objects.filter(round__in=rounds).only("round", "body", "received_at", "nothing")
    for one in found.order_by("pk"):
        rows[one.round_id].append(one)
    names = body_names({r.body_id for those in rows.values() for r in those})
    return [RoundLine(r, count(came(rows[r.pk], names), r.due_at, now)) for r in rounds]


def latest_rounds(series: "QuerySet[Series]", now: datetime) -> list[RoundLine]:
    """The newest period of each of some series, with its counts."""
    newest: dict[int, Round] = {}
    rounds = Round.objects.filter(series__in=series.values("pk"), opened_at__lte=now)
    for round_ in rounds.select_related("series").order_by("series", "since"):
        newest[round_.series_id] = round_
    rows: dict[int, list[Return]] = {r.pk: [] for r in newest.values()}
    found = Return.objects.filter(round__in=rows).only("round", "body", "received_at", "nothing")
    for one in found.order_by("pk"):
        rows[one.round_id].append(one)
    names = body_names({r.body_id for those in rows.values() for r in those})
    lines = [RoundLine(r, count(came(rows[r.pk], names), r.due_at, now)) for r in newest.values()]
    return sorted(lines, key=lambda line: (line.round.due_at, line.round.pk), reverse=True)

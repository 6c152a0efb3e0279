"""What the rhythm does by itself: periods open on their day, snapshots are taken at their hour.

Run late or twice it comes to the same: a period opens once, and a snapshot holds what had been
filed by its cut-off whenever it is taken.
"""

from datetime import date, datetime

from django.utils import timezone

from thongsuot.apps.reporting.actions.papers import freeze
from thongsuot.apps.reporting.actions.rounds import open_now
from thongsuot.apps.reporting.actions.steps import Result, series_chain
from thongsuot.apps.reporting.models import PeriodKind, Recipient, Round, Series, Snapshot
from thongsuot.apps.reporting.queries.snapshots import due_of
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting.periods import period_of, preceding

SYSTEM = Actor(0, "Hệ thống")
BACK = 4  # periods looked back for a snapshot that was not taken


@action("reporting.round-opened-in-rhythm")
def open_in_rhythm(act: Act, *, series_id: int, on: str) -> Result:
    """Open the period of a series in which a day lies, because its day has come."""
    act.lock(series_chain(series_id))
    series = Series.objects.get(pk=series_id)
    return open_now(act, series, period_of(series.rhythm, date.fromisoformat(on)))


@action("reporting.snapshot-taken-in-rhythm")
def freeze_in_rhythm(act: Act, *, recipient_id: int, on: str) -> Result:
    """Freeze a recipient's period, because its cut-off has come."""
    recipient = Recipient.objects.select_related("series__form").get(pk=recipient_id)
    act.lock(series_chain(recipient.series_id))
    return freeze(act, recipient, date.fromisoformat(on), reason="", early=False)


def run(at: datetime) -> tuple[int, int, tuple[Problem, ...]]:
    """Open and freeze what is due. Returns how many of each, and what could not be done and why."""
    opened, frozen = 0, 0
    left: list[Problem] = []
    today = timezone.localtime(at).date()
    running = Series.objects.filter(closed_at__isnull=True).exclude(kind=PeriodKind.AD_HOC)
    for series in running.order_by("pk"):
        since = period_of(series.rhythm, today).since
        if since and not series.rounds.filter(since=since).exists():
            key = f"rhythm/open/{series.pk}/{since}"
            try:
                open_in_rhythm(Act(by=SYSTEM, key=key, at=at), series_id=series.pk, on=f"{since}")
                opened += 1
            except Refused as refused:
                left += refused.problems
        for recipient in series.recipients.filter(ended_at__isnull=True).order_by("pk"):
            for day in _due(recipient, today, at):
                key = f"rhythm/freeze/{recipient.pk}/{day}"
                act = Act(by=SYSTEM, key=key, at=at)
                freeze_in_rhythm(act, recipient_id=recipient.pk, on=day.isoformat())
                frozen += 1
    return opened, frozen, tuple(left)


def _due(recipient: Recipient, today: date, at: datetime) -> list[date]:
    """First days of the periods whose cut-off has come and that have no snapshot, in order."""
    if recipient.kind == PeriodKind.AD_HOC:
        return []
    period, found = period_of(recipient.rhythm, today), []
    for _turn in range(BACK):
        ends = Round.objects.filter(
            series=recipient.series_id, until__gt=period.since, until__lte=period.until
        )
        taken = Snapshot.objects.filter(recipient=recipient, since=period.since or date.min)
        if (
            period.since
            and due_of(recipient, period).cut_at <= at
            and ends.exists()
            and not taken.exists()
        ):
            found.append(period.since)
        period = preceding(recipient.rhythm, period)
    return sorted(found)

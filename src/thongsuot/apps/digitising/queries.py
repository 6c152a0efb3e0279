"""Looking at fonds: the figures, the pace, what is left, and whether every scan is still sound."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.digitising.models import (
    FixityCheck,
    Fonds,
    Lot,
    LotState,
    Outcome,
    Record,
    Scan,
    Stage,
    StageLine,
)
from thongsuot.apps.handover.calendar import calendar_around
from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.models.choices import ItemState, Kind
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.files.models import StoredFile
from thongsuot.rules.digitising.pace import WEEKS, Forecast, by_week, forecast, pace_of
from thongsuot.rules.digitising.stages import NAMED, Figures, check_closing, figures_of
from thongsuot.rules.kernel.problem import Problem

GONE = (ItemState.UNDONE, ItemState.REPLACED, ItemState.DESTROYED)
REACHED = ("counted", "boxed", "scanned", "checked", "accepted")
WEEKS_SHOWN = 8


def records_of(fonds: Fonds) -> "QuerySet[Record]":
    """The files of a fonds, without those that were taken back."""
    return Record.objects.filter(fonds=fonds, withdrawn_at__isnull=True)


def figures(fonds: Fonds) -> Figures:
    """The five figures of a fonds, counted from its files."""
    rows = records_of(fonds).order_by().values_list("stage").annotate(n=Count("pk"))
    return figures_of(dict(rows))


def with_figures(rows: "QuerySet[Fonds]") -> "QuerySet[Fonds]":
    """Fonds with their five figures and the name of their body, in one query."""
    live = Q(records__withdrawn_at__isnull=True)
    counts = {
        f"n_{name}": Count("records", filter=live & Q(records__stage__gte=stage))
        for stage, name in zip(Stage.values, REACHED, strict=True)
    }
    named = BodyVersion.objects.known().filter(body=OuterRef("body")).order_by("-since", "-id")
    return rows.annotate(body_name=Subquery(named.values("name")[:1]), **counts)


def accepted_by_day(fonds: Fonds, since: date) -> dict[date, int]:
    """How many files were accepted on each day since a day."""
    rows = StageLine.objects.filter(fonds=fonds, dst=Stage.ACCEPTED, on__gte=since)
    return dict(rows.order_by().values_list("on").annotate(n=Count("pk")))


def outlook(fonds: Fonds, left: int, today: date) -> tuple[Forecast, tuple[tuple[date, int], ...]]:
    """When the fonds would be finished at the pace of the last four weeks, and the last weeks."""
    calendar = calendar_around(today.year)
    accepted = accepted_by_day(fonds, today - timedelta(weeks=max(WEEKS, WEEKS_SHOWN) + 1))
    pace = pace_of(accepted, today, calendar)
    return forecast(left, pace, today, calendar), by_week(accepted, today, WEEKS_SHOWN)


def current_scans(fonds: Fonds) -> "QuerySet[Scan]":
    """The scans that count: of the last turn of each file that was not taken back."""
    return Scan.objects.filter(
        record__fonds=fonds, record__withdrawn_at__isnull=True, turn=F("record__turn")
    )


def last_of(field: str = "outcome") -> Subquery:
    """What the last check of a scan says: its outcome or its moment."""
    checks = FixityCheck.objects.filter(file=OuterRef("file")).order_by("-id")
    return Subquery(checks.values(field)[:1])


def damaged(fonds: Fonds) -> list[str]:
    """The codes of files whose scan was damaged or missing when it was last read."""
    rows = current_scans(fonds).annotate(last=last_of())
    bad = rows.filter(last__in=(Outcome.CHANGED, Outcome.MISSING))
    return list(bad.order_by("record__code").values_list("record__code", flat=True))


def unverified(fonds: Fonds) -> int:
    """How many scans that count were never read again since they were kept."""
    return current_scans(fonds).annotate(last=last_of()).filter(last=None).count()


def what_is_left(fonds: Fonds) -> tuple[Problem, ...]:
    """Everything that keeps a fonds open."""
    examples = {
        stage: records_of(fonds).filter(stage=stage).order_by("code").values_list("code", flat=True)[:NAMED]
        for stage in Stage.values[:-1]
    }  # fmt: skip
    return check_closing(
        figures(fonds),
        examples,
        open_lots=Lot.objects.filter(fonds=fonds, state=LotState.OPEN).count(),
        damaged=damaged(fonds),
        unverified=unverified(fonds),
    )


def archive_items(body: int, name: str) -> "QuerySet[Item]":
    """The archive items that a body gives whose annex names that fonds."""
    rows = Item.objects.filter(giver=body, kind=Kind.ARCHIVE, annex__fonds=name)
    return rows.exclude(state__in=GONE)


def fonds_named(bodies: Iterable[int]) -> list[tuple[int, str, int]]:
    """The fonds that the archive items of these bodies name: (body, name, files)."""
    rows = Item.objects.filter(giver__in=list(bodies), kind=Kind.ARCHIVE)
    named = rows.exclude(state__in=GONE).order_by().values_list("giver", "annex__fonds")
    return sorted((b, str(n), count) for b, n, count in named.annotate(n=Count("pk")) if n)


def due_files(now: datetime, days: int, limit: int) -> "QuerySet[StoredFile]":
    """Kept scans not read for so many days, those never read first, then the oldest."""
    last = FixityCheck.objects.filter(file=OuterRef("pk")).order_by("-id").values("at")[:1]
    kept = StoredFile.objects.filter(pk__in=Scan.objects.values("file"))
    rows = kept.annotate(last=Subquery(last))
    due = rows.filter(Q(last=None) | Q(last__lte=now - timedelta(days=days)))
    return due.order_by(F("last").asc(nulls_first=True), "pk")[:limit]


def last_check(fonds: Fonds) -> datetime | None:
    """When a scan of the fonds was last read."""
    files = current_scans(fonds).values("file")
    found: datetime | None = FixityCheck.objects.filter(file__in=files).aggregate(at=Max("at"))[
        "at"
    ]
    return found


def fixity_counts(fonds: Fonds) -> dict[str, int]:
    """The scans that count by what their last check found; "" for those never read."""
    rows = current_scans(fonds).annotate(last=last_of()).order_by().values_list("last")
    return {outcome or "": n for outcome, n in rows.annotate(n=Count("pk"))}

"""What about reports does not fit; for ``thongsuot verify``."""

from collections.abc import Iterator

from thongsuot.apps.reporting.actions.papers import content_digest
from thongsuot.apps.reporting.models import Brief, Filing, FilingKind, Return, Snapshot
from thongsuot.apps.reporting.queries.snapshots import seal
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

CHUNK = 2_000
COUNTS = frozenset({FilingKind.SUBMITTED, FilingKind.NOTHING})


def faults() -> Iterator[Problem]:
    """Snapshots and signed briefs against their digests, returns against what was filed."""
    for snapshot in Snapshot.objects.order_by("pk").iterator(CHUNK):
        days = Period(snapshot.since, snapshot.until)
        sealed = seal(snapshot.content, days, snapshot.cut_at)
        if sealed != snapshot.digest:
            yield Problem("reporting.digest-differs", f"snapshot:{snapshot.pk}")
    signed = Brief.objects.filter(signed_at__isnull=False).select_related("snapshot")
    for brief in signed.order_by("pk").iterator(CHUNK):
        if content_digest(brief) != brief.digest:
            yield Problem("reporting.digest-differs", f"brief:{brief.pk}")
    yield from _returns()


def _returns() -> Iterator[Problem]:
    """A return is there exactly when its last word, drafts and reopenings aside, was a report."""
    told = Filing.objects.exclude(kind__in=(FilingKind.DRAFT, FilingKind.REOPENED))
    ordered = told.order_by("owner", "number").values_list("owner", "kind")
    last: dict[int, str] = dict(ordered.iterator(CHUNK))  # the last word of each stays
    rows = Return.objects.order_by("pk").values_list("pk", "received_at", "nothing")
    for pk, received_at, nothing in rows.iterator(CHUNK):
        there = last.get(pk) in COUNTS
        if there != (received_at is not None) or nothing != (last.get(pk) == FilingKind.NOTHING):
            yield Problem("reporting.return-differs", str(pk))

"""Facts with two clocks: when a thing was true, and when it was written down."""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model, covariant=True)


class RecordedQuerySet(models.QuerySet[M]):
    """Records as they are known now, or as they were known at a moment."""

    def known(self, at: datetime | None = None) -> Self:
        """Records not corrected yet; with ``at``, as they stood at that moment."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=at), recorded_at__lte=at
        )


# An empty day lies before or after every other: the two databases would place it differently.
_ORDER = {
    "since": F("since").asc(nulls_first=True),
    "-since": F("since").desc(nulls_last=True),
    "until": F("until").asc(nulls_last=True),
    "-until": F("until").desc(nulls_first=True),
}


class FactQuerySet(RecordedQuerySet[M]):
    """Facts that hold on a day."""

    def order_by(self, *field_names: Any) -> Self:
        """In that order; a fact without ``since`` is the oldest, one without ``until`` the last."""
        given = (_ORDER.get(n, n) if isinstance(n, str) else n for n in field_names)
        return super().order_by(*given)

    def on(self, day: date, at: datetime | None = None) -> Self:
        """Facts true on ``day``, as known now or at the moment ``at``.

        Shapes: ``since`` is inside, ``until`` is outside. An end that was written down after
        ``at`` was not known then and does not count.
        """
        ends = Q(until__isnull=True) | Q(until__gt=day)
        if at is not None:
            ends |= Q(ended_at__gt=at)
        return self.known(at).filter(ends, Q(since__isnull=True) | Q(since__lte=day))


class Recorded(models.Model):
    """Something written down at a moment, and corrected only by a new record naming it."""

    recorded_at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction"
    )
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Fact(Recorded):
    """Something true from ``since`` up to, and not including, ``until``.

    ``since`` empty: from before anything recorded. ``until`` may be written later, once, and
    ``ended_at`` then says when it was written; every other change is a correction.
    """

    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gt=F("since")),
                name="%(app_label)s_%(class)s_until_after_since",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(until__isnull=False),
                name="%(app_label)s_%(class)s_ended_has_until",
            ),
        ]

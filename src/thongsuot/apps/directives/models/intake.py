"""What people decided about the drafts that were read out of a document."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.models.documents import Document
from thongsuot.apps.directives.models.duties import Duty
from thongsuot.rules.directives.intake import review


class IntakeWord(models.TextChoices):
    """What was done with a proposal."""

    ACCEPTED = review.ACCEPTED, _("nhận")
    REJECTED = review.REJECTED, _("bỏ")
    SPLIT = review.SPLIT, _("tách")
    JOINED = review.JOINED, _("gộp")
    ADDED = review.ADDED, _("thêm")


class IntakeDecision(models.Model):
    """One decision about one span of a document's text. Only ever added to.

    ``before`` are the proposals as read, ``after`` what the person made of them, both in the
    exchange form; ``duty`` is the draft that came of an accepted one.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="decisions", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=IntakeWord.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    cut = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="directives_intakedecision_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IntakeWord.values), name="directives_intakedecision_kind"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="directives_intakedecision_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number} {self.kind}"

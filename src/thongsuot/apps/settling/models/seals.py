"""The register of seals, and every step of every seal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.settling.models.choices import SealAct, SealState, SealType
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.settling.seals import SETTLED

NOT_SETTLED = ~Q(state__in=sorted(SETTLED))


class Seal(models.Model):
    """One seal of a body: an old one that must come back, or a new one that was issued.

    An old one comes from ``item`` of the ledger. ``state`` and ``since`` always equal the last
    step. ``receiver`` is who took an old one back, or issued a new one; ``paper`` the certificate
    that it came back, or the announcement that it is lost.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="+", db_index=False)
    body = BodyField(
        when_closed="blocks",
        open_rows=Q(old=True) & NOT_SETTLED,
        what=_("con dấu chưa thu hồi"),
        related_name="+",
        db_index=False,
    )
    item = models.OneToOneField(Item, models.PROTECT, null=True, blank=True, related_name="seal")
    old = models.BooleanField()
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=240)
    seal_type = models.CharField(max_length=8, choices=SealType.choices)
    certificate_no = models.CharField(max_length=60, blank=True)
    keeper = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=9, choices=SealState.choices, default=SealState.IN_USE)
    since = models.DateField(null=True, blank=True)
    receiver = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    paper = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transition", "old", "code"], name="settling_seal_code_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SealState.values), name="settling_seal_state"
            ),
            models.CheckConstraint(
                condition=Q(seal_type__in=SealType.values), name="settling_seal_type"
            ),
            models.CheckConstraint(
                condition=Q(old=True) | Q(state=SealState.IN_USE),
                name="settling_seal_new_is_in_use",
            ),
        ]
        indexes = [
            models.Index(fields=["transition", "id"], name="settling_seal_in_order"),
            models.Index(fields=["transition", "code", "id"], name="settling_seal_by_code"),
            models.Index(fields=["body", "state"], name="settling_seal_of_body"),
        ]

    def __str__(self) -> str:
        return self.code


class SealStep(models.Model):
    """One step of a seal: from which state to which, on which day and paper, to whom."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=8, choices=SealAct.choices)
    src = models.CharField(max_length=9, choices=SealState.choices)
    dst = models.CharField(max_length=9, choices=SealState.choices)
    on = models.DateField()
    number = models.CharField(max_length=100, blank=True)
    receiver = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.seal_id}/{self.act}"

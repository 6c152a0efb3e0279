"""The closing sheet of a body, what the kho bạc confirms of it, and what was excused by name."""

from django.db import models
from django.db.models import Q

from thongsuot.apps.handover.models import Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.settling.models.choices import Section, SheetState
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry


class ClosingSheet(models.Model):
    """The finance of one body on its closing day (bảng khóa sổ).

    While it is frozen none of its lines changes: the database refuses it too.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="+")
    body = BodyField(when_closed="stays", related_name="+")
    as_of = models.DateField()
    state = models.CharField(max_length=6, choices=SheetState.choices, default=SheetState.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transition", "body"], name="settling_sheet_once"),
            models.CheckConstraint(
                condition=Q(state__in=SheetState.values), name="settling_sheet_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transition_id}/{self.body_id}"


class SheetLine(models.Model):
    """One line of a closing sheet. A changed line is a new row that ``replaces`` the old one.

    ``live``: whether it stands on the sheet now. ``items`` are codes of finance items of the
    ledger that the makers of the sheet named. Amounts are whole đồng.
    """

    sheet = models.ForeignKey(ClosingSheet, models.PROTECT, related_name="lines")
    section = models.CharField(max_length=12, choices=Section.choices)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    account = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    granted = models.BigIntegerField(null=True, blank=True)
    spent = models.BigIntegerField(null=True, blank=True)
    amount = models.BigIntegerField()
    counterparty = models.CharField(max_length=200, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    items = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    batch = models.BigIntegerField(null=True, blank=True)
    live = models.BooleanField(default=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "code"], condition=Q(live=True), name="settling_line_code_once"
            ),
            models.CheckConstraint(
                condition=Q(section__in=Section.values), name="settling_line_section"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0)
                & (Q(granted__isnull=True) | Q(granted__gte=0))
                & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="settling_line_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.code}"


class Confirmation(models.Model):
    """What the kho bạc confirms for a sheet (xác nhận số dư); the newest one counts."""

    sheet = models.ForeignKey(ClosingSheet, models.PROTECT, related_name="confirmations")
    number = models.CharField(max_length=100)
    on = models.DateField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number


class ConfirmedAmount(models.Model):
    """One account on a confirmation, and how much is on it, in whole đồng."""

    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="amounts")
    account = models.CharField(max_length=40)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["confirmation", "account"], name="settling_confirmed_account_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="settling_confirmed_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return self.account


class SheetException(models.Model):
    """A difference between a line (or an item) and the ledger that was excused by name.

    ``difference`` is exactly what was excused: when the figures change it no longer holds.
    """

    sheet = models.ForeignKey(ClosingSheet, models.PROTECT, related_name="exceptions")
    code = models.CharField(max_length=80)
    difference = models.BigIntegerField()
    reason = models.TextField()
    decided_by = models.CharField(max_length=300)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.code}"

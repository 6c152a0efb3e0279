"""Fonds, their files, scans and lots, and everything that is only added to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models import Item
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.digitising import stages


class Stage(models.IntegerChoices):
    """The five stages."""

    COUNTED = stages.COUNTED, _("đã kiểm đếm")
    BOXED = stages.BOXED, _("đã đóng hộp")
    SCANNED = stages.SCANNED, _("đã quét")
    CHECKED = stages.CHECKED, _("đã kiểm tra")
    ACCEPTED = stages.ACCEPTED, _("đã nghiệm thu")


class LotState(models.TextChoices):
    """How far a lot is."""

    OPEN = "open", _("đang kiểm tra")
    CHECKED = "checked", _("đạt, chờ nghiệm thu")
    ACCEPTED = "accepted", _("đã nghiệm thu")
    REJECTED = "rejected", _("không đạt, quét lại")


class Outcome(models.TextChoices):
    """What a check of a kept scan found."""

    SOUND = "sound", _("nguyên vẹn")
    CHANGED = "changed", _("đã bị thay đổi")
    MISSING = "missing", _("không còn tệp")


class Fonds(models.Model):
    """An archive fonds of a body, to be digitised (phông lưu trữ).

    ``hundredths`` and ``least`` size the sample of a lot, ``most_bad`` how many bad ones it may
    hold, ``every_days`` how often each scan is read again; ``basis`` says by which paper, empty:
    still to be confirmed.
    """

    body = BodyField(
        when_closed="moves",
        what=_("phông lưu trữ đang số hóa"),
        open_rows=Q(closed_at__isnull=True),
        related_name="+",
    )
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    hundredths = models.PositiveSmallIntegerField(default=10)
    least = models.PositiveSmallIntegerField(default=5)
    most_bad = models.PositiveSmallIntegerField(default=0)
    every_days = models.PositiveSmallIntegerField(default=30)
    basis = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="digitising_fonds_once"),
            models.CheckConstraint(
                condition=Q(
                    hundredths__gte=1, hundredths__lte=100, least__gte=1, every_days__gte=1
                ),
                name="digitising_fonds_settings",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lot(models.Model):
    """Files scanned together, looked at by a sample, accepted or scanned again (lô kiểm tra)."""

    fonds = models.ForeignKey(Fonds, models.PROTECT, related_name="lots")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=LotState.choices, default=LotState.OPEN)
    size = models.PositiveIntegerField()
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fonds", "number"], name="digitising_lot_once"),
            models.CheckConstraint(
                condition=Q(state__in=LotState.values) & Q(size__gt=0), name="digitising_lot_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonds_id}/{self.number}"


class Record(models.Model):
    """One file of a fonds (hồ sơ). ``turn`` counts how often it is scanned: a rejected lot adds one.

    ``item`` is the archive item of the handover it comes from; empty when it came by a list.
    """

    fonds = models.ForeignKey(Fonds, models.PROTECT, related_name="records")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=120)
    title = models.CharField(max_length=500)
    folded = models.CharField(max_length=700)
    box = models.CharField(max_length=60, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.COUNTED)
    turn = models.PositiveSmallIntegerField(default=1)
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="records")
    batch = models.BigIntegerField(null=True, blank=True)  # the import it came with
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fonds", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="digitising_record_once",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="digitising_record_stage"
            ),
            models.CheckConstraint(
                condition=Q(stage=stages.COUNTED) | ~Q(box=""), name="digitising_record_boxed"
            ),
        ]
        indexes = [
            models.Index(fields=["fonds", "stage"], name="digitising_record_at"),
            models.Index(fields=["fonds", "code"], name="digitising_record_code"),
        ]

    def __str__(self) -> str:
        return self.code


class StageLine(models.Model):
    """A file went from one stage to another; ``src`` 0: it was put on the list."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="lines")
    fonds = models.ForeignKey(Fonds, models.PROTECT, related_name="+")
    src = models.PositiveSmallIntegerField()
    dst = models.PositiveSmallIntegerField(choices=Stage.choices)
    on = models.DateField()
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["fonds", "dst", "on"], name="digitising_line_day")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.src}→{self.dst}"


class Scan(models.Model):
    """A scan of a file, kept under the hash of its content. ``turn``: of which scanning."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "turn", "file"], name="digitising_scan_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Sampled(models.Model):
    """One file of a lot's sample, and what was seen: good, bad with the fault, or nothing yet."""

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="sample")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    good = models.BooleanField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "record"], name="digitising_sampled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.record_id}"


class FixityCheck(models.Model):
    """A kept scan was read again: sound, changed, or missing. Only added to."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    found = models.CharField(max_length=64, blank=True)  # the hash of what lies there now
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="digitising_check_outcome"
            ),
        ]
        indexes = [models.Index(fields=["file", "-id"], name="digitising_check_file")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.outcome}"

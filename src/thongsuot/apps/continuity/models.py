"""Data copies, the servers they go to, their proofs and checks, and restore drills."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models import Item
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.continuity.schedule import LONGEST


class CopyKind(models.TextChoices):
    """What is copied."""

    FOLDER = "folder", _("thư mục tệp")
    FILE = "file", _("một tệp")
    SQLITE = "sqlite", _("cơ sở dữ liệu SQLite")
    POSTGRES = "postgres-dump", _("bản kết xuất PostgreSQL")


class CopyState(models.TextChoices):
    """How far a copy is."""

    PLANNED = "planned", _("chưa sao")
    MADE = "made", _("chờ đối chiếu")
    VERIFIED = "verified", _("đã đối chiếu, đúng")
    DIFFERENT = "different", _("đối chiếu thấy khác")
    STOPPED = "stopped", _("thôi sao")


class Fitness(models.TextChoices):
    """Whether a server is fit for what it is to hold."""

    UNKNOWN = "unknown", _("chưa đánh giá")
    FIT = "fit", _("phù hợp")
    UNFIT = "unfit", _("không phù hợp")


class DrillResult(models.TextChoices):
    """How a restore drill ended."""

    WHOLE = "whole", _("phục hồi đủ, khớp")
    PARTLY = "partly", _("phục hồi được một phần")
    FAILED = "failed", _("không phục hồi được")


class Server(models.Model):
    """A machine that holds data of a body (máy chủ), its configuration, and whether that suffices."""

    body = BodyField(when_closed="stays", related_name="+")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200, blank=True)
    system = models.CharField(max_length=200, blank=True)
    cores = models.PositiveIntegerField(default=0)
    memory_gb = models.PositiveIntegerField(default=0)
    disk_gb = models.PositiveIntegerField(default=0)
    purpose = models.CharField(max_length=300, blank=True)
    fit = models.CharField(max_length=8, choices=Fitness.choices, default=Fitness.UNKNOWN)
    fit_reason = models.CharField(max_length=1000, blank=True)
    fit_on = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="continuity_server_once"),
            models.CheckConstraint(condition=Q(fit__in=Fitness.values), name="continuity_server_fit"),
            models.CheckConstraint(
                condition=Q(fit=Fitness.UNKNOWN) | (Q(fit_on__isnull=False) & ~Q(fit_reason="")),
                name="continuity_server_fit_says_why",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["folded", "id"], name="continuity_server_folded")]

    def __str__(self) -> str:
        return self.name


class Copy(models.Model):
    """A copy of data that is to be made, once or again and again (bản sao dữ liệu).

    ``verified_on`` is the day on which the newest copy was found equal, and empty again when a
    later one differed. ``every_days`` 0: once. ``round`` counts the copies of a rhythm.
    """

    owner = BodyField(when_closed="stays", related_name="+")
    receiver = BodyField(when_closed="stays", related_name="+")
    system = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=CopyKind.choices)
    place = models.CharField(max_length=300, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    server = models.ForeignKey(Server, models.PROTECT, null=True, blank=True, related_name="copies")
    due_on = models.DateField()
    every_days = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=CopyState.choices, default=CopyState.PLANNED)
    verified_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    stopped_why = models.CharField(max_length=1000, blank=True)
    demo = models.BooleanField(default=False)
    folded = models.CharField(max_length=600)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CopyState.values), name="continuity_copy_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CopyKind.values), name="continuity_copy_kind"
            ),
            models.CheckConstraint(
                condition=Q(every_days__lte=LONGEST), name="continuity_copy_rhythm"
            ),
            models.CheckConstraint(
                condition=~Q(state=CopyState.VERIFIED) | Q(verified_on__isnull=False),
                name="continuity_copy_verified_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="continuity_copy_due"),
            models.Index(fields=["folded", "id"], name="continuity_copy_folded"),
            models.Index(fields=["state", "due_on"], name="continuity_copy_late"),
        ]

    def __str__(self) -> str:
        return self.system


class CopyProof(models.Model):
    """The proof of a copy as its giver made it. Never changed; a better one is a new row."""

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="proofs", db_index=False)
    number = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    root = models.CharField(max_length=64)
    files = models.BigIntegerField()
    rows = models.BigIntegerField()
    octets = models.BigIntegerField()
    tables = models.BigIntegerField()
    made_at = models.CharField(max_length=40)  # as the proof says it, with its offset
    made_by = models.CharField(max_length=200)
    tool = models.CharField(max_length=60)
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "number"], name="continuity_proof_once"),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id}/{self.number}"


class CopyCheck(models.Model):
    """The receiver's check of a copy against one proof. Never changed.

    ``differences`` names the first ones as plain values; ``count`` is how many there are.
    """

    copy = models.ForeignKey(Copy, models.PROTECT, related_name="checks", db_index=False)
    number = models.PositiveIntegerField()
    proof = models.ForeignKey(CopyProof, models.PROTECT, related_name="checks")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    equal = models.BooleanField()
    count = models.BigIntegerField()
    differences = models.JSONField(default=list)
    sampled = models.PositiveIntegerField(default=0)
    own_reading = models.BooleanField()  # compared here from two proofs, not told by a result
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "number"], name="continuity_check_once"),
            models.CheckConstraint(
                condition=Q(equal=True, count=0) | Q(equal=False, count__gt=0),
                name="continuity_check_says_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id}/{self.number}"


class Drill(models.Model):
    """A restore that was tried: when, what, how it ended, how long it took. Never changed."""

    body = BodyField(when_closed="stays", related_name="+")
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, blank=True, related_name="drills")
    on = models.DateField()
    what = models.CharField(max_length=300)
    result = models.CharField(max_length=8, choices=DrillResult.choices)
    minutes = models.PositiveIntegerField()
    compared = models.CharField(max_length=1000)
    user = models.BigIntegerField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    folded = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=DrillResult.values), name="continuity_drill_result"
            ),
        ]
        indexes = [models.Index(fields=["on", "id"], name="continuity_drill_on")]

    def __str__(self) -> str:
        return self.what

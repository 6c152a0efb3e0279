"""Procedures, the sets that announced them, one-stop shops, what each offers, and the desk log."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Unit
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.procedures import counting


class DossierState(models.TextChoices):
    """Where a dossier stands."""

    OPEN = counting.OPEN, _("đang giải quyết")
    PAUSED = counting.PAUSED, _("chờ bổ sung")
    DONE = counting.DONE, _("đã trả kết quả")
    RETURNED = counting.RETURNED, _("trả lại")


class Judgement(models.TextChoices):
    """How a finished dossier kept its day."""

    EARLY = counting.EARLY, _("trước hạn")
    ON_TIME = counting.ON_TIME, _("đúng hạn")
    LATE = counting.LATE, _("trễ hạn")


class DossierAct(models.TextChoices):
    """What can be done with a dossier."""

    RECEIVE = "receive", _("Nhận hồ sơ")
    PAUSE = "pause", _("Yêu cầu bổ sung")
    RESUME = "resume", _("Đã bổ sung, giải quyết tiếp")
    FINISH = "finish", _("Trả kết quả")
    RETURN = "return", _("Trả lại, không đủ điều kiện")
    MOVE = "move", _("Bàn giao nơi giải quyết")


GOES_ON = Q(state__in=sorted(counting.GOES_ON))
TONES = {
    DossierState.OPEN: "wait", DossierState.PAUSED: "plain", DossierState.DONE: "even",
    DossierState.RETURNED: "quiet",
}  # fmt: skip


class AnnouncedSet(models.Model):
    """A decision that announced a set of procedures (quyết định công bố)."""

    number = models.CharField(max_length=100, unique=True)
    day = models.DateField()
    issuer = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    confirmed = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number


class Procedure(models.Model):
    """One version of one procedure. A change is a new row; the old one is no longer ``live``."""

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=400)
    field = models.CharField(max_length=80)
    province = models.BooleanField(default=False)
    commune = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField()
    fee = models.CharField(max_length=200, blank=True)
    papers = models.TextField(blank=True)
    workflow = models.TextField(blank=True)
    announced = models.ForeignKey(
        AnnouncedSet, models.PROTECT, null=True, blank=True, related_name="procedures"
    )
    boundary_free = models.BooleanField(default=False)
    portal = models.URLField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    live = models.BooleanField(default=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    batch = models.BigIntegerField(null=True, blank=True)
    folded = models.CharField(max_length=500)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(live=True), name="procedures_procedure_one_live"
            ),
            models.CheckConstraint(
                condition=Q(province=True) | Q(commune=True), name="procedures_procedure_has_level"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="procedures_procedure_until_after_since",
            ),
        ]
        indexes = [
            models.Index(fields=["live", "code"], name="procedures_by_code"),
            models.Index(fields=["live", "field", "code"], name="procedures_by_field"),
        ]

    def __str__(self) -> str:
        return self.code


class Shop(models.Model):
    """A one-stop shop (bộ phận một cửa): whose it is, where, when it is open, how it is equipped."""

    body = BodyField(
        when_closed="blocks",
        open_rows=Q(until__isnull=True),
        what=_("bộ phận một cửa đang hoạt động"),
        related_name="+",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sign = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    hours = models.CharField(max_length=300)
    phone = models.CharField(max_length=60, blank=True)
    equipment = models.TextField(blank=True)
    modern = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=400)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="procedures_shop_until_after_since",
            ),
            models.UniqueConstraint(fields=["sign"], name="procedures_shop_sign_once"),
        ]
        indexes = [models.Index(fields=["unit", "since"], name="procedures_shop_of_unit")]

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """That a shop receives a procedure, and whether its commune also decides it."""

    shop = models.ForeignKey(Shop, models.PROTECT, related_name="offers", db_index=False)
    code = models.CharField(max_length=60)
    decides = models.BooleanField(default=False)
    live = models.BooleanField(default=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "code"], condition=Q(live=True), name="procedures_offer_once"
            )
        ]
        indexes = [models.Index(fields=["code", "live"], name="procedures_offer_of_code")]

    def __str__(self) -> str:
        return f"{self.shop_id} {self.code}"


class Dossier(models.Model):
    """One dossier in the desk log: no name and no number of a person, just its days.

    ``number`` is that of the receipt; ``outside`` the code on the system of the one-stop shop.
    ``body`` is who handles it: it moves on when that body ends. ``due_on`` is moved by pauses.
    """

    number = models.CharField(max_length=40, unique=True)
    outside = models.CharField(max_length=60, blank=True)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="dossiers", db_index=False)
    body = BodyField(
        when_closed="moves",
        open_rows=GOES_ON,
        what=_("hồ sơ thủ tục đang giải quyết"),
        related_name="+",
        db_index=False,
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="dossiers")
    received = models.DateField()
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=DossierState.choices, default=DossierState.OPEN)
    finished = models.DateField(null=True, blank=True)
    judged = models.CharField(max_length=7, choices=Judgement.choices, blank=True)
    batch = models.BigIntegerField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DossierState.values), name="procedures_dossier_state"
            ),
            models.CheckConstraint(
                condition=Q(state=DossierState.DONE, finished__isnull=False)
                & Q(judged__in=Judgement.values)
                | ~Q(state=DossierState.DONE) & Q(judged=""),
                name="procedures_dossier_done_is_judged",
            ),
            models.UniqueConstraint(
                fields=["shop", "outside"], condition=~Q(outside=""),
                name="procedures_dossier_outside_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["shop", "state", "due_on"], name="procedures_dossier_shop"),
            models.Index(fields=["body", "state"], name="procedures_dossier_body"),
            models.Index(fields=["received", "id"], name="procedures_dossier_received"),
            models.Index(fields=["due_on", "id"], name="procedures_dossier_due"),
        ]

    def __str__(self) -> str:
        return self.number


class DossierStep(models.Model):
    """One step of a dossier: what, on which day, why, where it went."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=7, choices=DossierAct.choices)
    on = models.DateField()
    reason = models.TextField(blank=True)
    to_body = BodyField(when_closed="stays", null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "id"], name="procedures_step_in_order")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.act}"

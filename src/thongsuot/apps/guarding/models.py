"""Guarded places, the people who guard them, their shifts, and everything that is only added to."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.apps.registry.models import Person
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.guarding import ladder, watch


class How(models.TextChoices):
    """How a watch came to its holder."""

    START = watch.START, _("bắt đầu bảo vệ")
    SCANS = watch.SCANS, _("giao ca bằng hai mã")
    ORDER = watch.ORDER, _("theo lệnh người phụ trách")


class Rung(models.TextChoices):
    """The rungs of the ladder."""

    GUARD = ladder.GUARD, _("người đang giữ ca")
    SHIFT_HEAD = ladder.SHIFT_HEAD, _("trưởng ca")
    OFFICE_HEAD = ladder.OFFICE_HEAD, _("lãnh đạo cơ quan")
    STEERING = ladder.STEERING, _("Ban Chỉ đạo")


class About(models.TextChoices):
    """What an alarm is about."""

    ROUND = "round", _("vòng tuần tra")
    HANDOVER = "handover", _("giao ca")


class ScanKind(models.TextChoices):
    """What a code was given for."""

    WATCH = "watch", _("giao ca")
    ROUND = "round", _("tuần tra")


class ShiftState(models.TextChoices):
    """Whether a shift counts."""

    PLANNED = "planned", _("theo lịch")
    CANCELLED = "cancelled", _("đã thay")


class Guard(models.Model):
    """A person who may stand guard. ``badge`` is a keyed hash of the own code, never the code."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    body = BodyField(when_closed="stays", related_name="+")
    badge = models.CharField(max_length=64, unique=True)
    badge_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Place(models.Model):
    """A store that is guarded every minute from ``since`` (nơi có bảo vệ 24/24 giờ).

    Minutes and hours are what the office has set; ``basis`` says by which paper, empty: still to
    be confirmed. ``first`` answers from the first minute, ``head`` leads the shifts.
    """

    body = BodyField(
        when_closed="moves",
        what=_("nơi đang có bảo vệ 24/24 giờ"),
        open_rows=Q(until__isnull=True),
        related_name="+",
    )
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    first = models.ForeignKey(Guard, models.PROTECT, related_name="+")
    head = models.ForeignKey(Guard, models.PROTECT, related_name="+")
    every = models.PositiveSmallIntegerField(default=120)
    grace = models.PositiveSmallIntegerField(default=15)
    silent = models.PositiveSmallIntegerField(default=30)
    step = models.PositiveSmallIntegerField(default=15)
    window = models.PositiveSmallIntegerField(default=15)
    shift_hours = models.PositiveSmallIntegerField(default=12)
    week_hours = models.PositiveSmallIntegerField(default=48)
    rest_hours = models.PositiveSmallIntegerField(default=12)
    basis = models.CharField(max_length=300, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="guarding_place_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="guarding_place_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(every__gte=15) & Q(silent__gt=F("grace")), name="guarding_place_rhythm"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CheckPoint(models.Model):
    """A point that each round must pass. Its code hangs on the wall and is no secret."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="points")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=12, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                condition=Q(until__isnull=True),
                name="guarding_point_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Roster(models.Model):
    """A published stretch of shifts without a gap; the next one begins where it ends."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="rosters")
    since = models.DateTimeField()
    until = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="guarding_roster_in_order"
            ),
            models.UniqueConstraint(fields=["place", "since"], name="guarding_roster_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.since:%d/%m/%Y}"


class Shift(models.Model):
    """One guard at one place for one stretch. Never deleted: what replaces it says so."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="shifts")
    place = models.ForeignKey(Place, models.PROTECT, related_name="shifts")
    guard = models.ForeignKey(Guard, models.PROTECT, related_name="shifts")
    since = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=9, choices=ShiftState.choices, default=ShiftState.PLANNED)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField(max_length=500, blank=True)
    folded = models.CharField(max_length=200, blank=True)  # the name of the guard, for searching

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="guarding_shift_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ShiftState.values), name="guarding_shift_state"
            ),
            models.UniqueConstraint(
                fields=["guard", "since"],
                condition=Q(state=ShiftState.PLANNED),
                name="guarding_shift_one_place",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "since"], name="guarding_shift_place"),
            models.Index(fields=["guard", "until"], name="guarding_shift_guard"),
        ]

    def __str__(self) -> str:
        return f"{self.guard_id} {self.since:%d/%m %H:%M}"


class Absence(models.Model):
    """A guard will be away; recorded together with who stands in, never alone."""

    guard = models.ForeignKey(Guard, models.PROTECT, related_name="absences")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=500)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="guarding_absence_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guard_id} {self.since:%d/%m %H:%M}"


class Scan(models.Model):
    """A code given at a place: a guard's own to hand over the watch, a point's on a round."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="scans")
    kind = models.CharField(max_length=5, choices=ScanKind.choices)
    guard = models.ForeignKey(Guard, models.PROTECT, related_name="+")
    point = models.ForeignKey(CheckPoint, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ScanKind.WATCH, point__isnull=True)
                | Q(kind=ScanKind.ROUND, point__isnull=False),
                name="guarding_scan_kind",
            ),
        ]
        indexes = [models.Index(fields=["place", "kind", "at"], name="guarding_scan_place")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind} {self.at:%d/%m %H:%M}"


class Taking(models.Model):
    """Somebody took the watch of a place: responsible from ``at`` until the next taking."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="takings")
    guard = models.ForeignKey(Guard, models.PROTECT, related_name="+")
    left = models.ForeignKey(Guard, models.PROTECT, null=True, related_name="+")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=5, choices=How.choices)
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(how__in=How.values), name="guarding_taking_how"),
            models.UniqueConstraint(fields=["place", "at"], name="guarding_taking_one_at_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.guard_id} {self.at:%d/%m %H:%M}"


class Alarm(models.Model):
    """One rung was told that something due was not done. ``told`` counts the accounts."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="alarms")
    about = models.CharField(max_length=8, choices=About.choices)
    due = models.DateTimeField()
    rung = models.CharField(max_length=11, choices=Rung.choices)
    at = models.DateTimeField()
    told = models.PositiveIntegerField()
    guard = models.ForeignKey(Guard, models.PROTECT, related_name="+")  # who held the watch
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "about", "due", "rung"], name="guarding_alarm_once"
            ),
            models.CheckConstraint(
                condition=Q(about__in=About.values) & Q(rung__in=Rung.values),
                name="guarding_alarm_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.about} {self.rung}"

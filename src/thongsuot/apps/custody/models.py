"""The tables of the sealed boxes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.registry.fields import BodyField
from thongsuot.foundation.files.models import StoredFile
from thongsuot.rules.custody import counting, places, sealing


class ContainerKind(models.TextChoices):
    """What holds what, from the room to the folder."""

    STORE = places.STORE, _("kho")
    SHELF = places.SHELF, _("giá")
    BOX = places.BOX, _("hộp")
    FOLDER = places.FOLDER, _("cặp")


class Condition(models.TextChoices):
    """The state of a box, as two people saw it."""

    INTACT = sealing.INTACT, _("nguyên vẹn")
    WORN = sealing.WORN, _("cũ, còn kín")
    DAMAGED = sealing.DAMAGED, _("hư hỏng bên ngoài")
    BROKEN = sealing.BROKEN, _("niêm phong rách, mất")


class AlarmKind(models.TextChoices):
    """Why a label rings."""

    ELSEWHERE = counting.ELSEWHERE, _("thấy ở nơi khác nơi đã ghi")
    TWO_ROOMS = counting.TWO_ROOMS, _("thấy ở hai kho cùng lúc")


class AlarmOutcome(models.TextChoices):
    """How an alarm ended."""

    MOVED = "moved", _("đã chuyển chỗ, ghi bổ sung")
    RETURNED = "returned", _("đã đưa về chỗ cũ")
    COPIED = "copied", _("nhãn bị sao chép, đã thay nhãn")
    MISTAKE = "mistake", _("quét nhầm")


class Via(models.TextChoices):
    """How a label came in."""

    CAMERA = "camera", _("máy ảnh")
    SCANNER = "scanner", _("đầu đọc")
    TYPED = "typed", _("gõ tay")


class Container(models.Model):
    """A store, a shelf, a box or a folder (kho, giá, hộp, cặp), named by the label on it.

    ``holder`` keeps it today, ``owner`` is the body whose papers it was made for. ``things`` is how
    many containers and items are directly in it, kept in the transaction that changes them.
    """

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ContainerKind.choices)
    label = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=120)
    holder = BodyField(
        when_closed="blocks",
        open_rows=Q(kind__in=(ContainerKind.BOX, ContainerKind.FOLDER), things__gt=0),
        what=_("hộp còn hồ sơ chưa bàn giao"),
        related_name="+",
    )
    owner = BodyField(when_closed="stays", related_name="+")
    things = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContainerKind.values), name="custody_container_kind"
            ),
            # Shelves and folders are named again in every store and box; stores and boxes are not.
            models.UniqueConstraint(
                fields=["transition", "owner", "kind", "folded"],
                condition=Q(kind__in=(ContainerKind.STORE, ContainerKind.BOX)),
                name="custody_container_name_once",
            ),
        ]
        indexes = [models.Index(fields=["transition", "kind"], name="custody_container_kind_idx")]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Stay(models.Model):
    """A container in a place, from one instant up to another; the next stay begins where it ends."""

    container = models.ForeignKey(Container, models.PROTECT, related_name="stays")
    place = models.ForeignKey(Container, models.PROTECT, related_name="guests")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["container"], condition=Q(until__isnull=True), name="custody_stay_one_place"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="custody_stay_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(container=F("place")), name="custody_stay_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.container_id} @ {self.place_id}"


class Placing(models.Model):
    """An item (hồ sơ) in a box or a folder, from one instant up to another."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    container = models.ForeignKey(Container, models.PROTECT, related_name="placings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(until__isnull=True), name="custody_placing_one_place"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="custody_placing_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.container_id}"


class Seal(models.Model):
    """A numbered seal on a box, before two people; opened once, before two people, with a reason."""

    box = models.ForeignKey(Container, models.PROTECT, related_name="seals")
    number = models.CharField(max_length=sealing.LONGEST_NUMBER, unique=True)
    since = models.DateTimeField()
    condition = models.CharField(max_length=8, choices=Condition.choices)
    first = models.BigIntegerField()
    first_name = models.CharField(max_length=200)
    second = models.BigIntegerField()
    second_name = models.CharField(max_length=200)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    entry = models.BigIntegerField()
    opened = models.DateTimeField(null=True, blank=True)
    opened_condition = models.CharField(max_length=8, choices=Condition.choices, blank=True)
    opened_reason = models.CharField(max_length=500, blank=True)
    opened_first_name = models.CharField(max_length=200, blank=True)
    opened_second_name = models.CharField(max_length=200, blank=True)
    opened_entry = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["box"], condition=Q(opened__isnull=True), name="custody_seal_one_live"
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="custody_seal_two_people"),
            models.CheckConstraint(
                condition=Q(opened__isnull=True)
                | (Q(opened__gt=F("since")) & ~Q(opened_reason="")),
                name="custody_seal_opened_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Holding(models.Model):
    """From that instant on a body keeps a container; the seal and the condition it came with."""

    container = models.ForeignKey(Container, models.PROTECT, related_name="holdings")
    body = BodyField(when_closed="stays", related_name="+")
    at = models.DateTimeField()
    seal_number = models.CharField(max_length=sealing.LONGEST_NUMBER, blank=True)
    condition = models.CharField(max_length=8, choices=Condition.choices, blank=True)
    by_name = models.CharField(max_length=200)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["container", "at"], name="custody_holding_once")
        ]

    def __str__(self) -> str:
        return f"{self.container_id}: {self.body_id}"


class LabelPrint(models.Model):
    """The label of a container was printed for the ``number``-th time."""

    container = models.ForeignKey(Container, models.PROTECT, related_name="prints")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["container", "number"], name="custody_print_once")
        ]

    def __str__(self) -> str:
        return f"{self.container_id} × {self.number}"


class Count(models.Model):
    """A physical count of a store or a shelf (kiểm đếm): open while people scan, then signed by two."""

    place = models.ForeignKey(Container, models.PROTECT, related_name="counts")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    entry = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True, blank=True)
    first_name = models.CharField(max_length=200, blank=True)
    second_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    found = models.PositiveIntegerField(default=0)
    short = models.PositiveIntegerField(default=0)
    over = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(closed_at__isnull=True), name="custody_count_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"count {self.pk}"


class Expected(models.Model):
    """What a count expects: what stood there when it began."""

    count = models.ForeignKey(Count, models.PROTECT, related_name="expected")
    container = models.ForeignKey(Container, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "container"], name="custody_expected_once")
        ]

    def __str__(self) -> str:
        return f"{self.count_id}: {self.container_id}"


class Scan(models.Model):
    """A label read in a count. ``key`` is made by the device: sent again, it is the same scan.

    ``recorded`` is where the container stood on record at that instant; ``container`` is empty when
    what was read is no label of this handover.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.ForeignKey(Count, models.PROTECT, related_name="scans")
    container = models.ForeignKey(
        Container, models.PROTECT, null=True, blank=True, related_name="scans"
    )
    recorded = models.ForeignKey(Container, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=60)
    via = models.CharField(max_length=8, choices=Via.choices)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["container", "at"], name="custody_scan_by_label")]

    def __str__(self) -> str:
        return f"{self.count_id}: {self.text}"


class Alarm(models.Model):
    """A label was seen where it is not on record; open until somebody says how it ended."""

    container = models.ForeignKey(Container, models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=12, choices=AlarmKind.choices)
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="+")
    seen_in = models.ForeignKey(Container, models.PROTECT, related_name="+")
    other = models.ForeignKey(Container, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    entry = models.BigIntegerField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=AlarmOutcome.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    resolved_by = models.CharField(max_length=200, blank=True)
    resolved_entry = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["container", "kind"],
                condition=Q(resolved_at__isnull=True),
                name="custody_alarm_one_open",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | (~Q(outcome="") & ~Q(reason="")),
                name="custody_alarm_resolved_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.container_id}"

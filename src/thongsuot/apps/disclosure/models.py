"""What the public is told of offices and matters: dated lines that are only ever added to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.fields import BodyField
from thongsuot.rules.disclosure import matters


class Reach(models.TextChoices):
    """Where a matter is answered for."""

    COMMUNE = matters.COMMUNE, _("xã, phường nơi ở hoặc nơi có đất, nhà")
    ANYWHERE = matters.ANYWHERE, _("bất kỳ xã, phường nào")
    PROVINCE = matters.PROVINCE, _("cơ quan cấp tỉnh")


class Contact(models.Model):
    """Where an office is and when it is open, from a day on (địa chỉ, điện thoại, giờ làm việc).

    The newest line that has begun is what holds; ``withdrawn`` takes back what was told before.
    Nothing is rewritten: an old printed card can always be explained.
    """

    body = BodyField(when_closed="stays", what=_("địa chỉ liên hệ"), related_name="+")
    since = models.DateField()
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    equipment = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    batch = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn=True) | ~Q(address="", phone=""),
                name="disclosure_contact_says_something",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-since", "-id"], name="disclosure_contact_body"),
            models.Index(
                fields=["batch"], condition=Q(batch__isnull=False), name="disclosure_contact_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.address}"


class Matter(models.Model):
    """Which office answers for a matter, as this office has put it, from a day on.

    Stands over the line that the product brings for the same code. ``withdrawn``: back to that one.
    """

    code = models.SlugField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    group = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=8, choices=Reach.choices)
    kind = models.CharField(max_length=24)
    sector = models.CharField(max_length=80, blank=True)
    organ = models.CharField(max_length=120, blank=True)
    bring = models.CharField(max_length=300, blank=True)
    law = models.CharField(max_length=80, blank=True)
    clause = models.CharField(max_length=80, blank=True)
    read = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reach__in=Reach.values), name="disclosure_matter_reach"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="disclosure_matter_in_order",
            ),
        ]
        indexes = [models.Index(fields=["code", "id"], name="disclosure_matter_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.since:%Y-%m-%d}"

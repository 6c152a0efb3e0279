"""Calls to other systems: who is called, how far each was told, and every call."""

from django.conf import settings
from django.db import models

from thongsuot.foundation.trail.models import Entry


class Endpoint(models.Model):
    """An address of another system that is told what happens, as far as one post may see it.

    ``kinds`` are codes of acts or their beginnings (``handover.``). The secret is not kept: it is
    derived from ``salt`` and the key of the installation (signing.py). ``appointment`` is of the
    registry: when that post ends, the endpoint is told nothing more.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="endpoints")
    appointment = models.BigIntegerField()
    body = models.BigIntegerField()  # of the registry: the body of the post, for those who look
    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    kinds = models.JSONField()
    salt = models.CharField(max_length=64)
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "active"], name="hooks_endpoint_user"),
            models.Index(
                fields=["id"], condition=models.Q(active=True), name="hooks_endpoint_active"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def wants(self, act: str) -> bool:
        """Whether the endpoint asked to be told of such acts."""
        return any(act == k or (k.endswith(".") and act.startswith(k)) for k in self.kinds)


class Cursor(models.Model):
    """How far an endpoint has been told along one chain of the trail.

    Along a chain and not along the ids of entries: ids are given before the commit, so a smaller
    one may appear after a larger; within a chain the order of commits is the order of numbers.
    """

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="cursors")
    chain = models.CharField(max_length=80)
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "chain"], name="hooks_cursor_once")
        ]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.chain}/{self.seq}"


class State(models.TextChoices):
    """Where a call stands: waiting → done, or dead after the last try."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Delivery(models.Model):
    """One entry told to one endpoint: at least once, in no promised order."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "entry"], name="hooks_delivery_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="hooks_delivery_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state="waiting"),
                name="hooks_delivery_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint_id}/{self.entry_id} {self.state}"

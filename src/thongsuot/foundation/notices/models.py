"""What people were told, and how they wish to be told."""

from datetime import time

from django.conf import settings
from django.db import models

from thongsuot.foundation.notices.kinds import Way


class Notice(models.Model):
    """One thing told to one person, in the transaction in which it happened.

    ``url`` is an address inside this site; opening it asks for the right to see it. ``body`` is
    shown in the site only, never mailed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_notice_user"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True),
                name="notices_notice_unread",
            ),
            models.Index(
                fields=["user"],
                condition=models.Q(emailed_at__isnull=True, read_at__isnull=True),
                name="notices_notice_unsent",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Wish(models.Model):
    """The way a person chose for one kind of notice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Way])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notices_wish_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.way}"


class Rest(models.Model):
    """When a person is not to be disturbed by mail, and when the daily digest is wanted.

    ``quiet_from`` … ``quiet_to`` is half-open and may pass midnight; equal means never quiet.
    ``sent_on`` is the last day on which the digest was sent: once a day, whoever runs the command.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    quiet_from = models.TimeField(default=time(19))
    quiet_to = models.TimeField(default=time(7))
    digest_at = models.TimeField(default=time(7, 30))
    working_days_only = models.BooleanField(default=True)
    sent_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.quiet_from:%H:%M}–{self.quiet_to:%H:%M}"

"""The record of every act: append-only, hash-chained, written in the act's own transaction."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class ChainHead(models.Model):
    """Where a chain stands: its size, its last hash and last moment. Locked first by every act."""

    chain = models.CharField(max_length=80, unique=True)
    size = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.chain}/{self.size}"


class Entry(models.Model):
    """One act: who, in which post, when, why, on which authority, before and after.

    Names are copied as they were, so that the record survives every later change. ``hash`` is
    SHA-256 of 0x00, the previous hash and the canonical content (rules/kernel/canonical.py).
    """

    chain = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    key = models.CharField(max_length=120, unique=True)
    request_hash = models.CharField(max_length=64)
    act = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    actor_user = models.BigIntegerField()
    actor_name = models.CharField(max_length=200)
    actor_post = models.CharField(max_length=300, blank=True)
    actor_body = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    on = models.DateField()
    reason = models.TextField(blank=True)
    authority = models.TextField(blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="trail_entry_chain_seq"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="trail_entry_subject"),
            models.Index(fields=["actor_user", "at"], name="trail_entry_actor"),
            models.Index(fields=["act", "at"], name="trail_entry_act"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.act}"


class EntryResult(models.Model):
    """What the act answered, for whoever sends the same key again."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="answer")
    result = models.JSONField(encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return f"{self.entry_id}"

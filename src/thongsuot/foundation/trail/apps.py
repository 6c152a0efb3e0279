from django.apps import AppConfig
from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251  # Django's, not ours

from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard, integrity
from thongsuot.foundation.trail.messages import SENTENCES


def _install(using: str, **_: object) -> None:
    guard.install(using)


def _step_aside(using: str, plan: list[object], **_: object) -> None:
    """SQLite cannot rebuild a table that a trigger of another table speaks of: take them away.

    They come back when the migrations are through; if these fail, the check of the guards does too.
    """
    if plan and connections[using].vendor == "sqlite":
        guard.remove(using)


class TrailConfig(AppConfig):
    name = "thongsuot.foundation.trail"
    label = "trail"

    def ready(self) -> None:
        wording.register(SENTENCES)
        guard.append_only("trail_entry", ("id", "key", "chain+seq", "hash"))
        guard.append_only("trail_entryresult", ("id", "entry_id"))
        pre_migrate.connect(_step_aside, sender=self, dispatch_uid="trail-guard")
        post_migrate.connect(_install, sender=self, dispatch_uid="trail-guard")
        checks.register(integrity.triggers_present, checks.Tags.database)

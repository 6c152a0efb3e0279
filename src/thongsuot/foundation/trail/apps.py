from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate  # noqa: TID251  # Django's, not ours

from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard, integrity
from thongsuot.foundation.trail.messages import SENTENCES


def _install(using: str, **_: object) -> None:
    guard.install(using)


class TrailConfig(AppConfig):
    name = "thongsuot.foundation.trail"
    label = "trail"

    def ready(self) -> None:
        wording.register(SENTENCES)
        guard.append_only("trail_entry", ("id", "key", "chain+seq", "hash"))
        guard.append_only("trail_entryresult", ("id", "entry_id"))
        post_migrate.connect(_install, sender=self, dispatch_uid="trail-guard")
        checks.register(integrity.triggers_present, checks.Tags.database)

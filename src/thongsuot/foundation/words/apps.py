from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate  # noqa: TID251  # Django's, not ours

from thongsuot.foundation.words import index


def _after_migrations(using: str, plan: Any = None, **_: object) -> None:
    """Make what is not there. SQLite's triggers stood aside for real migrations: fill anew."""
    if plan == [] or connections[using].vendor == "postgresql":
        index.install(using)
    else:
        index.rebuild(using)


class WordsConfig(AppConfig):
    name = "thongsuot.foundation.words"
    label = "words"

    def ready(self) -> None:
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="words")

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate  # noqa: TID251  # Django's, not ours

from thongsuot.foundation.words import index

_UNTRUE: set[str] = set()  # databases in which something of an index was missing before migrations


def _before_migrations(using: str, **_: object) -> None:
    """Remember whether anything stood aside: then rows may come that no index hears of."""
    if any(not index.present(one, using) for one in index.all_of(using)):
        _UNTRUE.add(using)


def _after_migrations(using: str, plan: Any = None, **_: object) -> None:
    """Make what is not there, and fill anew after anything that may have been missed."""
    if connections[using].vendor == "postgresql" or (plan == [] and using not in _UNTRUE):
        index.install(using)
    else:
        index.rebuild(using)
    _UNTRUE.discard(using)


class WordsConfig(AppConfig):
    name = "thongsuot.foundation.words"
    label = "words"

    def ready(self) -> None:
        pre_migrate.connect(_before_migrations, sender=self, dispatch_uid="words")
        post_migrate.connect(_after_migrations, sender=self, dispatch_uid="words")

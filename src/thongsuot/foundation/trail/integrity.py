"""The check that the append-only triggers are there."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DatabaseError

from thongsuot.foundation.trail import guard


def triggers_present(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """trail.E001: every append-only trigger is there. Runs when a database is checked."""
    found: list[checks.CheckMessage] = []
    for using in databases or ():
        try:
            lost = guard.missing(using)
        except DatabaseError as error:
            return [checks.Error(f"The database cannot be read: {error}", id="trail.E002")]
        found.extend(
            checks.Error(
                f"The database has lost the trigger {name}.",
                hint="Run: thongsuot migrate. Then: thongsuot verify.",
                id="trail.E001",
            )
            for name in lost
        )
    return found

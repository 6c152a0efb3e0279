"""The small country of tests/apps/registry, for looking at."""

from tests.apps.registry.conftest import bodies, country, july, new_act

__all__ = ["bodies", "country", "july", "new_act"]

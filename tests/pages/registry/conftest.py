"""The small country of tests/apps/registry, for looking at; the story where people sign in."""

from tests.apps.handover.conftest import story
from tests.apps.registry.conftest import bodies, country, july, new_act
from tests.pages.handover.conftest import stage, story_day

__all__ = ["bodies", "country", "july", "new_act", "stage", "story", "story_day"]

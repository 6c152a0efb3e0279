"""The stage of the handover, on its day, with difficulties on it."""

from tests.apps.difficulties.conftest import asking
from tests.apps.handover.conftest import story, trail
from tests.pages.handover.conftest import stage, story_day

__all__ = ["asking", "stage", "story", "story_day", "trail"]

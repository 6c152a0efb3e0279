"""The stage of the handover, on its day, with dockets on it."""

from tests.apps.decisions.conftest import council_room
from tests.apps.handover.conftest import story, trail
from tests.pages.handover.conftest import stage, story_day

__all__ = ["council_room", "stage", "story", "story_day", "trail"]

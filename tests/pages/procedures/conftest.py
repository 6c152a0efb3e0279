"""The stage of the handover, on its day, with a one-stop shop on it."""

from tests.apps.handover.conftest import story, trail
from tests.apps.procedures.conftest import desk_room
from tests.pages.handover.conftest import stage, story_day

__all__ = ["desk_room", "stage", "story", "story_day", "trail"]

from tests.apps.handover.conftest import story, trail
from tests.pages.handover.conftest import stage, story_day

__all__ = ["stage", "story", "story_day", "trail"]

from tests.pages.handover.conftest import stage, story, story_day, trail

__all__ = ["stage", "story", "story_day", "trail"]

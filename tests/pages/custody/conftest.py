from tests.apps.custody.conftest import room, stage, story, story_day, trail

__all__ = ["room", "stage", "story", "story_day", "trail"]

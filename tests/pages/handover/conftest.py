"""The stage: the story with accounts, on the day on which it plays."""

from collections.abc import Iterator

import pytest
from tests.apps.handover.conftest import story, trail
from tests.pages.handover.stage import DAY, Stage, set_up

from thongsuot.foundation import clock

__all__ = ["stage", "story", "story_day", "trail"]


@pytest.fixture
def story_day() -> Iterator[None]:
    """The clock of the house stands on a day a week before the district ends."""
    before = clock._story_day
    clock.follow(lambda: DAY)
    yield
    clock._story_day = before


@pytest.fixture
def stage(story, story_day) -> Stage:
    return set_up(story)

"""The stage of the handover pages, with short ways to data copies."""

import pytest
from tests.apps.continuity.conftest import Copying
from tests.pages.handover.conftest import stage, story, story_day

__all__ = ["copying", "stage", "story", "story_day"]


@pytest.fixture
def copying(stage) -> Copying:
    return Copying(stage.story)

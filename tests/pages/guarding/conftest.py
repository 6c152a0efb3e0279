"""The stage with one guarded store."""

import pytest
from tests.pages.guarding import walk
from tests.pages.handover.conftest import stage, story, story_day

__all__ = ["stage", "story", "story_day"]


@pytest.fixture
def store(stage) -> dict[str, int]:
    """The store of the walk, by the names of its things."""
    return walk.things(stage)

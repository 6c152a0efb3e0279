"""The stage with one fonds in work."""

import pytest
from tests.pages.digitising import walk
from tests.pages.handover.conftest import stage, story, story_day

__all__ = ["stage", "story", "story_day"]


@pytest.fixture
def fonds(stage) -> dict[str, int]:
    """The fonds of the walk, by the names of its things."""
    return walk.things(stage)

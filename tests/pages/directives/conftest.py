"""The stage of the handover pages; its bodies are found by their names, as people type them."""

import pytest
from tests.pages.handover.conftest import story, story_day
from tests.pages.handover.stage import Stage, set_up

from thongsuot.apps.registry.models import BodyVersion
from thongsuot.rules.kernel.text import fold

__all__ = ["stage", "story", "story_day"]


@pytest.fixture
def stage(story, story_day) -> Stage:
    for version in BodyVersion.objects.all():
        BodyVersion.objects.filter(pk=version.pk).update(folded=fold(version.name))
    return set_up(story)

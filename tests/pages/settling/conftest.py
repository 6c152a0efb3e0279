"""The stage of the handover, with money, seals and bundles on it."""

from tests.apps.handover.conftest import story, trail
from tests.apps.settling.conftest import desk
from tests.pages.handover.conftest import stage, story_day

__all__ = ["desk", "stage", "story", "story_day", "trail"]

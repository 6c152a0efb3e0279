"""The story of the handover, used here to fill an office's tables."""

from tests.apps.handover.conftest import story, transition

__all__ = ["story", "transition"]

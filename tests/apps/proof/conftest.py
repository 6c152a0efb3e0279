from tests.apps.handover.conftest import story, trail, transition

__all__ = ["story", "trail", "transition"]

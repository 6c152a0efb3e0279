"""The city of rearrangement, where somebody is commended."""

from tests.apps.rearrangement.conftest import office, trail

__all__ = ["office", "trail"]

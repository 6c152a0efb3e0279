"""Names of bodies, looked up at once."""

from thongsuot.apps.registry.naming import body_names

__all__ = ["body_names"]

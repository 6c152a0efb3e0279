"""The storey that does: one Django app per capability."""

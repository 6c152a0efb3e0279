"""Pages of guarded places."""

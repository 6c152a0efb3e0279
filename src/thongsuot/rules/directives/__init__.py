"""Who must do what, where, by when, and tell whom."""

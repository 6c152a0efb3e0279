"""Sealed boxes: where each is at every instant, when it counts as sealed, what a count found."""

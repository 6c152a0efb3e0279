"""Pages of rearrangement."""

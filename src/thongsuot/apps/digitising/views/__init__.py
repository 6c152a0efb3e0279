"""Pages of digitising."""

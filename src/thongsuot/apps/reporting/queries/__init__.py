"""Looking at reports."""

"""Oversight: so far the log of commendations."""

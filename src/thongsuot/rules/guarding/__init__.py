"""Guarding a store round the clock: rosters without a gap, watches, rounds, the ladder of alarms."""

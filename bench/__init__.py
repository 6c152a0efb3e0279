"""Measurements: each module is run with ``python -m bench.<name>`` and prints a table; ``make bench`` runs them all."""

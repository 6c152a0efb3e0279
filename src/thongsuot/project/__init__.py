"""Wiring: settings, addresses, the API, the server. Knows everything, decides nothing."""

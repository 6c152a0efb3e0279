"""The storey that decides: plain Python values, no Django, no clock, no disk, no sentences."""

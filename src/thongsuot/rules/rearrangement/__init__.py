"""Rearranging what is inside a body: rooms of departments, public service units."""

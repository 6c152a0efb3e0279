"""Plumbing that every room uses and that knows no capability."""

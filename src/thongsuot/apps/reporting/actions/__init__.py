"""Doing things with reports."""

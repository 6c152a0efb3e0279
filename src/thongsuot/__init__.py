"""Thông Suốt: a reorganisation handed over so that nothing is left out, stuck or without a holder."""

__version__ = "0.1.0"

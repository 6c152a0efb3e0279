"""Addresses, ours and every installable package's, on the same rows, with the network cut."""

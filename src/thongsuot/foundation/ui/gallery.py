"""Samples for the living style page: invented, and said to be so on the page."""


def context() -> dict[str, object]:
    """What the style page shows."""
    return {}

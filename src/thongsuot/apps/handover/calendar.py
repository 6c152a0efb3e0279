"""The working days of Việt Nam, as the handover counts them."""

from datetime import date

from thongsuot.apps.registry.workdays import calendar_around

__all__ = ["calendar_around", "standing_limit"]


def standing_limit(today: date, working_days: int) -> date:
    """Items that came to their step before this day have been standing more than so many days."""
    calendar = calendar_around(today.year)
    return calendar.add(calendar.on_or_before(today), -working_days)

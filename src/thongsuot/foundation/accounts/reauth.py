"""Asking again for the password before an act that binds: signing above all."""

from datetime import datetime, timedelta

from django.http import HttpRequest

FRESH = timedelta(minutes=5)
SESSION_KEY = "confirmed_at"


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Whether the person proved who they are within the last five minutes, in this session."""
    stamp = request.session.get(SESSION_KEY)
    return (
        isinstance(stamp, int | float)
        and timedelta() <= at - datetime.fromtimestamp(stamp, tz=at.tzinfo) <= FRESH
    )


def confirm(request: HttpRequest, at: datetime) -> None:
    """Note that the person has just proved who they are."""
    request.session[SESSION_KEY] = int(at.timestamp())

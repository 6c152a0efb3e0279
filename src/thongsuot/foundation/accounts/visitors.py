"""Where a request comes from: what limits are counted by, for people nobody knows."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind our proxy the last word of its header is the proxy's.

    Without this everybody behind the proxy would share one count of wrong tries.
    """
    if settings.BEHIND_PROXY:
        told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        if told:
            return told[:64]
    return str(request.META.get("REMOTE_ADDR", ""))

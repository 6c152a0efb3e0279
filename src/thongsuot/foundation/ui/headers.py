"""Every answer carries the headers that keep a browser from doing what the page did not ask."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Everything comes from this server. data: only for pictures, because the form controls of
# Bootstrap draw their ticks and arrows that way; scripts and styles have no exception at all.
POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
# The camera reads labels on boxes; nothing else of the device is ever asked for.
PERMISSIONS: Final = (
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
)


class SecurityHeaders:
    """Adds the headers an answer does not carry already, so that a download may set stricter ones.

    A page for a signed-in person is never stored: the next person at the same machine must not
    find it with the back button.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _knows_the_person(request, response):
            headers.setdefault("Cache-Control", "no-store")
        return response


def _knows_the_person(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Read from cookies and headers alone, so that no page pays a query for it."""
    session = settings.SESSION_COOKIE_NAME
    return (
        session in request.COOKIES
        or session in response.cookies
        or "Authorization" in request.headers
    )

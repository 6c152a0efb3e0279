"""A password that somebody else knows opens one page: the one on which it is changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

OPEN = frozenset(
    {"accounts:password", "accounts:sign-out", "accounts:sign-in", "ui:language", "ui:look"}
)


class OwnPassword:
    """Sends whoever still has a one-time password to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponseRedirect | None:
        """Away to the page of the password, or None to go on."""
        match = request.resolver_match
        if match is not None and match.view_name in OPEN:
            return None
        owed = getattr(request.user, "must_change_password", False)
        return redirect("accounts:password") if owed else None

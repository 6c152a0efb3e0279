"""Vietnamese unless the person chose otherwise: what an office machine prefers does not count."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


class ChosenLanguage:
    """Sets the language from the cookie alone.

    Most office machines are set up in English by whoever sold them, so asking the browser would
    show English to people who never chose it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = kept if kept in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

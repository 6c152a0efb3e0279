"""Text that no office types and one of the databases cannot keep."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class NoNul:
    """Answers 400 when a form carries a NUL: PostgreSQL keeps none in text.

    A search leaves it out by itself: what is only asked is answered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Look at every name and value of a form before the view does. Raises BadRequest."""
        if request.method != "POST" or request.content_type not in FORMS:
            return
        for name, several in request.POST.lists():
            if any(NUL in str(text) for text in (name, *several)):
                raise BadRequest("NUL in a form")

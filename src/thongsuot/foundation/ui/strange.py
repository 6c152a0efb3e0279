"""Text that no office types and one of the databases cannot keep."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

NUL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class NoNul:
    """Answers 400 when an address or a form carries a NUL: PostgreSQL keeps none in text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Look at every name and value before the view does. Raises BadRequest."""
        sent = [request.GET]
        if request.content_type in FORMS:
            sent.append(request.POST)
        texts = [str(v) for v in kwargs.values()]
        for values in sent:
            for name, several in values.lists():
                texts += [name, *(str(v) for v in several)]
        if any(NUL in text for text in texts):
            raise BadRequest("NUL in the request")

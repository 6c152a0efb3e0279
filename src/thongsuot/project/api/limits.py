"""What is refused before anything is looked at: size, form, depth, and secrets in an address."""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from ninja.parser import Parser

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.ui.errors import error_json
from thongsuot.foundation.ui.refusals import as_json
from thongsuot.rules.kernel.problem import Problem

LARGEST_BODY: Final = 4 * 1024 * 1024
LONGEST_QUERY: Final = 8 * 1024
LONGEST_HEADERS: Final = 32 * 1024
MOST_HEADERS: Final = 100
DEEPEST: Final = 20
LONGEST_NUMBER: Final = 19
SECRETS: Final = frozenset(
    {"token", "access_token", "api_key", "apikey", "key", "authorization", "bearer", "secret"}
)
View = Callable[..., HttpResponse]


def _bad(code: str, subject: str = "", status: int = 400, **facts: object) -> Refused:
    return Refused([Problem(code, subject, facts)], status)


def door(view: View, names: Callable[[str], frozenset[str]]) -> View:
    """The view behind the limits of this file; ``names`` are the query names it takes by method.

    Exempt from the check of forms, because no cookie opens anything here.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            _check_headers(request)
            _check_address(request, names(request.method or ""))
        except Refused as refused:
            return as_json(refused)
        response = view(request, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            told = error_json(405)
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    return guarded


def _check_headers(request: HttpRequest) -> None:
    headers = request.headers
    size = sum(len(name) + len(value) for name, value in headers.items())
    if size > LONGEST_HEADERS or len(headers) > MOST_HEADERS:
        raise _bad("api.headers-too-large", status=431, most=LONGEST_HEADERS)


def _check_address(request: HttpRequest, known: frozenset[str]) -> None:
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise _bad("api.address-too-long", status=414, most=LONGEST_QUERY)
    try:
        given = request.GET.lists()
    except TooManyFieldsSent as error:
        raise _bad("api.address-too-long", status=414, most=LONGEST_QUERY) from error
    for name, values in given:
        secret = name.lower() in SECRETS or any(v.strip().startswith("ts_") for v in values)
        if secret:
            raise _bad("api.token-in-address")
        if _unprintable([name, *values]):
            raise _bad("api.control-characters")
        if name not in known:
            raise _bad("api.field-unknown", name)
    if _unprintable([request.path]):
        raise _bad("api.control-characters")


def _unprintable(texts: Iterable[str]) -> bool:
    return any(c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for t in texts for c in t)


def body_of(request: HttpRequest) -> Any:
    """The body of a request as plain values. Read only once somebody is known to be asking.

    Raises Refused: 400, 413 or 415.
    """
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise _bad("api.not-json", request.content_type or "", 415)
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        raw = request.body if 0 <= length <= LARGEST_BODY else None
    except RequestDataTooBig:
        raw = None
    except (ValueError, UnreadablePostError) as error:
        raise _bad("api.body-unreadable") from error
    if raw is None or len(raw) > LARGEST_BODY:
        raise _bad("api.body-too-large", status=413, most=LARGEST_BODY)
    return parsed(raw)


def parsed(raw: bytes) -> Any:
    """JSON as plain values, strictly. Raises Refused (400).

    No key twice, no NaN or infinity, no number beyond what a column holds, not deeper than
    DEEPEST, and no sign that one of the two databases cannot keep.
    """
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_no_number,
        )
    except (ValueError, RecursionError) as error:
        raise _bad("api.body-unreadable") from error
    _check_depth(value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _bad("api.field-twice")
    return found


def _no_number(text: str) -> Any:
    """Quantities and money are whole; a fraction anywhere is a mistake."""
    raise _bad("api.number-not-whole", text[:40])


def _whole(text: str) -> int:
    if len(text.lstrip("-")) > LONGEST_NUMBER:
        raise _bad("api.number-too-large", text[:40])
    return int(text)


def _check_depth(value: Any) -> None:
    level = [value]
    for _depth in range(DEEPEST):
        below: list[Any] = []
        for part in level:
            if isinstance(part, dict):
                _check_texts(part)
                below.extend(part.values())
            elif isinstance(part, list):
                below.extend(part)
            elif isinstance(part, str):
                _check_texts([part])
        if not below:
            return
        level = below
    raise _bad("api.too-deep", most=DEEPEST)


def _check_texts(texts: Iterable[str]) -> None:
    for text in texts:
        if any((c < " " and c not in "\n\r\t") or "\ud800" <= c <= "\udfff" for c in text):
            raise _bad("api.control-characters", text[:40].encode("ascii", "replace").decode())


class Given(Parser):
    """Hands on what was read when the caller was known."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The plain values of the body."""
        return request.given  # type: ignore[attr-defined]

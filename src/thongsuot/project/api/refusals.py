"""Everything that can go wrong in a call, in the one shape."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.ui.errors import error_json
from thongsuot.foundation.ui.refusals import as_json
from thongsuot.project.api.bearer import Unknown
from thongsuot.rules.kernel.problem import Problem

MOST_NAMED = 20


def teach(api: NinjaAPI) -> None:
    """Give the API the answers of the house for its errors."""
    answers: dict[type[Exception], Any] = {
        Refused: refused,
        Unknown: unknown,
        ValidationError: invalid,
        Http404: missing,
        HttpError: http_error,
        Exception: ours,
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, answer)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What the rules refuse."""
    response = as_json(error)
    wait = error.problems[0].facts.get("wait") if error.problems else None
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def unknown(request: HttpRequest, error: Unknown) -> HttpResponse:
    """No token, or none that is valid."""
    response = as_json(Refused([Problem("api.no-token")], 401))
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Fields that are missing, unknown or of another form, all of them (the first ones)."""
    return as_json(Refused([_problem(e) for e in error.errors[:MOST_NAMED]], 400))


def _problem(error: dict[str, Any]) -> Problem:
    where = [str(p) for p in error.get("loc", ())]
    names = where[2:] if where[:1] == ["body"] else where[1:]
    subject = ".".join(names)[:200]
    if error.get("type") == "extra_forbidden":
        return Problem("api.field-unknown", subject)
    if error.get("type") == "missing":
        return Problem("api.field-missing", subject or ".".join(where))
    return Problem("api.field-form", subject, {"why": str(error.get("msg", ""))[:300]})


def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Not there, or not for this caller."""
    return error_json(404)


def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses."""
    return error_json(error.status_code)


def ours(request: HttpRequest, error: Exception) -> HttpResponse:
    """A mistake of ours: Django logs it and answers 500 in the same shape, without its text."""
    raise error

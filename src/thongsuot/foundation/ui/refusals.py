"""A refusal that no view caught becomes the right page, part or JSON, with every problem on it."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.ui.errors import error_json, error_page, wants_json
from thongsuot.foundation.ui.parts import problem_lines, wants_part
from thongsuot.foundation.wording import fact, say
from thongsuot.rules.kernel.problem import Problem

LARGEST: Final = 2**63 - 1  # what a key can be on either engine


class RefusalMiddleware:
    """Answers an uncaught ``Refused``; every other exception goes on and is logged by Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; a way of sending that a page does not take gets a page as well."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _not_this_way(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: Mapping[str, object]
    ) -> None:
        """Nothing has a number larger than a key can be: such an address is not there."""
        if any(isinstance(v, int) and v > LARGEST for v in kwargs.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer for a refusal; None for anything else."""
        if isinstance(exception, Refused):
            return answer(request, exception)
        return None


def _not_this_way(request: HttpRequest, bare: HttpResponseNotAllowed) -> HttpResponse:
    told = error_json(405) if wants_json(request) else error_page(request, 405)
    told.headers["Allow"] = bare.headers["Allow"]
    return told


def answer(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page, the part or the JSON that tells all problems of a refusal at once.

    For htmx the problems go into the notice region of the page, so that what the person typed
    stays where it is.
    """
    if wants_json(request):
        return as_json(refused)
    if wants_part(request):
        response = render(
            request,
            "ui/parts/problems.html",
            problem_lines(refused.problems),
            status=refused.status,
        )
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return error_page(request, refused.status, problems=refused.problems)


def as_json(refused: Refused) -> JsonResponse:
    """The one error shape of every interface: status, title, and each problem with its sentence."""
    return error_json(refused.status, [problem_json(p) for p in refused.problems])


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem as JSON: the stable code and the facts for a program, the sentence for a person."""
    return {
        "code": problem.code,
        "subject": problem.subject,
        "message": say(problem),
        "facts": {k: _plain(v) for k, v in problem.facts.items()},
        "law": problem.law,
        "blocks": problem.blocks,
    }


def _plain(value: object) -> object:
    if isinstance(value, str | int | bool) or value is None:
        return value
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return fact(value)

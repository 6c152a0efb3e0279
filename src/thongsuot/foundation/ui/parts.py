"""One answer for two askers: htmx gets the part, everybody else the page that includes it."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from thongsuot.rules.kernel.problem import Problem, blocking


def wants_part(request: HttpRequest) -> bool:
    """Whether the browser asks for one part of a page that it already shows."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def page_or_part(
    request: HttpRequest,
    page: str,
    part: str,
    context: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the part when htmx asks for it, else with the page that includes the part.

    Both get the same context. A form that was refused is answered with status 422: the browser
    swaps it in like any other answer.
    """
    template = part if wants_part(request) else page
    response = render(request, template, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def problem_lines(problems: Iterable[Problem], heading: str = "") -> dict[str, object]:
    """The context of ``ui/parts/problems.html``: those that block first, and how many they are."""
    ordered = sorted(problems, key=lambda p: not p.blocks)
    return {"problems": ordered, "blocking": len(blocking(ordered)), "heading": heading}

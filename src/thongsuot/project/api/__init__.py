"""The API: the same queries and actions as the pages, for programs, under /api/v1/."""

import re
from functools import cache, partial
from threading import Lock

from django.urls import URLPattern
from ninja import NinjaAPI

from thongsuot.project.api import (
    addresses,
    authority,
    decisions,
    difficulties,
    disputes,
    duties,
    following,
    hooks,
    items,
    minutes,
    oversight,
    procedures,
    rearrangement,
    refusals,
    registry,
    reports,
    transitions,
)
from thongsuot.project.api.limits import Given, door

__all__ = ["api", "urlpatterns"]

api = NinjaAPI(
    title="Thông Suốt",
    version="1.0.0",
    description="Everything on the pages, for programs. See docs/rooms/api.md.",
    docs_url=None,  # the usual page fetches scripts from elsewhere; the schema is enough
    openapi_url="/openapi.json",
    urls_namespace="api",
    parser=Given(),
)
refusals.teach(api)
for room in (
    registry,
    addresses,
    authority,
    procedures,
    transitions,
    items,
    disputes,
    minutes,
    hooks,
    duties,
    following,
    reports,
    difficulties,
    decisions,
    rearrangement,
    oversight,
):
    api.add_router("", room.router)


@cache
def _names() -> dict[tuple[str, str], frozenset[str]]:
    """The names that an address may carry, by route and method, as the schema tells them."""
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    return {
        (path.lstrip("/"), method.upper()): frozenset(
            p["name"] for p in call.get("parameters", ()) if p["in"] == "query"
        )
        for path, calls in paths.items()
        for method, call in calls.items()
    }


_once = Lock()  # many callers at once after a restart: the schema takes a second to make, once


def _taken(route: str, method: str) -> frozenset[str]:
    with _once:
        names = _names()
    return names.get((route, method), frozenset())


def _behind_the_door(pattern: URLPattern) -> URLPattern:
    route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
    view = door(pattern.callback, partial(_taken, route))
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


app_name = "api"
urlpatterns = [_behind_the_door(p) for p in api.urls[0] if isinstance(p, URLPattern)]

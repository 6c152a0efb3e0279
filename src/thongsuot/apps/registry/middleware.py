"""Puts on every request who is acting, and in which post."""

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation import clock
from thongsuot.rules.kernel.actor import Actor

HAT = "hat"  # the session key of the post acted in: an appointment's id


class ActorMiddleware:
    """Sets ``request.actor``, read from the appointments valid today when first looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its actor set."""
        request.actor = SimpleLazyObject(lambda: acting(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def acting(request: HttpRequest) -> Actor:
    """The actor of a request: in the post chosen, or in the first one when that has ended."""
    actor = actor_of(request.user, clock.today())
    chosen = request.session.get(HAT)
    hat = next((h for h in actor.hats if h.appointment == chosen), actor.hat)
    return replace(actor, hat=hat)

"""After a request that wrote something, other systems are told: beside the pages, after the commit."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from thongsuot.foundation.hooks.jobs import DELIVER
from thongsuot.foundation.hooks.models import Endpoint
from thongsuot.foundation.jobs import worker
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.jobs.models import Job, State

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
REFUSED = 400


class TellOthers:
    """Queues one job when anybody asked to be told; one that waits already is enough."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, then see whether somebody wants to know."""
        response = self.get_response(request)
        if request.method in WRITES and response.status_code < REFUSED:
            tell()
        return response


def tell() -> None:
    """Queue the telling, when somebody asked for it and it does not wait already."""
    owner = Endpoint.objects.filter(active=True).values_list("user", flat=True).first()
    if owner is None or Job.objects.filter(kind=DELIVER, state=State.QUEUED).exists():
        return
    worker.begin()
    start(DELIVER, owner=owner)

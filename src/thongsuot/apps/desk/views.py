"""The first page: what waits for me today; for the public, the door."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from thongsuot.apps.desk import due, queries
from thongsuot.apps.directives import queries as duties
from thongsuot.foundation import clock
from thongsuot.rules.kernel.actor import Actor, Role

EXCEPTIONS_FIRST = frozenset({Role.STEERING, Role.INSPECTOR, Role.LEADER})


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My day; the choice of roles in the demonstration; the units of the country for the public."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the actor middleware
    if not request.user.is_authenticated:
        return redirect("demo:roles" if settings.DEMO else "registry:country")
    also = due.everything_due(actor, clock.now())
    context = {
        "waiting": queries.waiting(actor),
        "work": duties.my_work(actor, clock.now()),
        "figures": duties.figures(actor, clock.today()),
        "due": also[: due.SHOWN],
        "more": max(0, len(also) - due.SHOWN),
        "standings": queries.standings(actor, clock.today()),
        "leader": actor.role in EXCEPTIONS_FIRST,
    }
    return render(request, "desk/home.html", context)

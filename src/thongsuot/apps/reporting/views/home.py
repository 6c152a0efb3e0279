"""The first page: what one owes, what one gathers, what one delivered."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from thongsuot.apps.reporting import lists, permit
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.returns import owed, standing
from thongsuot.apps.reporting.queries.rounds import latest_rounds
from thongsuot.apps.reporting.views.frame import frame
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation import clock
from thongsuot.foundation.tables.answers import answer
from thongsuot.foundation.tables.listing import Listing, Place
from thongsuot.foundation.tables.sources import Source
from thongsuot.foundation.trail.forms import actor_in

SHOWN = 30


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponseBase:
    """What to report next, what came in where one gathers, and what was delivered."""
    actor, now = actor_in(request), clock.now()
    waiting = list(owed(actor, now)[:SHOWN])
    names = body_names(r.body_id for r in waiting)
    listing = Listing(
        lists.OWN, lists.own_rows(actor, now), request, Place(source=Source("reporting.own"))
    )
    gathering = latest_rounds(permit.gathered_series(actor).filter(closed_at__isnull=True), now)
    context = {
        **frame(request, "home"),
        "owed": [
            {
                "row": r,
                "name": names[r.body_id],
                "period": period_words(r.round.series.kind, r.round.period),
                "silent": standing(r, now) == "silent",
            }
            for r in waiting
        ],
        "gathering": [
            (line, period_words(line.round.series.kind, line.round.period)) for line in gathering
        ],
        "reports": bool(waiting) or lists.own_rows(actor, now).exists(),
    }
    return answer(listing, "reporting/home.html", context)

"""What the pages of a transition have in common: who may open it, its tabs, its days."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.handover import queries
from thongsuot.apps.handover.calendar import calendar_around
from thongsuot.apps.handover.models import Transition
from thongsuot.apps.registry.models import UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def actor_in(request: HttpRequest) -> Actor:
    """Who is acting, in which post."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the actor middleware
    return actor


def act_of(request: HttpRequest) -> Act:
    """The act that a form sends: by whom, under the key of the form, now.

    Raises Refused (400) when the form carries no key: it was not made by a page of ours.
    """
    key = request.POST.get("key", "")[:100]
    actor = actor_in(request)
    if not key:
        raise Refused([Problem("handover.form-without-key")], 400)
    return Act(by=actor, key=f"{actor.user}/{key}", at=clock.now())


def open_transition(request: HttpRequest, transition_id: int) -> Transition:
    """The transition, if the person has a part in it. Raises Refused (404) otherwise."""
    return queries.transition_in_sight(actor_in(request), transition_id)


def frame(request: HttpRequest, transition: Transition, current: str) -> dict[str, Any]:
    """The context every page of a transition shares; ``current`` is the url name of its tab."""
    actor, today = actor_in(request), clock.today()
    live = queries.minutes_of(actor, transition.pk).exclude(state__in=("signed", "withdrawn"))
    waiting = queries.waiting(actor, transition)
    tabs = (
        ("balance", _("Cân đối"), None),
        ("items", _("Danh mục"), None),
        ("allocation", _("Nơi nhận"), waiting.nobody),
        ("minutes", _("Biên bản"), live.count()),
        ("disputes", _("Tranh chấp"), waiting.disputed),
        ("imports", _("Nhập từ Excel"), None),
        ("closing", _("Kết thúc"), None),
    )
    return {
        "transition": transition,
        "place": unit_name(transition.unit_id, transition.effective_on),
        "today": today,
        "days_left": days_left(today, transition.effective_on),
        "tabs": [
            (label, reverse(f"handover:{name}", args=[transition.pk]), count)
            for name, label, count in tabs
        ],
        "tab": reverse(f"handover:{current}", args=[transition.pk]),
    }


def days_left(today: date, end: date) -> int:
    """Working days from tomorrow until the last day before the end; 0 when it has come."""
    calendar = calendar_around(today.year)
    return calendar.between(today, end) if today < end else 0


def unit_name(unit_id: int, on: date) -> str:
    """What the place of a transition was called before it took effect."""
    version = (
        UnitVersion.objects.known().filter(unit=unit_id, since__lt=on).order_by("since").last()
        or UnitVersion.objects.known().filter(unit=unit_id).order_by("since").first()
    )
    return version.full_name if version else ""


def by_state(items: Any) -> dict[str, int]:
    """How many items stand in each state."""
    return dict(items.order_by().values_list("state").annotate(n=Count("pk")))

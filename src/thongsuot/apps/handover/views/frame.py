"""What the pages of a transition have in common: who may open it, its tabs, its days."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.handover import permit, queries
from thongsuot.apps.handover.calendar import calendar_around
from thongsuot.apps.handover.models import Item, Minutes, Transition
from thongsuot.apps.handover.models.choices import Allocation, TransitionSide
from thongsuot.apps.registry.models import UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.handover.access import (
    AREA,
    GIVER,
    RECEIVER,
    TABLE,
    Relation,
    relations,
)
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def number_in(text: str | None) -> int:
    """A number in an address or a hidden field; 0 for anything that cannot be a key."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else 0


def open_transition(request: HttpRequest, transition_id: int) -> Transition:
    """The transition, if the person has a part in it. Raises Refused (404) otherwise."""
    return queries.transition_in_sight(actor_in(request), transition_id)


LARGEST = 2**63 - 1


def may(actor: Actor, right: str, transition: Transition, item: Item | None = None) -> bool:
    """Whether the post acted in may do that: on the item, or else on some item of the transition.

    What a page offers; the actions ask again.
    """
    return any(
        actor.role in TABLE[right].get(relation, ())
        for relation in (
            _relations_on(actor, transition, item) if item else _relations_in(actor, transition)
        )
    )


def _relations_on(actor: Actor, transition: Transition, item: Item) -> frozenset[str]:
    confirmed = item.receiver_id if item.allocation == Allocation.CONFIRMED else 0
    giver = permit.answering(transition, item.giver_id)
    return relations(actor, Relation(giver, confirmed or 0, transition.unit_id))


def _relations_in(actor: Actor, transition: Transition) -> frozenset[str]:
    if actor.hat is None:
        return frozenset()
    bodies = actor.hat.bodies | {actor.hat.body}
    found = {AREA} if transition.unit_id in actor.hat.area else set()
    ends = transition.bodies.filter(side=TransitionSide.ENDS, body__in=bodies)
    if transition.residual_id in bodies or ends.exists():
        found.add(GIVER)
    return frozenset({*found, RECEIVER})  # what is confirmed for one's body shows on the list


def refuse_stranger(
    request: HttpRequest, right: str, transition: Transition, item: Item | None = None
) -> None:
    """Who may not send a form is not shown it either. Raises Refused (403)."""
    actor = actor_in(request)
    if not may(actor, right, transition, item):
        post = actor.hat.post if actor.hat else ""
        facts: dict[str, object] = {"act": right, "post": post}
        raise Refused.forbidden(Problem("handover.not-allowed", actor.name, facts))


def item_on(request: HttpRequest, transition: Transition, item_id: int) -> Item:
    """An item of the transition in sight. Raises Refused (404) for any other, always the same."""
    if item_id <= LARGEST:
        item = queries.item_in_sight(actor_in(request), item_id)
        if item.transition_id == transition.pk:
            return item
    raise Refused.missing(Problem("handover.item-missing"))


def minutes_on(request: HttpRequest, transition: Transition, minutes_id: int) -> Minutes:
    """Minutes of the transition in sight. Raises Refused (404) for any other, always the same."""
    minutes = queries.minutes_in_sight(actor_in(request), minutes_id)
    if minutes.transition_id != transition.pk:
        raise Refused.missing(Problem("handover.minutes-missing"))
    return minutes


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
        ("holders", _("Ai giữ"), None),
        ("radar", _("Tới hạn sau"), None),
        ("backlog", _("Tồn đọng"), None),
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

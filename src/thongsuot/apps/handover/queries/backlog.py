"""Unfinished work: the register frozen on the changeover day, its age, what will be carried over."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from thongsuot.apps.handover.calendar import calendar_around
from thongsuot.apps.handover.models import CarryLine, Item, Movement, Transition
from thongsuot.apps.handover.models.choices import Allocation, CarrySort, ItemState
from thongsuot.rules.handover import carry
from thongsuot.rules.handover.carry import Forecast

LATELY = 10  # working days over which the pace is taken
ENDED = (
    ItemState.CLOSED, ItemState.DESTROYED, ItemState.KEPT, ItemState.UNDONE, ItemState.REPLACED,
)  # fmt: skip


def work_in(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """The work among some items that somebody still waits for, handed over or not."""
    done = CarryLine.objects.filter(item=OuterRef("pk"), sort=CarrySort.DONE)
    return items.filter(~Exists(done), kind__in=carry.WORK).exclude(state__in=ENDED)


def is_frozen(transition_id: int) -> date | None:
    """The day on which the unfinished work of a transition was frozen; None before."""
    lines = CarryLine.objects.filter(item__transition=transition_id, sort=CarrySort.FROZEN)
    return lines.values_list("on", flat=True).first()


def register(items: "QuerySet[Item]", transition: Transition) -> "QuerySet[Any]":
    """The unfinished work still open: what was frozen, or before that day everything unfinished.

    Shapes: ``frozen_on``, ``proposal`` (a code of the rules), ``said`` and ``asked_id`` (the last
    words proposed, and who was asked) stand beside each item.
    """
    lines = CarryLine.objects.filter(item=OuterRef("pk"))
    frozen = lines.filter(sort=CarrySort.FROZEN)
    said = lines.filter(sort=CarrySort.PROPOSED).order_by("-id")
    rows = work_in(items)
    if is_frozen(transition.pk):
        rows = rows.filter(Exists(frozen))
    return rows.annotate(
        frozen_on=Subquery(frozen.values("on")[:1]),
        said=Subquery(said.values("text")[:1]),
        asked_id=Subquery(said.values("body")[:1]),
        proposal=_proposal(),
    )


def _proposal() -> Case:
    """``carry.proposal_for`` of every item, in the database."""
    named = {
        ItemState.DISPUTED: carry.DECIDE,
        ItemState.MISSING: carry.SEARCH,
        ItemState.ACCEPTED: carry.GO_ON,
    }
    return Case(
        *(When(state=state, then=Value(code)) for state, code in named.items()),
        When(allocation=Allocation.CONFIRMED, then=Value(carry.SIGN)),
        default=Value(carry.NAME),
        output_field=CharField(),
    )


@dataclass(frozen=True, slots=True)
class Backlog:
    """The register in figures. ``ages`` and ``proposals`` count open work by their codes."""

    frozen_on: date | None
    frozen: int
    done: int
    open: int
    people: int
    ages: dict[str, int]
    proposals: dict[str, int]
    forecast: Forecast
    until: date


def backlog(items: "QuerySet[Item]", transition: Transition, today: date) -> Backlog:
    """The unfinished work among the items, on a day: how much, how old, what will be left.

    Before the changeover the forecast is for that day, afterwards for the deadline of the
    transition (a month after the changeover where none is set).
    """
    frozen_on = is_frozen(transition.pk)
    rows = register(items, transition)
    lines = CarryLine.objects.filter(item__in=items.values("pk"), sort=CarrySort.FROZEN)
    frozen = lines.count() if frozen_on else 0
    per_age, total, people = _ages(rows, today)
    later = transition.deadline_on or transition.effective_on + timedelta(days=30)
    until = transition.effective_on if today < transition.effective_on else later
    groups = rows.order_by().values_list("proposal").annotate(n=Count("pk"))
    return Backlog(
        frozen_on=frozen_on,
        frozen=frozen,
        done=frozen - total if frozen_on else 0,
        open=total,
        people=people,
        ages=per_age,
        proposals=dict(groups),
        forecast=_forecast(items, rows, total, today, until),
        until=until,
    )


def _ages(rows: "QuerySet[Any]", today: date) -> tuple[dict[str, int], int, int]:
    counted = (
        rows.order_by()
        .values_list("next_due")
        .annotate(n=Count("pk"), people=Count("pk", filter=Q(citizen=True)))
    )
    ages: Counter[str] = Counter()
    people = 0
    for due, n, concerned in counted:
        ages[carry.age_of(due, today)] += n
        people += concerned
    return dict(ages), ages.total(), people


def _forecast(
    items: "QuerySet[Item]", rows: "QuerySet[Any]", total: int, today: date, until: date
) -> Forecast:
    calendar = calendar_around(today.year)
    since = calendar.add(calendar.on_or_before(today), -LATELY)
    mine = items.filter(kind__in=carry.WORK).values("pk")
    closed = Movement.objects.filter(
        kind="closed", on__gt=since, on__lte=today, item__in=mine
    ).values("item")
    done = CarryLine.objects.filter(sort=CarrySort.DONE, on__gt=since, on__lte=today, item__in=mine)
    return Forecast(
        open=total,
        certain=rows.filter(next_due__gte=until).count(),
        finished=closed.distinct().count() + done.count(),
        over_days=LATELY,
        days_left=calendar.between(today, until) if today < until else 0,
    )


def ordered(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The register as a paper prints it: people first, then by day."""
    return rows.order_by("-citizen", F("next_due").asc(nulls_last=True), "code")

"""Looking: dossiers as values of the rules, figures by desk, coverage n of N, the grid."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.procedures.models import (
    Dossier,
    DossierState,
    DossierStep,
    Offer,
    Procedure,
    Shop,
)
from thongsuot.apps.registry.models import UnitLevel, UnitVersion
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.procedures import counting, coverage


def dossier_value(row: Dossier) -> counting.Dossier:
    """A dossier as the rules see it, with the stretches in which it waited for more papers."""
    paused: list[Period] = []
    since: date | None = None
    for step in row.steps.order_by("pk"):
        if step.act == "pause":
            since = step.on
        elif since is not None and step.act in ("resume", "return"):
            if step.on > since:
                paused.append(Period(since, step.on))
            since = None
    if since is not None:
        paused.append(Period(since, None))
    return counting.Dossier(row.received, row.days, row.finished, tuple(paused), row.state)


def worded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems with states as an office calls them."""
    words = {str(v): str(label) for v, label in DossierState.choices}
    return [
        Problem(
            p.code,
            p.subject,
            {k: words.get(str(v), v) if k == "state" else v for k, v in p.facts.items()},
            p.law,
            p.blocks,
        )
        for p in problems
    ]


def tally_of(rows: "QuerySet[Dossier]", today: date) -> counting.Tally:
    """How some dossiers stand on a day; those given back are left out. One query."""
    counts = rows.exclude(state=DossierState.RETURNED).aggregate(**_counted(today))
    return counting.Tally(**counts)


def _counted(today: date) -> dict[str, Count]:
    goes_on = Q(state__in=sorted(counting.GOES_ON))
    over = Q(state=DossierState.OPEN, due_on__lt=today)
    return {
        "received": Count("pk"),
        "early": Count("pk", filter=Q(judged=counting.EARLY)),
        "on_time": Count("pk", filter=Q(judged=counting.ON_TIME)),
        "late": Count("pk", filter=Q(judged=counting.LATE)),
        "waiting": Count("pk", filter=goes_on & ~over),
        "overdue": Count("pk", filter=over),
    }


def tallies(rows: "QuerySet[Dossier]", today: date) -> dict[int, counting.Tally]:
    """How the dossiers of each shop stand on a day. One query."""
    names = list(_counted(today))
    found = (
        rows.exclude(state=DossierState.RETURNED)
        .order_by()
        .values("shop")
        .annotate(**_counted(today))
        .values_list("shop", *names)
    )
    return {shop: counting.Tally(*counts) for shop, *counts in found}


def due_codes(level: str, on: date) -> list[str]:
    """The codes of the procedures that a desk of that tier must receive on a day."""
    rows = Procedure.objects.filter(live=True, since__lte=on, **{level: True})
    open_ones = rows.filter(Q(until__isnull=True) | Q(until__gt=on))
    return list(open_ones.order_by("code").values_list("code", flat=True))


def level_of(units: Iterable[int]) -> dict[int, str]:
    """The tier of each unit, as procedures name it."""
    rows = (
        UnitVersion.objects.known().filter(unit__in=set(units)).values_list("unit", "unit__level")
    )
    return {
        unit: coverage.PROVINCE if level == UnitLevel.PROVINCE else coverage.COMMUNE
        for unit, level in rows
    }


@dataclass(frozen=True, slots=True)
class Covered:
    """One shop with its share of the procedures due at its tier."""

    shop: Shop
    share: coverage.Share
    decides: int


def coverage_of(shops: Iterable[Shop], on: date) -> tuple[Covered, ...]:
    """How many of the due procedures each shop receives, the least covered first. Four queries."""
    rows = list(shops)
    levels = level_of(s.unit_id for s in rows)
    due = {level: due_codes(level, on) for level in coverage.LEVELS}
    offered: defaultdict[int, set[str]] = defaultdict(set)
    decided: defaultdict[int, int] = defaultdict(int)
    for shop, code, decides in Offer.objects.filter(
        live=True, shop__in=[s.pk for s in rows]
    ).values_list("shop", "code", "decides"):
        offered[shop].add(code)
        decided[shop] += decides
    found = [
        Covered(
            s,
            coverage.share(due[levels.get(s.unit_id, coverage.COMMUNE)], offered[s.pk]),
            decided[s.pk],
        )
        for s in rows
    ]
    return tuple(sorted(found, key=lambda c: (c.share.hundredths or 0, c.shop.name)))


def grid(procedures: "QuerySet[Procedure]", shops: list[Shop]) -> list[tuple[Procedure, list[str]]]:
    """For each procedure how each shop has it: decides, receives, or nothing. Two queries."""
    rows = list(procedures)
    there = {
        (code, shop): coverage.DECIDES if decides else coverage.RECEIVES
        for code, shop, decides in Offer.objects.filter(
            live=True, shop__in=[s.pk for s in shops], code__in=[p.code for p in rows]
        ).values_list("code", "shop", "decides")
    }
    return [(p, [there.get((p.code, s.pk), "") for s in shops]) for p in rows]


def shops_on(on: date) -> "QuerySet[Shop]":
    """The shops that are open to the public on a day."""
    rows = Shop.objects.filter(since__lte=on)
    return rows.filter(Q(until__isnull=True) | Q(until__gt=on))


def faults() -> Iterator[Problem]:
    """What does not fit between dossiers and their steps; for ``thongsuot verify``."""
    states = {"receive": "open", "pause": "paused", "resume": "open", "finish": "done",
              "return": "returned"}  # fmt: skip
    last = DossierStep.objects.filter(dossier=OuterRef("pk")).exclude(act="move").order_by("-pk")
    for row in Dossier.objects.annotate(last=Subquery(last.values("act")[:1])).iterator():
        if states.get(row.last or "") != row.state:
            yield Problem("procedures.steps-differ", row.number)

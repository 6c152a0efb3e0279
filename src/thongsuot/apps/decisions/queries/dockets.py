"""Dockets as values of the rules; what waits; what does not fit."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.decisions.models import Consultation, Docket, DocketStep
from thongsuot.apps.decisions.models.choices import State
from thongsuot.apps.registry.naming import body_names
from thongsuot.rules.decisions import docket as rules
from thongsuot.rules.kernel.problem import Problem


def newest_round(row: Docket) -> "QuerySet[Consultation]":
    """Who was asked the last time the draft went out."""
    newest = Consultation.objects.filter(docket=row).order_by("-pk").values("entry")[:1]
    return Consultation.objects.filter(docket=row, entry__in=newest)


def papers_there(row: Docket) -> frozenset[str]:
    """The kinds of papers that lie in a docket."""
    return frozenset(row.papers.values_list("kind", flat=True))


def docket_value(row: Docket, on: date) -> rules.Docket:
    """A docket as the rules see it on a day."""
    open_ones = list(newest_round(row).filter(opinion__isnull=True).values_list("body", "due_on"))
    names = body_names(body for body, _due in open_ones)
    return rules.Docket(
        row.code,
        row.track,
        row.state,
        row.since,
        papers_there(row),
        tuple(sorted(names[body] for body, _due in open_ones)),
        overdue=bool(open_ones) and all(due < on for _body, due in open_ones),
    )


def open_task_problems(row: Docket) -> list[Problem]:
    """What keeps a decision from being finished: things still to do."""
    left = list(row.tasks.filter(done_on__isnull=True).values_list("text", flat=True))
    if not left:
        return []
    facts: dict[str, object] = {"count": len(left), "tasks": tuple(t[:80] for t in left[:5])}
    return [Problem("decisions.tasks-open", row.code, facts)]


def waiting_for(bodies: frozenset[int]) -> int:
    """How many dockets wait for these bodies: an opinion of the Party, of one asked, a vote."""
    party = Q(party__in=bodies, state=State.SUBMITTED)
    council = Q(council__in=bodies, state=State.OPINED, track="council")
    asked = Q(
        state=State.CONSULTING,
        pk__in=Consultation.objects.filter(body__in=bodies, opinion__isnull=True).values("docket"),
    )
    return Docket.objects.filter(party | council | asked).count()


def faults() -> Iterator[Problem]:
    """What does not fit between dockets and their steps; for ``thongsuot verify``."""
    last = DocketStep.objects.filter(docket=OuterRef("pk")).order_by("-pk").values("dst")[:1]
    acts: defaultdict[int, list[str]] = defaultdict(list)
    for docket, act in DocketStep.objects.order_by("pk").values_list("docket", "act"):
        acts[docket].append(act)
    for row in Docket.objects.annotate(stands=Subquery(last)).iterator():
        if (row.stands or State.DRAFT) != row.state:
            yield Problem("decisions.steps-differ", row.code)
        yield from rules.order_faults(row.track, acts[row.pk])

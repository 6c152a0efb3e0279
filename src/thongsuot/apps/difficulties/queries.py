"""Looking: what wards ask most, what waits, what was raised about a thing, and what does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from thongsuot.apps.authority.queries.fields import field_names
from thongsuot.apps.difficulties.models import Difficulty, DifficultyStep
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.rules.difficulties.lifecycle import WAITING, WITHDRAWN
from thongsuot.rules.kernel.problem import Problem

MOST_COUNTED = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about one field or one article: how often, by how many, how it went."""

    name: str
    asked: int
    bodies: int
    waiting: int
    late: int
    days: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the bodies in sight ask most, by field and by article, the most asked first."""

    asked: int
    waiting: int
    late: int
    answered: int
    days: int | None
    fields: tuple[Asked, ...]
    articles: tuple[Asked, ...]


class Row(NamedTuple):
    """What is counted of one difficulty."""

    field: str
    article: str
    raiser: int
    state: str
    due_on: date
    raised_on: date
    answered_on: date | None


def overview(rows: "QuerySet[Difficulty]", today: date) -> Overview:
    """The figures of some difficulties on a day; those that were joined count each. Two queries.

    ``days`` is the median of working days from raising to the answer.
    """
    found = rows.exclude(state=WITHDRAWN).order_by("-pk").values_list(*Row._fields)
    values = [Row(*value) for value in found[:MOST_COUNTED]]
    names = field_names()
    by_field: dict[str, list[Row]] = {}
    by_article: dict[str, list[Row]] = {}
    for value in values:
        by_field.setdefault(names.get(value.field, value.field), []).append(value)
        if value.article:
            by_article.setdefault(value.article, []).append(value)
    whole = _asked("", values, today)
    return Overview(
        whole.asked,
        whole.waiting,
        whole.late,
        whole.asked - whole.waiting,
        whole.days,
        _ranked(by_field, today),
        _ranked(by_article, today)[:20],
    )


def _ranked(groups: dict[str, list[Row]], today: date) -> tuple[Asked, ...]:
    found = (_asked(name, rows, today) for name, rows in groups.items())
    return tuple(sorted(found, key=lambda one: (-one.asked, one.name)))


def _asked(name: str, rows: list[Row], today: date) -> Asked:
    calendar = calendar_around(today.year)
    waiting = [r for r in rows if r.state == WAITING]
    spans = [calendar.between(r.raised_on, r.answered_on) for r in rows if r.answered_on]
    return Asked(
        name,
        len(rows),
        len({r.raiser for r in rows}),
        len(waiting),
        sum(1 for r in waiting if r.due_on < today),
        int(median(spans)) if spans else None,
    )


def about(kind: str, pk: int) -> "QuerySet[Difficulty]":
    """What was raised about one thing."""
    return Difficulty.objects.filter(about_kind=kind, about_id=pk)


def waiting_for(bodies: frozenset[int]) -> int:
    """How many difficulties wait for an answer of these bodies; one cheap query for the rail."""
    rows = Difficulty.objects.filter(holder__in=bodies, state=WAITING, same_as__isnull=True)
    return rows.count()


def with_joined(rows: "QuerySet[Difficulty]") -> "QuerySet[Difficulty]":
    """The rows with how many have the same."""
    counted = (
        Difficulty.objects.filter(same_as=OuterRef("pk"))
        .exclude(state=WITHDRAWN)
        .order_by()
        .values("same_as")
        .annotate(n=Count("pk"))
    )
    return rows.annotate(others=Subquery(counted.values("n")[:1]))


def faults() -> Iterator[Problem]:
    """What does not fit between difficulties and their steps; for ``thongsuot verify``."""
    last = DifficultyStep.objects.filter(difficulty=OuterRef("pk")).order_by("-pk")
    firsts = Difficulty.objects.filter(same_as__isnull=True).annotate(
        last_to=Subquery(last.values("to_body")[:1]), last_due=Subquery(last.values("due_on")[:1])
    )
    for row in firsts.iterator():
        joined_then_freed = row.last_to != row.holder_id and not _was_joined(row)
        if row.last_to is None or joined_then_freed:
            yield Problem("difficulties.steps-differ", row.code)
    following = Difficulty.objects.filter(same_as__isnull=False).exclude(state=WITHDRAWN)
    for other in following.select_related("same_as").iterator():
        first = other.same_as
        if first is not None and (other.state, other.holder_id) != (first.state, first.holder_id):
            yield Problem("difficulties.joined-differs", other.code)


def _was_joined(row: Difficulty) -> bool:
    """Whether it followed another once: its own steps then say less than the other's."""
    raised = row.steps.filter(Q(act="raise")).values_list("why", flat=True).first()
    return raised == ""

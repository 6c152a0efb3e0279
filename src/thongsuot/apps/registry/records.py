"""How a fact is written, ended and corrected: the only code that touches the two clocks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Q

from thongsuot.apps.registry.models import Fact
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem

F = TypeVar("F", bound=Fact)
CLOCKS = frozenset({"id", "recorded_at", "corrects", "superseded_at", "ended_at"})


def period_of(since: date | None, until: date | None) -> Period:
    """The period, or Refused with ``registry.bad-period`` when it would be empty."""
    if since is not None and until is not None and until <= since:
        raise Refused.because("registry.bad-period", since=since, until=until)
    return Period(since, until)


def refuse_overlap(
    model: type[Fact], same: Mapping[str, Any], period: Period, subject: str, skip: int = 0
) -> None:
    """Refuse a record that would be true of the same thing on the same day as another.

    Shapes: call it under the lock of the registry; ``skip`` is the record being corrected.
    """
    others = model._default_manager.filter(superseded_at__isnull=True, **same).exclude(pk=skip)
    clashes = [o for o in others if Period(o.since, o.until).overlaps(period)]
    if clashes:
        raise Refused(
            Problem("registry.overlap", subject, {"since": o.since, "until": o.until})
            for o in clashes
        )


def add(
    model: type[F], same: Mapping[str, Any], subject: str, /, *, at: datetime, **values: Any
) -> F:
    """Write a fact, refusing it when another of the same thing is true on one of its days."""
    period = period_of(values.get("since"), values.get("until"))
    refuse_overlap(model, same, period, subject)
    return model._default_manager.create(recorded_at=at, **same, **values)


def end(fact: F, subject: str, *, on: date, at: datetime) -> F:
    """Write that a fact is true no longer from ``on``.

    An end not yet written is added; an end planned for later becomes an earlier one by a
    correcting record. Returns the record now in force.

    Raises Refused when it ended before, or would end before it began.
    """
    if fact.until is not None and fact.until <= on:
        raise Refused.because("registry.already-ended", subject, on=fact.until)
    if fact.since is not None and fact.since >= on:
        raise Refused.because("registry.bad-period", subject, since=fact.since, until=on)
    if fact.until is None:
        fact.until, fact.ended_at = on, at
        fact.save(update_fields=["until", "ended_at"])
        return fact
    return supersede(fact, at=at, until=on)


def supersede(fact: F, *, at: datetime, **changes: Any) -> F:
    """Write a new record that corrects this one; the old one stays, marked as superseded.

    Raises Refused when it was corrected before: only the latest record can be.
    """
    refuse_corrected(fact)
    values = _content(fact)
    fact.superseded_at = at
    fact.save(update_fields=["superseded_at"])
    model = type(fact)
    return model._default_manager.create(
        recorded_at=at, corrects_id=fact.pk, **{**values, **changes}
    )


def end_on_or_withdraw(fact: Fact, subject: str, *, on: date, at: datetime) -> None:
    """End a fact on a day; one that began that very day was never true and is withdrawn."""
    if fact.since is not None and fact.since >= on:
        withdraw(fact, at=at)
    else:
        end(fact, subject, on=on, at=at)


def refuse_corrected(fact: Fact) -> None:
    """Refuse to touch a record that another one has corrected."""
    if fact.superseded_at is not None:
        raise Refused.because("registry.already-corrected", str(fact.pk))


def _content(fact: Fact) -> dict[str, Any]:
    """What a record says, without its number and its clocks."""
    fields = fact._meta.concrete_fields
    return {f.attname: getattr(fact, f.attname) for f in fields if f.name not in CLOCKS}


def restore(fact: F, *, at: datetime) -> F:
    """Write again what a superseded record said, as a new record of now."""
    return type(fact)._default_manager.create(recorded_at=at, **_content(fact))


def withdraw(fact: Fact, *, at: datetime) -> None:
    """Mark a record as never true, with nothing in its place; it stays readable as then known."""
    fact.superseded_at = at
    fact.save(update_fields=["superseded_at"])


def end_all(model: type[Fact], holding: Q, *, on: date, at: datetime) -> int:
    """End every fact of a kind that still holds on ``on`` and began before; returns how many.

    A fact that would only begin on or after that day never comes true and is superseded.
    """
    rows = model._default_manager.filter(holding, superseded_at__isnull=True)
    never = rows.filter(since__gte=on).update(superseded_at=at)
    planned = rows.filter(until__gt=on)
    for fact in planned:
        supersede(fact, at=at, until=on)
    ended = rows.filter(until__isnull=True).update(until=on, ended_at=at)
    return never + len(planned) + ended

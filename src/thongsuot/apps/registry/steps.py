"""The steps that several acts share: who may, is it named, is it in the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from thongsuot.apps.registry.models import Coverage, Post, PostRole
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy
from thongsuot.rules.registry.access import may_edit, may_keep_local

CHAIN = "registry"  # acts on the registry follow each other
Result = dict[str, object]


def allow(act: Act, units: Sequence[int]) -> None:
    """Refuse (403) an actor who may not change facts about these territories."""
    problem = may_edit(act.by, units)
    if problem is not None:
        raise Refused.forbidden(problem)


def local_problem(actor: Actor, unit: int, on: date) -> Problem | None:
    """Why the actor may not keep the neighbourhoods of this commune; None when it may."""
    covering = Coverage.objects.on(on).filter(unit=unit).values_list("body", flat=True)
    return may_keep_local(actor, [unit], list(covering))


def allow_local(act: Act, unit: int) -> None:
    """Refuse (403) an actor who may not keep the neighbourhoods of this commune."""
    problem = local_problem(act.by, unit, act.on)
    if problem is not None:
        raise Refused.forbidden(problem)


def named(name: str) -> str:
    """The name on one line, or Refused when it is empty."""
    clean = tidy(name)
    if not clean:
        raise Refused.because("registry.name-missing")
    return clean


def one_of(value: str, allowed: Sequence[str]) -> str:
    """The value when it is in the closed list, or Refused naming the list."""
    if value not in allowed:
        raise Refused.because("registry.unknown-kind", value, allowed=tuple(allowed))
    return value


def new_post(act: Act, body: int, wanted: dict[str, Any], since: date) -> Post:
    """Write a post of a body; ``wanted`` has title and role, and may have rank and the rest."""
    one_of(wanted["role"], PostRole.values)
    return Post.objects.create(
        body_id=body,
        title=named(wanted["title"]),
        role=wanted["role"],
        rank=wanted.get("rank", 100),
        signature_critical=wanted.get("signature_critical", False),
        since=since,
        recorded_at=act.at,
    )

"""What the facts of problems are called: bodies, groups and states by the names an office uses."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from thongsuot.apps.handover.models.choices import ItemState
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.settling.models.choices import Group, SealState
from thongsuot.rules.kernel.problem import Problem

BODIES = ("receiver", "wanted", "minutes")


def with_names(problems: Iterable[Problem]) -> list[Problem]:
    """The same problems, their facts named. Whole numbers under ``BODIES`` are ids of bodies."""
    found = list(problems)
    ids = {v for p in found for k in BODIES if isinstance(v := p.facts.get(k), int)}
    names = body_names(ids)
    return [
        Problem(p.code, p.subject, _facts(p, names), p.law, p.blocks) if p.facts else p
        for p in found
    ]


def _facts(problem: Problem, names: dict[int, str]) -> dict[str, object]:
    facts = dict(problem.facts)
    for key in BODIES:
        value = facts.get(key)
        if isinstance(value, int):
            facts[key] = names.get(value) or _("chưa có nơi nhận")
    if "group" in facts:
        facts["group"] = str(Group(str(facts["group"])).label).lower()
    state = str(facts.get("state", ""))
    if state in SealState.values:
        facts["state"] = str(SealState(state).label)
    elif state in ItemState.values:
        facts["state"] = str(ItemState(state).label)
    return facts

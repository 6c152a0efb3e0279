"""Which office answers for a matter at a place on a day: the one function to ask.

Built upon the table of matters of this room: where papers are handed in. Who decides, by which
article, is the register of competence's to say; a line names its matter there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from thongsuot.apps.disclosure import shipped
from thongsuot.apps.disclosure.models import Matter
from thongsuot.apps.registry.models import BodyVersion, Coverage, UnitVersion
from thongsuot.rules.disclosure.matters import PROVINCE, Candidate, Responsible, Rule, rule_on, who
from thongsuot.rules.kernel.period import Period

ANSWERING = ("peoples-committee", "service-centre", "department")


def responsible(matter: str, unit: int, on: date) -> Responsible:
    """The office for a matter (its code, or "" for none in particular) in a commune on a day.

    Shapes: ``unit`` is the number of a commune in the registry, or of a province for a matter that
    the province answers for. Never a guess: a body that the registry does not have is None, with
    its kind and unit given.
    """
    rule = rule_on(rules(), matter, on)
    if rule is not None and rule.reach == PROVINCE:
        above = (
            UnitVersion.objects.on(on).filter(unit=unit).values_list("parent", flat=True).first()
        )
        unit = above or unit
    return responsible_in(rule, [unit], on)[unit]


def responsible_in(rule: Rule | None, units: Iterable[int], on: date) -> Mapping[int, Responsible]:
    """The same by a rule, for several units of the tier that it speaks of. Two queries."""
    asked = list(dict.fromkeys(units))
    bodies = _bodies(asked, on)
    return {unit: who(rule, unit, unit, bodies.get(unit, [])) for unit in asked}


def _bodies(units: Iterable[int], on: date) -> Mapping[int, list[Candidate]]:
    """The bodies that may answer, by the unit they act in."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    found: defaultdict[int, list[Candidate]] = defaultdict(list)
    rows = Coverage.objects.on(on).filter(unit__in=set(units), body__kind__in=ANSWERING)
    for body, unit in rows.order_by("body").values_list("body", "unit"):
        places[body].append(unit)
    named = BodyVersion.objects.on(on).filter(body__in=places).select_related("body")
    for version in named.order_by("body"):
        for unit in places[version.body_id]:
            found[unit].append(Candidate(version.body_id, version.body.kind, version.name, unit))
    return found


def rules() -> tuple[Rule, ...]:
    """Every matter: what the product brings, and over it what this office has put."""
    own: dict[str, Matter] = {m.code: m for m in Matter.objects.order_by("id")}
    power = {r.code: r.power for r in shipped.rules()}
    kept = {
        code: replace(rule_of(m), power=power.get(code, ""))
        for code, m in own.items()
        if not m.withdrawn
    }
    brought = [kept.pop(r.code, r) for r in shipped.rules()]
    return (*brought, *kept.values())


def rule_of(matter: Matter) -> Rule:
    """A kept line as the rules read it."""
    return Rule(
        code=matter.code, name=matter.name, name_en=matter.name_en or matter.name,
        reach=matter.reach, kind=matter.kind, period=Period(matter.since, matter.until),
        sector=matter.sector, organ=matter.organ, bring=matter.bring, law=matter.law,
        clause=matter.clause, read=matter.read, note=matter.note, source=matter.source,
        group=matter.group,
    )  # fmt: skip

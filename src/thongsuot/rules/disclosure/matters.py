"""Which sort of office answers for a matter, as dated rules that people keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.period import Period

# Where a matter is answered for.
COMMUNE = "commune"  # by the commune where the person lives or the thing lies
ANYWHERE = "anywhere"  # by any commune
PROVINCE = "province"  # by a body of the province
REACHES = (COMMUNE, ANYWHERE, PROVINCE)

COMMITTEE, CENTRE, DEPARTMENT = "peoples-committee", "service-centre", "department"
# Who is asked for at the place of each reach, the surest first.
COUNTERS = {COMMUNE: (CENTRE, COMMITTEE), ANYWHERE: (CENTRE, COMMITTEE)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One matter (việc, thủ tục) and the office that answers for it over one period.

    ``code`` stands in addresses. ``kind`` is the kind of body that decides; ``sector`` tells two
    bodies of a kind apart ("Giáo dục và Đào tạo"); ``organ`` is who signs. ``read``: the text of
    ``law`` itself was read; otherwise the rule is to be confirmed, and shown so. ``power`` is the
    matter of the register of competence that says who decides this; empty where it has none.
    """

    code: str
    name: str
    name_en: str
    reach: str
    kind: str
    period: Period
    sector: str = ""
    organ: str = ""
    bring: str = ""
    law: str = ""
    clause: str = ""
    read: bool = False
    note: str = ""
    source: str = ""
    group: str = ""
    power: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body that could answer: its kind, its name, the unit it acts in."""

    body: int
    kind: str
    name: str
    unit: int


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for a matter at a place on a day.

    ``decides`` is the body that decides and ``counter`` where papers are handed in; None where the
    registry has no such body: the sort of body and the unit are known all the same. ``unit`` is the
    unit whose body it is: the commune, or the province above it.
    """

    rule: Rule | None
    unit: int
    kind: str
    decides: Candidate | None = None
    counter: Candidate | None = None

    @property
    def visit(self) -> Candidate | None:
        """Where a person goes: the counter, else the body itself."""
        return self.counter or self.decides


def rule_on(rules: Iterable[Rule], code: str, on: date) -> Rule | None:
    """The rule of that matter that holds on the day; the last of several given wins."""
    found = [r for r in rules if r.code == code and on in r.period]
    return found[-1] if found else None


def who(rule: Rule | None, commune: int, province: int, bodies: Sequence[Candidate]) -> Responsible:
    """The office for a matter of somebody in a commune; without a matter, the commune's own counter.

    Shapes: ``bodies`` are those of the commune and of the province that are there on the day. A
    body of the province is only taken when its name says the sector of the rule: another
    department is no answer.
    """
    if rule is not None and rule.reach == PROVINCE:
        ours = [b for b in bodies if b.unit == province and b.kind == rule.kind]
        named = [b for b in ours if _says(b.name, rule.sector)] if rule.sector else ours
        return Responsible(rule, province, rule.kind, named[0] if len(named) == 1 else None)
    here = [b for b in bodies if b.unit == commune]
    kind = rule.kind if rule is not None else COMMITTEE
    return Responsible(rule, commune, kind, _first(here, (kind,)), _first(here, COUNTERS[COMMUNE]))


def _first(bodies: Sequence[Candidate], kinds: Sequence[str]) -> Candidate | None:
    """The one body of the first kind that has any; several of a kind are no answer."""
    for kind in kinds:
        found = [b for b in bodies if b.kind == kind]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _says(name: str, sector: str) -> bool:
    return sector.casefold() in name.casefold()

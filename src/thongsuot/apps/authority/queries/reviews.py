"""What communes say of the rules: the sheet of one commune, the grid of a province."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from thongsuot.apps.authority.models import Review, Rule
from thongsuot.apps.authority.models.choices import Status
from thongsuot.apps.registry.models import UnitLevel, UnitVersion
from thongsuot.rules.authority.values import Tier
from thongsuot.rules.kernel.text import sort_key


@dataclass(frozen=True, slots=True)
class Row:
    """One rule and what a commune says of it; ``review`` None: nobody looked yet."""

    rule: Rule
    review: Review | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Communes × rules. ``cells[unit][code]`` is a state; a missing one was not reviewed."""

    units: tuple[UnitVersion, ...]
    rules: tuple[Rule, ...]
    cells: dict[int, dict[str, str]]
    by_unit: dict[int, Counter[str]]
    by_rule: dict[str, Counter[str]]

    @property
    def asked(self) -> int:
        """How many answers there could be."""
        return len(self.units) * len(self.rules)

    @property
    def told(self) -> int:
        """How many there are."""
        return sum(len(row) for row in self.cells.values())


def rules_to_review(units: Collection[int], field: str = "") -> tuple[Rule, ...]:
    """The published rules that give something to the communes, by field.

    Shapes: a rule of one place counts only where ``units`` (with those above them) have that place.
    """
    rows = Rule.objects.filter(live=True, status=Status.PUBLISHED, to_tier=Tier.COMMUNE)
    above = UnitVersion.objects.known().filter(unit__in=units, parent__isnull=False)
    here = {*units, *above.values_list("parent", flat=True)}
    rows = rows.filter(Q(places__isnull=True) | Q(places__unit__in=here)).distinct()
    if field:
        rows = rows.filter(matter__field__code=field)
    return tuple(
        rows.select_related("matter__field", "text").order_by(
            "matter__field__group__number", "matter__field__name", "code"
        )
    )


def sheet_of(unit: int, field: str = "") -> tuple[Row, ...]:
    """Every rule for the communes with what this one says of it. Three queries."""
    held = {r.rule_code: r for r in Review.objects.filter(unit=unit)}
    return tuple(Row(rule, held.get(rule.code)) for rule in rules_to_review([unit], field))


def grid_of(units: "frozenset[int]", on: date, field: str = "") -> Grid:
    """The communes among those units with what each says of each rule. Four queries."""
    inside = Q(unit__in=units) | Q(parent__in=units)  # also those that begin in the area later
    rows = UnitVersion.objects.on(on).filter(inside, unit__level=UnitLevel.COMMUNE)
    versions = sorted(rows.select_related("unit"), key=lambda v: sort_key(v.name))
    rules = rules_to_review(units, field)
    codes = {r.code for r in rules}
    cells: defaultdict[int, dict[str, str]] = defaultdict(dict)
    by_unit: defaultdict[int, Counter[str]] = defaultdict(Counter)
    by_rule: defaultdict[str, Counter[str]] = defaultdict(Counter)
    said = Review.objects.filter(unit__in=[v.unit_id for v in versions])
    for unit, code, state in said.values_list("unit", "rule_code", "state"):
        if code in codes:
            cells[unit][code] = state
            by_unit[unit][state] += 1
            by_rule[code][state] += 1
    return Grid(tuple(versions), rules, dict(cells), dict(by_unit), dict(by_rule))

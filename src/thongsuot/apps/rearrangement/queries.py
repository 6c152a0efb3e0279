"""Looking at schemes: who has sent in, how options compare, how far it is carried out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum

from thongsuot.apps.rearrangement.models import CarriedStep, Option, PresentUnit, Scheme, StepWord
from thongsuot.apps.rearrangement.values import founded_of, lines_of, present_of, units_of
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.apps.registry.naming import body_names
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold, sort_key
from thongsuot.rules.rearrangement.option import (
    Coverage,
    Fate,
    Founded,
    Line,
    Outcome,
    Present,
    Total,
    check_option,
    coverage,
    outcomes,
    totals,
)

NOTHING = Total()


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """One department of a scheme: its units, and when it sent them in."""

    body: int
    name: str
    units: int
    people: int
    leaders: int
    sent_at: datetime | None
    sent_by: str


def owners_of(scheme: Scheme, only: Collection[int] | None = None) -> list[OwnerRow]:
    """The departments of a scheme by name, those in ``only`` or all. Three queries."""
    rows = [r for r in scheme.owners.all() if only is None or r.body_id in only]
    names = body_names(r.body_id for r in rows)
    units = PresentUnit.objects.filter(scheme=scheme).order_by().values("owner")
    counted = units.annotate(n=Count("pk"), people=Sum("people"), leaders=Sum("leaders"))
    counts = {u["owner"]: (u["n"], u["people"], u["leaders"]) for u in counted}
    found = []
    for row in rows:
        n, people, leaders = counts.get(row.body_id, (0, 0, 0))
        name = names[row.body_id]
        found.append(OwnerRow(row.body_id, name, n, people, leaders, row.sent_at, row.sent_by))
    return sorted(found, key=lambda r: sort_key(r.name))


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option as it stands: what it lacks, what comes out of it, by owner and together."""

    option: Option
    covered: Coverage
    problems: tuple[Problem, ...]
    totals: Mapping[int, Total]
    outcomes: tuple[Outcome, ...]

    @property
    def whole(self) -> Total:
        """All owners together."""
        return self.totals.get(0, NOTHING)

    @property
    def percent(self) -> int | None:
        """By how many percent there are fewer units, rounded."""
        return rounded(self.whole)


def rounded(total: Total) -> int | None:
    """By how many percent there are fewer units, in whole percents; None where there were none."""
    return None if total.fewer_percent is None else round(total.fewer_percent)


def view_of(option: Option, present: tuple[Present, ...], version: int = 0) -> OptionView:
    """One option, judged and summed up; what has no fate yet is counted as kept. Two queries."""
    lines: tuple[Line, ...] = lines_of(option, version)
    founded: tuple[Founded, ...] = founded_of(option, version)
    covered = coverage(present, lines)
    counted = (*lines, *(Line(p.code, Fate.KEEP) for p in covered.missing))
    return OptionView(
        option,
        covered,
        check_option(present, lines, founded),
        totals(present, counted, founded),
        outcomes(present, counted, founded),
    )


def options_of(scheme: Scheme) -> list[OptionView]:
    """Every option of a scheme, in the order of the letters; the approved one in its version."""
    present = present_of(units_of(scheme))
    return [
        view_of(o, present, scheme.chosen_version or 0 if o.pk == scheme.chosen_id else 0)
        for o in scheme.options.order_by("letter")
    ]


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One owner (or all of them): as it is, and as it would be by each option."""

    name: str
    now: Total
    cells: tuple[tuple[Total, int | None], ...]


def compare(views: Iterable[OptionView], names: Mapping[int, str], whole: str) -> list[CompareRow]:
    """Options side by side, by owner; the last row is all of them together."""
    seen = list(views)
    bodies = sorted(
        {o for v in seen for o in v.totals if o}, key=lambda b: sort_key(names.get(b, ""))
    )
    rows = []
    for body in (*bodies, 0):
        cells = tuple((t := v.totals.get(body, NOTHING), rounded(t)) for v in seen)
        now = cells[0][0] if cells else NOTHING
        rows.append(CompareRow(names.get(body, str(body)) if body else whole, now, cells))
    return rows


@dataclass(frozen=True, slots=True)
class GridCell:
    """How many units of a department have a step behind them, and how many are late with it."""

    done: int
    of: int
    late: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """One department across the steps."""

    body: int
    name: str
    cells: tuple[GridCell, ...]
    late: int


def grid_of(scheme: Scheme, today: date, only: Collection[int] | None = None) -> list[GridRow]:
    """Departments × steps, those with most late first. Two queries."""
    rows = CarriedStep.objects.filter(scheme=scheme).order_by()
    if only is not None:
        rows = rows.filter(present__owner__in=only)
    late = Q(done_on__isnull=True, due_on__lt=today)
    counted = rows.values("present__owner", "step").annotate(
        n=Count("pk"),
        done=Count("pk", filter=Q(done_on__isnull=False)),
        late=Count("pk", filter=late),
    )
    by_owner: defaultdict[int, dict[str, GridCell]] = defaultdict(dict)
    for row in counted:
        by_owner[row["present__owner"]][row["step"]] = GridCell(row["done"], row["n"], row["late"])
    names = body_names(by_owner)
    found = [
        GridRow(
            body, names[body], tuple(cells.get(s, GridCell(0, 0, 0)) for s in StepWord.values),
            sum(c.late for c in cells.values()),
        )
        for body, cells in by_owner.items()
    ]  # fmt: skip
    return sorted(found, key=lambda r: (-r.late, sort_key(r.name)))


def targets_of(option: Option, version: int = 0) -> list[tuple[str, str]]:
    """The units that are there after an option: code and name, for a choice."""
    present = present_of(units_of(option.scheme))
    found = outcomes(present, lines_of(option, version), founded_of(option, version))
    return [(o.code, f"{o.code} · {o.name}") for o in found]


def bodies_named(text: str, on: date) -> list[int]:
    """The bodies of a list of names, one a line. Raises Refused with every name that is not one."""
    names = [line.strip() for line in text.splitlines() if line.strip()]
    rows = BodyVersion.objects.on(on).filter(folded__in={fold(n) for n in names})
    found: defaultdict[str, set[int]] = defaultdict(set)
    for folded, body in rows.values_list("folded", "body"):
        found[folded].add(body)
    wrong = [n for n in names if len(found[fold(n)]) != 1]
    if wrong:
        raise Refused([Problem("rearrangement.body-not-named", n[:80]) for n in wrong])
    return [next(iter(found[fold(n)])) for n in names]

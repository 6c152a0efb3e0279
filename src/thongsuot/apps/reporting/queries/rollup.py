"""One data set, any cut-off: what had been filed by a moment, added up by group and as a whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from thongsuot.apps.reporting.models import Filing, FilingKind, FormVersion, Return, Round, Series
from thongsuot.apps.reporting.names import body_names, parents_of, unit_names
from thongsuot.apps.reporting.values import form_of, from_kept
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.reporting.forms import Form, Value, Values
from thongsuot.rules.reporting.returns import Came, Counts, Standing, count, standing_of
from thongsuot.rules.reporting.rollup import Figure, Sums, add_up, figures, over_time
from thongsuot.rules.reporting.snapshots import Filing as Filed
from thongsuot.rules.reporting.snapshots import came_at, known_at

TOLD = (FilingKind.SUBMITTED, FilingKind.NOTHING, FilingKind.RECALLED)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in what was gathered: what it reported, and on which filings that rests."""

    body: int
    name: str
    unit: int | None
    group: int | None
    values: Values | None
    filings: tuple[int, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of what lies under one unit above (a province in the nation)."""

    unit: int
    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything filed for a stretch of days by a moment, added up."""

    form: Form
    version: FormVersion
    rounds: tuple[Round, ...]
    units: tuple[UnitLine, ...]
    counts: Counts
    groups: tuple[Group, ...]
    whole: Sums

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the whole, in the order of the form."""
        return figures(self.form, self.whole)


def rounds_in(series: Series, period: Period) -> list[Round]:
    """The periods of a series that end inside a stretch of days, in order."""
    rows = Round.objects.filter(series=series, until__gt=period.since, until__lte=period.until)
    return list(rows.select_related("version__form", "series").order_by("since"))


def gather(rounds: Sequence[Round], at: datetime) -> Gathered:
    """What was filed for these periods up to a moment, whatever was filed or changed since.

    Shapes: ``rounds`` in order of time, at least one; the form is that of the last. A unit counts
    by the last period in which it was expected.
    """
    version = rounds[-1].version
    form = form_of(version)
    owners = list(
        Return.objects.filter(round__in=rounds)
        .order_by("round__since", "pk")
        .values_list("pk", "round", "body", "unit")
    )
    known, since = _known(rounds, owners, at)
    last: dict[int, tuple[int, int, int | None]] = {}
    values: defaultdict[int, list[Values]] = defaultdict(list)
    rests: defaultdict[int, list[int]] = defaultdict(list)
    for owner, round_id, body, unit in owners:
        last[body] = (owner, round_id, unit)
        filed = known.get(owner)
        if filed is not None:
            values[body].append(filed.values)
            rests[body].append(filed.id)
    names = body_names(last, rounds[-1].since)
    days = {r.pk: r.due_at for r in rounds}
    end = rounds[-1].period.last_day or rounds[-1].since
    above = parents_of({place for _o, _r, place in last.values() if place}, end)
    came, lines = [], []
    for body, (owner, round_id, place) in last.items():
        filed = known.get(owner)
        one = Came(names[body], since.get(owner), filed.nothing if filed else False)
        came.append(one)
        said = values.get(body)
        lines.append(
            UnitLine(
                body=body,
                name=names[body],
                unit=place,
                group=above.get(place) if place else None,
                values=None if said is None else said[0] if len(said) == 1 else over_time(form, said),
                filings=tuple(rests.get(body, ())),
                standing=standing_of(one, days[round_id], at),
            )
        )  # fmt: skip
    groups = _groups(form, lines, end)
    whole = Sums.empty(form)
    for group in groups:
        whole.join(group.sums)
    alone = [(u.name, u.values) for u in lines if u.group is None and u.values is not None]
    whole.join(add_up(form, alone))
    return Gathered(
        form,
        version,
        tuple(rounds),
        tuple(lines),
        count(came, days[rounds[-1].pk], at),
        groups,
        whole,
    )


def _known(
    rounds: Sequence[Round], owners: Sequence[tuple[Any, ...]], at: datetime
) -> tuple[dict[int, Filed], dict[int, datetime]]:
    """What stood for each return at the moment, and since when it had been there. One query."""
    rows = Filing.objects.filter(round__in=rounds, kind__in=TOLD, at__lte=at).values_list(
        "pk", "owner", "number", "at", "values", "kind"
    )
    filed = [
        Filed(
            pk, str(owner), number, when, from_kept(values),
            kind == FilingKind.NOTHING, kind != FilingKind.RECALLED,
        )
        for pk, owner, number, when, values, kind in rows
    ]  # fmt: skip
    standing = known_at(filed, at)
    came = came_at(filed, at)
    return (
        {int(owner): one for owner, one in standing.items()},
        {int(owner): moment for owner, moment in came.items()},
    )


def _groups(form: Form, lines: Sequence[UnitLine], end: date) -> tuple[Group, ...]:
    """The units that reported, added up under the unit above each."""
    under: defaultdict[int, list[tuple[str, Values]]] = defaultdict(list)
    for line in lines:
        if line.group is not None:
            under.setdefault(line.group, [])
            if line.values is not None:
                under[line.group].append((line.name, line.values))
    names = unit_names(under, end)
    return tuple(
        Group(unit, names.get(unit, str(unit)), add_up(form, those))
        for unit, those in under.items()
    )


def as_content(found: Gathered) -> Mapping[str, Any]:
    """What a snapshot keeps of it: plain values, every filing by its number."""
    many = len(found.groups) > 1
    return {
        "form": found.version.pk,
        "form_digest": found.version.digest,
        "rounds": [r.pk for r in found.rounds],
        "counts": counts_content(found.counts),
        "units": [
            {
                "body": u.body,
                "name": u.name,
                "unit": u.unit,
                "standing": u.standing.value,
                "filings": list(u.filings),
            }
            for u in found.units
        ],
        "figures": [figure_content(f) for f in found.figures],
        "groups": [
            {
                "unit": g.unit,
                "name": g.name,
                "figures": [figure_content(f, texts=False) for f in figures(found.form, g.sums)],
            }
            for g in found.groups
        ]
        if many
        else [],
    }


def counts_content(counts: Counts) -> dict[str, Any]:
    """Counts as they are kept."""
    return {
        name: list(value) if isinstance(value := getattr(counts, name), tuple) else value
        for name in Counts.__slots__
    }


def figure_content(figure: Figure, *, texts: bool = True) -> dict[str, Any]:
    """A figure as it is kept; an average as its exact fraction."""
    kept: dict[str, Any] = {"key": figure.key, "said": figure.said, "units": figure.units}
    if figure.number is not None:
        kept["number"] = figure.number
    if figure.average is not None:
        kept["average"] = [figure.average.numerator, figure.average.denominator]
    if figure.share is not None:
        kept["share"] = list(figure.share)
    if figure.texts and texts:
        kept["texts"] = [[said.unit, said.text] for said in figure.texts]
    return kept


def values_of_units(
    filings: Mapping[int, Sequence[int]], form: Form
) -> dict[int, dict[str, Value]]:
    """What each body said in the filings that a snapshot names; one query."""
    wanted = [pk for those in filings.values() for pk in those]
    rows: dict[int, Any] = {}
    for at in range(0, len(wanted), 20_000):
        rows |= dict(
            Filing.objects.filter(pk__in=wanted[at : at + 20_000]).values_list("pk", "values")
        )
    return {
        body: over_time(form, [from_kept(rows[pk]) for pk in those])
        for body, those in filings.items()
        if those
    }

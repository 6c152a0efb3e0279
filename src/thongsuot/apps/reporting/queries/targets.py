"""Looking at indicators: reckoned from a snapshot, against their trajectory, over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from thongsuot.apps.reporting.models import FormVersion, Indicator, Measure, Series, Snapshot
from thongsuot.apps.reporting.queries.rollup import values_of_units
from thongsuot.apps.reporting.queries.snapshots import figure_from, frozen
from thongsuot.apps.reporting.values import form_of
from thongsuot.rules.reporting.forms import Form, Values
from thongsuot.rules.reporting.formula import parse, value
from thongsuot.rules.reporting.indicators import Direction, Point, Track, due_on, track
from thongsuot.rules.reporting.rollup import Figure, add_up, figures

Known = dict[str, Fraction | int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """What an indicator is for the whole (empty key), a group or a unit."""

    key: str
    value: Fraction | None
    said: int
    units: int


def newest_form(series: Series) -> Form:
    """The newest version of the form of a series."""
    rows = FormVersion.objects.filter(form=series.form_id).select_related("form")
    return form_of(rows.order_by("-since", "-number")[0])


def _known(form: Form, those: Sequence[Figure]) -> Known:
    """Figures by the names that formulas use, in whole units and not in smallest parts."""
    known: Known = {"don_vi": max((f.units for f in those), default=0)}
    for figure in those:
        scale = 10 ** form.field(figure.key).places
        if figure.share is not None:
            known[figure.key], known[f"{figure.key}_n"] = figure.share
        elif figure.average is not None:
            known[figure.key] = figure.average / scale
        elif figure.number is not None:
            known[figure.key] = Fraction(figure.number, scale)
    return known


def measured(one: Indicator, snapshot: Snapshot) -> list[Line]:
    """An indicator reckoned from a snapshot: the whole first, then groups, then units by name."""
    now, node = frozen(snapshot), parse(one.formula)
    said = sum(1 for unit in snapshot.content["units"] if unit["filings"])
    whole = value(node, _known(now.form, now.figures))
    lines = [Line("", whole, said, len(snapshot.content["units"]))]
    for group in snapshot.content["groups"]:
        those = [figure_from(f) for f in group["figures"]]
        units = max((f.units for f in those), default=0)
        lines.append(Line(group["name"], value(node, _known(now.form, those)), units, units))
    filings = {unit["body"]: unit["filings"] for unit in snapshot.content["units"]}
    said_by = values_of_units(filings, now.form)
    names = {unit["body"]: unit["name"] for unit in snapshot.content["units"]}
    taken = {line.key for line in lines}
    for body, name in names.items():
        if name in taken:  # two bodies of one name: the first stands for it
            continue
        taken.add(name)
        alone = _alone(now.form, name, said_by.get(body))
        lines.append(Line(name, value(node, alone), 1 if body in said_by else 0, 1))
    return lines


def _alone(form: Form, name: str, values: Values | None) -> Known:
    return {} if values is None else _known(form, figures(form, add_up(form, [(name, values)])))


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator at one measuring, against its trajectory."""

    on: date
    at: datetime
    value: Fraction | None
    due: Fraction | None
    track: Track
    said: int
    units: int


def points_of(one: Indicator) -> list[Point]:
    """The milestones of a target."""
    return [Point(date.fromisoformat(p["on"]), Fraction(p["value"])) for p in one.points]


def reading_of(one: Indicator, row: Measure) -> Reading:
    """One measure against the trajectory of its indicator."""
    found = Fraction(int(row.top), int(row.bottom)) if row.top is not None and row.bottom else None
    points = points_of(one)
    return Reading(
        row.on,
        row.at,
        found,
        due_on(points, row.on),
        track(points, found, row.on, Direction(one.direction)),
        row.said,
        row.units,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator on the board: its newest reading, or that it was never measured."""

    indicator: Indicator
    last: Reading | None


def board(indicators: Sequence[Indicator]) -> list[Standing]:
    """The newest reading of each indicator for the whole; one query."""
    newest: dict[int, Measure] = {}
    rows = Measure.objects.filter(indicator__in=indicators, key="").order_by("on", "at", "pk")
    for row in rows:
        newest[row.indicator_id] = row
    return [
        Standing(one, reading_of(one, newest[one.pk]) if one.pk in newest else None)
        for one in indicators
    ]


def history(one: Indicator, key: str = "") -> list[Reading]:
    """Every reading of an indicator for the whole or for one key, in order of time."""
    latest: dict[date, Measure] = {}
    for row in Measure.objects.filter(indicator=one, key=key).order_by("on", "at", "pk"):
        latest[row.on] = row
    return [reading_of(one, row) for row in latest.values()]


def by_key(one: Indicator) -> Mapping[str, Reading]:
    """The newest reading of each group and unit, by name in the order they were measured."""
    last = Measure.objects.filter(indicator=one).order_by("-on", "-at", "-pk").first()
    if last is None:
        return {}
    rows = Measure.objects.filter(indicator=one, snapshot=last.snapshot_id).exclude(key="")
    return {row.key: reading_of(one, row) for row in rows.order_by("pk")}

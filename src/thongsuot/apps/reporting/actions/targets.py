"""Indicators and targets, measuring them from a snapshot, scoring oneself along an index."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Max

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions.steps import (
    Result,
    body_chain,
    series_chain,
    signed_name,
    worded,
)
from thongsuot.apps.reporting.models import Direction, Indicator, Measure, Scores, Snapshot
from thongsuot.apps.reporting.queries.targets import measured, newest_form
from thongsuot.apps.reporting.values import content_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.reporting.access import Stand
from thongsuot.rules.reporting.forms import NUMBERS, FieldType
from thongsuot.rules.reporting.formula import KEPT_DIGITS, check_formula, fits
from thongsuot.rules.reporting.indicators import Point, check_trajectory
from thongsuot.rules.reporting.indices import check_scores, index_on


@action("reporting.indicator-written")
def write_indicator(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    series_id: int,
    title: str,
    formula: str,
    points: Sequence[Mapping[str, str]],
    about: Mapping[str, Any],
    indicator_id: int | None = None,
) -> Result:
    """Write an indicator with its formula and the milestones of its target (chỉ tiêu).

    ``points`` are days and values; ``about`` holds work, unit, places, direction, basis. A changed
    indicator is a new one; what was measured on the old one stays with it.

    Raises Refused: a formula that cannot be read or asks for figures the form does not have, a
    target without its end.
    """
    series = permit.series_in_sight(act.by, series_id, whole=True)
    permit.allow(act.by, "target.write", series)
    name = worded(title, "reporting.indicator-without-title", most=300)
    form = newest_form(series)
    names = _names(form)
    path = [Point(date.fromisoformat(p["on"]), Fraction(p["value"])) for p in points]
    refuse_if([*check_formula(formula, names, name), *check_trajectory(path, name)])
    direction = str(about.get("direction") or Direction.UP)
    if direction not in Direction.values:
        raise Refused.because("reporting.direction-unknown", direction[:10])
    old = permit.indicator_in_sight(act.by, indicator_id) if indicator_id else None
    act.lock(series_chain(series.pk))
    entry = act.record(
        chain=series_chain(series.pk),
        subject=Ref("series", series.pk),
        after={"indicator": name, "formula": formula, "replaces": old.pk if old else None},
    )
    if old is not None:
        Indicator.objects.filter(pk=old.pk).update(ended_at=entry.at)
    made = Indicator.objects.create(
        body_id=series.body_id,
        series=series,
        title=name,
        formula=formula,
        points=[{"on": p.on.isoformat(), "value": str(p.value)} for p in path],
        work=worded(str(about.get("work", "")), most=120),
        unit=worded(str(about.get("unit", "")), most=40),
        places=min(max(int(about.get("places", 0)), 0), 6),
        direction=direction,
        basis=worded(str(about.get("basis", "")), most=300),
        made_at=entry.at,
        demo=series.demo,
    )
    return {"indicator": made.pk}


def _names(form: Any) -> frozenset[str]:
    """What a formula may name: numbers, and the n and N of shares as ``key`` and ``key_n``."""
    names = {f["key"] for f in content_of(form)["fields"] if f["type"] in NUMBERS}
    shares = {
        f["key"]
        for f in content_of(form)["fields"]
        if f["type"] in (FieldType.SHARE, FieldType.YES_NO)
    }
    return frozenset(names | shares | {f"{key}_n" for key in shares} | {"don_vi"})


@action("reporting.indicators-measured")
def measure(act: Act, *, snapshot_id: int) -> Result:
    """Reckon every indicator of a series from a snapshot: the whole, each group, each unit."""
    snapshot = permit.snapshot_in_sight(act.by, snapshot_id)
    permit.allow(act.by, "target.write", snapshot)
    act.lock(series_chain(snapshot.recipient.series_id))
    return measure_now(act, snapshot)


def measure_now(act: Act, snapshot: Snapshot) -> Result:
    """Reckon from a snapshot; the series is held already. Raises Refused: nothing to measure."""
    series = snapshot.recipient.series
    done = Measure.objects.filter(snapshot=snapshot).values("indicator")
    waiting = Indicator.objects.filter(series=series, ended_at__isnull=True).exclude(pk__in=done)
    found = [(one, measured(one, snapshot)) for one in waiting]
    if not found:
        raise Refused.because("reporting.nothing-to-measure", series.name)
    refuse_if(
        Problem("reporting.value-too-long", one.title, {"most": KEPT_DIGITS})
        for one, lines in found
        if not all(fits(line.value) for line in lines)
    )
    entry = act.record(
        chain=series_chain(series.pk),
        subject=Ref("snapshot", snapshot.pk),
        after={"indicators": [one.pk for one, _ in found]},
    )
    last = date.fromordinal(snapshot.until.toordinal() - 1)
    Measure.objects.bulk_create(
        (
            Measure(
                indicator=one,
                snapshot=snapshot,
                on=last,
                key=line.key[:300],
                top=None if line.value is None else Decimal(line.value.numerator),
                bottom=None if line.value is None else Decimal(line.value.denominator),
                said=line.said,
                units=line.units,
                at=entry.at,
                entry=entry.pk,
            )
            for one, lines in found
            for line in lines
        ),
        batch_size=500,
    )
    return {"indicators": len(found)}


@action("reporting.scored")
def write_scores(
    act: Act,
    *,
    scheme: str,
    since: str,
    until: str,
    scores: Mapping[str, int],
    notes: Mapping[str, str],
) -> Result:
    """Score one's own body along an index for a stretch of days (tự đánh giá); corrections are added.

    The version of the index is that of the first day.

    Raises Refused: an index that is unknown or was not laid down yet, scores out of bounds.
    """
    hat = act.by.hat
    body = hat.body if hat else 0
    permit.allow_as(act.by, "score.write", Stand(body, body))
    first, end = date.fromisoformat(since), date.fromisoformat(until)
    version = index_on(scheme, first)
    if version is None:
        raise Refused.because("reporting.index-unknown", scheme[:20], on=first)
    if end <= first:
        raise Refused([Problem("reporting.days-crossed", version.title)])
    given = {key: int(value) for key, value in scores.items()}
    refuse_if(check_scores(version, given))
    act.lock(body_chain(body))
    rows = Scores.objects.filter(body=body, scheme=scheme, since=first, until=end)
    last = rows.aggregate(n=Max("number"))["n"] or 0
    entry = act.record(
        chain=body_chain(body),
        subject=Ref("body", body),
        after={"index": scheme, "version": version.since, "scores": given},
    )
    made = Scores.objects.create(
        body_id=body,
        scheme=scheme,
        version_since=version.since,
        since=first,
        until=end,
        number=last + 1,
        scores=given,
        notes={key: worded(text, most=1_000) for key, text in notes.items() if text.strip()},
        at=entry.at,
        by_name=signed_name(act),
        entry=entry.pk,
    )
    return {"scores": made.pk}

"""Indicators against their trajectory, with chart and table; scores along an index; the wall."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thongsuot.apps.reporting import charts, permit
from thongsuot.apps.reporting.actions import targets as actions
from thongsuot.apps.reporting.models import Direction, Indicator, Round, Scores, Series, Track
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.rollup import gather
from thongsuot.apps.reporting.queries.snapshots import figure_text
from thongsuot.apps.reporting.queries.targets import (
    Reading,
    board,
    by_key,
    history,
    newest_form,
    points_of,
)
from thongsuot.apps.reporting.values import VIETNAMESE, form_of, fraction
from thongsuot.apps.reporting.views.frame import Asking, Box, ask, day_in, frame, number_in
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.foundation.wording import day, number
from thongsuot.rules.kernel.cells import read_number
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.reporting.access import Stand, may
from thongsuot.rules.reporting.forms import Across
from thongsuot.rules.reporting.indicators import coverage
from thongsuot.rules.reporting.indices import VERSIONS, IndexVersion, index_on

TONES = {
    Track.REACHED: "even",
    Track.ON_TRACK: "even",
    Track.BEHIND: "lost",
    Track.UNKNOWN: "quiet",
}
BARS, WALL_FIGURES, HUNDREDTHS = 40, 12, 100
REFRESH = 60
KEY = re.compile(r"[a-z][a-z0-9_]*")


def said(value: Fraction | None, one: Indicator) -> str:
    """A measured value as it is written, with its unit."""
    if value is None:
        return ""
    text = fraction(value, one.places)
    return f"{text} {one.unit}".strip() if one.unit != "%" else f"{text} %"


def _line(one: Indicator, reading: Reading | None) -> dict[str, Any]:
    track = Track(reading.track.value) if reading else Track.UNKNOWN
    points = points_of(one)
    end = max(points, key=lambda p: p.on) if points else None
    return {
        "indicator": one,
        "value": said(reading.value, one) if reading else "",
        "due": said(reading.due, one) if reading else "",
        "end": f"{said(end.value, one)} ({day(end.on)})" if end else "",
        "track": track.label,
        "tone": TONES[track],
        "on": reading.on if reading else None,
        "at": reading.at if reading else None,
        "coverage": f"{number(reading.said)}/{number(reading.units)}" if reading else "",
    }


@require_GET
@login_required
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator in sight by field of work: target, trajectory, newest value, last checked."""
    actor = actor_in(request)
    rows = list(
        permit.visible_indicators(actor)
        .filter(ended_at__isnull=True)
        .select_related("series")
        .order_by("work", "title", "pk")
    )
    works: dict[str, list[dict[str, Any]]] = {}
    for standing in board(rows):
        line = _line(standing.indicator, standing.last)
        works.setdefault(standing.indicator.work, []).append(line)
    series = list(permit.gathered_series(actor).filter(closed_at__isnull=True).order_by("name"))
    context = {
        **frame(request, "indicators"),
        "works": list(works.items()),
        "writable": [s for s in series if permit.allowed(actor, "target.write", s)],
        "walls": series,
    }
    return render(request, "reporting/indicators.html", context)


@require_GET
@login_required
def indicator(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """One indicator: its formula, the line against the trajectory, and each unit; chart and table."""
    actor = actor_in(request)
    one = permit.indicator_in_sight(actor, indicator_id)
    readings = history(one)
    units = by_key(one)
    measured = [
        charts.Point(r.on, r.value, said(r.value, one)) for r in readings if r.value is not None
    ]
    planned = [charts.Point(p.on, p.value, said(p.value, one)) for p in points_of(one)]
    drawn = [
        charts.Bar(name, r.value, said(r.value, one), TONES[Track(r.track.value)])
        for name, r in list(units.items())[:BARS]
        if r.value is not None
    ]
    covered = coverage((name, None if r.value is None else True) for name, r in units.items())
    context = {
        **frame(request, "indicators"),
        "indicator": one,
        "formula": formula_words(one),
        "now": _line(one, readings[-1] if readings else None),
        "readings": [(r, _line(one, r)) for r in reversed(readings)],
        "units": [(name, _line(one, r)) for name, r in units.items()],
        "coverage": covered,
        "line": charts.lines(measured, planned, one.title),
        "bars": charts.bars(drawn, one.title),
        "points": [(p.on, said(p.value, one)) for p in sorted(points_of(one), key=lambda p: p.on)],
        "may_write": one.ended_at is None and permit.allowed(actor, "target.write", one.series),
    }  # fmt: skip
    return render(request, "reporting/indicator.html", context)


def formula_words(one: Indicator) -> str:
    """The formula as people read it: the titles of the form's fields in place of their keys."""
    version = one.series.form.versions.order_by("-since", "-number").first()
    names = {"don_vi": _("số đơn vị đã báo cáo")}
    for field in form_of(version).fields if version else ():
        names[field.key] = field.title
        names[f"{field.key}_n"] = _("%(title)s, tổng số") % {"title": field.title}
    said = KEY.sub(lambda found: names.get(found[0], found[0]), one.formula)
    return said.replace("*", "×").replace("/", "÷")


def exact_in(text: str) -> Fraction | None:
    """A number as an office types it, exact; None for anything else, exponents too."""
    cell = read_number(text.strip()[:30], VIETNAMESE, signed=True)
    if isinstance(cell.value, int | Decimal) and cell.readable:
        return Fraction(cell.value)
    return None


def points_in(text: str) -> list[dict[str, str]]:
    """Milestones out of lines such as “31/12/2025 = 95”. Raises Refused, all lines at once."""
    found, wrong = [], []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        on, _sign, value = line.partition("=")
        day_, exact = _date(on), exact_in(value)
        if day_ is None or exact is None:
            wrong.append(Problem("reporting.target-unreadable", line[:60]))
        else:
            found.append({"on": day_.isoformat(), "value": str(exact)})
    if wrong:
        raise Refused(wrong)
    return found


@require_http_methods(["GET", "POST"])
@login_required
def write_indicator(request: HttpRequest, series_id: int, indicator_id: int = 0) -> HttpResponse:
    """Write an indicator with its formula and target, or change one."""
    actor = actor_in(request)
    series = permit.series_in_sight(actor, series_id, whole=True)
    permit.allow(actor, "target.write", series)
    old = permit.indicator_in_sight(actor, indicator_id) if indicator_id else None
    form = newest_form(series)
    names = ", ".join(
        f"{f.key} ({f.title})" for f in form.fields if f.across not in (Across.GATHER, Across.NONE)
    )

    def do(act: Any, sent: Mapping[str, str]) -> str:
        done = actions.write_indicator(
            act,
            series_id=series.pk,
            title=sent.get("title", ""),
            formula=sent.get("formula", ""),
            points=points_in(sent.get("points", "")),
            about={
                **{k: sent.get(k, "") for k in ("work", "unit", "direction", "basis")},
                "places": number_in(sent.get("places")),
            },
            indicator_id=old.pk if old else None,
        )
        return reverse("reporting:indicator", args=[done["indicator"]])

    points = [f"{day(p.on)} = {fraction(p.value, 6)}" for p in points_of(old)] if old else []
    asking = Asking(
        heading=_("Chỉ tiêu và mục tiêu"),
        lede=_("Công thức tính từ số liệu báo cáo; mục tiêu có các mốc thời gian, đường giữa hai mốc là lộ trình."),
        boxes=[
            Box("title", _("Tên chỉ tiêu"), value=old.title if old else "", most=300),
            Box("work", _("Lĩnh vực"), required=False, value=old.work if old else "", most=120),
            Box("formula", _("Công thức"), value=old.formula if old else "", most=300,
                help=_("Dùng được: %(names)s; với n trên N thì thêm _n cho tổng số; don_vi là số đơn vị đã báo cáo.") % {"names": names}),
            Box("unit", _("Đơn vị tính"), required=False, value=old.unit if old else "", most=40),
            Box("places", _("Số chữ số sau dấu phẩy"), "number", required=False, value=str(old.places) if old else "0"),
            Box("direction", _("Chiều"), "choice", choices=Direction.choices, value=old.direction if old else "up"),
            Box("points", _("Các mốc, mỗi dòng một mốc"), "long", value="\n".join(points), rows=5, most=4_000,
                help=gettext_lazy("Ví dụ: 31/12/2025 = 95")),
            Box("basis", _("Căn cứ giao chỉ tiêu"), required=False, value=old.basis if old else "", most=300),
        ],
        do=do,
        done=_("Đã ghi chỉ tiêu."),
        back=reverse("reporting:indicators"),
        submit=_("Ghi"),
    )  # fmt: skip
    return ask(request, "indicators", asking)


@require_GET
@login_required
def wall(request: HttpRequest, series_id: int) -> HttpResponse:
    """Big figures for a screen on the wall: reloads by itself, without any script."""
    series = permit.series_in_sight(actor_in(request), series_id, whole=True)
    now = clock.now()
    round_ = (
        Round.objects.filter(series=series, opened_at__lte=now)
        .select_related("version__form", "series")
        .order_by("-since")
        .first()
    )
    context: dict[str, Any] = {"series": series, "round": round_, "now": now, "refresh": REFRESH}
    if round_ is not None:
        found = gather([round_], now)
        shown = [
            (one.title, figure_text(one, f), one.unit, f.said, f.units)
            for f in found.figures
            if (one := found.form.field(f.key)).across not in (Across.GATHER, Across.NONE)
        ]
        context |= {
            "period": period_words(series.kind, round_.period),
            "counts": found.counts,
            "figures": shown[:WALL_FIGURES],
            "lines": _wall_lines(series),
        }
    answer = render(request, "reporting/wall.html", context)
    answer["Refresh"] = str(REFRESH)
    return answer


def _wall_lines(series: Series) -> list[dict[str, Any]]:
    rows = Indicator.objects.filter(series=series, ended_at__isnull=True).order_by("work", "title")
    return [_line(s.indicator, s.last) for s in board(list(rows[:8]))]


# --- scores along an index ----------------------------------------------------------------------


def _newest(rows: list[Scores]) -> list[Scores]:
    """Of several scorings of the same days only the last."""
    kept: dict[tuple[Any, ...], Scores] = {}
    for one in rows:
        kept[one.body_id, one.scheme, one.since, one.until] = one
    return list(kept.values())


@require_GET
@login_required
def scores(request: HttpRequest) -> HttpResponse:
    """What bodies scored themselves along each index, in the version of its time."""
    actor = actor_in(request)
    rows = _newest(list(permit.visible_scores(actor).order_by("since", "number", "pk")))
    names = body_names(s.body_id for s in rows)
    found = []
    for one in sorted(rows, key=lambda s: (s.since, s.pk), reverse=True):
        version = index_on(one.scheme, one.version_since)
        if version is not None:
            found.append(_scored(one, version, names[one.body_id]))
    body = actor.hat.body if actor.hat else 0
    context = {
        **frame(request, "scores"),
        "rows": found,
        "versions": [(v, number(v.most // HUNDREDTHS)) for v in VERSIONS],
        "may_write": may(actor, "score.write", Stand(body, body)),
    }
    return render(request, "reporting/scores.html", context)


def _scored(one: Scores, version: IndexVersion, name: str) -> dict[str, Any]:
    lines = [
        {
            "title": axis.title,
            "score": _points(one.scores.get(axis.key)),
            "most": _points(axis.most),
            "note": one.notes.get(axis.key, ""),
        }
        for axis in version.axes
    ]
    drawn = [
        charts.Bar(a.title, Fraction(one.scores[a.key], a.most), _points(one.scores[a.key]))
        for a in version.axes
        if a.key in one.scores
    ]
    whole = sum(one.scores.values())
    scored = sum(a.most for a in version.axes if a.key in one.scores)
    return {
        "row": one,
        "name": name,
        "version": version,
        "lines": lines,
        "total": _points(whole),
        "of": _points(scored),
        "left_out": len(version.axes) - len(one.scores),
        "chart": charts.bars(drawn, version.title),
        "last": one.until - timedelta(days=1),
    }


def _points(hundredths: int | None) -> str:
    return "" if hundredths is None else fraction(Fraction(hundredths, HUNDREDTHS), 2)


@require_http_methods(["GET", "POST"])
@login_required
def score(request: HttpRequest, scheme: str) -> HttpResponse:
    """Score one's own body along an index; the axes are those of the version of the first day."""
    actor = actor_in(request)
    body = actor.hat.body if actor.hat else 0
    permit.allow_as(actor, "score.write", Stand(body, body))
    today = clock.today()
    version = index_on(scheme, today)
    if version is None:
        raise Refused.missing(Problem("reporting.index-unknown", scheme[:20], {"on": today}))
    first = request.POST.get("since") or request.GET.get("since") or f"{today:%Y}-01-01"
    version = index_on(scheme, _date(first) or today) or version

    def do(act: Any, sent: Mapping[str, str]) -> None:
        actions.write_scores(
            act,
            scheme=scheme,
            since=day_in(sent.get("since", "")),
            until=(_day(sent.get("last", "")) + timedelta(days=1)).isoformat(),
            scores=_scores_in(version, sent),
            notes={a.key: sent.get(f"note-{a.key}", "") for a in version.axes},
        )

    boxes = [
        Box("since", _("Từ ngày"), "day", value=first),
        Box("last", _("Đến hết ngày"), "day", value=today.isoformat()),
    ]
    for axis in version.axes:
        most = _("tối đa %(most)s điểm") % {"most": _points(axis.most)}
        boxes.append(Box(axis.key, f"{axis.title} ({most})", required=False, most=8))
        boxes.append(Box(f"note-{axis.key}", _("Dẫn chứng"), required=False, most=1_000))
    asking = Asking(
        heading=version.title,
        lede=_("Cơ quan tự đánh giá. Mục nào chưa chấm thì để trống, không tính là 0.")
        + (" " + _("Đây không phải là Chỉ số PAPI: PAPI là khảo sát người dân do tổ chức độc lập thực hiện.") if version.survey else ""),
        boxes=boxes,
        do=do,
        done=_("Đã ghi bảng tự đánh giá."),
        back=reverse("reporting:scores"),
        submit=_("Ghi"),
    )  # fmt: skip
    return ask(request, "scores", asking)


def _date(text: str) -> date | None:
    try:
        return _day(text)
    except Refused:
        return None


def _day(text: str) -> date:
    return date.fromisoformat(day_in(text))


def _scores_in(version: IndexVersion, sent: Mapping[str, str]) -> dict[str, int]:
    """Points as typed, in hundredths. Raises Refused, all axes at once."""
    found: dict[str, int] = {}
    wrong = []
    for axis in version.axes:
        text = sent.get(axis.key, "").strip()
        if not text:
            continue
        exact = exact_in(text)
        if exact is None or (exact * HUNDREDTHS).denominator != 1:
            facts = {"value": text[:20]}
            wrong.append(Problem("reporting.form-field-unfit", axis.title, facts))
        else:
            found[axis.key] = int(exact * HUNDREDTHS)
    if wrong:
        raise Refused(wrong)
    return found

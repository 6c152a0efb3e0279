"""Opening a period, reminding those who are silent, locking it."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from thongsuot.apps.reporting import permit, telling
from thongsuot.apps.reporting.actions.steps import (
    Result,
    begin_round,
    round_chain,
    series_chain,
    signed_name,
    worded,
)
from thongsuot.apps.reporting.calendar import calendar_around
from thongsuot.apps.reporting.models import Expected, FormVersion, Return, Round, Series
from thongsuot.apps.reporting.queries.rounds import counts_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.wording import day, moment
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.reporting.periods import PeriodKind, period_of
from thongsuot.rules.reporting.returns import RECEIVED, check_lock

BATCH = 500


@action("reporting.round-opened")
def open_round(act: Act, *, series_id: int, on: str, until: str = "") -> Result:
    """Open the period of a series in which a day lies; everybody expected gets a return.

    ``until`` is the last day of an ad hoc report, whose first day is ``on``.

    Raises Refused: opened already, closed series, no form yet, nobody expected, no last day.
    """
    series = permit.series_in_sight(act.by, series_id, whole=True)
    permit.allow(act.by, "round.open", series)
    act.lock(series_chain(series.pk))
    if Series.objects.filter(pk=series.pk, closed_at__isnull=False).exists():
        raise Refused.because("reporting.series-closed", series.name)
    return open_now(act, series, _period(series, on, until))


def _period(series: Series, on: str, until: str) -> Period:
    first = date.fromisoformat(on)
    if series.kind != PeriodKind.AD_HOC:
        return period_of(series.rhythm, first)
    if not until or date.fromisoformat(until) < first:
        raise Refused.because("reporting.last-day-needed", series.name)
    return Period(first, date.fromordinal(date.fromisoformat(until).toordinal() + 1))


def open_now(act: Act, series: Series, period: Period) -> Result:
    """Open one period; the series is held already. Raises Refused as ``open_round``."""
    since, last = period.since, period.last_day
    if since is None or last is None or period.until is None:
        raise ValueError("a period of reports has a first and a last day")
    if series.rounds.filter(since=since).exists():
        raise Refused.because("reporting.round-opened-already", series.name, on=since)
    version = (
        FormVersion.objects.filter(form=series.form_id, since__lte=since)
        .order_by("-since", "-number")
        .first()
    )
    if version is None:
        raise Refused.because("reporting.no-form-yet", series.name, on=since)
    owed = [e for e in Expected.objects.filter(series=series).order_by("pk") if e.on(last)]
    if not owed:
        raise Refused.because("reporting.nobody-owes", series.name, on=last)
    zone = timezone.get_current_timezone()
    due = series.cut_off.moment(period, calendar_around(last.year), zone)
    entry = act.record(
        chain=series_chain(series.pk),
        subject=Ref("series", series.pk),
        after={"since": since.isoformat(), "due": due.isoformat(), "expected": len(owed)},
    )
    made = Round.objects.create(
        series=series,
        version=version,
        since=since,
        until=period.until,
        due_at=due,
        opened_at=entry.at,
    )
    Return.objects.bulk_create(
        (Return(round=made, body_id=e.body_id, unit_id=e.unit_id) for e in owed), batch_size=BATCH
    )
    return {"round": made.pk, "expected": len(owed)}


def reminder_text(series: str, due: str, name: str, url: str) -> str:
    """A polite reminder to send by Zalo or mail, with the address of the report itself."""
    return (
        f"Kính gửi {name}: “{series}” có hạn {due}, hiện chưa nhận được. "
        f"Đề nghị đơn vị nộp hoặc báo không có phát sinh tại {url}. Trân trọng."
    )


@action("reporting.reminded")
def remind(act: Act, *, round_id: int, returns: Sequence[int] = ()) -> Result:
    """Remind the units whose report is not there: all of them, or those chosen.

    Raises Refused when none is missing or the period is locked.
    """
    round_ = begin_round(act, round_id, "remind")
    rows = Return.objects.filter(round=round_).exclude(state__in=RECEIVED)
    rows = rows.filter(pk__in=list(returns)) if returns else rows
    owed = list(rows.filter(received_at__isnull=True).order_by("pk"))
    if round_.locked_at is not None:
        raise Refused.because("reporting.period-locked", round_.series.name)
    if not owed:
        raise Refused.because("reporting.nobody-missing", round_.series.name)
    act.record(
        chain=round_chain(round_.pk),
        subject=Ref("round", round_.pk),
        after={"reminded": [r.body_id for r in owed[:200]], "count": len(owed)},
    )
    title = f"Nhắc nộp báo cáo: {round_.series.name}, hạn {moment(round_.due_at)}"
    said = {r.body_id: (title, reverse("reporting:return", args=[r.pk])) for r in owed}
    told = telling.tell_bodies(act, telling.REMINDED, said)
    Return.objects.filter(pk__in=[r.pk for r in owed]).update(
        reminded=F("reminded") + 1, reminded_at=act.at
    )
    return {"reminded": len(owed), "told": told}


@action("reporting.round-locked")
def lock_round(act: Act, *, round_id: int, reason: str = "") -> Result:
    """Lock a period (khóa kỳ): from here on its figures change no more.

    A unit can be opened again alone, with a reason. Raises Refused: locked already; units are
    missing and no reason is given.
    """
    round_ = begin_round(act, round_id, "round.lock")
    head = act.lock(round_chain(round_.pk))
    now = max(act.at, head.at) if head.at else act.at  # what came a moment before is counted
    counts = counts_of(round_, now)
    why = worded(reason)
    name = f"{round_.series.name}, {day(round_.since)}"
    refuse_if(
        check_lock(locked=round_.locked_at is not None, counts=counts, reason=why, subject=name)
    )
    entry = act.record(
        chain=round_chain(round_.pk),
        subject=Ref("round", round_.pk),
        after={"expected": counts.expected, "received": counts.received},
        reason=why,
    )
    Round.objects.filter(pk=round_.pk).update(
        locked_at=entry.at, locked_by=signed_name(act), lock_reason=why
    )
    return {"round": round_.pk}


def address_of(return_id: int) -> str:
    """The whole address of a return, for a message that leaves the site."""
    return f"{settings.SITE_URL}{reverse('reporting:return', args=[return_id])}"

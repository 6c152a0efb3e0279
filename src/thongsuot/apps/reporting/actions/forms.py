"""Writing forms, and having them asked: series, recipients, who owes them."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db.models import Max

from thongsuot.apps.registry.models import Body, Coverage
from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions.steps import (
    Result,
    body_chain,
    series_chain,
    signed_name,
    worded,
)
from thongsuot.apps.reporting.models import (
    Bloc,
    Expected,
    Form,
    FormVersion,
    PeriodKind,
    Recipient,
    Round,
    Series,
)
from thongsuot.apps.reporting.reaching import refuse_out_of_reach
from thongsuot.apps.reporting.values import content_of, form_from
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold
from thongsuot.rules.reporting.access import Stand
from thongsuot.rules.reporting.forms import check_form
from thongsuot.rules.reporting.periods import MONDAY

MOST_EXPECTED = 5_000
Rows = Sequence[Mapping[str, Any]]


def _body_of(act: Act) -> int:
    if act.by.hat is None:
        raise Refused.forbidden(Problem("reporting.no-post-today", act.by.name))
    return act.by.hat.body


@action("reporting.form-written")
def write_form(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    title: str,
    since: str,
    content: Mapping[str, Any],
    form_id: int | None = None,
    reason: str = "",
    demo: bool = False,
) -> Result:
    """Write a form, or its next version from a day on; what was asked before stays as it was.

    Raises Refused: a form that cannot be used, all reasons at once; not one's own; a day on or
    before which periods were opened on another version already.
    """
    found = None
    if form_id is not None:
        found = permit.form_in_sight(act.by, form_id)
        permit.allow(act.by, "form.write", found)
    else:
        permit.allow_as(act.by, "form.write", Stand(_body_of(act)))
    body = found.body_id if found else _body_of(act)
    act.lock(body_chain(body))
    name = worded(title, "reporting.form-without-title", most=300)
    key = found.key if found else _free_key(body, name)
    form = form_from(key, name, content)
    refuse_if(check_form(form))
    day = date.fromisoformat(since)
    if found is not None:
        _refuse_opened(found, day)
    entry = act.record(
        chain=body_chain(body),
        subject=Ref("form", found.pk if found else 0),
        after={"title": name, "since": since, "fields": len(form.fields)},
        reason=reason,
    )
    if found is None:
        found = Form.objects.create(body_id=body, key=key, title=name, made_at=entry.at, demo=demo)
    else:
        Form.objects.filter(pk=found.pk).update(title=name)
    last = found.versions.aggregate(n=Max("number"))["n"] or 0
    plain = content_of(form)
    made = FormVersion.objects.create(
        form=found,
        number=last + 1,
        since=day,
        title=name,
        content=plain,
        digest=digest({"title": name, **plain}),
        at=entry.at,
        by_name=signed_name(act),
        reason=worded(reason),
        entry=entry.pk,
    )
    return {"form": found.pk, "version": made.pk}


def _free_key(body: int, title: str) -> str:
    stem = "-".join(fold(title).split())[:50] or "mau"
    stem = "".join(c for c in stem if c.isascii() and (c.isalnum() or c == "-")) or "mau"
    taken = set(Form.objects.filter(body=body, key__startswith=stem).values_list("key", flat=True))
    return next(k for k in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if k not in taken)


def _refuse_opened(form: Form, day: date) -> None:
    opened = Round.objects.filter(series__form=form, since__gte=day).order_by("-since").first()
    if opened is not None:
        raise Refused.because("reporting.version-too-early", form.title, on=opened.since)


def _timing(given: Mapping[str, Any]) -> dict[str, Any]:
    """A rhythm and a cut-off out of plain values. Raises Refused for what is none."""
    kind = str(given.get("kind", ""))
    if kind not in PeriodKind.values:
        raise Refused.because("reporting.rhythm-unknown", kind[:20])
    cut_day, after = int(given.get("cut_day", 1)), int(given.get("due_after", 0))
    if not 1 <= cut_day <= 28 or not -400 <= after <= 400:
        raise Refused.because("reporting.cut-off-unfit", kind)
    anchor = date.fromisoformat(str(given["anchor"])) if given.get("anchor") else MONDAY
    return {
        "kind": kind,
        "anchor": anchor,
        "cut_day": cut_day,
        "due_after": after,
        "due_at": time.fromisoformat(str(given.get("due_at") or "12:00")),
        "due_earlier": bool(given.get("due_earlier", True)),
    }


@action("reporting.series-opened")
def open_series(  # noqa: PLR0913  # an act names all it needs
    act: Act,
    *,
    form_id: int,
    name: str,
    rhythm: Mapping[str, Any],
    since: str,
    bodies: Sequence[int],
    recipients: Rows = (),
    basis: str = "",
    demo: bool = False,
) -> Result:
    """Have a form filled in again and again by some bodies, from a day on, for some recipients.

    Raises Refused: not one's own form, nobody expected, an unknown body, a body that does not stand
    below the one that gathers, a rhythm that is none.
    """
    form = permit.form_in_sight(act.by, form_id)
    permit.allow(act.by, "form.write", form)
    title = worded(name, "reporting.series-without-name", most=300)
    timing, day = _timing(rhythm), date.fromisoformat(since)
    wanted = list(dict.fromkeys(bodies))
    _refuse_nobody(wanted, title)
    refuse_out_of_reach(form.body_id, wanted, act.on, basis)
    ways = [_recipient(one, title) for one in recipients]
    act.lock(body_chain(form.body_id))
    entry = act.record(
        chain=body_chain(form.body_id),
        subject=Ref("form", form.pk),
        after={"series": title, "expected": len(wanted), "recipients": [w["name"] for w in ways]},
    )
    made = Series.objects.create(
        form=form,
        body_id=form.body_id,
        name=title,
        basis=worded(basis, most=300),
        opened_at=entry.at,
        demo=demo or form.demo,
        **timing,
    )
    _expect(made, wanted, day)
    Recipient.objects.bulk_create(
        Recipient(series=made, place=at, **way) for at, way in enumerate(ways, 1)
    )
    return {"series": made.pk}


def _refuse_nobody(wanted: Sequence[int], title: str) -> None:
    if not wanted or len(wanted) > MOST_EXPECTED:
        raise Refused.because("reporting.nobody-expected", title, most=MOST_EXPECTED)
    missing = set(wanted) - set(Body.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing:
        raise Refused.because("reporting.body-unknown", title, count=len(missing))


def _recipient(given: Mapping[str, Any], title: str) -> dict[str, Any]:
    bloc = str(given.get("bloc") or Bloc.STATE)
    if bloc not in Bloc.values:
        raise Refused.because("reporting.layout-unknown", bloc[:20])
    name = worded(str(given.get("name", "")), "reporting.recipient-without-name", title, 200)
    return {"name": name, "bloc": bloc, **_timing(given)}


def _expect(series: Series, bodies: Sequence[int], since: date) -> None:
    rows = Coverage.objects.known().filter(body__in=bodies).order_by("since", "pk")
    units = dict(rows.values_list("body", "unit"))
    Expected.objects.bulk_create(
        (Expected(series=series, body_id=b, unit_id=units.get(b), since=since) for b in bodies),
        batch_size=500,
    )


@action("reporting.recipient-added")
def add_recipient(act: Act, *, series_id: int, recipient: Mapping[str, Any]) -> Result:
    """Give the same figures to one more recipient, in its own rhythm and with its own cut-off."""
    series = permit.series_in_sight(act.by, series_id, whole=True)
    permit.allow(act.by, "form.write", series)
    act.lock(series_chain(series.pk))
    way = _recipient(recipient, series.name)
    same = series.recipients.filter(
        name=way["name"], kind=way["kind"], ended_at__isnull=True
    ).exists()
    if same:
        raise Refused.because("reporting.recipient-twice", way["name"])
    entry = act.record(
        chain=series_chain(series.pk), subject=Ref("series", series.pk), after={"to": way["name"]}
    )
    del entry
    made = Recipient.objects.create(series=series, place=series.recipients.count() + 1, **way)
    return {"recipient": made.pk}


@action("reporting.expected-changed")
def change_expected(
    act: Act, *, series_id: int, on: str, add: Sequence[int] = (), end: Sequence[int] = ()
) -> Result:
    """From a day on more bodies owe the reports of a series, or some owe them no longer.

    Periods opened before stay as they were.
    """
    series = permit.series_in_sight(act.by, series_id, whole=True)
    permit.allow(act.by, "form.write", series)
    act.lock(series_chain(series.pk))
    day = date.fromisoformat(on)
    there = set(series.expected.filter(until__isnull=True).values_list("body", flat=True))
    new = [b for b in dict.fromkeys(add) if b not in there]
    if new:
        _refuse_nobody(new, series.name)
        refuse_out_of_reach(series.body_id, new, act.on, series.basis)
    ends = series.expected.filter(until__isnull=True, body__in=list(end), since__lt=day)
    act.record(
        chain=series_chain(series.pk),
        subject=Ref("series", series.pk),
        after={"on": on, "added": len(new), "ended": ends.count()},
    )
    ended = ends.update(until=day)
    _expect(series, new, day)
    return {"added": len(new), "ended": ended}


@action("reporting.series-closed")
def close_series(act: Act, *, series_id: int, reason: str) -> Result:
    """End a series: no more periods are opened; what was reported stays."""
    series = permit.series_in_sight(act.by, series_id, whole=True)
    permit.allow(act.by, "form.write", series)
    act.lock(series_chain(series.pk))
    why = worded(reason, "reporting.reason-needed", series.name)
    if Series.objects.filter(pk=series.pk, closed_at__isnull=False).exists():
        raise Refused.because("reporting.series-closed", series.name)
    entry = act.record(
        chain=series_chain(series.pk),
        subject=Ref("series", series.pk),
        after={"closed": True},
        reason=why,
    )
    Series.objects.filter(pk=series.pk).update(closed_at=entry.at)
    return {"series": series.pk}

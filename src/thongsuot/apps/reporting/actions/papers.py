"""Freezing figures for a recipient, writing the brief on them, signing it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db.models import Max

from thongsuot.apps.registry.find import places_of
from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions.steps import (
    Result,
    body_chain,
    series_chain,
    signed_name,
    worded,
)
from thongsuot.apps.reporting.models import Brief, BriefKind, OfficeTemplate, Recipient, Snapshot
from thongsuot.apps.reporting.names import place_name
from thongsuot.apps.reporting.queries.rollup import as_content, gather, rounds_in
from thongsuot.apps.reporting.queries.snapshots import (
    due_of,
    frozen,
    gathered_words,
    previous,
    seal,
)
from thongsuot.apps.reporting.words import PARTS
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.reporting import brief as rules
from thongsuot.rules.reporting.access import Stand
from thongsuot.rules.reporting.periods import PeriodKind, period_of

KINDS = {kind.value: kind for kind in rules.Kind}


@action("reporting.snapshot-taken")
def take_snapshot(
    act: Act, *, recipient_id: int, on: str, reason: str = "", early: bool = False
) -> Result:
    """Freeze the figures for one recipient's period, as they stood at its cut-off (bản chốt).

    Taken later, it still holds what had been filed by the cut-off and nothing that came since.
    ``early``: before the cut-off, as things stand now; the paper says how many reported.

    Raises Refused: no period of the series ends inside it, before the cut-off without ``early``,
    another version without a reason.
    """
    recipient = permit.recipient_in_sight(act.by, recipient_id)
    permit.allow(act.by, "snapshot.take", recipient)
    act.lock(series_chain(recipient.series_id))
    return freeze(act, recipient, date.fromisoformat(on), reason=reason, early=early)


def _period(recipient: Recipient, on: date) -> Period:
    if recipient.kind != PeriodKind.AD_HOC:
        return period_of(recipient.rhythm, on)
    round_ = recipient.series.rounds.filter(since__lte=on, until__gt=on).first()
    if round_ is None:
        raise Refused.because("reporting.nothing-to-freeze", recipient.name)
    return round_.period


def freeze(act: Act, recipient: Recipient, on: date, *, reason: str, early: bool) -> Result:
    """Freeze one period for a recipient; the series is held already. Raises as above."""
    period = _period(recipient, on)
    rounds = rounds_in(recipient.series, period)
    if not rounds or period.since is None or period.until is None:
        raise Refused.because("reporting.nothing-to-freeze", recipient.name)
    due = due_of(recipient, period)
    if due.cut_at > act.at and not early:
        raise Refused.because("reporting.before-cut-off", recipient.name, at=due.cut_at)
    taken = Snapshot.objects.filter(recipient=recipient, since=period.since)
    last = taken.aggregate(n=Max("version"))["n"] or 0
    why = worded(reason)
    if last and not why:
        raise Refused.because("reporting.version-needs-reason", recipient.name, version=last)
    # A further version is asked for because something was corrected: it shows what is known now.
    cut_at = act.at if last or early else due.cut_at
    content = {**as_content(gather(rounds, cut_at)), "early": early and not last}
    sealed = seal(content, period, cut_at)
    entry = act.record(
        chain=series_chain(recipient.series_id),
        subject=Ref("recipient", recipient.pk),
        after={"since": period.since, "version": last + 1, "digest": sealed},
        reason=why,
    )
    made = Snapshot.objects.create(
        recipient=recipient,
        since=period.since,
        until=period.until,
        version=last + 1,
        cut_at=cut_at,
        taken_at=entry.at,
        reason=why,
        content=content,
        digest=sealed,
        by_name=signed_name(act),
        entry=entry.pk,
    )
    return {"snapshot": made.pk, "version": made.version}


@action("reporting.brief-begun")
def start_brief(act: Act, *, snapshot_id: int, kind: str = BriefKind.BRIEF) -> Result:
    """Begin a brief or a review on a snapshot: what units wrote is already in its parts."""
    snapshot = permit.snapshot_in_sight(act.by, snapshot_id)
    permit.allow(act.by, "brief.write", snapshot)
    if kind not in KINDS:
        raise Refused.because("reporting.brief-kind-unknown", kind[:20])
    act.lock(series_chain(snapshot.recipient.series_id))
    there = Brief.objects.filter(snapshot=snapshot, kind=kind).first()
    if there is not None:
        raise Refused.because("reporting.brief-there", there.get_kind_display())
    now, last = frozen(snapshot), previous(snapshot)
    words = gathered_words(now, frozen(last) if last else None)
    wanted = rules.written(KINDS[kind])
    entry = act.record(
        chain=series_chain(snapshot.recipient.series_id),
        subject=Ref("snapshot", snapshot.pk),
        after={"brief": kind},
    )
    symbol, place = _head_of(snapshot)
    made = Brief.objects.create(
        snapshot=snapshot,
        kind=kind,
        symbol=symbol,
        place=place,
        words={key: words[key] for key in wanted if words.get(key)},
        made_at=entry.at,
        changed_at=entry.at,
    )
    return {"brief": made.pk}


def _head_of(snapshot: Snapshot) -> tuple[str, str]:
    """The symbol and the place to begin with: those of the last brief to the same recipient.

    The first one has no symbol yet, and the place in which the body acts.
    """
    last = Brief.objects.filter(snapshot__recipient=snapshot.recipient_id).order_by("-pk").first()
    place = last.place if last else ""
    body = snapshot.recipient.series.body_id
    return last.symbol if last else "", place or place_name(places_of(body), snapshot.until)[:80]


def _begin(act: Act, brief_id: int, right: str) -> Brief:
    found = permit.brief_in_sight(act.by, brief_id)
    permit.allow(act.by, right, found)
    act.lock(series_chain(found.snapshot.recipient.series_id))
    return Brief.objects.select_related("snapshot__recipient__series").get(pk=found.pk)


@action("reporting.brief-written")
def write_brief(
    act: Act,
    *,
    brief_id: int,
    words: Mapping[str, str],
    head: Mapping[str, str],
    template_id: int | None = None,
) -> Result:
    """Keep the words of a draft and its head: number, symbol, place, the office's own template.

    Raises Refused: signed already, a part that the kind does not have, too long.
    """
    found = _begin(act, brief_id, "brief.write")
    if found.signed_at is not None:
        raise Refused.because("reporting.brief-signed", found.snapshot.recipient.name)
    clean = {k: v.replace("\r\n", "\n").replace("\x00", "").strip() for k, v in words.items()}
    refuse_if(rules.check_words(KINDS[found.kind], clean))
    template = None
    if template_id is not None:
        template = OfficeTemplate.objects.filter(
            pk=template_id, body=found.snapshot.recipient.series.body_id, retired_at__isnull=True
        ).first()
        if template is None:
            raise Refused.because("reporting.template-missing")
    entry = act.record(
        chain=series_chain(found.snapshot.recipient.series_id),
        subject=Ref("brief", found.pk),
        after={"words": digest(clean)},
    )
    Brief.objects.filter(pk=found.pk).update(
        words={k: v for k, v in clean.items() if v},
        number=worded(head.get("number", ""), most=20),
        symbol=worded(head.get("symbol", ""), most=40),
        place=worded(head.get("place", ""), most=80),
        template=template,
        changed_at=entry.at,
    )
    return {"brief": found.pk}


def content_digest(found: Brief) -> str:
    """SHA-256 of what a brief says: its words, its head, the snapshot it stands on."""
    return digest(
        {
            "snapshot": found.snapshot.digest,
            "kind": found.kind,
            "words": found.words,
            "number": found.number,
            "symbol": found.symbol,
            "place": found.place,
        }
    )


@action("reporting.brief-signed")
def sign_brief(act: Act, *, brief_id: int, content: str) -> Result:
    """Sign a brief: from here on nothing in it changes (ký). The view asks for the password again.

    ``content`` is the digest of what the person has read. Raises Refused: it was changed since,
    parts that must be there are empty, signed already, not a head.
    """
    found = _begin(act, brief_id, "brief.sign")
    if found.signed_at is None and content != content_digest(found):
        raise Refused.conflict(Problem("reporting.brief-changed", found.snapshot.recipient.name))
    problems = rules.check_signing(
        KINDS[found.kind],
        found.words,
        signed=found.signed_at is not None,
        subject=found.snapshot.recipient.name,
    )
    refuse_if(replace(p, subject=str(PARTS.get(p.subject, p.subject))) for p in problems)
    sealed = content_digest(found)
    entry = act.record(
        chain=series_chain(found.snapshot.recipient.series_id),
        subject=Ref("brief", found.pk),
        after={"digest": sealed, "snapshot": found.snapshot.digest},
    )
    hat = act.by.hat
    Brief.objects.filter(pk=found.pk).update(
        signed_at=entry.at,
        signed_by=act.by.user,
        signed_name=act.by.name[:200],
        signed_post=(hat.post if hat else "")[:300],
        signed_place=(hat.body_name if hat else "")[:300],
        digest=sealed,
        entry=entry.pk,
    )
    return {"brief": found.pk, "digest": sealed}


@action("reporting.template-kept")
def keep_template(act: Act, *, name: str, file_id: int, places: list[str]) -> Result:
    """Keep a DOCX template of one's office; one of the same name is replaced, briefs keep theirs."""
    hat = act.by.hat
    body = hat.body if hat else 0
    permit.allow_as(act.by, "brief.write", Stand(body))
    act.lock(body_chain(body))
    title = worded(name, "reporting.template-without-name", most=200)
    file = StoredFile.objects.get(pk=file_id)
    entry = act.record(
        chain=body_chain(body),
        subject=Ref("body", body),
        after={"template": title, "file": file.sha256, "places": places},
    )
    same = OfficeTemplate.objects.filter(body=body, name=title, retired_at__isnull=True)
    same.update(retired_at=entry.at)
    made = OfficeTemplate.objects.create(
        body_id=body,
        name=title,
        file=file,
        places=places,
        at=entry.at,
        by_name=signed_name(act),
    )
    return {"template": made.pk}

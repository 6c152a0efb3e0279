"""What every act on documents and duties begins with, and the writes that several acts share."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import Max

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import (
    Duty,
    DutyLine,
    Evidence,
    Party,
    Relation,
)
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation import workdays
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.deadline import Term, TermKind, local_day
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.rhythm import Every, Rhythm
from thongsuot.rules.kernel.text import fold

Result = dict[str, object]
FOLDED = 1200
MOST_FILES = 20


def chain_of(ledger: int) -> str:
    """The chain of the trail on which the acts on the documents and duties of a body stand."""
    return f"directives:{ledger}"


def begin(act: Act, duty_id: int) -> Duty:
    """Take a duty for this act; others wait. Raises Refused (404) when it is not in sight."""
    found = permit.duty_in_sight(act.by, duty_id)
    act.lock(chain_of(found.ledger))
    return Duty.objects.get(pk=found.pk)


def text_problems(
    name: str, value: str, most: int, *, needed: bool = False, subject: str = ""
) -> list[Problem]:
    """What is wrong with a text: missing, too long, or no text."""
    found = []
    if needed and not value.strip():
        found.append(Problem("directives.needed", subject or name, {"field": name}))
    if len(value) > most:
        found.append(Problem("directives.too-long", subject or name, {"field": name, "most": most}))
    if "\x00" in value:
        found.append(Problem("directives.not-text", subject or name, {"field": name}))
    return found


def folded(duty: Duty) -> str:
    """What a search for a duty looks in."""
    words = f"{duty.task} {duty.code} {duty.product} {duty.place_words} {duty.lead_words}"
    return fold(words)[:FOLDED]


def rhythm_of(duty: Duty) -> Rhythm | None:
    """The rhythm of a duty; None when it is to be done once."""
    if not duty.every or duty.anchor_on is None:
        return None
    hours = tuple(sorted({time.fromisoformat(h) for h in duty.hours})) or (workdays.end_of_work(),)
    return Rhythm(Every(duty.every), duty.anchor_on, hours, duty.until_on)


def due_of(duty: Duty, after: datetime) -> datetime | None:
    """The due moment that the term of a duty means, or the first of its rhythm after a moment."""
    rhythm = rhythm_of(duty)
    if rhythm is not None:
        return rhythm.after(after, workdays.calendar())
    if duty.term_day is None:
        return None
    term = Term(TermKind(duty.term_kind or TermKind.ON), duty.term_day)
    return term.due(workdays.calendar(), workdays.end_of_work())


def set_due(duty: Duty, due: datetime | None) -> None:
    """Give a duty its due moment and the day of it."""
    duty.due_at = due
    duty.due_on = local_day(due) if due else None
    duty.rung, duty.told_on, duty.said_at = 0, None, None


def write_line(  # a line names all it says
    act: Act,
    duty: Duty,
    kind: str,
    *,
    words: str = "",
    body: int | None = None,
    entry: Entry | None = None,
    **more: Any,
) -> DutyLine:
    """Add a line to the history of a duty."""
    last = DutyLine.objects.filter(duty=duty).aggregate(n=Max("number"))["n"] or 0
    return DutyLine.objects.create(
        duty=duty,
        number=last + 1,
        kind=kind,
        state=duty.state,
        words=words,
        body_id=body,
        user=act.by.user,
        by_name=act.by.name,
        post=act.by.hat.post if act.by.hat else "",
        at=act.at,
        entry=(entry or act.entry).pk,
        **more,
    )


def put_evidence(line: DutyLine, files: Sequence[int]) -> None:
    """Put kept files to a line. Raises Refused for too many, and for one that is not kept."""
    if len(files) > MOST_FILES:
        raise Refused.because("directives.too-many-files", most=MOST_FILES)
    kept = {f.pk: f for f in StoredFile.objects.filter(pk__in=files)}
    if set(files) - kept.keys():
        raise Refused.because("directives.file-missing")
    Evidence.objects.bulk_create(
        Evidence(line=line, number=n, file=kept[pk], name=kept[pk].first_name)
        for n, pk in enumerate(dict.fromkeys(files), 1)
    )


def keep_parties(duty: Duty) -> None:
    """Write down which bodies a duty concerns; who once saw an issued duty goes on seeing it."""
    named: dict[str, Iterable[int]] = {
        Relation.ASSIGNER: (duty.assigner_id,),
        Relation.LEAD: (duty.lead_id,) if duty.lead_id else (),
        Relation.TOLD: (duty.report_to_id,) if duty.report_to_id else (),
        Relation.HELPS: duty.parts.values_list("body", flat=True),
        Relation.ABOVE: {d.assigner_id for d in chain_above(duty)} - {duty.assigner_id},
    }
    if duty.state == "draft":
        named = {Relation.ASSIGNER: (duty.assigner_id,)}
    Party.objects.bulk_create(
        [
            Party(duty=duty, body_id=body, relation=relation)
            for relation, bodies in named.items()
            for body in sorted(set(bodies))
        ],
        ignore_conflicts=True,
    )


DEEPEST = 12  # more links than any real chain of assignment has


def chain_above(duty: Duty) -> list[Duty]:
    """The duties that this one carries on, from the nearest to the first."""
    found: list[Duty] = []
    here = duty.above_id
    while here and len(found) < DEEPEST:
        above = Duty.objects.get(pk=here)
        found.append(above)
        here = above.above_id
    return found


def record(
    act: Act, duty: Duty, before: Mapping[str, object], after: object, reason: str = ""
) -> Entry:
    """The entry of an act on a duty."""
    return act.record(
        chain=chain_of(duty.ledger),
        subject=Ref("duty", duty.pk),
        before=dict(before),
        after=after,
        reason=reason,
    )


def in_force(bodies: Iterable[int], act: Act) -> frozenset[int]:
    """Those of the bodies that exist on the day of the act."""
    wanted = {b for b in bodies if b}
    return frozenset(
        BodyVersion.objects.on(act.on).filter(body__in=wanted).values_list("body", flat=True)
    )

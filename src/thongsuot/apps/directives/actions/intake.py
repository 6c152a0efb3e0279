"""Deciding about a proposal: nothing becomes a draft duty, and nothing is dropped, without a person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.actions.documents import LONGEST
from thongsuot.apps.directives.actions.drafting import make_draft, reached, write_first_lines
from thongsuot.apps.directives.drafts import read
from thongsuot.apps.directives.intake_review import decided_of, proposals_of
from thongsuot.apps.directives.models import Document, IntakeDecision, IntakeWord
from thongsuot.apps.directives.steps import Result, chain_of, text_problems
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.intake import Draft
from thongsuot.rules.directives.intake.review import check_cut, proposal_of
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

GONE = Problem("intake.proposal-gone")
_LISTS = ("responsible", "coordinating", "scope", "report_to", "legal_refs")


@action("directives.proposal-accepted")
def accept_proposal(
    act: Act,
    *,
    document_id: int,
    span: tuple[int, int],
    assigner_id: int,
    draft: Mapping[str, Any],
    told: Mapping[str, Any],
) -> Result:
    """Make a draft duty out of a proposal, as the person left it.

    Shapes: ``draft`` as in ``drafts.read``; ``told`` are the fields of the exchange form as the
    person wrote them, kept beside what was read. Nothing is issued. As with every decision about a
    proposal, only the body that keeps the document makes it: others read the text alone.
    """
    start, end = span
    document, decided, found = _begin(act, document_id, start, end)
    permit.allow(act.by, "duty.draft", Sides(assigner=document.kept_by_id))
    permit.allow(act.by, "duty.draft", Sides(assigner=assigner_id))
    before = _one(found, start, end)
    values = {**draft, "quote": before.quote, "start": start, "end": end}
    reading, problems = read(values, document.text, before.action[:80])
    refuse_if([*problems, *text_problems("task", reading.columns["task"], LONGEST, needed=True)])
    refuse_if(reached(act, assigner_id, [reading], document))
    after = _as_told(before, told)
    entry = act.record(
        chain=chain_of(document.kept_by_id),
        subject=Ref("document", document.pk),
        before={"task": before.action[:200], "lead": "; ".join(before.responsible)},
        after={"task": after.action[:200], "lead": "; ".join(after.responsible)},
    )
    duty = make_draft(act, assigner_id, document, reading, demo=document.demo)
    write_first_lines(act, [duty], entry)
    row = _row(act, document, decided, IntakeWord.ACCEPTED, (before.start, before.end), entry.pk)
    row.before, row.after, row.duty = [before.as_plain()], [after.as_plain()], duty
    row.save(force_insert=True)
    return {"duty": duty.pk, "left": len(found) - 1}


@action("directives.proposal-decided")
def decide_proposal(
    act: Act, *, document_id: int, start: int, end: int, kind: str, cut: int = 0
) -> Result:
    """Reject a proposal, split it, join it with the next, or add a sentence the reader passed over."""
    document, decided, found = _begin(act, document_id, start, end)
    permit.allow(act.by, "duty.draft", Sides(assigner=document.kept_by_id))
    if kind == IntakeWord.ADDED:
        before, span = [], _free(document, decided, found, start, end)
    elif kind == IntakeWord.REJECTED:
        before, span = [_one(found, start, end)], (start, end)
    elif kind == IntakeWord.SPLIT:
        before, span = [_one(found, start, end)], (start, end)
        problem = check_cut(before[0], cut)
        refuse_if([problem] if problem else [])
    elif kind == IntakeWord.JOINED:
        before, span = _with_next(found, start, end)
    else:
        raise Refused.because("intake.kind-unknown", value=kind[:20])
    cut = cut if kind == IntakeWord.SPLIT else 0
    entry = act.record(
        chain=chain_of(document.kept_by_id),
        subject=Ref("document", document.pk),
        after={"kind": kind, "start": span[0], "end": span[1], "cut": cut},
    )
    row = _row(act, document, decided, kind, span, entry.pk)
    row.cut, row.before = cut, [one.as_plain() for one in before]
    if kind == IntakeWord.ADDED:
        row.after = [proposal_of(document.text, *span).as_plain()]
    row.save(force_insert=True)
    return {"document": document.pk}


@action("directives.scan-read")
def put_scanned_text(act: Act, *, document_id: int, text: str) -> Result:
    """Give a document that has no text the one that was read from its scan."""
    document = Document.objects.get(pk=document_id)
    act.lock(chain_of(document.kept_by_id))
    document = Document.objects.get(pk=document_id)
    if document.text:
        raise Refused.because("directives.text-in-use", document.title)
    whole = text.replace("\r\n", "\n").replace("\x00", "")[:LONGEST]
    folded = fold(whole)
    Document.objects.filter(pk=document_id).update(text=whole, folded_text=folded)
    act.record(
        chain=chain_of(document.kept_by_id),
        subject=Ref("document", document_id),
        after={"letters": len(whole)},
    )
    return {"document": document_id}


def _begin(
    act: Act, document_id: int, start: int, end: int
) -> tuple[Document, list[IntakeDecision], tuple[Draft, ...]]:
    """The document taken for this act, what was decided, what is open."""
    document = permit.document_in_sight(act.by, document_id)
    act.lock(chain_of(document.kept_by_id))
    if not 0 <= start < end <= len(document.text):
        raise Refused.conflict(GONE)
    decided = decided_of(document)
    return document, decided, proposals_of(document, decided)


def _one(found: Sequence[Draft], start: int, end: int) -> Draft:
    for one in found:
        if (one.start, one.end) == (start, end):
            return one
    raise Refused.conflict(GONE)


def _with_next(found: Sequence[Draft], start: int, end: int) -> tuple[list[Draft], tuple[int, int]]:
    first = _one(found, start, end)
    after = [one for one in found if one.start >= first.end]
    if not after:
        raise Refused.because("intake.nothing-to-join")
    return [first, after[0]], (first.start, after[0].end)


def _free(
    document: Document,
    decided: Sequence[IntakeDecision],
    found: Sequence[Draft],
    start: int,
    end: int,
) -> tuple[int, int]:
    """The span to add, when it stands in no proposal and in no accepted one."""
    taken = [(d.start, d.end) for d in found]
    taken += [(d.start, d.end) for d in decided if d.kind == IntakeWord.ACCEPTED]
    if any(a < end and start < b for a, b in taken):
        raise Refused.because("intake.quote-taken", document.text[start:end][:80])
    return start, end


def _row(
    act: Act,
    document: Document,
    decided: Sequence[IntakeDecision],
    kind: str,
    span: tuple[int, int],
    entry: int,
) -> IntakeDecision:
    number = decided[-1].number + 1 if decided else 1
    return IntakeDecision(
        document=document, number=number, kind=kind, start=span[0], end=span[1],
        by_name=act.by.name, at=act.at, entry=entry,
    )  # fmt: skip


def _as_told(before: Draft, told: Mapping[str, Any]) -> Draft:
    """The proposal with what the person wrote in its place."""
    values: dict[str, Any] = {
        n: tuple(filter(None, map(tidy, told[n]))) for n in _LISTS if n in told
    }
    if "action" in told:
        values["action"] = tidy(str(told["action"]))
    if "deadline" in told:
        day = told["deadline"]
        values["deadline"] = day if isinstance(day, date) else None
        if day is None:
            values["deadline_text"] = None
        elif before.deadline != day:
            values["deadline_text"] = before.deadline_text or day.strftime("%d/%m/%Y")
    if "recurrence" in told:
        values["recurrence"] = told["recurrence"] or None
    return replace(before, **values)

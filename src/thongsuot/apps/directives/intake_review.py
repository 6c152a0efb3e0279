"""What was read out of a document and what people made of it so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from thongsuot.apps.directives import naming
from thongsuot.apps.directives.models import (
    Document,
    Duty,
    DutyState,
    IntakeDecision,
    IntakeWord,
    TermWord,
)
from thongsuot.rules.directives.intake import Draft, extract
from thongsuot.rules.directives.intake.review import (
    Decision,
    as_gold,
    cuts_of,
    open_proposals,
)
from thongsuot.rules.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: part of an open proposal, of a decided one, or of none."""

    text: str
    start: int
    mark: str = ""  # open, accepted, rejected
    number: int = 0
    duty: int = 0


class Registry:
    """The bodies in force that day with any of some names, asked once for all of them."""

    def __init__(self, names: Iterable[str], on: date) -> None:
        self._known = naming.bodies_called(list(names), on)

    def body(self, name: str, on: date) -> str | None:
        """The id of the one body with that name."""
        found = self._known.get(fold(name), ())
        return str(found[0]) if len(found) == 1 else None


@lru_cache(maxsize=32)
def _read(text: str, on: date) -> tuple[Draft, ...]:
    """The drafts of a text, kept: every view of a document asks for them, and its text stays as it is."""
    return extract(text, on=on)


def proposals_of(document: Document, decided: Sequence[IntakeDecision]) -> tuple[Draft, ...]:
    """The proposals that wait for a decision, with the bodies the registry knows. One query."""
    drafts = _read(document.text, document.issued_on)
    found = open_proposals(document.text, drafts, [_plain(d) for d in decided])
    names = {n for d in found for n in (*d.responsible, *d.coordinating, *d.report_to)}
    registry = Registry(names, document.issued_on)
    return tuple(one.resolved(registry, document.issued_on) for one in found)


def _plain(one: IntakeDecision) -> Decision:
    return Decision(one.kind, one.start, one.end, one.cut)


def decided_of(document: Document) -> list[IntakeDecision]:
    """The decisions about a document, in their order, with the duties made. One query."""
    rows = IntakeDecision.objects.filter(document=document).select_related("duty")
    return list(rows.order_by("number"))


@dataclass(frozen=True, slots=True)
class Taken:
    """A proposal that was accepted: its task, the duty made of it, and how far that went."""

    task: str
    duty: int
    state: str  # draft, issued, dropped


def taken_of(decided: Sequence[IntakeDecision]) -> list[Taken]:
    """What was accepted, in the order of the text, with what became of it."""
    rows = [d for d in decided if d.kind == IntakeWord.ACCEPTED and d.duty is not None]
    return [
        Taken(d.duty.task, d.duty.pk, _state_of(d.duty))
        for d in sorted(rows, key=lambda d: d.start)
        if d.duty is not None
    ]


def _state_of(duty: Duty) -> str:
    if duty.state == DutyState.DRAFT:
        return "draft"
    return "dropped" if duty.state == DutyState.DROPPED and duty.issued_at is None else "issued"


def pieces_of(
    document: Document, proposals: Sequence[Draft], decided: Sequence[IntakeDecision]
) -> list[Piece]:
    """The whole text in stretches, the proposals numbered as in the list beside it."""
    spans = [
        (d.start, d.end, d.kind, 0, d.duty_id or 0)
        for d in decided
        if d.kind in (IntakeWord.ACCEPTED, IntakeWord.REJECTED)
    ]
    spans += [(d.start, d.end, "open", n, 0) for n, d in enumerate(proposals, 1)]
    found: list[Piece] = []
    at = 0
    for start, end, mark, number, duty in sorted(spans):
        if start < at:
            continue
        if at < start:
            found.append(Piece(document.text[at:start], at))
        found.append(Piece(document.text[start:end], start, mark, number, duty))
        at = end
    if at < len(document.text):
        found.append(Piece(document.text[at:], at))
    return found


def boxes_of(draft: Draft, names: Mapping[int, str]) -> dict[str, str]:
    """What the boxes of a proposal start with."""

    def called(name: str) -> str:
        body = draft.known.get(name)
        return names.get(int(body), name) if body else name

    leads = [called(name) for name in draft.responsible]
    return {
        "task": draft.action[:1000],
        "lead": leads[0] if leads else "",
        "others": "; ".join(leads[1:]),
        "parts": "; ".join(called(name) for name in draft.coordinating),
        "place_words": ", ".join(draft.scope),
        "term_kind": _term_of(draft.deadline_text or ""),
        "term_day": draft.deadline.isoformat() if draft.deadline else "",
        "every": draft.recurrence or "",
        "report_to": "; ".join(called(name) for name in draft.report_to),
        "laws": "\n".join(draft.legal_refs),
        "due_words": draft.deadline_text or "",
    }


def _term_of(words: str) -> str:
    """How the words mean the day: before it, within a period that it ends, or on it."""
    low = words.lower()
    if "trước" in low:
        return TermWord.BEFORE
    return TermWord.WITHIN if low.startswith(("trong", "đến", "từ")) else TermWord.ON


def known_names(proposals: Iterable[Draft], on: date) -> dict[int, str]:
    """The names as registered of every body that was recognised."""
    return naming.names_of([int(b) for d in proposals for b in d.known.values()], on)


def cuts_shown(draft: Draft) -> list[tuple[int, str]]:
    """Where the proposal may be split, with the words that follow."""
    return list(cuts_of(draft))


def gold_of(decided: Sequence[IntakeDecision]) -> list[dict[str, Any]]:
    """What people accepted, as they left it, in the form of the annotation guide."""
    rows = [d for d in decided if d.kind == IntakeWord.ACCEPTED and d.after]
    return [as_gold(draft_from(row.after[0])) for row in sorted(rows, key=lambda row: row.start)]


def draft_from(plain: Mapping[str, Any]) -> Draft:
    """A draft out of its plain form, as it is kept."""
    values = dict(plain)
    for name in ("responsible", "coordinating", "scope", "report_to", "legal_refs"):
        values[name] = tuple(values.get(name) or ())
    day = values.get("deadline")
    values["deadline"] = date.fromisoformat(day) if day else None
    return Draft(**values)

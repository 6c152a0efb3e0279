"""What a person does with the drafts of one text: accept, reject, split, join, add.

The reader proposes; the decisions of people are kept in order and folded over what it proposes, so
that the same text and the same decisions always give the same open proposals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from thongsuot.rules.directives.intake.clause import read
from thongsuot.rules.directives.intake.cutting import commas, verb_at
from thongsuot.rules.directives.intake.draft import Draft
from thongsuot.rules.directives.intake.source import Source
from thongsuot.rules.directives.intake.tokens import Words
from thongsuot.rules.kernel.problem import Problem

__all__ = ["KINDS", "Decision", "as_gold", "check_cut", "cuts_of", "open_proposals", "proposal_of"]

ACCEPTED, REJECTED, SPLIT, JOINED, ADDED = "accepted", "rejected", "split", "joined", "added"
KINDS = (ACCEPTED, REJECTED, SPLIT, JOINED, ADDED)
_EDGES = " \t\n\r,;:.…-–"


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing a person did with the span ``start``…``end``; ``cut`` is where it was split."""

    kind: str
    start: int
    end: int
    cut: int = 0


def open_proposals(
    text: str, drafts: Iterable[Draft], decisions: Iterable[Decision]
) -> tuple[Draft, ...]:
    """What still waits for a decision, in the order of the text."""
    found = list(drafts)
    for one in decisions:
        found = _after(text, found, one)
    return tuple(sorted(found, key=lambda draft: draft.start))


def _after(text: str, found: list[Draft], one: Decision) -> list[Draft]:
    touched = [d for d in found if d.start < one.end and one.start < d.end]
    rest = [d for d in found if d not in touched]
    if one.kind == SPLIT and touched:
        return rest + [part for d in touched for part in _split(text, d, one.cut)]
    if one.kind == JOINED and touched:
        return [*rest, _joined(text, touched, one)]
    if one.kind == ADDED:
        return [*rest, proposal_of(text, one.start, one.end)]
    return rest if one.kind in (ACCEPTED, REJECTED) else found


def proposal_of(text: str, start: int, end: int) -> Draft:
    """A proposal for words that the reader took for no directive."""
    quote = text[start:end]
    return Draft(quote=quote, start=start, end=end, action=" ".join(quote.split()))


def _split(text: str, draft: Draft, cut: int) -> list[Draft]:
    """Two proposals out of one; both keep what was carried to it, each only its own time and receiver."""
    if not draft.start < cut < draft.end:
        return [draft]
    parts = [_trimmed(text, draft.start, cut), _trimmed(text, cut, draft.end)]
    return [_part(draft, text, start, end) for start, end in parts if start < end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _part(draft: Draft, text: str, start: int, end: int) -> Draft:
    quote = text[start:end]
    flat = " ".join(quote.split())
    dated = bool(draft.deadline_text and draft.deadline_text in flat)
    return replace(
        draft,
        quote=quote,
        start=start,
        end=end,
        action=flat,
        deadline_text=draft.deadline_text if dated else None,
        deadline=draft.deadline if dated else None,
        report_to=tuple(name for name in draft.report_to if name in flat),
        legal_refs=tuple(name for name in draft.legal_refs if name in flat),
    )


def _joined(text: str, parts: Sequence[Draft], one: Decision) -> Draft:
    """One proposal out of several: the lead of the first, the last day, everything else together."""
    first = parts[0]
    dated = next((d for d in reversed(parts) if d.deadline_text), first)
    quote = text[one.start : one.end]

    def together(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for d in parts for value in getattr(d, name)))

    return replace(
        first,
        quote=quote,
        start=one.start,
        end=one.end,
        action=" ".join(quote.split()),
        coordinating=together("coordinating"),
        scope=together("scope"),
        report_to=together("report_to"),
        legal_refs=together("legal_refs"),
        deadline_text=dated.deadline_text,
        deadline=dated.deadline,
        recurrence=next((d.recurrence for d in reversed(parts) if d.recurrence), None),
    )


def check_cut(draft: Draft, cut: int) -> Problem | None:
    """Why a proposal cannot be split there; None when it can."""
    if draft.start < cut < draft.end and cut in {at for at, _words in cuts_of(draft)}:
        return None
    return Problem("intake.cut-unknown", draft.action[:80])


def cuts_of(draft: Draft) -> tuple[tuple[int, str], ...]:
    """Where a proposal may be split: each place with the words that would begin the second part."""
    words = Words.of(Source.of(draft.quote))
    if not len(words):
        return ()
    found = []
    for at in commas(words, 0, len(words), (",", ";", ".", "và", ":")):
        if 1 < at < len(words) - 2:
            place = words.end[at] if words.low[at] != "và" else words.start[at]
            begin, _end = words.source.back(words.start[at + 1], words.end[-1])
            back, _ = words.source.back(place - 1, place)
            found.append(
                (draft.start + back + 1, " ".join(draft.quote[begin : begin + 60].split()))
            )
    return tuple(found)


def as_gold(draft: Draft) -> dict[str, object]:
    """A decided draft in the form of the annotation guide, with its main verb."""
    words = Words.of(Source.of(draft.quote))
    at = max(0, read(words, 0, len(words)).verb) if len(words) else 0
    size = max(1, verb_at(words, at, len(words)))
    start, end = (0, 0)
    if len(words):
        start, end = words.source.back(words.start[at], words.end[min(at + size, len(words)) - 1])
    plain = draft.as_plain()
    verb = {
        "verb": draft.quote[start:end],
        "verb_start": draft.start + start,
        "verb_end": draft.start + end,
    }
    return {
        "quote": plain.pop("quote"),
        "start": plain.pop("start"),
        "end": plain.pop("end"),
        **verb,
        **plain,
    }

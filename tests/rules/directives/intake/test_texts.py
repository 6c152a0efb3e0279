"""Sixteen texts of our own, in the styles that offices and papers write, with what a reviewer would draft."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from thongsuot.rules.directives.intake import Draft, extract

TEXTS = sorted(Path(__file__).with_name("texts").glob("*.txt"))
BODY_WORDS = {"các", "và", "của", "thuộc", "những"}


@dataclass(frozen=True)
class Given:
    text: str
    on: date
    gold: tuple[dict[str, object], ...]


def given(path: Path) -> Given:
    """A text with its marks taken out, and the directives that the marks stood around."""
    head, gold = path.read_text(encoding="utf-8").split("\n---\n")
    day, body = head.split("\n", 1)
    text, at, spans = "", 0, []
    for found in re.finditer(r"\{\{(.*?)\}\}", body, re.S):
        text += body[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        text += found[1]
        at = found.end()
    text += body[at:]
    items = json.loads(gold)
    assert len(items) == len(spans)
    whole = tuple({**one, "span": span} for one, span in zip(items, spans, strict=True))
    return Given(text, date.fromisoformat(day), whole)


def overlap(draft: Draft, span: tuple[int, int]) -> float:
    shared = min(draft.end, span[1]) - max(draft.start, span[0])
    return max(0, shared) / (max(draft.end, span[1]) - min(draft.start, span[0]))


def pairs(one: Given, drafts: tuple[Draft, ...]) -> list[tuple[dict[str, object], Draft]]:
    """Each directive with the draft that stands where it does, if one does."""
    found = []
    for gold in one.gold:
        best = max(drafts, key=lambda draft: overlap(draft, gold["span"]), default=None)
        if best is not None and overlap(best, gold["span"]) >= 0.5:
            found.append((gold, best))
    return found


def bag(names: object) -> set[str]:
    return set(re.findall(r"\w+", " ".join(names).lower())) - BODY_WORDS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_directive_of_a_text_is_found_and_nothing_else(path: Path) -> None:
    one = given(path)
    drafts = extract(one.text, on=one.on)
    assert [d.quote for d in drafts] == [one.text[d.start : d.end] for d in drafts]
    assert len(pairs(one, drafts)) == len(one.gold)
    assert len(drafts) == len(one.gold)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_days_rhythms_and_documents_are_those_of_the_text(path: Path) -> None:
    one = given(path)
    for gold, draft in pairs(one, extract(one.text, on=one.on)):
        told = draft.deadline.isoformat() if draft.deadline else None
        assert told == gold.get("deadline"), draft.quote
        assert draft.recurrence == gold.get("recurrence"), draft.quote
        assert list(draft.legal_refs) == gold.get("legal_refs", []), draft.quote


def test_leads_receivers_and_places_are_right_in_nearly_all() -> None:
    right: dict[str, list[float]] = {"responsible": [], "report_to": [], "scope": []}
    for path in TEXTS:
        one = given(path)
        for gold, draft in pairs(one, extract(one.text, on=one.on)):
            for name, marks in right.items():
                told, meant = bag(getattr(draft, name)), bag(gold.get(name, []))
                both = len(told & meant)
                marks.append(2 * both / (len(told) + len(meant)) if told or meant else 1.0)
    means = {name: sum(marks) / len(marks) for name, marks in right.items()}
    assert min(means["responsible"], means["report_to"]) > 0.97, means
    assert means["scope"] > 0.92, means


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_marks_apart_line_ends_and_hard_spaces_change_no_draft_and_no_place(path: Path) -> None:
    one = given(path)
    strange = (
        unicodedata.normalize("NFD", one.text)
        .replace("\n", "\r\n")
        .replace(" ngày ", " ngày\u00a0")
    )
    plain, odd = extract(one.text, on=one.on), extract("\ufeff" + strange, on=one.on)
    assert [d.quote for d in odd] == [("\ufeff" + strange)[d.start : d.end] for d in odd]

    def same(draft: Draft) -> object:
        quote = unicodedata.normalize("NFC", draft.quote)
        plainly = {k: v for k, v in draft.as_plain().items() if k not in ("start", "end", "quote")}
        return " ".join(quote.split()), plainly

    assert [same(d) for d in odd] == [same(d) for d in plain]

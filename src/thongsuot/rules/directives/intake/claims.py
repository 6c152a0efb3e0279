"""What another reader of the same text claims, checked as strictly as our own reading.

A language model may be asked beside the rules. It answers with the keys of the exchange form;
nothing of an answer is taken on trust: its span must stand in the text, its day must exist, its
documents and names must be in the text. What fails is dropped, and the reason is kept.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from thongsuot.rules.directives.intake.draft import KEYS, RHYTHMS, Draft, Names
from thongsuot.rules.directives.intake.source import lowered
from thongsuot.rules.kernel.problem import Problem

__all__ = ["MOST_CLAIMS", "checked"]

MOST_CLAIMS = 2_000
_LONGEST = 20_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def checked(
    text: str, claims: object, *, on: date, names: Names | None = None
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The claims that hold, as drafts in the order they stand, and what was wrong with the others.

    A claim whose span or quote is not in the text is dropped whole; so is one that overlaps a claim
    already kept. A day, rhythm, document or name that does not hold is taken out of its claim.
    """
    if isinstance(claims, Mapping):
        claims = claims.get("directives")
    if not isinstance(claims, Sequence) or isinstance(claims, str | bytes):
        return (), (Problem("intake.answer-not-a-list"),)
    problems: list[Problem] = []
    if len(claims) > MOST_CLAIMS:
        problems.append(Problem("intake.too-many-claims", "", {"most": MOST_CLAIMS}))
    kept: list[Draft] = []
    for number, claim in enumerate(claims[:MOST_CLAIMS], 1):
        draft, wrong = _Claim(text, claim, f"claim:{number}", on).read()
        if draft and any(draft.start < one.end and one.start < draft.end for one in kept):
            wrong = [*wrong, Problem("intake.claim-overlaps", f"claim:{number}")]
            draft = None
        problems += wrong
        if draft:
            kept.append(_known(draft, names, on))
    return tuple(sorted(kept, key=lambda one: one.start)), tuple(problems)


class _Claim:
    """One claim being checked against the text."""

    def __init__(self, text: str, claim: object, subject: str, on: date) -> None:
        self.text, self.claim, self.subject, self.on = text, claim, subject, on
        self.wrong: list[Problem] = []
        self.values: Mapping[str, object] = claim if isinstance(claim, Mapping) else {}

    def read(self) -> tuple[Draft | None, list[Problem]]:
        """The claim as a draft, or None; and what was wrong with it."""
        if not isinstance(self.claim, Mapping):
            return None, [Problem("intake.claim-not-an-object", self.subject)]
        for key in sorted(set(map(str, self.values)) - set(KEYS)):
            self._note("claim-key-unknown", key)
        span = self._span()
        if span is None:
            return None, self.wrong
        start, end = span
        deadline_text, deadline = self._deadline()
        draft = Draft(
            quote=self.text[start:end],
            start=start,
            end=end,
            issuer=self._said("issuer"),
            action=str(self.values.get("action") or "")[:_LONGEST],
            deadline_text=deadline_text,
            deadline=deadline,
            recurrence=self._rhythm(),
            responsible=self._list("responsible"),
            coordinating=self._list("coordinating"),
            scope=self._list("scope"),
            report_to=self._list("report_to"),
            legal_refs=self._list("legal_refs"),
        )
        return draft, self.wrong

    def _note(self, code: str, value: object) -> None:
        self.wrong.append(Problem(f"intake.{code}", self.subject, {"value": str(value)[:200]}))

    def _span(self) -> tuple[int, int] | None:
        """The span claimed, if the text has the quote there; else the one place where it stands."""
        quote, start, end = (self.values.get(key) for key in ("quote", "start", "end"))
        if not isinstance(quote, str) or not quote.strip() or len(quote) > _LONGEST:
            self._note("claim-without-quote", quote)
            return None
        if (
            isinstance(start, int)
            and isinstance(end, int)
            and self.text[max(0, start) : end] == quote
        ):
            return start, end
        at = self.text.find(quote)
        if at < 0 or self.text.find(quote, at + 1) >= 0:
            self._note("claim-not-in-text", quote)
            return None
        return at, at + len(quote)

    def _list(self, key: str) -> tuple[str, ...]:
        """The names of a list that the text has; the others are noted and left out."""
        given = self.values.get(key) or ()
        given = (given,) if isinstance(given, str) else given
        if not isinstance(given, Sequence):
            self._note("claim-value-unknown", given)
            return ()
        found = []
        for one in given:
            if isinstance(one, str) and one.strip() and self._in_text(one):
                found.append(" ".join(one.split()))
            else:
                self._note("claim-name-not-in-text", one)
        return tuple(dict.fromkeys(found))

    def _in_text(self, told: str) -> bool:
        """Whether every word of a name stands in the text: a name may be joined from two places."""
        flat = self._flat()
        plain = " ".join(lowered(told).split())
        return plain in flat or all(f" {word} " in flat for word in re.findall(r"[\w/&-]+", plain))

    def _flat(self) -> str:
        return " " + " ".join(re.findall(r"[\w/&-]+|[^\w\s]", lowered(self.text))) + " "

    def _said(self, key: str) -> str | None:
        told = self.values.get(key)
        if told in (None, ""):
            return None
        if isinstance(told, str) and self._in_text(told):
            return " ".join(told.split())
        self._note("claim-name-not-in-text", told)
        return None

    def _deadline(self) -> tuple[str | None, date | None]:
        """The words of the limit, when the text has them, and their day, when it exists."""
        words, day = self.values.get("deadline_text"), self.values.get("deadline")
        if words and (not isinstance(words, str) or not self._in_text(words)):
            self._note("claim-limit-not-in-text", words)
            return None, None
        told = " ".join(words.split()) if isinstance(words, str) and words else None
        if day in (None, ""):
            return told, None
        real = _real_day(day)
        if real is None or told is None or not self.on.year - 5 <= real.year <= self.on.year + 30:
            self._note("claim-day-unknown", day)
            return told, None
        return told, real

    def _rhythm(self) -> str | None:
        told = self.values.get("recurrence")
        if told in (None, ""):
            return None
        if told in RHYTHMS:
            return str(told)
        self._note("claim-rhythm-unknown", told)
        return None


def _real_day(told: object) -> date | None:
    if not isinstance(told, str) or not _DAY.fullmatch(told):
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _known(draft: Draft, names: Names | None, on: date) -> Draft:
    return draft if names is None else draft.resolved(names, on)

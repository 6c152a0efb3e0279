"""When an article is in force: the text's own days, parts that begin later, changes by other texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.period import Period

EVER = Period()
AMENDS, REPLACES, REPEALS, SUSPENDS, EXTENDS, SHORTENS = (
    "amends", "replaces", "repeals", "suspends", "extends", "shortens",
)  # fmt: skip
ENDS_IT = frozenset({REPLACES, REPEALS})
EFFECTS = (AMENDS, REPLACES, REPEALS, SUSPENDS, EXTENDS, SHORTENS)


@dataclass(frozen=True, slots=True)
class Part:
    """An article or clause that has days of its own, other than those of its text."""

    article: str
    clause: str
    period: Period


@dataclass(frozen=True, slots=True)
class Change:
    """What another text does to this one from a day: to all of it, an article or a clause.

    ``until`` of a suspension is when it is over; of an extension or a shortening the new end.
    """

    by: str
    on: date
    effect: str
    article: str = ""
    clause: str = ""
    until: date | None = None

    def touches(self, article: str, clause: str) -> bool:
        """Whether it speaks of that article and clause, or of something that holds them."""
        if not self.article:
            return True
        return self.article == article and self.clause in ("", clause)


@dataclass(frozen=True, slots=True)
class Text:
    """A legal text with its days, the parts that begin or end otherwise, and what changed it."""

    key: str
    period: Period = EVER
    parts: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()


def _own_period(text: Text, article: str, clause: str) -> Period:
    """The days of the part that fits best: the clause, else its article, else the whole text."""
    for wanted in ((article, clause), (article, "")):
        for part in text.parts:
            if article and (part.article, part.clause) == wanted:
                return part.period
    return text.period


def force_of(text: Text, article: str = "", clause: str = "") -> tuple[Period, ...]:
    """The stretches in which that article and clause is in force; empty: never.

    A suspension cuts a hole, a repeal ends it, an extension moves its end.
    """
    period = _own_period(text, article, clause)
    since, until = period.since, period.until
    touching = sorted(
        (c for c in text.changes if c.touches(article, clause)), key=lambda c: (c.on, c.effect)
    )
    holes: list[tuple[date, date | None]] = []
    for change in touching:
        if until is not None and change.on >= until:
            continue  # it was over: nothing brings it back
        if change.effect in ENDS_IT:
            until = change.on
        elif change.effect in (EXTENDS, SHORTENS):
            until = change.until
        elif change.effect == SUSPENDS and (change.until is None or change.until > change.on):
            holes.append((change.on, change.until))
    whole = _period(since, until)
    return () if whole is None else _cut(whole, holes)


def _cut(whole: Period, holes: Iterable[tuple[date, date | None]]) -> tuple[Period, ...]:
    found: list[Period] = []
    since = whole.since
    for begins, ends in sorted(holes, key=lambda h: (h[0], h[1] or date.max)):
        piece = _period(since, begins if whole.until is None else min(begins, whole.until))
        if piece is not None:
            found.append(piece)
        if ends is None:
            return tuple(found)
        since = ends if since is None else max(since, ends)
    last = _period(since, whole.until)
    return (*found, last) if last is not None else tuple(found)


def _period(since: date | None, until: date | None) -> Period | None:
    if since is not None and until is not None and until <= since:
        return None
    return Period(since, until)


def within(period: Period, force: Iterable[Period]) -> tuple[Period, ...]:
    """The stretches of ``force`` that lie in ``period``: when a rule on that article counts."""
    found = []
    for one in force:
        since = max((d for d in (period.since, one.since) if d is not None), default=None)
        until = min((d for d in (period.until, one.until) if d is not None), default=None)
        piece = _period(since, until)
        if piece is not None:
            found.append(piece)
    return tuple(found)


def standing(text: Text, on: date, article: str = "", clause: str = "") -> str:
    """How the article stands on a day: in-force, to-come, suspended or over."""
    force = force_of(text, article, clause)
    if any(on in period for period in force):
        return "in-force"
    if any(period.since is not None and period.since > on for period in force):
        earlier = any(period.since is None or period.since <= on for period in force)
        return "suspended" if earlier else "to-come"
    return "over"

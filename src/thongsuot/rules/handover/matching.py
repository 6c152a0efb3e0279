"""Likely matches between things nobody received and things nobody listed: proposed, never taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from math import log
from typing import NamedTuple

from thongsuot.rules.kernel.text import code_key, fold

ENOUGH = 60  # of 100: below it two descriptions are not called alike
_PER_THING = 3
_COMMON = 400  # a word in more things than this points at none of them
_RARE_WORDS = 6
_LOOKED_AT = 60


class Thing(NamedTuple):
    """Something to be matched. ``at`` is what the caller knows it by."""

    at: int
    code: str
    title: str
    quantity: int | None = None
    measure: str = ""


class Likeness(NamedTuple):
    """A proposal: the listed thing and the received thing may be one. ``score`` is of 100.

    ``same_code`` True: the codes differ only by case, space, dash or marks.
    """

    listed: int
    received: int
    score: int
    same_code: bool


class _Listed:
    """The listed things by their words and codes, and how much each word says: rare ones more."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = things
        self.words = [words_of(thing.title) for thing in things]
        self._seen: Counter[str] = Counter()
        for words in self.words:
            self._seen.update(words)
        self._weights: dict[str, float] = {}
        self._sums = [self._sum(words) for words in self.words]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_code: dict[str, list[int]] = defaultdict(list)
        for index, thing in enumerate(things):
            self._by_code[code_key(thing.code)].append(index)
            for word in self.words[index]:
                if self._seen[word] <= _COMMON:
                    self._by_word[word].append(index)

    def _weight(self, word: str) -> float:
        weight = self._weights.get(word)
        if weight is None:
            weight = log(1 + max(len(self.things), 1) / (1 + self._seen[word]))
            if any("0" <= sign <= "9" for sign in word):
                weight *= 1.5
            elif not self._seen[word]:  # another way of writing says little: "hs" for "hồ sơ"
                weight = 1.0
            self._weights[word] = weight
        return weight

    def _sum(self, words: Iterable[str]) -> float:
        return sum(map(self._weight, sorted(words)))  # sorted: the same sum on every machine

    def nearest(self, thing: Thing) -> list[tuple[int, float]]:
        """The listed things that may be this one, by their index, each with its likeness 0 … 1."""
        words = words_of(thing.title)
        rarest = sorted(words & self._by_word.keys(), key=lambda w: (self._seen[w], w))
        near = Counter(index for w in rarest[:_RARE_WORDS] for index in self._by_word[w])
        own = self._sum(words)
        scored = [(at, self._likeness(at, words, own)) for at, _ in near.most_common(_LOOKED_AT)]
        best = sorted(scored, key=lambda pair: (-pair[1], pair[0]))[: _PER_THING + 2]
        known = {at for at, _ in best}
        same = [at for at in self._by_code.get(code_key(thing.code), ()) if at not in known]
        return best + [(at, self._likeness(at, words, own)) for at in same[:_LOOKED_AT]]

    def _likeness(self, at: int, words: frozenset[str], own: float) -> float:
        total = self._sums[at] + own
        return 2 * self._sum(self.words[at] & words) / total if total else 0.0


@lru_cache(maxsize=1 << 15)
def words_of(title: str) -> frozenset[str]:
    """The folded words of a description."""
    return frozenset("".join(c if c.isalnum() else " " for c in fold(title)).split())


def shares_words(one: str, other: str, least: float = 0.2) -> bool:
    """Whether two descriptions have enough words in common to be of one thing.

    Shapes: a blank description agrees with every other; ``least`` is the share of the words of
    the shorter one.
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return True
    return len(first & second) >= least * min(len(first), len(second))


def likely_matches(listed: Sequence[Thing], received: Sequence[Thing]) -> tuple[Likeness, ...]:
    """For each received thing the listed things it may be, the likeliest first.

    Shapes: at most three for each received thing, none below ``ENOUGH``; the same input gives
    the same proposals in the same order. Nothing is decided: two received things may be proposed
    for one listed thing.
    """
    known = _Listed(listed)
    found: list[Likeness] = []
    for thing in received:
        scored = [_score(listed[at], thing, alike) for at, alike in known.nearest(thing)]
        good = sorted((s for s in scored if s.score >= ENOUGH), key=lambda s: (-s.score, s.listed))
        found += good[:_PER_THING]
    return tuple(found)


def _score(listed: Thing, received: Thing, alike: float) -> Likeness:
    one, other = code_key(listed.code), code_key(received.code)
    counted = listed.quantity == received.quantity and listed.measure == received.measure
    if one == other:
        described = bool(words_of(listed.title)) and bool(words_of(received.title))
        score = 0.75 + 0.25 * (alike if described else 0.6)
    else:
        score = 0.8 * alike + 0.1 * SequenceMatcher(None, one, other).ratio() + 0.1 * counted
    return Likeness(listed.at, received.at, round(100 * score), one == other)

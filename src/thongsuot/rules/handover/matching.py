"""Likely matches between things nobody received and things nobody listed: proposed, never taken."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from math import log
from typing import NamedTuple

from thongsuot.rules.kernel.text import code_key, fold

ENOUGH = 60  # of 100: below it two descriptions are not called alike
_PER_THING = 3
_COMMON = 400  # a word in more things than this points at none of them
_RARE_WORDS = 6


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


class _Words:
    """The words of all things and how much each says: rare words say more."""

    def __init__(self, things: Sequence[Thing]) -> None:
        seen: Counter[str] = Counter()
        for thing in things:
            seen.update(words_of(thing.title))
        self._all = max(len(things), 1)
        self.seen = seen

    def weight(self, word: str) -> float:
        """How much it says that two descriptions share this word."""
        weight = log(1 + self._all / (1 + self.seen[word]))
        return weight * 1.5 if any("0" <= sign <= "9" for sign in word) else weight

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """From 0 (no word shared) to 1 (the same words)."""
        total = sum(map(self.weight, one)) + sum(map(self.weight, other))
        return 2 * sum(map(self.weight, one & other)) / total if total else 0.0


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
    words = _Words(listed)
    by_word: dict[str, list[int]] = defaultdict(list)
    by_code: dict[str, list[int]] = defaultdict(list)
    for index, thing in enumerate(listed):
        for word in words_of(thing.title):
            if words.seen[word] <= _COMMON:
                by_word[word].append(index)
        by_code[code_key(thing.code)].append(index)
    found: list[Likeness] = []
    for thing in received:
        nearest = _candidates(thing, by_word, by_code, words)
        scored = [_score(listed[index], thing, words) for index in nearest]
        good = sorted((s for s in scored if s.score >= ENOUGH), key=lambda s: (-s.score, s.listed))
        found += good[:_PER_THING]
    return tuple(found)


def _candidates(
    thing: Thing,
    by_word: Mapping[str, list[int]],
    by_code: Mapping[str, list[int]],
    words: _Words,
) -> Iterable[int]:
    near: Counter[int] = Counter()
    rarest = sorted((w for w in words_of(thing.title) if w in by_word), key=words.seen.__getitem__)
    for word in rarest[:_RARE_WORDS]:
        for index in by_word[word]:
            near[index] += 1
    best = [index for index, _ in near.most_common(60)]
    return dict.fromkeys([*by_code.get(code_key(thing.code), ()), *best])


def _score(listed: Thing, received: Thing, words: _Words) -> Likeness:
    one, other = words_of(listed.title), words_of(received.title)
    alike = words.likeness(one, other)
    same_code = code_key(listed.code) == code_key(received.code)
    codes = SequenceMatcher(None, code_key(listed.code), code_key(received.code)).ratio()
    counted = listed.quantity == received.quantity and listed.measure == received.measure
    score = 0.8 * alike + 0.1 * codes + 0.1 * counted
    if same_code:
        score = 0.75 + 0.25 * (alike if one and other else 0.6)
    return Likeness(listed.at, received.at, round(100 * score), same_code)

"""Which earlier questions are like this one: words without marks, pairs of syllables weigh more.

Most Vietnamese words have two syllables, so two neighbours together say more than both alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from thongsuot.rules.kernel.text import fold

# Syllables so frequent that they tell nothing apart (folded).
EVERYWHERE = frozenset(
    [
        "ai",
        "bi",
        "boi",
        "ca",
        "cac",
        "cach",
        "can",
        "cho",
        "chua",
        "co",
        "con",
        "cua",
        "cung",
        "da",
        "dang",
        "de",
        "den",
        "di",
        "do",
        "duoc",
        "gi",
        "hay",
        "hoac",
        "khi",
        "khong",
        "la",
        "lai",
        "lam",
        "len",
        "mot",
        "nao",
        "nay",
        "nen",
        "neu",
        "ngay",
        "nguoi",
        "nhieu",
        "nhung",
        "noi",
        "o",
        "phai",
        "qua",
        "ra",
        "rang",
        "rat",
        "roi",
        "sau",
        "se",
        "su",
        "tai",
        "the",
        "theo",
        "thi",
        "thuc",
        "tren",
        "trong",
        "truoc",
        "tu",
        "tung",
        "va",
        "van",
        "vao",
        "ve",
        "vi",
        "viec",
        "voi",
        "xin",
        "cap",
        "phuong",
        "xa",
        "ubnd",
        "quan",
        "huyen",
        "tinh",
        "thanh",
        "pho",
    ]
)
PAIR = "_"
MOST_TOKENS = 120
PAIR_WEIGHT = 2.0
ENOUGH = 0.18  # below this two questions share words, not a subject


def tokens(text: str) -> frozenset[str]:
    """The syllables and the pairs of neighbours by which a text is found; marks do not matter.

    Shapes: at most 120, the first ones of the text; signs that belong to no word are left out.
    """
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    found: dict[str, None] = {}
    for at, word in enumerate(words):
        if word not in EVERYWHERE and len(word) > 1:
            found[word] = None
        if at and not {word, words[at - 1]} <= EVERYWHERE:
            found[f"{words[at - 1]}{PAIR}{word}"] = None
        if len(found) >= MOST_TOKENS:
            break
    return frozenset(list(found)[:MOST_TOKENS])


def weights(frequency: Mapping[str, int], total: int) -> dict[str, float]:
    """How much each token says: the rarer, the more; pairs twice as much.

    Shapes: ``frequency`` counts in how many of ``total`` texts a token stands.
    """
    return {
        token: log(1 + (total + 1) / (1 + count)) * (PAIR_WEIGHT if PAIR in token else 1.0)
        for token, count in frequency.items()
    }


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a known text is to what was typed: 1 the same tokens, 0 none shared."""

    id: int
    score: float


def likeness(
    asked: frozenset[str], known: Mapping[int, frozenset[str]], weight: Mapping[str, float]
) -> tuple[Likeness, ...]:
    """The known texts that are like the one asked about, the likest first.

    Shared weight over all weight (weighted Jaccard). Symmetric, between 0 and 1, 1 for equal
    token sets; equal scores keep the order of ids, newest first.
    """
    found = []
    for pk, tokens_of in known.items():
        shared = sum(weight.get(t, 1.0) for t in asked & tokens_of)
        every = sum(weight.get(t, 1.0) for t in asked | tokens_of)
        if every and shared / every >= ENOUGH:
            found.append(Likeness(pk, shared / every))
    return tuple(sorted(found, key=lambda one: (-one.score, -one.id)))


def frequencies(known: Iterable[frozenset[str]]) -> Counter[str]:
    """In how many texts each token stands."""
    return Counter(token for one in known for token in one)

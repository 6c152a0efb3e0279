"""Finding a matter by the words people use for it, with or without marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q

from thongsuot.apps.authority.models import Matter, MatterWord
from thongsuot.rules.kernel.text import fold

LOOKED_AT = 400  # candidates that are ranked; a search box wants a handful
MOST_WORDS = 12
MOST_PHRASES = 5_000  # that are compared sign by sign when no word is known
SURE = 0.75
# Words that say that somebody asks, not what for.
EMPTY = frozenset(
    [
        "xin",
        "toi",
        "muon",
        "can",
        "lam",
        "cho",
        "duoc",
        "o",
        "tai",
        "cua",
        "va",
        "thi",
        "nhu",
        "the",
        "nao",
        "ai",
        "co",
        "tham",
        "quyen",
        "quyet",
        "dinh",
        "de",
        "la",
        "di",
        "mot",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """A matter that may be meant, and the words by which it was found."""

    matter: Matter
    words: str
    score: float


def find_matters(text: str, limit: int = 12, *, public: bool = False) -> tuple[Found, ...]:
    """The matters that may be meant, the likeliest first; empty for an empty text.

    Every word of the question that a name or a way of saying has counts; one that is said whole
    comes first. Two queries.
    """
    query = fold(text[:200])
    asked = query.split()[:MOST_WORDS]
    words = [w for w in asked if w not in EMPTY] or asked
    if not words:
        return ()
    phrases = _phrases(words, public)
    found: dict[int, tuple[float, str]] = {}
    for pk, phrase in phrases:
        score = _score(query, words, phrase)
        if score > found.get(pk, (0.0, ""))[0]:
            found[pk] = (score, phrase)
    best = sorted(found.items(), key=lambda row: (-row[1][0], row[0]))[:limit]
    rows = Matter.objects.select_related("field").in_bulk([pk for pk, _ in best])
    return tuple(Found(rows[pk], words_, score) for pk, (score, words_) in best)


def sure_of(found: Sequence[Found]) -> Matter | None:
    """The matter that is meant beyond doubt; None when a person has to choose among several.

    A single match is meant when it has at least half of what was asked.
    """
    if not found or found[0].score < SURE:
        return None
    if len(found) > 1 and found[0].score < found[1].score + 1:
        return None
    return found[0].matter


def like_matters(text: str, limit: int = 5, *, public: bool = False) -> tuple[Matter, ...]:
    """Matters that are called almost so: for a question in which no word is known."""
    query = fold(text[:200])
    rows = MatterWord.objects.select_related("matter__field")
    named = Matter.objects.select_related("field")
    if public:
        rows, named = rows.filter(matter__public=True), named.filter(public=True)
    phrases = {w.folded: w.matter for w in rows[:MOST_PHRASES]}
    phrases |= {m.folded: m for m in named[:MOST_PHRASES]}
    near = get_close_matches(query, list(phrases), n=limit * 2, cutoff=0.5)
    return tuple({phrases[p].pk: phrases[p] for p in near}.values())[:limit]


def _phrases(words: Sequence[str], public: bool) -> list[tuple[int, str]]:
    any_word = Q()
    for word in words:
        any_word |= Q(folded__contains=word)
    names = Matter.objects.filter(any_word)
    said = MatterWord.objects.filter(any_word)
    if public:
        names, said = names.filter(public=True), said.filter(matter__public=True)
    return [
        *names.values_list("pk", "folded")[:LOOKED_AT],
        *said.values_list("matter", "folded")[:LOOKED_AT],
    ]


def _score(query: str, words: Sequence[str], phrase: str) -> float:
    """How much of the question a phrase says, and how much of the phrase was asked."""
    have = phrase.split()
    known = set(have)
    hit = [w for w in words if w in known or (len(w) > 3 and any(h.startswith(w) for h in have))]
    if not hit:
        return 0.0
    asked = len(hit) / len(words)
    told = len(set(hit) & known) / len(known)
    whole = 1.0 if phrase == query or phrase == " ".join(words) else 0.0
    run = 0.5 if len(words) > 1 and " ".join(words) in phrase else 0.0
    return whole + run + asked + 0.5 * told


def matter_with(code: str) -> Matter | None:
    """The matter of that code; None when there is none."""
    return Matter.objects.filter(code=code[:60]).select_related("field").first()

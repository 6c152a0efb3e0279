"""The index of what was asked before: kept with each text, read when somebody types."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from thongsuot.apps.difficulties.models import Difficulty, Situation, Token
from thongsuot.apps.registry.naming import body_names
from thongsuot.rules.difficulties.similar import likeness, tokens, weights

CANDIDATES = 60  # texts that share the most tokens, looked through for the likest
SHOWN = 6
RARE_ENOUGH = 2_000  # a token in more texts than this tells nothing apart
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Like:
    """Something asked before that is like what was typed, with its answer when there is one."""

    kind: str  # difficulty or situation
    id: int
    title: str
    field: str
    article: str
    state: str
    answer: str
    said: str
    by: str
    score: float
    others: int


def note_difficulty(row: Difficulty) -> None:
    """Put a difficulty into the index."""
    _note(f"{row.title} {row.text} {row.article}", difficulty=row)


def note_situation(row: Situation) -> None:
    """Put a situation into the index."""
    _note(f"{row.title} {row.question} {row.article}", situation=row)


def _note(text: str, **of: Difficulty | Situation) -> None:
    Token.objects.bulk_create(
        Token(**of, token=token[:80]) for token in sorted(tokens(text[:LONGEST]))
    )


def similar_to(text: str) -> tuple[Like, ...]:
    """What was asked before and is like the text, the likest first; answers stand beside it.

    Shapes: reserved and withdrawn difficulties and retired situations are never shown; of those
    that were joined only the first. Five queries, whatever is in the index.
    """
    asked = tokens(text[:LONGEST])
    if not asked:
        return ()
    frequency = dict(
        Token.objects.filter(token__in=asked).values_list("token").annotate(n=Count("pk"))
    )
    telling = [t for t, n in frequency.items() if n <= RARE_ENOUGH] or list(frequency)
    shown = Q(situation__retired_on__isnull=True, situation__isnull=False) | Q(
        difficulty__reserved=False, difficulty__same_as__isnull=True
    ) & ~Q(difficulty__state="withdrawn")
    best = (
        Token.objects.filter(shown, token__in=telling)
        .values_list("difficulty", "situation")
        .annotate(n=Count("pk"))
        .order_by("-n", "-difficulty", "-situation")[:CANDIDATES]
    )
    pairs = [(d, s) for d, s, _n in best if d or s]
    return _scored(asked, pairs, frequency)


def _scored(
    asked: frozenset[str], pairs: list[tuple[int | None, int | None]], frequency: dict[str, int]
) -> tuple[Like, ...]:
    difficulties = [d for d, _s in pairs if d]
    situations = [s for _d, s in pairs if s]
    known: defaultdict[int, set[str]] = defaultdict(set)
    for d, s, token in Token.objects.filter(
        Q(difficulty__in=difficulties) | Q(situation__in=situations)
    ).values_list("difficulty", "situation", "token"):
        known[_key(d, s)].add(token)
    weight = weights(frequency, max(len(known), *frequency.values(), 1))
    found = likeness(asked, {pk: frozenset(t) for pk, t in known.items()}, weight)
    scores = {one.id: one.score for one in found[:SHOWN]}
    return tuple(
        sorted(
            [*_difficulties(difficulties, scores), *_situations(situations, scores)],
            key=lambda like: -like.score,
        )
    )


def _key(difficulty: int | None, situation: int | None) -> int:
    return difficulty if difficulty else -int(situation or 0)


def _difficulties(ids: Iterable[int], scores: dict[int, float]) -> list[Like]:
    wanted = [pk for pk in ids if pk in scores]
    rows = list(
        Difficulty.objects.filter(pk__in=wanted)
        .annotate(others=Count("joined"))
        .prefetch_related("steps")
    )
    names = body_names(r.holder_id for r in rows)
    found = []
    for row in rows:
        answers = [s for s in row.steps.all() if s.act == row.answer]
        said = answers[-1].text if answers else ""
        found.append(
            Like("difficulty", row.pk, row.title, row.field, row.article,
                 str(row.get_state_display()),
                 str(row.get_answer_display()) if row.answer else "", said,
                 names.get(row.holder_id, ""), scores[row.pk], row.others)
        )  # fmt: skip
    return found


def _situations(ids: Iterable[int], scores: dict[int, float]) -> list[Like]:
    wanted = [pk for pk in ids if -pk in scores]
    rows = list(Situation.objects.filter(pk__in=wanted).annotate(others=Count("uses")))
    names = body_names(r.body_id for r in rows)
    return [
        Like("situation", row.pk, row.title, row.field, row.article, "", "", row.answer,
             names.get(row.body_id, ""), scores[-row.pk], row.others)
        for row in rows
    ]  # fmt: skip

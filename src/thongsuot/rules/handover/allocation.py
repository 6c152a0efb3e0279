"""Who receives an item: rules that propose, with the reason; gaps and clashes are results too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from thongsuot.rules.kernel.quantity import divide

PROPOSED, SHARED, GAP, CLASH = "proposed", "shared", "gap", "clash"
NO_RULE = "no-rule"
NO_SUCCESSOR = "no-successor"
DIVIDED = "divided"
NO_PLACE = "no-place"
NO_BODY = "no-body"
RULES_DIFFER = "rules-differ"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at: the kind, the field, the origin ward (0: none) and the giver."""

    kind: str
    field: str = ""
    place: int = 0
    giver: int = 0
    giver_kind: str = ""


@dataclass(frozen=True, slots=True)
class Heir:
    """A body that takes over in a place: its id and its kind (uỷ ban, đảng uỷ …)."""

    body: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Items like these go to that receiver. An empty criterion means *any*.

    The receiver is exactly one of: ``receiver``, a body; ``to_successor``, the body that takes
    over in the place of origin (of kind ``heir_kind``, or of the giver's kind when empty and more
    than one would do); ``shares``, (body, weight) pairs by which the quantity is divided.

    Raises ValueError when not exactly one is given.
    """

    id: int
    kind: str = ""
    field: str = ""
    place: int = 0
    giver: int = 0
    priority: int = 0
    receiver: int = 0
    to_successor: bool = False
    heir_kind: str = ""
    shares: tuple[tuple[int, int], ...] = ()
    reason: str = ""
    law: str = ""

    def __post_init__(self) -> None:
        if bool(self.receiver) + self.to_successor + bool(self.shares) != 1:
            raise ValueError("a rule names one receiver, or the successor, or shares")

    @property
    def weight(self) -> tuple[int, int]:
        """What decides between rules: the priority, then how many criteria it names."""
        return self.priority, sum(map(bool, (self.kind, self.field, self.place, self.giver)))

    def matches(self, subject: Subject) -> bool:
        """Whether the rule speaks about that subject."""
        return (
            self.kind in ("", subject.kind)
            and self.field in ("", subject.field)
            and self.place in (0, subject.place)
            and self.giver in (0, subject.giver)
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules say of a subject.

    ``outcome`` is *proposed* (``receiver`` set), *shared* (``shares`` set), *gap* or *clash*
    (``why`` says which sort, ``candidates`` who could receive). ``rule`` 0: no rule decided.
    """

    outcome: str
    receiver: int = 0
    rule: int = 0
    reason: str = ""
    law: str = ""
    why: str = ""
    candidates: tuple[int, ...] = ()
    shares: tuple[tuple[int, int], ...] = ()


Heirs = Mapping[int, Sequence[Heir]]


def propose(subject: Subject, rules: Iterable[Rule], heirs: Heirs) -> Proposal:
    """The receiver that the rules propose, and why; or the gap or clash, with the candidates.

    Shapes: ``heirs`` maps a place of origin to every body that takes over there; a place that was
    divided has heirs of one kind in several bodies. The highest priority decides, then the most
    specific rule; equals with different answers are a clash. Nothing is ever guessed.
    """
    found = [r for r in rules if r.matches(subject)]
    if not found:
        return Proposal(GAP, why=NO_RULE, candidates=_bodies(heirs.get(subject.place, ())))
    top = max(r.weight for r in found)
    answers = [
        _answer(r, subject, heirs) for r in sorted(found, key=lambda r: r.id) if r.weight == top
    ]
    first = answers[0]
    if any(
        (a.outcome, a.receiver, a.shares) != (first.outcome, first.receiver, first.shares)
        for a in answers
    ):
        candidates = {c for a in answers for c in (a.receiver, *a.candidates, *dict(a.shares)) if c}
        return Proposal(CLASH, why=RULES_DIFFER, candidates=tuple(sorted(candidates)))
    return first


def _answer(rule: Rule, subject: Subject, heirs: Heirs) -> Proposal:
    if rule.shares:
        return Proposal(SHARED, rule=rule.id, reason=rule.reason, law=rule.law, shares=rule.shares)
    if rule.receiver:
        return Proposal(PROPOSED, rule.receiver, rule.id, rule.reason, rule.law)
    if not subject.place:
        return Proposal(GAP, rule=rule.id, why=NO_PLACE)
    here = heirs.get(subject.place, ())
    if not here:
        return Proposal(GAP, rule=rule.id, why=NO_SUCCESSOR)
    bodies = _bodies(_of_kind(here, rule.heir_kind, subject.giver_kind))
    if len(bodies) == 1:
        return Proposal(PROPOSED, bodies[0], rule.id, rule.reason, rule.law)
    why = DIVIDED if bodies else NO_BODY
    return Proposal(GAP, rule=rule.id, why=why, candidates=bodies or _bodies(here))


def _of_kind(heirs: Sequence[Heir], wanted: str, giver_kind: str) -> Sequence[Heir]:
    if wanted:
        return [h for h in heirs if h.kind == wanted]
    return [h for h in heirs if giver_kind and h.kind == giver_kind] or heirs


def _bodies(heirs: Iterable[Heir]) -> tuple[int, ...]:
    return tuple(sorted({h.body for h in heirs}))


def divided(quantity: int, shares: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The quantity divided by the shares, exactly: (body, parts) for every part above 0."""
    parts = divide(quantity, [weight for _, weight in shares])
    return tuple((body, part) for (body, _), part in zip(shares, parts, strict=True) if part)

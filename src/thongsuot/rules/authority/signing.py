"""Whether a person may sign a decision, and what the decision then rests on."""

from dataclasses import dataclass
from datetime import date

from thongsuot.rules.authority.asking import Answer, Question, who_may
from thongsuot.rules.authority.delegating import chain_of, why_not
from thongsuot.rules.authority.table import State, Table
from thongsuot.rules.authority.values import Delegation, Rule
from thongsuot.rules.authority.world import World
from thongsuot.rules.kernel.problem import Problem

BY_RULE, BY_DELEGATION, DOUBTFUL, UNDETERMINED = (
    "by-rule", "by-delegation", "doubtful", "undetermined",
)  # fmt: skip
UNKNOWN_TO_THE_TABLE = frozenset({"no-rule", "draft-only"})
OUTSIDE = {
    "not-signed": "authority.delegation-not-signed",
    "not-begun": "authority.delegation-not-begun",
    "over": "authority.delegation-over",
    "parent-over": "authority.delegation-parent-over",
    "not-passable": "authority.delegation-not-passable",
    "scope": "authority.delegation-other-matter",
    "place": "authority.delegation-elsewhere",
    "amount": "authority.delegation-too-much",
}


@dataclass(frozen=True, slots=True)
class Signer:
    """A person with the posts held on the day of the signature."""

    person: int
    posts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a signature rests on, as it stood on the day.

    ``state``: by-rule (the office itself), by-delegation, doubtful (texts clash: shown beside the
    signature), undetermined (no rule says who; recorded, not refused).
    """

    state: str
    matter: str
    on: date
    rules: tuple[Rule, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    answer: Answer | None = None

    def says(self) -> dict[str, object]:
        """The basis as plain values, to be kept with the signature for good."""
        return {
            "state": self.state,
            "matter": self.matter,
            "rules": [r.code for r in self.rules],
            "cited": [
                {"text": r.basis.text, "article": r.basis.article, "clause": r.basis.clause}
                for r in self.rules
            ],
            "delegations": [d.code for d in self.delegations],
            "confirmed": bool(self.rules) and all(r.confirmed for r in self.rules),
        }


def competence_of(
    table: Table, world: World, question: Question, signer: Signer
) -> Basis | tuple[Problem, ...]:
    """What the signature of this person rests on; problems when it would rest on nothing.

    Returns problems when the day, the amount or the person is outside: nobody is competent any
    more, somebody else is, or the delegation does not cover it.
    """
    answer = who_may(table, world, question)
    if answer.reason in UNKNOWN_TO_THE_TABLE:
        return Basis(UNDETERMINED, question.matter, question.on, answer=answer)
    if answer.state == State.ASK:
        return (Problem("authority.amount-needed", question.matter),)
    if answer.state == State.DOUBTFUL:
        return Basis(DOUBTFUL, question.matter, question.on, answer.basis, answer=answer)
    if answer.state == State.GAP and answer.reason != "vacant":
        facts = {"reason": answer.reason, "on": question.on}
        return (Problem("authority.nobody-competent", question.matter, facts),)
    return _personal(table, world, answer, signer)


def _personal(
    table: Table, world: World, answer: Answer, signer: Signer
) -> Basis | tuple[Problem, ...]:
    question, rules = answer.question, answer.chain or answer.basis
    if answer.post is not None and answer.post.post in signer.posts:
        return Basis(BY_RULE, question.matter, question.on, rules, answer=answer)
    for one in answer.delegates:
        if one.seat is not None and one.seat.person == signer.person:
            return Basis(
                BY_DELEGATION, question.matter, question.on, rules, one.chain, answer=answer
            )
    if answer.body is None or answer.post is None:
        return Basis(UNDETERMINED, question.matter, question.on, rules, answer=answer)
    return _outside(table, world, answer, signer)


def _outside(table: Table, world: World, answer: Answer, signer: Signer) -> tuple[Problem, ...]:
    """Why this person may not: the delegation that does not reach so far, else who is competent."""
    question = answer.question
    units = tuple(world.chain(question.place, question.on).values())
    field = answer.basis[0].field if answer.basis else ""
    problems = []
    for one in table.delegations:
        if one.post not in signer.posts or (one.person and one.person != signer.person):
            continue
        if answer.body is None or chain_of(table, one)[0].giver_body != answer.body.body:
            continue
        why = why_not(table, one, question, units, field)
        if why:
            facts = {"most": one.most, "on": one.stops()}
            problems.append(Problem(OUTSIDE[why], one.code, facts))
    if problems:
        return tuple(problems)
    competent = answer.post.label if answer.post else ""
    body = answer.body.name if answer.body else ""
    return (Problem("authority.not-competent", question.matter, {"post": competent, "body": body}),)

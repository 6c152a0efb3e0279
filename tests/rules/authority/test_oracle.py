"""The table agrees with an oracle that tries every rule; the long form runs in bench and soak."""

import pytest
from tests.rules.authority.oracle import decide
from tests.rules.authority.worlds import MATTERS, invent

from thongsuot.rules.authority.asking import Question, who_may
from thongsuot.rules.authority.table import State, Table

WORLDS, EACH = 60, 85  # 5,100 cases


def disagreements(worlds: range, each: int) -> tuple[int, set[str], list[object]]:
    """How many cases were asked, which states came up, and where the two differ."""
    asked, states, wrong = 0, set(), []
    for seed in worlds:
        made = invent(seed)
        table = Table(made.rules, made.delegations)
        for _ in range(each):
            matter = made.dice.choice([*MATTERS, "unknown"])
            place, on, amount = made.dice.choice([*made.places, 999]), made.day(), made.amount()
            answer = who_may(table, made.world, Question(matter, place, on, amount))
            state, what, person, deputies = decide(
                made.rules, made.delegations, made.world, matter, place, on, amount
            )
            asked += 1
            states.add(f"{answer.state}/{answer.reason}")
            told = answer.office if answer.state == State.ONE else answer.reason
            ours = answer.seat.person if answer.seat else None
            instead = frozenset(d.seat.person for d in answer.delegates if d.seat)
            if (str(answer.state), told, ours, instead) != (state, what, person, deputies):
                wrong.append(
                    (seed, matter, place, on, amount, answer, (state, what, person, deputies))
                )
    return asked, states, wrong


def test_the_table_answers_as_the_oracle_does():
    asked, states, wrong = disagreements(range(WORLDS), EACH)
    assert asked == WORLDS * EACH
    assert wrong == []
    # the worlds are rough enough: every kind of answer came up
    assert {
        "one/", "doubtful/rules-differ", "doubtful/circle", "doubtful/declared", "ask/amount",
        "gap/no-rule", "gap/expired", "gap/not-begun", "gap/outside-place",
        "gap/outside-amount", "gap/no-unit", "gap/no-body", "gap/no-organ", "gap/vacant",
    } <= states  # fmt: skip


@pytest.mark.parametrize("seed", [3, 7])
def test_the_oracle_notices_a_table_that_forgets(seed: int):
    made = invent(seed)
    short = Table(made.rules[:-8], made.delegations)
    differs = 0
    for _ in range(300):
        question = Question(made.dice.choice(MATTERS), made.dice.choice(made.places), made.day())
        answer = who_may(short, made.world, question)
        state, what, *_ = decide(
            made.rules,
            made.delegations,
            made.world,
            question.matter,
            question.place,
            question.on,
            None,
        )
        told = answer.office if answer.state == State.ONE else answer.reason
        differs += (str(answer.state), told) != (state, what)
    assert differs

"""A difficulty goes to the competent body, else up with the reason, never to a mailbox."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.difficulties.routing import OUTCOMES, WHYS, Competence, explain, route


@pytest.mark.parametrize(
    ("competence", "body", "why"),
    [
        (Competence("one", 5, "Chủ tịch", "Điều 5"), 5, "competent"),
        (Competence("one", 1), 8, "own-competence"),
        (Competence("one", 0), 8, "competent-ended"),
        (Competence("gap"), 8, "no-rule"),
        (Competence("doubtful", reasons=("Luật A", "Nghị định B")), 8, "clash"),
        (Competence("unasked"), 8, "no-matter"),
    ],
)
def test_each_answer_of_the_rules_leads_to_one_body_with_a_reason(competence, body, why) -> None:
    found = route(competence, raiser=1, superiors=(8, 9))
    assert (found.body, found.why) == (body, why)
    assert explain(found).blocks is False


def test_two_texts_that_clash_are_both_named_to_the_superior() -> None:
    found = route(Competence("doubtful", reasons=("Luật A", "Nghị định B")), 1, (8,))
    assert found.basis == "Luật A; Nghị định B"


@given(st.sampled_from(OUTCOMES), st.integers(0, 6), st.integers(1, 6), st.lists(st.integers(0, 6)))
def test_somebody_always_gets_it(outcome, body, raiser, superiors) -> None:
    found = route(Competence(outcome, body), raiser, superiors)
    assert found.body
    assert found.why in WHYS
    if found.body == raiser:
        assert not [s for s in superiors if s and s != raiser]

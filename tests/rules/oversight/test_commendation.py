"""The same work is not commended twice in the same form, and only its decider decides."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.oversight import commendation as rules

acts = st.sampled_from(sorted({act for _state, act in rules.STEPS}))


@given(st.lists(acts, max_size=12))
def test_whatever_the_order_of_acts_nothing_is_announced_that_was_not_decided(done) -> None:
    state, passed = rules.PROPOSED, [rules.PROPOSED]
    for act in done:
        if rules.check_step(state, act) is None:
            state = rules.STEPS[state, act]
            passed.append(state)
    if rules.ANNOUNCED in passed:
        assert passed[passed.index(rules.ANNOUNCED) - 1] == rules.DECIDED
    for end in (rules.ANNOUNCED, rules.DECLINED, rules.WITHDRAWN):
        assert passed.count(end) <= 1


@given(
    st.lists(
        st.builds(
            rules.Given, st.sampled_from(["person:1", "body:1"]),
            st.sampled_from(["duty:5", "free:x"]), st.sampled_from(list(rules.Form)),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_taken_one_after_another_no_two_are_the_same(wanted) -> None:
    kept: list[rules.Given] = []
    for one in wanted:
        if rules.check_new(one, kept) is None:
            kept.append(one)
    assert len(set(kept)) == len(kept)
    assert set(kept) == set(wanted)


def test_the_same_words_are_the_same_work_whatever_marks_and_case() -> None:
    assert rules.work_key("free", 0, "Rà soát  trụ sở") == rules.work_key(
        "free", 0, "ra soat tru so"
    )
    assert rules.work_key("duty", 7, "gì cũng được") == "duty:7"


def test_heads_of_the_deciding_body_decide_and_nobody_else() -> None:
    def actor(body: int, role: Role) -> Actor:
        hat = Hat(1, role, "Chức vụ", body, "Cơ quan", frozenset({body}), frozenset())
        return Actor(1, "Ai", (hat,), hat)

    to = rules.Sides(1, 2, frozenset({3}))
    able = {
        (body, role)
        for body in (1, 2, 3, 4)
        for role in Role
        if rules.may(actor(body, role), "decide", to)
    }
    assert able == {(2, role) for role in rules.HEADS}
    assert rules.check_may(Actor(1, "Ai"), "propose", to).code == "oversight.no-post-today"
    assert rules.check_may(actor(4, Role.LEADER), "opine", to).code == "oversight.not-allowed"

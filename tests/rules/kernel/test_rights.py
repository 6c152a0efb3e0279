"""One table of rights, asked in one way: the post acted in decides, and nobody without a post may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Hat, Role

RELATIONS = ("own", "area", "asked")
tables = st.dictionaries(
    st.sampled_from(("read", "write")),
    st.dictionaries(st.sampled_from(RELATIONS), st.frozensets(st.sampled_from(list(Role)))),
    min_size=1,
)


def somebody(role: Role | None) -> Actor:
    hat = Hat(1, role, "Chức vụ", 5, "Cơ quan", frozenset(), frozenset()) if role else None
    return Actor(7, "Lan", (hat,) if hat else (), hat)


@given(tables, st.sampled_from([None, *Role]), st.frozensets(st.sampled_from(RELATIONS)))
def test_a_right_is_a_role_in_a_relation_of_the_table(table, role, relations) -> None:
    for act, allowed in table.items():
        pairs = {(r, one) for r in relations for one in allowed.get(r, ())}
        expected = any(one is role for _relation, one in pairs)
        actor = somebody(role)
        may = rights.may(actor, table, act, relations)
        assert may is expected
        problem = rights.why_not("phong", actor, act, allowed=may)
        code = None if may else ("phong.not-allowed" if role else "phong.no-post-today")
        assert (problem.code if problem else None) == code


def test_an_act_that_no_table_has_is_a_mistake_and_never_allowed() -> None:
    with pytest.raises(KeyError):
        rights.may(somebody(Role.LEADER), {}, "read", {"own"})


def test_even_who_is_allowed_needs_a_post_today() -> None:
    problem = rights.why_not("phong", somebody(None), "read", allowed=True)
    assert problem is not None
    assert (problem.code, problem.facts) == ("phong.no-post-today", {"act": "read"})

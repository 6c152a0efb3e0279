"""Delegations, rules and reviews: what forbids them, and who may."""

from dataclasses import replace
from datetime import date

from tests.rules.authority.test_asking import JULY, a_rule, given_to_deputy

from thongsuot.rules.authority.access import may_check, may_keep, may_review, may_revoke, may_sign
from thongsuot.rules.authority.delegating import check_delegation
from thongsuot.rules.authority.registering import check_publish, check_review, check_rule
from thongsuot.rules.authority.values import Citation
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.period import Period


def codes(problems: object) -> set[str]:
    return {p.code for p in problems}  # type: ignore[attr-defined]


def somebody(role: Role, user: int = 5, body: int = 10, **more: object) -> Actor:
    hat = Hat(1, role, "Chức vụ", body, "Cơ quan", frozenset({body}), **more)  # type: ignore[arg-type]
    return Actor(user, "Ai đó", (hat,), hat)


def test_a_delegation_has_days_and_goes_to_somebody_else() -> None:
    assert check_delegation(given_to_deputy(), None) == []
    assert codes(check_delegation(given_to_deputy(period=Period(JULY, None)), None)) == {
        "authority.days-needed"
    }
    assert "authority.to-oneself" in codes(check_delegation(given_to_deputy(post=100), None))
    gone = given_to_deputy(receiver_tenure=Period(None, JULY))
    assert codes(check_delegation(gone, None)) == {"authority.receiver-leaves-before"}


def test_what_is_passed_on_is_never_more_than_what_was_given() -> None:
    parent = given_to_deputy(most=100, matters=frozenset({"m", "n"}), place=frozenset({2}))
    inside = replace(parent, id=2, giver_post=101, giver_person=8, post=102, person=9, parent=1,
                     most=50, matters=frozenset({"m"}))  # fmt: skip
    assert check_delegation(inside, parent) == []
    beyond = replace(
        inside, most=None, matters=frozenset({"x"}), place=frozenset({3}),
        period=Period(JULY, date(2026, 6, 1)),
    )  # fmt: skip
    assert codes(check_delegation(beyond, parent)) == {
        "authority.more-than-parent", "authority.wider-than-parent",
        "authority.elsewhere-than-parent", "authority.longer-than-parent",
    }  # fmt: skip
    barred = replace(parent, passable=False)
    assert codes(check_delegation(inside, barred)) == {"authority.not-passable"}
    assert codes(check_delegation(inside, None)) == {"authority.parent-missing"}


def test_a_rule_names_its_text_and_a_clause_its_article() -> None:
    good = a_rule(basis=Citation("t", "5", "1"))
    assert list(check_rule(good, {"t"})) == []
    assert codes(check_rule(a_rule(), {"t"})) == {"authority.basis-missing"}
    assert codes(check_rule(good, ())) == {"authority.text-unknown"}
    odd = replace(good, basis=Citation("t", "", "1"), least=9, most=3, kind="x", origin=good.to)
    assert codes(check_rule(odd, {"t"})) == {
        "authority.clause-without-article", "authority.amounts-crossed",
        "authority.kind-unknown", "authority.to-itself",
    }  # fmt: skip


def test_two_people_check_a_rule_and_never_its_author() -> None:
    assert may_check(somebody(Role.LEADER), 1, ()) is None
    assert may_check(somebody(Role.LEADER), 5, ()).code == "authority.checks-own"  # type: ignore[union-attr]
    assert may_check(somebody(Role.LEADER), 1, (5,)).code == "authority.checked-already"  # type: ignore[union-attr]
    assert may_check(somebody(Role.INSPECTOR), 1, ()) is not None
    draft = a_rule(status="draft")
    assert codes(check_publish(draft, 1)) == {"authority.not-checked"}
    assert list(check_publish(draft, 2)) == []
    assert codes(check_publish(a_rule(), 2)) == {"authority.not-a-draft"}


def test_rights_come_from_the_post_acted_in() -> None:
    assert may_keep(somebody(Role.STEERING)) is None
    assert may_keep(somebody(Role.OPERATOR)) is not None
    assert may_keep(Actor(0, "")).code == "authority.not-signed-in"  # type: ignore[union-attr]
    assert may_keep(Actor(3, "x")).code == "authority.no-post-today"  # type: ignore[union-attr]
    assert may_review(somebody(Role.CLERK), {10}) is None
    assert may_review(somebody(Role.CLERK), {11}) is not None
    assert may_sign(somebody(Role.LEADER), 1) is None
    assert may_sign(somebody(Role.LEADER), 2) is not None
    assert may_revoke(somebody(Role.LEADER), 10, 2, ()) is None
    assert may_revoke(somebody(Role.CLERK), 10, 2, ()) is not None
    city = somebody(Role.STEERING, body=99, area=frozenset({2}))
    assert may_revoke(city, 10, 2, {2}) is None
    assert may_revoke(city, 10, 2, {3}) is not None


def test_a_ward_that_is_blocked_says_by_what() -> None:
    assert list(check_review("ready", "")) == []
    assert codes(check_review("blocked", " ")) == {"authority.review-reason"}
    assert codes(check_review("perhaps", "")) == {"authority.review-unknown"}

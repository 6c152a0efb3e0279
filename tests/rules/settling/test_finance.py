"""The closing sheet: lines, the tie to the kho bạc, the match with the ledger."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.settling import finance
from thongsuot.rules.settling.finance import (
    CONFIRMED,
    LedgerItem,
    Line,
    Section,
    Statement,
    check_line,
    closing_problems,
    reconcile,
    share,
    signing_problems,
    tie,
    tie_problems,
    totals,
)

BALANCE = Line(Section.BALANCE, "KS-1", "Tiền gửi", 1_000, account="3714.0.1")
ESTIMATE = Line(
    Section.ESTIMATE, "KS-2", "Thường xuyên", 180, account="9523.1", granted=500, spent=320
)
DEBT = Line(Section.PAYABLE, "KS-3", "Nợ nhà thầu", 700, counterparty="Nhà thầu A")
FINDING = Line(Section.FINDING, "KS-4", "Kiến nghị", 50, paper="KL 12")
REVENUE = Line(Section.REVENUE, "KS-5", "Thu ngân sách", 9195, granted=10_000)
LINES = (BALANCE, ESTIMATE, DEBT, FINDING, REVENUE)
ITEMS = (
    LedgerItem("A", "balance", 600, "3714 0 1"),
    LedgerItem("B", "balance", 400, "3714.0.1"),
    LedgerItem("KS-2", "estimate", 180),
    LedgerItem("KS-3.1", "payable", 700, root="KS-3"),
    LedgerItem("KS-4", "finding", 50),
)
SAID = {"3714.0.1": 1_000, "9523 1": 180}
GOOD = Statement(frozen=True, lines=LINES, confirmed=SAID, items=ITEMS)

accounts = st.sampled_from(["1", "2", "3.1", "3 1", "4"])
amounts = st.integers(0, 10**15)
lines = st.builds(
    Line,
    section=st.sampled_from(list(Section)),
    code=st.sampled_from([f"K{n}" for n in range(12)]),
    title=st.just("Khoản"),
    amount=amounts,
    account=accounts | st.just(""),
)
items = st.builds(
    LedgerItem,
    code=st.sampled_from([f"K{n}" for n in range(20)]),
    sort=st.sampled_from(sorted(set(finance.SORT_OF.values()))),
    amount=amounts,
    account=accounts | st.just(""),
    root=st.sampled_from(["", "K1", "K2"]),
)


def codes(problems) -> list[str]:
    return [p.code for p in problems]


def test_a_sheet_that_ties_and_adds_up_may_be_signed_and_closed() -> None:
    assert signing_problems("Phòng", GOOD, frozenset({"A", "KS-4"})) == ()
    assert closing_problems("Phòng", GOOD) == ()


@pytest.mark.parametrize("line", LINES)
def test_a_complete_line_has_nothing_wrong(line) -> None:
    assert check_line(line) == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (replace(BALANCE, account=" . "), "settling.account-needed"),
        (replace(DEBT, counterparty=" "), "settling.counterparty-needed"),
        (replace(FINDING, paper=""), "settling.paper-needed"),
        (replace(REVENUE, granted=0), "settling.plan-needed"),
        (replace(ESTIMATE, spent=None), "settling.estimate-needed"),
        (replace(ESTIMATE, spent=501), "settling.spent-over-granted"),
        (replace(ESTIMATE, amount=181), "settling.left-differs"),
        (replace(BALANCE, amount=-1), "settling.amount-range"),
        (replace(BALANCE, amount=2**63), "settling.amount-range"),
        (replace(BALANCE, title=" "), "settling.title-needed"),
        (replace(BALANCE, code=""), "settling.code-needed"),
    ],
)
def test_each_gap_of_a_line_is_named(line, code) -> None:
    assert codes(check_line(line)) == [code]


def test_one_dong_more_on_the_sheet_is_refused_with_the_line_it_is_on() -> None:
    wrong = replace(GOOD, lines=(replace(BALANCE, amount=1_001), *LINES[1:]))
    found = signing_problems("Phòng", wrong, frozenset())
    assert codes(found) == ["settling.sheet-says-more"]
    assert found[0].facts["difference"] == 1
    assert found[0].facts["lines"] == ("KS-1",)


def test_accounts_that_only_one_side_knows_are_named() -> None:
    found = tie_problems(tie(LINES, {"3714.0.1": 1_000, "777": 5}))
    assert sorted(codes(found)) == ["settling.account-not-on-sheet", "settling.account-unconfirmed"]


def test_without_sheet_without_freeze_and_without_confirmation_nothing_is_signed() -> None:
    assert codes(signing_problems("P", None, frozenset())) == ["settling.no-sheet"]
    assert codes(signing_problems("P", replace(GOOD, frozen=False), frozenset())) == [
        "settling.sheet-open"
    ]
    assert codes(signing_problems("P", replace(GOOD, confirmed=None), frozenset())) == [
        "settling.no-confirmation"
    ]


def test_debts_alone_need_no_confirmation() -> None:
    only = Statement(True, (DEBT,), None, (LedgerItem("KS-3", "payable", 700),))
    assert closing_problems("P", only) == ()


def test_signing_asks_only_about_the_items_on_the_minutes_closing_about_all() -> None:
    wrong = replace(GOOD, items=(*ITEMS[:1], *ITEMS[2:]))
    assert signing_problems("P", wrong, frozenset({"KS-4"})) == ()
    assert codes(signing_problems("P", wrong, frozenset({"A"}))) == ["settling.line-differs"]
    assert codes(closing_problems("P", wrong)) == ["settling.line-differs"]
    assert closing_problems("P", replace(wrong, excepted={"KS-1": 400})) == ()
    assert wrong.difference_of("KS-1") == 400
    assert codes(closing_problems("P", replace(wrong, excepted={"KS-1": 399}))) == [
        "settling.line-differs"
    ]


def test_an_item_under_no_line_is_named_until_it_is_excepted() -> None:
    wrong = replace(GOOD, items=(*ITEMS, LedgerItem("Z", "held", 9)))
    assert codes(closing_problems("P", wrong)) == ["settling.item-without-line"]
    assert closing_problems("P", replace(wrong, excepted={"Z": -9})) == ()
    assert wrong.difference_of("Z") == -9
    assert wrong.difference_of("KS-1") is None


def test_two_lines_of_one_account_take_no_item_by_account_alone() -> None:
    twin = replace(BALANCE, code="KS-9")
    found = reconcile((BALANCE, twin), (LedgerItem("X", "balance", 1, "3714.0.1"),))
    assert [i.code for i in found.strays] == ["X"]
    named = reconcile((replace(BALANCE, items=("X",)), twin), found.strays)
    assert named.matches[0].items == ("X",)


def test_revenue_is_shown_against_the_plan_of_the_year() -> None:
    assert share(9195, 10_000) == 9195
    assert share(1, 3) == 3333
    assert share(5, 0) is None
    assert list(totals(LINES)) == [
        Section.BALANCE,
        Section.ESTIMATE,
        Section.PAYABLE,
        Section.FINDING,
        Section.REVENUE,
    ]


@given(st.lists(lines), st.dictionaries(accounts, amounts))
def test_differences_by_account_add_up_to_the_difference_of_the_totals(rows, said) -> None:
    found = tie(rows, said)
    kept = sum(line.amount for line in rows if line.section in CONFIRMED)
    assert sum(account.difference for account in found) == kept - sum(said.values())
    assert len({finance.account_key(a.number) for a in found}) == len(found)


@given(st.lists(lines))
def test_a_confirmation_of_what_the_sheet_says_ties(rows) -> None:
    said = {account.number: account.sheet for account in tie(rows, {})}
    assert tie_problems(tie(rows, said)) == ()


@given(st.lists(lines), st.data())
def test_any_other_amount_on_any_account_is_found(rows, data) -> None:
    found = tie(rows, {})
    if found:
        said = {account.number: account.sheet for account in found}
        at = data.draw(st.sampled_from(sorted(said)))
        said[at] += data.draw(st.integers(1, 10**9))
        assert [p.subject for p in tie_problems(tie(rows, said))] == [at]


@given(st.lists(lines), st.lists(items))
def test_every_item_stands_under_one_line_or_is_a_stray_and_no_dong_is_lost(rows, things) -> None:
    found = reconcile(rows, things)
    under = [code for match in found.matches for code in match.items]
    assert sorted([*under, *(i.code for i in found.strays)]) == sorted(i.code for i in things)
    total = sum(m.summed for m in found.matches) + sum(i.amount for i in found.strays)
    assert total == sum(i.amount for i in things)
    assert len(found.matches) == len(rows)

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover.balance import (
    BalanceRow,
    check_adds_up,
    check_headcount,
    closing_problems,
    total,
)
from thongsuot.rules.handover.ledger import PLACES, Buckets

buckets = st.builds(Buckets, **{p: st.integers(0, 10**12) for p in PLACES})
rows = st.builds(
    lambda i, q, v, m: BalanceRow(1, "asset", i.opened, i, m, q.opened, q, v.opened, v),
    buckets,
    buckets,
    buckets,
    st.sampled_from(("cái", "m²")),
)


@given(st.lists(rows, max_size=6))
def test_rows_that_add_up_add_up_in_total(listed: list[BalanceRow]) -> None:
    assert all(check_adds_up(r) == () for r in listed)
    summed = total(listed)
    assert check_adds_up(summed) == ()
    assert summed.opened_items == sum(r.opened_items for r in listed)
    if len({r.measure for r in listed}) > 1:
        assert summed.quantity.opened == 0


@given(rows, st.sampled_from(PLACES))
def test_one_unit_too_many_anywhere_is_found(row: BalanceRow, place: str) -> None:
    extra = row.quantity + Buckets(**{place: 1})
    wrong = BalanceRow(1, "asset", row.opened_items, row.items, "cái", row.opened_quantity, extra)
    assert [p.code for p in check_adds_up(wrong)] == ["handover.does-not-add-up"]


def test_a_body_with_anything_left_cannot_end_and_the_list_says_what() -> None:
    left = BalanceRow(1, "task", 6, Buckets(held=1, transit=2, disputed=1, missing=1, accepted=1))
    found = closing_problems([left])
    assert [(p.code, p.facts.get("place"), p.facts["count"]) for p in found] == [
        ("handover.left-behind", "held", 1),
        ("handover.left-behind", "transit", 2),
        ("handover.left-behind", "disputed", 1),
        ("handover.still-missing", None, 1),
    ]
    assert all(p.blocks for p in found)


def test_missing_items_warn_when_a_residual_desk_answers_for_them() -> None:
    row = BalanceRow(1, "task", 2, Buckets(missing=1, accepted=1))
    assert [p.blocks for p in closing_problems([row], residual_desk=True)] == [False]


def test_everything_concluded_lets_the_body_end() -> None:
    row = BalanceRow(1, "task", 4, Buckets(accepted=1, kept=1, closed=1, destroyed=1))
    assert closing_problems([row]) == ()
    assert (row.left, row.settled_per_thousand) == (0, 1000)


def test_headcount_may_shrink_or_stay_and_never_grow() -> None:
    assert check_headcount(504, 504) is None
    assert check_headcount(504, 400) is None
    problem = check_headcount(504, 505)
    assert problem is not None
    assert problem.facts["over"] == 1

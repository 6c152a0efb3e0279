"""When an article is in force: parts that begin later, changes by other texts, ends."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.authority.texts import (
    EFFECTS,
    Change,
    Part,
    Text,
    force_of,
    standing,
    within,
)
from thongsuot.rules.kernel.period import Period

JULY, NOVEMBER, END = date(2025, 7, 1), date(2025, 11, 1), date(2027, 3, 1)
DECREE = Text("d", Period(JULY, END))


def test_a_decree_of_the_set_ends_on_1_march_2027() -> None:
    assert standing(DECREE, date(2027, 2, 28)) == "in-force"
    assert standing(DECREE, END) == "over"
    assert standing(DECREE, date(2025, 6, 30)) == "to-come"


def test_an_article_may_begin_later_than_its_text() -> None:
    text = Text("d", Period(JULY, END), (Part("5", "", Period(NOVEMBER, END)),))
    assert standing(text, JULY, "4") == "in-force"
    assert standing(text, JULY, "5", "2") == "to-come"
    assert standing(text, NOVEMBER, "5", "2") == "in-force"


def test_a_repealed_clause_ends_and_its_article_stays() -> None:
    text = Text("d", Period(JULY, END), (), (Change("e", NOVEMBER, "repeals", "5", "1"),))
    assert standing(text, NOVEMBER, "5", "1") == "over"
    assert standing(text, NOVEMBER, "5", "2") == "in-force"
    assert standing(text, NOVEMBER, "5") == "in-force"


def test_an_extension_moves_the_end_and_comes_too_late_after_it() -> None:
    longer = Change("e", date(2027, 1, 1), "extends", until=date(2028, 3, 1))
    late = Change("e", date(2027, 4, 1), "extends", until=date(2028, 3, 1))
    assert standing(Text("d", Period(JULY, END), (), (longer,)), date(2027, 6, 1)) == "in-force"
    assert standing(Text("d", Period(JULY, END), (), (late,)), date(2027, 6, 1)) == "over"


def test_a_suspension_cuts_a_hole() -> None:
    hole = Change("e", date(2026, 1, 1), "suspends", "5", until=date(2026, 2, 1))
    text = Text("d", Period(JULY, END), (), (hole,))
    assert force_of(text, "5") == (Period(JULY, date(2026, 1, 1)), Period(date(2026, 2, 1), END))
    assert standing(text, date(2026, 1, 15), "5") == "suspended"
    assert standing(text, date(2026, 1, 15), "6") == "in-force"


days = st.integers(0, 900).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
changes = st.builds(
    Change,
    by=st.just("e"),
    on=days,
    effect=st.sampled_from(EFFECTS),
    article=st.sampled_from(["", "4", "5"]),
    clause=st.sampled_from(["", "1"]),
    until=st.none() | days,
)


@given(st.lists(changes, max_size=6), days)
def test_stretches_stand_in_order_and_never_overlap(held: list[Change], on: date) -> None:
    force = force_of(Text("d", Period(JULY, END), (), tuple(held)), "5", "1")
    for one, then in pairwise(force):
        assert one.until is not None
        assert then.since is not None
        assert one.until <= then.since
    own = Period(date(2025, 9, 1), date(2026, 9, 1))
    narrowed = within(own, force)
    inside = on in own and any(on in p for p in force)
    assert any(on in p for p in narrowed) == inside

"""Versions of one rule: each day is answered by the version published last for it, and by no draft."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.authority.test_asking import a_rule

from thongsuot.rules.authority.registering import held_before, own_period, versions_in_force
from thongsuot.rules.authority.table import Table
from thongsuot.rules.authority.values import Citation, Rule, Status
from thongsuot.rules.kernel.period import Period

FIRST = date(2025, 7, 1)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    since = draw(st.none() | DAYS)
    length = draw(st.none() | st.integers(1, 30))
    if length is None:
        return Period(since, None)
    return Period(since, (since or FIRST) + timedelta(days=length))


def version(number: int, period: Period) -> Rule:
    return a_rule(code="R", period=period, basis=Citation("t", str(number)))


@given(st.lists(periods(), min_size=1, max_size=6), DAYS)
@settings(max_examples=300, deadline=None)
def test_a_day_belongs_to_the_version_that_was_published_last_for_it(
    held: list[Period], on: date
) -> None:
    published = [version(n, period) for n, period in enumerate(held)]
    speaking = [r for r in versions_in_force(published) if r.holds(on)]
    begun = [r for r in published if r.period.since is None or r.period.since <= on]
    last = begun[-1] if begun else None
    expected = [last.basis.article] if last is not None and last.holds(on) else []
    assert [r.basis.article for r in speaking] == expected


@given(st.lists(periods(), min_size=1, max_size=5), periods(), DAYS)
@settings(max_examples=200, deadline=None)
def test_a_table_with_a_draft_in_it_is_the_table_after_its_publication(
    held: list[Period], draft: Period, on: date
) -> None:
    published = [version(n, period) for n, period in enumerate(held)]
    now = Table(versions_in_force(published))
    tried = now.plus(version(99, draft))
    then = Table(versions_in_force([*published, version(99, draft)]))
    assert tried.find("m", (), on).ends == then.find("m", (), on).ends


def test_a_draft_beside_a_rule_changes_nothing() -> None:
    standing = version(1, Period(FIRST, None))
    draft = a_rule(code="R", status=Status.DRAFT, basis=Citation("t", "2"))
    assert Table([standing, draft]).find("m", (), FIRST).ends == (standing,)


def test_a_version_keeps_the_days_before_the_next_one_and_never_more_than_its_own() -> None:
    begins, later = FIRST, FIRST + timedelta(days=10)
    assert held_before(begins, None, later) == later
    assert held_before(begins, later, later + timedelta(days=1)) == later
    assert held_before(later, None, later) is None
    assert held_before(None, None, None) is None
    assert own_period(Period(begins, later), later + timedelta(days=5)).until == later

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.disclosure.matters import (
    CENTRE,
    COMMITTEE,
    COMMUNE,
    DEPARTMENT,
    PROVINCE,
    Candidate,
    Rule,
    rule_on,
    who,
)
from thongsuot.rules.kernel.period import Period

JULY = date(2025, 7, 1)


def rule(code="x", reach=COMMUNE, kind=COMMITTEE, sector="", since=JULY, until=None) -> Rule:
    return Rule(code, code, code, reach, kind, Period(since, until), sector=sector)


WARD = (
    Candidate(1, COMMITTEE, "UBND phường A", 10),
    Candidate(2, CENTRE, "Trung tâm Phục vụ hành chính công phường A", 10),
)
CITY = (
    Candidate(3, DEPARTMENT, "Sở Giáo dục và Đào tạo Hà Nội", 1),
    Candidate(4, DEPARTMENT, "Sở Xây dựng Hà Nội", 1),
    Candidate(5, COMMITTEE, "UBND thành phố Hà Nội", 1),
)


def test_a_matter_of_the_commune_is_decided_by_its_committee_and_handed_in_at_its_centre() -> None:
    found = who(rule(), 10, 1, [*CITY, *WARD])
    assert (found.decides.body, found.counter.body, found.visit.body) == (1, 2, 2)


def test_a_matter_of_the_province_goes_to_the_department_whose_name_says_it() -> None:
    found = who(
        rule(reach=PROVINCE, kind=DEPARTMENT, sector="Giáo dục và Đào tạo"), 10, 1, [*CITY, *WARD]
    )
    assert (found.unit, found.visit.body, found.counter) == (1, 3, None)


def test_another_department_is_no_answer_and_neither_is_one_of_two() -> None:
    asked = rule(reach=PROVINCE, kind=DEPARTMENT, sector="Y tế")
    assert who(asked, 10, 1, [*CITY, *WARD]).visit is None
    twice = [*CITY, Candidate(6, DEPARTMENT, "Chi nhánh Sở Giáo dục và Đào tạo", 1)]
    both = rule(reach=PROVINCE, kind=DEPARTMENT, sector="Giáo dục và Đào tạo")
    assert who(both, 10, 1, twice).visit is None


def test_without_bodies_the_kind_and_the_unit_are_still_known() -> None:
    found = who(None, 10, 1, [])
    assert (found.visit, found.kind, found.unit) == (None, COMMITTEE, 10)


def test_a_rule_ends_the_day_before_its_end_and_the_later_line_stands_over_the_earlier() -> None:
    until = date(2027, 3, 1)
    first, second = rule(until=until), rule(kind=CENTRE, since=date(2026, 1, 1))
    assert rule_on([first], "x", until - timedelta(1)) is first
    assert rule_on([first], "x", until) is None
    assert rule_on([first, second], "x", date(2026, 5, 1)) is second
    assert rule_on([first, second], "y", date(2026, 5, 1)) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from([COMMITTEE, CENTRE, DEPARTMENT]),
            st.sampled_from(["Sở Y tế", "Sở Nội vụ", "UBND"]),
            st.sampled_from([1, 10, 11]),
        ),
        max_size=9,
    ),
    st.sampled_from([COMMUNE, PROVINCE]),
)
def test_the_answer_is_always_of_the_place_and_kind_asked_for_or_nothing(rows, reach) -> None:
    bodies = [Candidate(n, *row) for n, row in enumerate(rows, 1)]
    asked = rule(reach=reach, kind=DEPARTMENT if reach == PROVINCE else COMMITTEE, sector="Y tế")
    found = who(asked, 10, 1, bodies)
    if found.decides is not None:
        assert found.decides.unit == found.unit == (1 if reach == PROVINCE else 10)
        assert found.decides.kind == asked.kind
        assert reach != PROVINCE or "Y tế" in found.decides.name

"""A matter that nobody in the ward has is always shown, and two versions are never in force at once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.decisions.registers import (
    ASSIGNMENT,
    WORKING,
    Line,
    Matter,
    Version,
    check_issue,
    coverage,
    coverage_problems,
    in_force_on,
)

DAY = date(2025, 7, 14)
LAND, MARKS = Matter("M-1", "Thu hồi đất", "dat-dai"), Matter("M-2", "Chứng thực", "tu-phap")


def codes(problems) -> list[str]:
    return [p.code for p in problems]


def test_a_matter_nobody_has_is_a_gap_and_two_leads_are_a_clash() -> None:
    lines = [Line("Anh A", "dat-dai"), Line("Chị B", "dat-dai")]
    found = coverage([LAND, MARKS], lines)
    assert [(c.matter.code, c.gap, c.clash) for c in found] == [
        ("M-2", True, False), ("M-1", False, True),
    ]  # fmt: skip
    assert codes(coverage_problems(found)) == [
        "decisions.matter-unassigned", "decisions.matter-twice",
    ]  # fmt: skip


def test_a_matter_given_by_name_wins_over_its_field_and_a_deputy_is_no_lead() -> None:
    lines = [
        Line("Anh A", "dat-dai"),
        Line("Chị B", "dat-dai", "M-1"),
        Line("C", "tu-phap", role="deputy"),
    ]
    found = {c.matter.code: c for c in coverage([LAND, MARKS], lines)}
    assert found["M-1"].leads == ("Chị B",)
    assert found["M-2"].gap


def test_who_left_the_post_no_longer_has_the_matter() -> None:
    (found,) = coverage([LAND], [Line("Anh A", "dat-dai", in_post=False)])
    assert found.gap
    assert codes(coverage_problems([found])) == ["decisions.lead-left-post"]


FIELDS = st.sampled_from(["a", "b", "c"])


@given(
    st.lists(st.builds(Matter, st.sampled_from("123456"), st.just("Việc"), FIELDS), unique_by=lambda m: m.code),
    st.lists(st.builds(Line, st.sampled_from(["X", "Y"]), FIELDS, st.sampled_from(["", "1", "2"]),
                       st.sampled_from(["lead", "deputy"]), st.booleans())),
)  # fmt: skip
def test_every_matter_has_one_lead_or_is_named(matters, lines) -> None:
    found = coverage(matters, lines)
    assert {c.matter.code for c in found} == {m.code for m in matters}
    named = {p.subject for p in coverage_problems(found)}
    assert named == {c.matter.code for c in found if len(c.leads) != 1}


def test_a_new_version_begins_after_the_one_before_and_says_something() -> None:
    old = Version(1, ASSIGNMENT, 7, DAY)
    assert check_issue(Version(2, ASSIGNMENT, 7, date(2025, 8, 1)), [old], [Line("A", "x")]) == ()
    assert codes(check_issue(Version(2, ASSIGNMENT, 7, DAY), [old], [])) == [
        "decisions.version-not-later", "decisions.assignment-empty",
    ]  # fmt: skip
    assert check_issue(Version(3, WORKING, 7, DAY), [old], []) == ()


def test_on_each_day_at_most_one_version_holds() -> None:
    versions = [
        Version(1, WORKING, 7, DAY, date(2025, 8, 1)),
        Version(2, WORKING, 7, date(2025, 8, 1)),
    ]
    assert in_force_on(versions, WORKING, 7, date(2025, 7, 31)) == versions[0]
    assert in_force_on(versions, WORKING, 7, date(2025, 8, 1)) == versions[1]
    assert in_force_on(versions, WORKING, 8, DAY) is None

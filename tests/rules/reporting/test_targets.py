"""Formulas, trajectories, coverage, indices, the parts of a brief, and who may do what."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.reporting.access import TABLE, Stand, check_may, may
from thongsuot.rules.reporting.brief import PARTS, Kind, check_signing, check_words, written
from thongsuot.rules.reporting.formula import Unreadable, check_formula, fits, names, parse, value
from thongsuot.rules.reporting.indicators import (
    Direction,
    Point,
    Track,
    check_trajectory,
    coverage,
    due_on,
    track,
)
from thongsuot.rules.reporting.indices import VERSIONS, check_scores, index_on

KNOWN = {"xong": Fraction(8), "tong": Fraction(10), "khong": Fraction(0), "thieu": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xong / tong * 100", Fraction(80)),
        ("xong + tong * 2", Fraction(28)),
        ("(xong + tong) * 2", Fraction(36)),
        ("-xong + 1,5", Fraction(-13, 2)),
        ("min(xong, tong, 3) - max(1, 2)", Fraction(1)),
        ("xong / khong", None),
        ("xong + thieu", None),
        ("tong - xong - 1", Fraction(1)),
    ],
)
def test_a_formula_is_reckoned_exactly(text, expected) -> None:
    assert value(parse(text), KNOWN) == expected


@pytest.mark.parametrize(
    "text",
    ["", "xong +", "__import__('os')", "xong.real", "xong ** 2", "lambda: 1", "(" * 60, "1 2", "min()", "--1", "x" * 400],
)  # fmt: skip
def test_what_is_no_formula_is_refused_with_its_place(text) -> None:
    with pytest.raises(Unreadable):
        parse(text)


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail_in_another_way(text) -> None:
    assert all(p.code.startswith("reporting.formula-") for p in check_formula(text, frozenset()))


def test_a_formula_names_the_figures_that_are_not_there() -> None:
    assert names(parse("a / b + a")) == {"a", "b"}
    (problem,) = check_formula("a / b", frozenset({"a"}))
    assert problem.facts["names"] == ("b",)


def test_a_number_too_long_is_refused_where_it_is_written_and_a_result_where_it_is_kept() -> None:
    (problem,) = check_formula(f"a * {'9' * 19}", frozenset({"a"}))
    assert (problem.code, problem.facts["most"]) == ("reporting.formula-number-long", 18)
    assert check_formula(f"a * {'9' * 18}", frozenset({"a"})) == ()
    assert fits(None)
    assert fits(Fraction(-(10**40) + 1, 10**39))
    assert not fits(Fraction(10**40))
    assert not fits(Fraction(1, 10**40))


PATH = (
    Point(date(2025, 7, 1), Fraction(0)),
    Point(date(2025, 7, 11), Fraction(100)),
    Point(date(2025, 7, 21), Fraction(120)),
)


def test_a_trajectory_runs_straight_from_milestone_to_milestone() -> None:
    assert due_on(PATH, date(2025, 6, 30)) is None
    assert due_on(PATH, date(2025, 7, 1)) == 0
    assert due_on(PATH, date(2025, 7, 4)) == 30
    assert due_on(PATH, date(2025, 7, 16)) == 110
    assert due_on(PATH, date(2026, 1, 1)) == 120


@pytest.mark.parametrize(
    ("measured", "day", "direction", "expected"),
    [
        (None, date(2025, 7, 4), Direction.UP, Track.UNKNOWN),
        (Fraction(30), date(2025, 7, 4), Direction.UP, Track.ON_TRACK),
        (Fraction(29), date(2025, 7, 4), Direction.UP, Track.BEHIND),
        (Fraction(0), date(2025, 6, 1), Direction.UP, Track.ON_TRACK),
        (Fraction(120), date(2025, 7, 4), Direction.UP, Track.REACHED),
        (Fraction(130), date(2025, 7, 4), Direction.DOWN, Track.BEHIND),
    ],
)
def test_a_target_stands_against_its_trajectory(measured, day, direction, expected) -> None:
    assert track(PATH, measured, day, direction) is expected


def test_a_trajectory_has_an_end_and_one_milestone_a_day() -> None:
    assert check_trajectory(())
    assert check_trajectory((PATH[0], PATH[0]))
    assert check_trajectory(PATH) == ()


def test_coverage_counts_the_silent_as_missing_and_names_them() -> None:
    found = coverage([("A", True), ("B", False), ("C", None)])
    assert (found.have, found.of, found.missing) == (1, 3, ("B", "C"))


def test_papi_has_six_axes_in_2017_and_eight_since_2018() -> None:
    assert len(index_on("papi", date(2017, 7, 8)).axes) == 6
    assert len(index_on("papi", date(2018, 1, 1)).axes) == 8
    assert all(v.survey for v in VERSIONS if v.key == "papi")
    assert index_on("papi", date(2008, 12, 31)) is None


def test_the_five_groups_of_766_make_a_hundred_points() -> None:
    version = index_on("766", date(2025, 7, 1))
    assert version.most == 10_000
    assert len(version.axes) == 5


def test_scores_keep_within_their_axis() -> None:
    version = index_on("766", date(2025, 7, 1))
    assert check_scores(version, {"so-hoa": 2_200}) == ()
    assert [p.code for p in check_scores(version, {"so-hoa": 2_201, "la": 1})] == [
        "reporting.score-out-of-bounds",
        "reporting.axis-unknown",
    ]


def test_a_review_has_its_fixed_parts_in_order() -> None:
    keys = [p.key for p in PARTS[Kind.REVIEW]]
    assert keys.index("uu_diem") < keys.index("han_che") < keys.index("nguyen_nhan")
    assert "so_lieu" not in written(Kind.REVIEW)


def test_a_brief_is_signed_once_and_only_when_whole() -> None:
    words = {"tinh_hinh": "Ổn định", "ky_toi": "Tiếp tục"}
    assert check_signing(Kind.BRIEF, words, signed=False) == ()
    assert [p.subject for p in check_signing(Kind.BRIEF, {}, signed=False)] == [
        "tinh_hinh",
        "ky_toi",
    ]
    assert check_signing(Kind.BRIEF, words, signed=True)[0].code == "reporting.brief-signed"
    assert check_words(Kind.BRIEF, {"so_lieu": "x"})[0].code == "reporting.part-unknown"
    assert check_words(Kind.BRIEF, {"ky_toi": "x" * 20_001})[0].code == "reporting.part-too-long"


def _actor(role: Role, body: int = 1, area: frozenset[int] = frozenset()) -> Actor:
    hat = Hat(1, role, "Vị trí", body, "Cơ quan", frozenset({body}), area)
    return Actor(1, "Lan", (hat,), hat)


def test_who_gathers_does_not_submit_and_who_reports_does_not_lock() -> None:
    stand = Stand(gatherer=1, reporter=2, unit=9)
    assert may(_actor(Role.LEADER), "round.lock", stand)
    assert not may(_actor(Role.LEADER), "return.submit", stand)
    assert may(_actor(Role.CLERK, 2), "return.submit", stand)
    assert not may(_actor(Role.LEADER, 2), "round.lock", stand)
    assert check_may(_actor(Role.CLERK), "round.lock", stand).code == "reporting.not-allowed"
    assert check_may(Actor(1, "x"), "read", stand).code == "reporting.no-post-today"


def test_inspection_reads_its_area_and_operators_read_nothing() -> None:
    stand = Stand(gatherer=1, reporter=2, unit=9)
    inspector = _actor(Role.INSPECTOR, 5, frozenset({9}))
    assert [act for act in TABLE if may(inspector, act, stand)] == ["read"]
    assert not [act for act in TABLE if may(_actor(Role.OPERATOR), act, stand)]

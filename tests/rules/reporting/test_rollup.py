"""Adding up: the sum of the children is the parent, a frozen snapshot never changes."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.reporting.forms import Across, Field, FieldType, Form, OverTime
from thongsuot.rules.reporting.rollup import (
    Said,
    Sums,
    add_up,
    by_work,
    figures,
    merged,
    over_time,
)
from thongsuot.rules.reporting.snapshots import (
    Filing,
    came_at,
    changes,
    known_at,
    new_words,
)

FORM = Form(
    "t",
    "Tuần",
    (
        Field("hs", "Hồ sơ", work="Thủ tục hành chính"),
        Field("tk", "Tài khoản", over_time=OverTime.LAST, work="Chuyển đổi số"),
        Field("hl", "Hài lòng", FieldType.NUMBER, places=2, across=Across.AVERAGE, weight="hs",
              work="Thủ tục hành chính"),
        Field("tb", "Trang thiết bị", FieldType.SHARE, across=Across.SHARE, work="Trụ sở"),
        Field("co", "Có điểm hướng dẫn", FieldType.YES_NO, across=Across.SHARE, work="Trụ sở"),
        Field("kk", "Khó khăn", FieldType.TEXT, across=Across.GATHER, work="Thủ tục hành chính"),
        Field("ten", "Người lập", FieldType.TEXT, across=Across.NONE),
    ),
)  # fmt: skip
NUMBERS = st.one_of(st.none(), st.integers(0, 10**12))
REPORTS = st.lists(
    st.fixed_dictionaries(
        {
            "hs": NUMBERS,
            "tk": NUMBERS,
            "hl": st.one_of(st.none(), st.integers(0, 10_000)),
            "tb": st.one_of(
                st.none(),
                st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda p: (min(p), max(p))),
            ),
            "co": st.one_of(st.none(), st.booleans()),
            "kk": st.one_of(st.none(), st.sampled_from(["", "thiếu máy", "mạng chậm"])),
            "ten": st.just("Lan"),
        }
    ),
    max_size=30,
).map(lambda rows: [(f"phường {n}", row) for n, row in enumerate(rows)])


@given(REPORTS, st.lists(st.integers(0, 4), min_size=30, max_size=30))
def test_the_sum_of_the_children_is_the_parent_however_they_are_grouped(reports, groups) -> None:
    whole = add_up(FORM, reports)
    joined = Sums.empty(FORM)
    for group in range(5):
        part = [r for n, r in enumerate(reports) if groups[n] == group]
        joined.join(add_up(FORM, part))
    assert joined.units == whole.units == len(reports)
    for before, after in zip(figures(FORM, whole), figures(FORM, joined), strict=True):
        assert (before.number, before.average, before.share, before.said) == (
            after.number, after.average, after.share, after.said,
        )  # fmt: skip
        assert sorted(before.texts, key=str) == sorted(after.texts, key=str)


@given(REPORTS)
def test_coverage_never_says_more_than_reported(reports) -> None:
    for figure in figures(FORM, add_up(FORM, reports)):
        assert 0 <= figure.said <= figure.units == len(reports)
        if figure.share:
            assert 0 <= figure.share[0] <= figure.share[1]


def test_an_average_is_weighted_and_exact() -> None:
    reports = [("A", {"hs": 1, "hl": 5_000}), ("B", {"hs": 2, "hl": 8_000})]
    by_key = {f.key: f for f in figures(FORM, add_up(FORM, reports))}
    assert by_key["hl"].average == Fraction(21_000, 3)
    assert "ten" not in by_key


def test_a_unit_with_nothing_to_report_counts_as_a_unit_and_says_nothing() -> None:
    found = {f.key: f for f in figures(FORM, add_up(FORM, [("A", {}), ("B", {"hs": 3})]))}
    assert (found["hs"].number, found["hs"].said, found["hs"].units) == (3, 1, 2)
    assert found["tk"].number is None


def test_over_time_flows_are_added_and_stocks_are_the_last() -> None:
    two = over_time(
        FORM,
        [
            {"hs": 3, "tk": 129, "tb": (1, 2), "kk": "mạng chậm"},
            {"hs": 4, "tk": 130, "tb": (2, 2), "kk": "mạng chậm"},
        ],
    )
    assert two == {"hs": 7, "tk": 130, "tb": (2, 2), "kk": "mạng chậm"}


def test_figures_stand_under_their_field_of_work_in_the_order_of_the_form() -> None:
    works = by_work(FORM, figures(FORM, Sums.empty(FORM)))
    assert list(works) == ["Thủ tục hành chính", "Chuyển đổi số", "Trụ sở"]
    assert [f.key for f in works["Thủ tục hành chính"]] == ["hs", "hl", "kk"]


CUT = datetime(2025, 7, 18, 5, tzinfo=UTC)
FILINGS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.integers(-600, 600), st.integers(0, 9), st.booleans()),
    max_size=25,
).map(
    lambda rows: [
        Filing(n, unit, n, CUT + timedelta(minutes=at), {"hs": value}, standing=standing)
        for n, (unit, at, value, standing) in enumerate(sorted(rows, key=lambda r: r[1]))
    ]
)


@given(FILINGS)
def test_a_snapshot_at_its_cut_off_never_changes_though_corrections_come(filings) -> None:
    early = [f for f in filings if f.at <= CUT]
    assert known_at(filings, CUT) == known_at(early, CUT)
    assert came_at(filings, CUT) == came_at(early, CUT)
    assert all(f.standing and f.at <= CUT for f in known_at(filings, CUT).values())
    assert set(known_at(filings, CUT)) == set(came_at(filings, CUT))


def test_a_correction_keeps_the_first_moment_and_a_recall_takes_it_away() -> None:
    hour = timedelta(hours=1)
    filings = [Filing(1, "A", 1, CUT, {"hs": 1}), Filing(2, "A", 2, CUT + hour, {"hs": 2})]
    assert came_at(filings, CUT + hour) == {"A": CUT}
    recalled = [*filings, Filing(3, "A", 3, CUT + 2 * hour, {}, standing=False)]
    assert came_at(recalled, CUT + 2 * hour) == {}
    again = [*recalled, Filing(4, "A", 4, CUT + 3 * hour, {"hs": 2})]
    assert came_at(again, CUT + 3 * hour) == {"A": CUT + 3 * hour}


def test_what_changed_names_the_figure_and_by_how_much() -> None:
    before = figures(FORM, add_up(FORM, [("A", {"hs": 3, "tb": (1, 2), "kk": "mạng chậm"})]))
    after = figures(
        FORM, add_up(FORM, [("A", {"hs": 5, "tb": (2, 2), "kk": "mạng chậm\nthiếu máy in"})])
    )
    found = {c.key: c for c in changes(FORM, before, after)}
    assert set(found) == {"hs", "tb"}
    assert found["hs"].difference == 2
    assert found["tb"].difference == 1
    assert new_words(before, after) == {"kk": (Said("A", "thiếu máy in"),)}


def test_the_same_sentence_of_several_units_stands_once_with_all_of_them() -> None:
    texts = [Said("A", "- mạng chậm.\nthiếu máy"), Said("B", "mạng chậm"), Said("A", "mạng chậm")]
    assert merged(texts) == {"mạng chậm": ("A", "B"), "thiếu máy": ("A",)}

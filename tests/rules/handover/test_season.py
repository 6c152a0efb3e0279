"""Phrases for times of the year become days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.handover.season import Season, next_time, phrase_in, read

END = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("đầu tháng 7 hằng năm", date(2025, 7, 1), date(2025, 7, 10)),
        ("Đầu tháng 7, hàng năm", date(2025, 7, 1), date(2025, 7, 10)),
        ("giữa tháng 7", date(2025, 7, 11), date(2025, 7, 20)),
        ("cuối tháng 6", date(2026, 6, 21), date(2026, 6, 30)),
        ("trong tháng 9", date(2025, 9, 1), date(2025, 9, 30)),
        ("tháng 09", date(2025, 9, 1), date(2025, 9, 30)),
        ("tháng 2 hằng năm", date(2026, 2, 1), date(2026, 2, 28)),
        ("quý III", date(2025, 7, 1), date(2025, 9, 30)),
        ("quý 4 hằng năm", date(2025, 10, 1), date(2025, 12, 31)),
        ("cuối quý III", date(2025, 9, 1), date(2025, 9, 30)),
        ("cuối năm", date(2025, 11, 1), date(2025, 12, 31)),
        ("6 tháng đầu năm", date(2026, 1, 1), date(2026, 6, 30)),
        ("6 tháng cuối năm 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("tháng 7 đến tháng 9", date(2025, 7, 1), date(2025, 9, 30)),
        ("từ tháng 11 - tháng 2", date(2025, 11, 1), date(2026, 2, 28)),
        ("ngày 5 tháng 7 hằng năm", date(2025, 7, 5), date(2025, 7, 5)),
        ("05/9", date(2025, 9, 5), date(2025, 9, 5)),
        ("từ 15/8 đến 30/9", date(2025, 8, 15), date(2025, 9, 30)),
        ("ngày 25 hằng tháng", date(2025, 7, 25), date(2025, 7, 25)),
        ("cuối hằng quý", date(2025, 9, 1), date(2025, 9, 30)),
        ("mùa hè", date(2025, 6, 1), date(2025, 8, 31)),
        ("tháng 9/2025", date(2025, 9, 1), date(2025, 9, 30)),
    ],
)
def test_a_phrase_says_when_it_comes_next_after_the_end(phrase, first, last):
    season = read(phrase)
    assert season is not None
    assert season.window(END) == (first, last)


@pytest.mark.parametrize(
    "phrase",
    ["", "sau Tết", "khi có yêu cầu", "tháng 13", "quý V", "ngày 31/6", "tháng", "x" * 500, "\x00"],
)
def test_what_cannot_be_understood_is_no_season(phrase):
    assert read(phrase) is None


def test_a_season_of_one_year_does_not_come_again():
    season = read("tháng 5 năm 2025")
    assert season is not None
    assert season.window(END) is None


def test_a_season_that_is_going_on_is_the_next_one():
    season = read("quý III")
    assert season is not None
    assert season.window(date(2025, 8, 15)) == (date(2025, 7, 1), date(2025, 9, 30))


def test_a_title_says_its_season_only_when_it_says_that_it_comes_again():
    assert phrase_in("Phúc khảo bài thi vào lớp 10, đầu tháng 7 hằng năm") == "đầu tháng 7 hằng năm"
    assert phrase_in("Báo cáo biên chế cuối hằng quý gửi Sở Nội vụ") == "cuối hằng quý"
    assert phrase_in("Kế hoạch tháng 7 năm 2024") == ""
    assert phrase_in("Hội nghị thường niên") == ""


def test_the_next_time_is_the_earlier_of_date_and_season_on_or_after_the_day():
    season = (date(2025, 6, 20), date(2025, 7, 10))
    assert next_time(date(2025, 7, 4), season, END) == (END, date(2025, 7, 10))
    assert next_time(date(2025, 6, 25), None, END) is None
    assert next_time(date(2025, 7, 4), None, END) == (date(2025, 7, 4), date(2025, 7, 4))


month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda d: (d.month, d.day))
seasons = st.builds(
    Season,
    st.lists(st.tuples(month_days, month_days), min_size=1, max_size=4).map(tuple),
    st.none() | st.integers(2024, 2027),
)
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(seasons, days)
def test_a_window_never_lies_wholly_before_the_day_and_yearly_ones_always_come(season, day):
    window = season.window(day)
    if window is None:
        assert season.year is not None
        return
    first, last = window
    assert first <= last
    assert last >= day
    if season.year is None:
        assert first <= day + timedelta(366)


@given(seasons, days, st.integers(0, 400))
def test_the_next_window_never_goes_back_as_days_pass(season, day, later):
    now, then = season.window(day), season.window(day + timedelta(later))
    assert now is None or then is None or then[1] >= day


@given(st.text(max_size=140))
def test_no_text_breaks_the_reading(text):
    assert read(text) is None or read(text).spans
    assert isinstance(phrase_in(text), str)

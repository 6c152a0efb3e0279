"""Every cell case of the catalogue of bad input: B (text), C08-C10 (codes), E (days, numbers)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.kernel.cells import (
    NOTES,
    Cell,
    DayOrder,
    PartDate,
    Separators,
    Words,
    day_order,
    declared_scale,
    read_bool,
    read_choice,
    read_code,
    read_date,
    read_int,
    read_money,
    read_number,
    read_quantity,
    read_text,
    read_unit,
    read_year,
    remembering,
    separators,
)
from thongsuot.rules.kernel.quantity import LARGEST, UNITS, to_decimal

RAW = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(),
    st.text(alphabet="0123456789.,-()/: đtrỷe+%", max_size=25),
)  # fmt: skip


def codes(cell: Cell) -> list[str]:
    return [problem.code for problem in cell.problems]


# --- text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value", "note", "problems"),
    [
        ("Hòa Bình", "Hòa Bình", "", []),
        ("Ho\u0300a", "Hòa", "tidied", []),  # B01
        ("Hoà", "Hoà", "", []),  # B02: stored as typed
        ("Ðông Ɖa", "Đông Đa", "tidied", []),  # B03
        ("Ph­êng Hßa B×nh", None, "", ["cell.old-encoding"]),  # B04
        ("Phöôøng Hoøa Bình", None, "", ["cell.old-encoding"]),  # B05
        ("HÃ Ná»™i", None, "", ["cell.old-encoding"]),  # B07
        ("a\ud800b", None, "", ["cell.broken-signs"]),  # B11
        ("a\x00b", None, "", ["cell.control-signs"]),  # B12
        ("Hà\u200b Đông", "Hà Đông", "unseen", ["cell.unseen-signs"]),  # B13
        ("Hà\u202e Đông", "Hà Đông", "unseen", ["cell.unseen-signs"]),  # B14
        ("Hà\u00a0\u3000Đông", "Hà Đông", "tidied", []),  # B15
        ("Z" + "\u0301" * 200, None, "", ["cell.heaped-marks"]),  # B17
        ("Đền 𡨸 😀", "Đền 𡨸 😀", "", []),  # B18
        ("Y", "Y", "", []),  # B19
        ("H’Hen Niê 2", "H’Hen Niê 2", "", []),  # B19
        ("x" * 501, None, "", ["cell.too-long"]),  # B19
        ("Null", "Null", "", []),  # B20
        ("NaN", "NaN", "", []),  # B20
        ("ТХ Hà Đông", "ТХ Hà Đông", "", ["cell.look-alike"]),  # B22
        ("  a\t b\n", "a b", "tidied", []),  # B24
        ("#N/A", None, "", ["cell.sheet-error"]),  # A35
        ("", None, "", []),
        ("   ", None, "tidied", []),
        (None, None, "", []),
        (123.0, "123", "from-number", []),
        (date(2025, 7, 1), "01/07/2025", "rewritten", []),
    ],
)  # fmt: skip
def test_text_is_read(raw: object, value: object, note: str, problems: list[str]) -> None:
    cell = read_text(raw)
    assert (cell.value, cell.note, codes(cell)) == (value, note, problems)


def test_nothing_is_changed_without_the_original_beside_it() -> None:
    cell = read_text(" Hà  Đông ")
    assert cell.original == " Hà  Đông "
    assert cell.note in NOTES


def test_a_note_may_keep_its_lines() -> None:
    assert read_text("dòng một \r\n dòng  hai", lines=True).value == "dòng một\ndòng hai"


@settings(deadline=None)
@given(RAW)
def test_reading_text_is_the_same_the_second_time(raw: object) -> None:
    once = read_text(raw, limit=60)
    if isinstance(once.value, str):
        again = read_text(once.value, limit=60)
        assert again.value == once.value
        assert not again.note


# --- codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value", "note", "problems"),
    [
        ("00123", "00123", "", []),
        ("HS/2025-001", "HS/2025-001", "", []),
        ("HĐ–01", "HĐ-01", "dashes", []),  # B21
        ("ＡＢ１２", "AB12", "wide", []),  # B16
        ("A\u200b1", "A1", "unseen", ["cell.unseen-signs"]),  # B13
        ("HS-А1", "HS-А1", "", ["cell.look-alike"]),  # B22
        (123.0, "123", "from-number", ["cell.code-was-number"]),  # C08
        ("1E05", None, "", ["cell.code-shortened"]),  # C09
        (date(2025, 3, 1), None, "", ["cell.code-became-day"]),  # C09
        ("1.23457E+19", None, "", ["cell.code-shortened"]),  # C10
        (1.23457e19, None, "", ["cell.code-shortened"]),  # C10
        (12.5, None, "", ["cell.code-unreadable"]),
        (float("nan"), None, "", ["cell.code-unreadable"]),
        ("E12-4", "E12-4", "", []),
        ("", None, "", []),
    ],
)
def test_a_code_is_read(raw: object, value: object, note: str, problems: list[str]) -> None:
    cell = read_code(raw)
    assert (cell.value, cell.note, codes(cell)) == (value, note, problems)


@settings(deadline=None)
@given(RAW)
def test_a_code_read_twice_is_the_same_code(raw: object) -> None:
    once = read_code(raw)
    if isinstance(once.value, str) and once.readable:
        assert read_code(once.value).value == once.value


# --- days -------------------------------------------------------------------------------------

FIRST_OF_JULY = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        ("07/01/2025", date(2025, 1, 7), ""),  # E01
        ("7-1-25", date(2025, 1, 7), "short-year"),  # E02
        ("7-1-98", date(1998, 1, 7), "short-year"),
        ("1.7.2025", FIRST_OF_JULY, "rewritten"),
        ("1/7/2025 00:00:00", FIRST_OF_JULY, "rewritten"),
        ("1/7/2025 0:0:0", FIRST_OF_JULY, "rewritten"),  # E12
        ("1/7/2025 14:30", FIRST_OF_JULY, "time-dropped"),
        (45839.0, FIRST_OF_JULY, "serial"),  # E03
        ("45839", FIRST_OF_JULY, "serial"),
        (45839.5, FIRST_OF_JULY, "time-dropped"),
        (61.0, date(1900, 3, 1), "serial"),
        ("2025-06-30T18:00Z", FIRST_OF_JULY, "zone"),  # E11
        ("2025-07-01T00:00+07:00", FIRST_OF_JULY, "zone"),
        (datetime(2025, 6, 30, 18, tzinfo=UTC), FIRST_OF_JULY, "zone"),
        (datetime(2025, 7, 1), FIRST_OF_JULY, ""),  # noqa: DTZ001 - as spreadsheets give them
        (FIRST_OF_JULY, FIRST_OF_JULY, ""),
        ("2025-07-01", FIRST_OF_JULY, "rewritten"),
        ("20250701", FIRST_OF_JULY, "rewritten"),
        ("ngày 1 tháng 7 năm 2025", FIRST_OF_JULY, "rewritten"),
        (" ０１/０７/２０２５", FIRST_OF_JULY, "rewritten"),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_a_day_is_read(raw: object, value: object, note: str) -> None:
    cell = read_date(raw)
    assert (cell.value, cell.note, codes(cell)) == (value, note, [])


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (60.0, "cell.date-serial"),  # E04: the 29/02/1900 that never was
        (-1.0, "cell.date-serial"),
        (0.0, "cell.date-serial"),
        (2958466.0, "cell.date-serial"),
        ("31/06/2025", "cell.date-impossible"),  # E05
        ("29/02/2025", "cell.date-impossible"),
        ("2019", "cell.date-partial"),  # E06
        ("01/01/0025", "cell.date-year"),  # E07
        ("01/01/2205", "cell.date-year"),
        ("01/01/1025", "cell.date-year"),
        ("đầu năm 2020", "cell.date-in-words"),  # E08
        ("chưa rõ", "cell.date-in-words"),
        ("15/8 âm lịch", "cell.date-lunar"),  # E10
        ("01/01/2568", "cell.date-year"),  # E10: Buddhist year
        ("1/7/2025 24:00", "cell.date-clock"),  # E12
        ("1/7/2025 23:59:60", "cell.date-clock"),
        ("Tuần 53/2025", "cell.date-in-words"),  # E13
        ("Quý 5", "cell.date-in-words"),
        ("01/25/2025", "cell.date-month-first"),
        ("#REF!", "cell.sheet-error"),
        ("٠١/٠٢/٢٠٢٥", "cell.date-in-words"),
        ("+1/02/2025", "cell.date-in-words"),
        (time(8), "cell.date-unreadable"),
        (True, "cell.date-unreadable"),
    ],
)
def test_a_day_that_cannot_be_is_not_accepted(raw: object, problem: str) -> None:
    cell = read_date(raw)
    assert (cell.value, codes(cell)) == (None, [problem])


def test_a_year_stays_a_year_where_that_is_allowed() -> None:
    assert read_date("2019", partial=True) == Cell(PartDate(2019), "2019", (), "year-only")
    assert read_date("6/2019", partial=True).value == PartDate(2019, 6)
    assert read_date("tháng 6 năm 2019", partial=True).value == PartDate(2019, 6)
    assert read_date(2019.0, partial=True).value == PartDate(2019)


def test_a_part_of_a_date_knows_its_ends() -> None:
    assert (PartDate(2019, 12).first, PartDate(2019, 12).last) == (
        date(2019, 12, 1), date(2019, 12, 31))  # fmt: skip
    assert (str(PartDate(2019, 6)), str(PartDate(2019))) == ("6/2019", "2019")


def test_days_are_doubtful_in_a_column_that_also_writes_the_month_first() -> None:
    order = day_order(["07/01/2025", "12/25/2024", 3.0])
    assert order == DayOrder(0, 1)
    doubted = read_date("07/01/2025", order)
    assert doubted.value == date(2025, 1, 7)
    assert codes(doubted) == ["cell.date-order-doubtful"]
    assert doubted.readable
    assert not read_date("25/01/2025", order).problems


def test_the_1904_system_counts_from_1904() -> None:
    assert read_date(45839.0 - 1462, from_1904=True).value == FIRST_OF_JULY


@settings(deadline=None)
@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    written = [f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(),
               f"{day:%Y%m%d}", day]  # fmt: skip
    if not 1900 <= serial <= 2100:  # typed as a year
        written.append(float(serial))
    assert {read_date(raw).value for raw in written} == {day}


@settings(deadline=None)
@given(RAW, st.booleans(), st.booleans())
def test_reading_a_day_never_fails(raw: object, partial: bool, from_1904: bool) -> None:
    cell = read_date(raw, partial=partial, from_1904=from_1904)
    assert cell.value is None or isinstance(cell.value, (date, PartDate))


@pytest.mark.parametrize(
    ("raw", "value"), [("2019", 2019), (2019.0, 2019), ("năm 2019", 2019), ("1/7/2019", 2019)]
)
def test_a_year_is_read(raw: object, value: int) -> None:
    assert read_year(raw).value == value


@pytest.mark.parametrize("raw", ["19", "3000", "abc", 12.5])
def test_a_year_that_is_none_is_not_accepted(raw: object) -> None:
    assert read_year(raw).value is None
    assert not read_year(raw).readable


@pytest.mark.parametrize("raw", [2201, 1025, 2201.0, "2201"])
def test_a_number_that_is_no_year_is_not_taken_for_a_serial_day(raw: object) -> None:
    assert read_year(raw).value is None


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        ("1.500.000", 1_500_000, "grouped"),  # E15
        ("1,500,000", 1_500_000, "grouped"),  # E15
        ("1.500.000,00", 1_500_000, "grouped"),
        ("1.000.000đ", 1_000_000, "currency"),  # E19
        ("VND 1000000", 1_000_000, "currency"),
        ("1 000 000", 1_000_000, "grouped"),
        ("1\u00a0000\u202f000", 1_000_000, "grouped"),
        ("１２３", 123, "wide"),  # B16
        ("0", 0, ""),  # E21
        ("", None, ""),  # E21: blank is not 0
        ("9007199254740993", 9_007_199_254_740_993, ""),  # E22
        ("1000000000000000000", 10**18, ""),
        (1e18, 10**18, ""),
        ("-0", 0, ""),  # E24
        (-0.0, 0, ""),
        (150000.0, 150_000, ""),
        ("007", 7, ""),
    ],
)
def test_money_is_read(raw: object, value: object, note: str) -> None:
    cell = read_money(raw)
    assert (cell.value, cell.note, codes(cell)) == (value, note, [])
    assert not isinstance(cell.value, float)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("1.500", "cell.number-doubtful"),  # E16
        ("1,500", "cell.number-doubtful"),
        ("1.500.000,50", "cell.finer-than-unit"),  # E17
        ("1,500,000.50", "cell.finer-than-unit"),
        ("1.5 tỷ", "cell.number-in-words"),  # E18
        ("500tr", "cell.number-in-words"),
        ("2 triệu rưỡi", "cell.number-in-words"),
        ("(1.000.000)", "cell.number-negative"),  # E20
        ("-1000", "cell.number-negative"),
        ("1000-", "cell.number-negative"),
        (-1000.0, "cell.number-negative"),
        ("9223372036854775808", "cell.number-too-large"),  # E22
        (9007199254740993.0, "cell.digits-lost"),  # E22: the spreadsheet lost the last digit
        ("1e6", "cell.number-scientific"),  # E23
        ("0x10", "cell.number-scientific"),
        ("١٢٣", "cell.number-unreadable"),
        ("½", "cell.number-unreadable"),
        ("Ⅳ", "cell.number-unreadable"),
        ("NaN", "cell.number-unreadable"),  # E24
        ("Infinity", "cell.number-unreadable"),
        (float("nan"), "cell.number-unreadable"),
        (float("inf"), "cell.number-unreadable"),
        ("1.50.000", "cell.number-grouping"),
        ("12,34,567", "cell.number-grouping"),
        ("#VALUE!", "cell.sheet-error"),
        (True, "cell.number-unreadable"),
        (date(2025, 1, 1), "cell.number-became-day"),
        ("9" * 5000, "cell.number-unreadable"),
    ],
)
def test_money_that_is_doubtful_is_not_guessed(raw: object, problem: str) -> None:
    cell = read_money(raw)
    assert (cell.value, codes(cell)) == (None, [problem])


@pytest.mark.parametrize(
    ("raw", "proposal"),
    [("1.5 tỷ", 1_500_000_000), ("500tr", 500_000_000), ("2 triệu rưỡi", 2_500_000),
     ("2 tỷ 5", 2_500_000_000), ("3,2 tỷ đồng", 3_200_000_000), ("700 nghìn", 700_000)],
)  # fmt: skip
def test_amounts_in_words_come_with_a_proposal(raw: str, proposal: int) -> None:
    assert read_money(raw).problems[0].facts["proposal"] == proposal


def test_a_doubtful_number_is_read_both_ways_in_the_message() -> None:
    facts = read_money("1.500").problems[0].facts
    assert (facts["whole"], facts["fraction"]) == (1500, "1,5")


def test_the_column_decides_what_a_single_value_cannot() -> None:
    vietnamese = separators(["1.500.000", "1.500", 7.0, ""])
    english = separators(["1,500,000", "2.5"])
    assert (vietnamese.group, english.group) == (".", ",")
    assert read_money("1.500", vietnamese).value == 1500
    assert read_number("1.500", english).value == Decimal("1.5")
    assert (vietnamese + english).group == ""
    assert read_money("1.500", vietnamese + english).value is None


def test_a_negative_number_is_read_where_it_is_allowed() -> None:
    for raw in ("(1.000.000)", "-1.000.000", "1000000-"):
        cell = read_money(raw, signed=True)
        assert (cell.value, cell.note) == (-1_000_000, "sign")


def test_a_fraction_is_read_by_unit() -> None:
    assert read_quantity("2,5", UNITS["m²"]).value == 250  # E17: square metres
    assert codes(read_quantity("2,5", UNITS["cái"])) == ["cell.finer-than-unit"]  # E25
    assert read_quantity(0.1 + 0.2, UNITS["km"]).value == 300
    assert codes(read_int("2,5")) == ["cell.not-whole"]
    assert codes(read_quantity("9000000000000000000", UNITS["km"])) == ["cell.number-too-large"]


@settings(deadline=None)
@given(st.integers(0, LARGEST), st.sampled_from([".", ",", " ", "\u00a0", ""]))
def test_every_whole_amount_survives_each_way_of_grouping(amount: int, sign: str) -> None:
    written = f"{amount:,}".replace(",", sign)
    single = sign in (".", ",") and written.count(sign) == 1
    how = Separators(sign == ".", sign == ",") if single else Separators()
    assert read_money(written, how).value == amount


@settings(deadline=None)
@given(st.integers(0, 10**15), st.sampled_from(sorted(UNITS)))
def test_every_quantity_survives_being_written(parts: int, code: str) -> None:
    unit = UNITS[code]
    written = f"{to_decimal(parts, unit):f}".replace(".", ",")
    assert read_quantity(written, unit, Separators(1, 0)).value == parts


@settings(deadline=None)
@given(RAW, st.booleans())
def test_reading_a_number_never_fails_and_never_gives_a_float(raw: object, signed: bool) -> None:
    cell = read_number(raw, signed=signed)
    assert not isinstance(cell.value, float)
    assert cell.value is None or signed or cell.value >= 0  # type: ignore[operator]  # a number


@pytest.mark.parametrize(
    ("title", "scale"),
    [("ĐVT: nghìn đồng", 1000), ("Đơn vị tính: triệu đồng", 10**6), ("ĐVT: đồng", 1),
     ("Đơn vị: 1.000 đồng", 1000), ("BẢNG KÊ TÀI SẢN", None)],
)  # fmt: skip
def test_the_scale_of_money_in_the_title_is_seen(title: str, scale: int | None) -> None:  # E28
    assert declared_scale(title) == scale


# --- choices, units, yes and no ---------------------------------------------------------------

STATES = Words({"good": ("Tốt", "mới"), "damaged": ("Hư hỏng", "hỏng")})


def test_a_choice_is_known_by_every_spelling() -> None:
    for raw in ("Tốt", "TỐT", "tot", "Mới", "good"):
        assert read_choice(raw, STATES).value == "good"


def test_an_unknown_choice_is_refused_with_what_is_allowed() -> None:
    cell = read_choice("Hư hỏngg", STATES)
    assert codes(cell) == ["cell.not-allowed"]
    assert cell.problems[0].facts["allowed"] == ("good", "damaged")


def test_a_spelling_of_two_values_is_a_spelling_of_none() -> None:
    words = Words({"bộ": ("bo",), "hộp": ("bó",)})
    assert words.meaning("bó") == "hộp"
    assert words.meaning("BỘ") == "bộ"
    assert words.meaning("bõ") is None


@pytest.mark.parametrize(
    ("raw", "unit"),
    [("cái", "cái"), ("Cái", "cái"), ("chiếc", "cái"), ("c", "cái"), ("M2", "m²"),
     ("mét giá", "m giá"), ("đ", "đồng"), ("Hồ sơ", "hồ sơ")],
)  # fmt: skip
def test_a_unit_is_known_by_its_table(raw: str, unit: str) -> None:  # E26
    assert read_unit(raw).value == unit


def test_an_unknown_unit_is_refused() -> None:
    assert codes(read_unit("thúng")) == ["cell.unit-unknown"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("x", True), ("Có", True), ("Không", False), (True, True), (1.0, True), (0, False),
     ("FALSE", False), (None, None), ("", None)],
)  # fmt: skip
def test_yes_and_no_are_read_and_blank_stays_blank(raw: object, value: bool | None) -> None:
    assert read_bool(raw).value is value


def test_a_tick_that_is_neither_is_refused() -> None:
    assert codes(read_bool("?")) == ["cell.not-yes-no"]


def test_a_reader_that_remembers_reads_as_before() -> None:
    read = remembering(read_text, most=2)
    for raw in ("a", "b", "c", "a", 1.0, True, 1):
        assert read(raw) == read_text(raw)


@settings(deadline=None)
@given(RAW)
def test_a_cell_that_is_not_readable_has_no_value_and_says_what_stood_there(raw: object) -> None:
    for read in (read_text, read_code, read_date, read_money, read_bool, read_unit, read_year):
        cell = read(raw)
        if not cell.readable:
            assert cell.value is None
            assert all("value" in problem.facts for problem in cell.problems)


def test_times_and_spans_are_never_numbers() -> None:
    assert codes(read_number(timedelta(hours=1))) == ["cell.number-became-day"]

"""What a form asks, and what stands against submitting it."""

from datetime import date

import pytest

from thongsuot.rules.reporting.forms import (
    Across,
    Between,
    Check,
    Field,
    FieldType,
    Form,
    check_form,
    check_values,
    version_on,
)

FIELDS = (
    Field("tong", "Tổng số hồ sơ", required=True, least=0),
    Field("dung_han", "Giải quyết đúng hạn", least=0),
    Field("qua_han", "Quá hạn", least=0),
    Field("ly_do", "Lý do quá hạn", FieldType.TEXT, across=Across.GATHER),
    Field("bo_phan", "Bộ phận đủ trang thiết bị", FieldType.SHARE, across=Across.SHARE),
)
FORM = Form(
    "hs",
    "Hồ sơ",
    FIELDS,
    (
        Between(Check.SUM, ("tong", "dung_han", "qua_han")),
        Between(Check.AT_MOST, ("qua_han", "tong")),
        Between(Check.NEEDS, ("qua_han", "ly_do")),
        Between(Check.JUMP, ("tong",), bound=50),
    ),
)


def codes(problems):
    return [p.code for p in problems]


def test_a_form_in_order_has_no_problems() -> None:
    assert check_form(FORM) == ()


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (Form("x", " ", FIELDS), "reporting.form-without-title"),
        (Form("x", "X", ()), "reporting.form-without-fields"),
        (Form("x", "X", (FIELDS[0], FIELDS[0])), "reporting.field-twice"),
        (Form("x", "X", (Field("Tổng", "T"),)), "reporting.field-key-unfit"),
        (Form("x", "X", (Field("a", ""),)), "reporting.field-without-title"),
        (Form("x", "X", (Field("a", "A", FieldType.TEXT),)), "reporting.field-adds-wrong"),
        (Form("x", "X", (Field("a", "A", weight="b"),)), "reporting.field-weight-unknown"),
        (Form("x", "X", (Field("a", "A", places=9),)), "reporting.field-places-unfit"),
        (Form("x", "X", (Field("a", "A", least=2, most=1),)), "reporting.field-bounds-crossed"),
        (
            Form("x", "X", FIELDS, (Between(Check.SAME, ("tong", "khac")),)),
            "reporting.rule-field-unknown",
        ),
        (Form("x", "X", FIELDS, (Between(Check.SUM, ("tong", "qua_han")),)), "reporting.rule-too-few"),
        (
            Form("x", "X", FIELDS, (Between(Check.SAME, ("tong", "ly_do")),)),
            "reporting.rule-compares-unlike",
        ),
        (Form("x", "X", FIELDS, (Between(Check.JUMP, ("tong",)),)), "reporting.rule-bound-needed"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_used_says_why(form, code) -> None:
    assert code in codes(check_form(form))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"tong": 10, "dung_han": 8, "qua_han": 2, "ly_do": "thiếu người"}, []),
        ({}, ["reporting.value-needed"]),
        ({"tong": 10, "dung_han": 8, "qua_han": 1, "ly_do": "x"}, ["reporting.total-differs"]),
        ({"tong": -1}, ["reporting.number-below"]),
        (
            {"tong": 1, "dung_han": 0, "qua_han": 2, "ly_do": "x"},
            ["reporting.total-differs", "reporting.more-than"],
        ),
        ({"tong": 2, "dung_han": 0, "qua_han": 2}, ["reporting.words-needed"]),
        ({"tong": 1, "bo_phan": (3, 2)}, ["reporting.share-over"]),
        ({"tong": 10**19}, ["reporting.number-unfit"]),
        ({"tong": True}, ["reporting.number-unfit"]),
        ({"tong": 1, "ly_do": 5}, ["reporting.value-unfit"]),
        ({"tong": 1, "ly_do": "x" * 4001}, ["reporting.text-too-long"]),
    ],
)
def test_values_are_checked_all_at_once(values, expected) -> None:
    assert codes(check_values(FORM, values)) == expected


def test_a_jump_against_the_last_time_only_warns() -> None:
    problems = check_values(FORM, {"tong": 100}, {"tong": 10})
    assert codes(problems) == ["reporting.jumped"]
    assert not problems[0].blocks
    assert check_values(FORM, {"tong": 15}, {"tong": 10}) == ()


def test_the_version_of_the_day_is_the_last_that_has_begun() -> None:
    old, new = Form("x", "Cũ", FIELDS), Form("x", "Mới", FIELDS)
    versions = [(date(2025, 7, 14), new), (date(2025, 7, 1), old)]
    assert version_on(versions, date(2025, 6, 30)) is None
    assert version_on(versions, date(2025, 7, 13)) is old
    assert version_on(versions, date(2025, 7, 14)) is new

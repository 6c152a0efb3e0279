"""``thongsuot lineage``: answers without a database, for people and for programs."""

import argparse
import json

import pytest

from thongsuot.cli import lineage


@pytest.fixture
def ask(capsys):
    def answer(*words):
        parser = argparse.ArgumentParser()
        lineage.add(parser.add_subparsers(required=True))
        chosen = parser.parse_args(["lineage", *words])
        code = chosen.run(chosen)
        return code, capsys.readouterr().out

    return answer


def test_a_district_is_told_with_its_five_wards_and_seven_parts(ask):
    code, text = ask("quận", "Hà", "Đông")
    assert code == 0
    assert "15 xã, phường, thị trấn chuyển về 5 đơn vị mới và một phần của 7 đơn vị khác" in text
    assert "một phần phường Chương Mỹ" in text
    assert "Nghị quyết 1656/NQ-UBTVQH15, khoản 43 Điều 1" in text


def test_a_code_gives_both_readings_and_with_a_day_one(ask):
    _code, both = ask("26740")
    assert "Phường Bến Nghé (mã 26740), quận 1" in both
    assert "Phường Sài Gòn (mã 26740), thành phố Hồ Chí Minh" in both
    _code, one = ask("26740", "--on", "30/06/2025")
    assert one.startswith("Phường Bến Nghé")
    assert "\n\n" not in one


def test_a_name_with_many_bearers_lists_them_all(ask):
    code, text = ask("tân an")
    assert code == 0
    assert "xa-31135" in text
    assert "xa-31147-2025" in text
    assert "Hãy thêm cấp trên" in text


def test_a_name_may_carry_what_stands_above_it(ask):
    _code, text = ask("Tân An, Cần Thơ")
    assert "quận Ninh Kiều" in text
    assert "phường Ninh Kiều (mã 31135)" in text
    assert "khoản 3 Điều 1" in text


def test_a_divided_ward_asks_for_more_and_an_undoubted_one_does_not(ask):
    assert "phải có thôn, tổ dân phố hoặc tên đường" in ask("18796")[1]
    assert "địa chỉ của người dân không đổi nơi khác" in ask("00556")[1]


def test_what_a_source_reads_otherwise_is_shown(ask):
    assert "Nguồn khác (đơn vị kế thừa): Cục Thống kê" in ask("00556")[1]


def test_days_not_yet_confirmed_say_so(ask):
    _code, text = ask("thành phố Đồng Nai")
    assert "cần xác nhận" in text


def test_programs_get_the_whole_chain(ask):
    code, text = ask("xa-26248", "--json")
    told = json.loads(text)["units"][0]
    assert code == 0
    assert told["became"][0]["to"]["key"] == "xa-26248-2025"
    assert told["became"][0]["clause"] == "11"
    assert told["today"]["units"][0]["name"] == "Phường Trảng Bom"


def test_nothing_found_is_said_with_what_to_try(ask):
    code, text = ask("phường không có ở đâu cả")
    assert code == 1
    assert "Hãy thử" in text


def test_a_day_in_another_form_is_explained(ask, capsys):
    with pytest.raises(SystemExit):
        ask("26740", "--on", "mai")
    assert "ngày/tháng/năm" in capsys.readouterr().err

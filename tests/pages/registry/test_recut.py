"""Old figures to new units and back, on a page: the totals always agree."""

import html
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db
DOOR = "/dia-gioi/quy-doi-so-lieu/"
DAYS = {"tu": "2025-06-30", "den": "2025-07-01"}


def page(text: str, **more: str) -> str:
    answer = Client().post(DOOR, {"bang": text, **DAYS, **more})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_what_goes_whole_is_carried_over_and_what_is_divided_waits_for_shares(
    country, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(8):
        told = page("09547;Vạn Phúc;1.200\n09541;Mộ Lao;800")
    assert "2.000" in told
    assert "1.200" in told
    assert "chưa chia được cho" in told
    assert "còn thiếu phần chưa chia được" in told


def codes(country) -> tuple[str, str]:
    return (
        country.new_ha_dong.versions.get().code,
        country.dai_mo.versions.get().code,
    )


def test_with_shares_everything_adds_up(country) -> None:
    one, two = codes(country)
    table = f"mã;số liệu;mã nhận;tỷ lệ\n09547;1200;;\n09541;800;{one};75%\n09541;;{two};25%"
    told = page(table)
    assert "theo tỷ lệ" in told
    assert "1.800" in told
    assert ">200<" in told
    assert "chưa chia được cho" not in told


def test_the_file_that_comes_back_can_be_sent_in_again_for_the_way_home(country) -> None:
    answer = Client().post(DOOR, {"bang": "09547;Vạn Phúc;1200", **DAYS, "ra": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = [[c.value for c in row] for row in book.worksheets[0].iter_rows()]
    assert rows[0][:3] == ["Mã", "Đơn vị", "Số liệu"]
    assert rows[1][2] == 1_200
    sent = SimpleUploadedFile("lai.xlsx", answer.content)
    back = Client().post(DOOR, {"tep": sent, "tu": "2025-07-01", "den": "2025-06-30"})
    assert "chưa chia được cho" in back.content.decode()  # a new ward is made of several old ones


def test_what_is_wrong_is_named_by_row_and_the_rest_is_done(country) -> None:
    told = page("mã;số liệu\n99999;5\n09547;x\n09547;7")
    assert "Dòng 2: không có đơn vị “99999”" in told
    assert "Dòng 3:" in told
    assert ">7<" in told


@pytest.mark.parametrize("text", ["", "=1+1;2", "a\tb\tc", "x" * 250_000])
def test_odd_tables_are_answered(country, text) -> None:
    assert Client().post(DOOR, {"bang": text, **DAYS}).status_code in (200, 422)


def test_csv_has_the_methods_too(country) -> None:
    answer = Client().post(DOOR, {"bang": "09547;Vạn Phúc;1200", **DAYS, "ra": "csv"})
    assert "nguyên vẹn" in answer.content.decode("utf-8-sig")


def test_a_cell_that_never_ends_is_refused_and_what_was_pasted_stays() -> None:
    text = '"' + "a," * 90_000
    answer = Client().post(DOOR, {"bang": text, **DAYS})
    assert answer.status_code == 422
    assert text[:200] in html.unescape(answer.content.decode())

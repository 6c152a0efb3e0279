"""The pages of an import: pick, look, repair in place, write, take back; and the stranger."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.imports.shelf import SHORT, things
from tests.corpus.workbooks import SheetOf, book, table

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import perform

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.imports.site")]
GOOD = ["HS-001", "Sổ đăng ký khai sinh", 1, 1500000, "30/06/2025", ""]
BAD = ["HS-002", "Hồ sơ chứng thực", "nhiều", "", "31/06/2025", ""]


@pytest.fixture
def lan() -> Client:
    return _signed_in("lan", "Trần Thị Lan")


def _signed_in(name: str, full: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_user(name, "mot-mat-khau-dai", full_name=full))
    return client


def _key(page: str) -> str:
    return re.findall(r'name="key" value="([^"]+)"', page)[-1]


def _sent(client: Client, content: bytes, name: str = "bang-ke.xlsx", **more: str):
    page = client.get("/gia/1/nhap/").content.decode()
    file = SimpleUploadedFile(name, content)
    return client.post("/gia/1/nhap/", {"key": _key(page), "tep": file, **more})


def _batch() -> ImportBatch:
    return ImportBatch.objects.latest("id")


def _posted(client: Client, what: str, **values: str):
    return client.post(f"/nhap-lieu/{_batch().pk}/{what}/", {"key": f"khoa-{what}-1234", **values})


def test_a_file_is_picked_looked_at_and_written(lan) -> None:
    answer = _sent(lan, table(SHORT, GOOD))
    assert answer.status_code == 302
    page = lan.get(answer["Location"]).content.decode()
    assert "1 mới" in page
    assert "Sổ đăng ký khai sinh" in page
    assert things() == {}
    answer = _posted(lan, "ghi", digest=_batch().digest)
    assert answer.status_code == 302
    assert set(things()) == {"HS-001"}
    page = lan.get(answer["Location"]).content.decode()
    assert "Hoàn tác cả lần nhập" in page


def test_the_message_stands_at_the_cell_and_the_cell_is_repaired_in_place(lan) -> None:
    answer = _sent(lan, table(SHORT, GOOD, BAD))
    page = lan.get(answer["Location"]).content.decode()
    assert "không có ngày 31/6/2025" in page
    assert 'aria-label="Hạn, dòng 3"' in page
    assert "disabled" in page or "để lại" in page
    plain = _posted(lan, "sua", row="3", **{"o-due": "30/06/2025", "o-quantity": "2"})
    assert plain.status_code == 302
    assert _batch().counts["error"] == 0


def test_htmx_gets_the_repaired_row_and_the_head_of_the_page(lan) -> None:
    _sent(lan, table(SHORT, GOOD, BAD))
    answer = lan.post(
        f"/nhap-lieu/{_batch().pk}/sua/",
        {"key": "khoa-sua-5678", "row": "3", "o-due": "30/06/2025", "o-quantity": "2"},
        headers={"HX-Request": "true"},
    )
    part = answer.content.decode()
    assert "<html" not in part
    assert 'id="r3"' in part
    assert 'id="import-head" hx-swap-oob="true"' in part
    assert _batch().digest in part


def test_rows_with_errors_are_downloaded_with_the_reason(lan) -> None:
    _sent(lan, table(SHORT, GOOD, BAD))
    answer = lan.get(f"/nhap-lieu/{_batch().pk}/dong-loi.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    titles = [cell.value for cell in sheet[1]]
    row = dict(zip(titles, [cell.value for cell in sheet[2]], strict=True))
    assert row["Hạn"] == "31/06/2025"
    assert row["Số lượng"] == "nhiều"
    assert "không có ngày 31/6/2025" in row["Lỗi"]


def test_a_file_with_two_sheets_asks_which(lan) -> None:
    two = book(SheetOf([SHORT, GOOD], name="Một"), SheetOf([SHORT, BAD], name="Hai"))
    answer = _sent(lan, two)
    page = lan.get(answer["Location"]).content.decode()
    assert "Chọn trang cần nhập" in page
    _posted(lan, "tra-loi", trang_tinh="Hai", version=str(_batch().version))
    assert (_batch().state, _batch().sheet) == ("staged", "Hai")


def test_columns_nobody_knows_are_mapped_on_a_page(lan) -> None:
    answer = _sent(lan, table(["Ký mã", "Tên hồ sơ"], ["HS-001", "Sổ"]))
    page = lan.get(answer["Location"]).content.decode()
    assert 'name="cot-0"' in page
    version = str(_batch().version)
    _posted(lan, "tra-loi", version=version, **{"cot-0": "code", "cot-1": "title"})
    assert _batch().counts["new"] == 1


def test_a_file_that_is_no_table_is_refused_with_its_real_type(lan) -> None:
    answer = _sent(lan, b"%PDF-1.4 ...", name="bang-ke.xlsx")
    assert answer.status_code == 422
    assert "thật ra là PDF" in answer.content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_wrongly_named_csv_is_offered_the_csv_way(lan) -> None:
    content = "Mã hồ sơ;Tên hồ sơ\nHS-001;Sổ\n".encode()
    answer = _sent(lan, content)
    assert "Đọc như CSV" in answer.content.decode()
    answer = _sent(lan, content, nhu_csv="1")
    assert answer.status_code == 302
    assert _batch().counts["new"] == 1


def test_a_difference_to_the_signed_paper_stops_the_import_until_it_is_explained(lan) -> None:
    _sent(lan, table(SHORT, GOOD))
    _posted(lan, "tong", **{"tong-value": "2.000.000"})
    page = lan.get(f"/nhap-lieu/{_batch().pk}/").content.decode()
    assert "chênh 500.000" in page
    refused = _posted(lan, "ghi", digest=_batch().digest)
    assert refused.status_code == 422
    assert things() == {}
    lan.post(
        f"/nhap-lieu/{_batch().pk}/tong/",
        {"key": "khoa-tong-9999", "tong-value": "2.000.000", "giai_trinh": "Giấy cộng sai"},
    )
    lan.post(f"/nhap-lieu/{_batch().pk}/ghi/", {"key": "khoa-ghi-9999", "digest": _batch().digest})
    assert set(things()) == {"HS-001"}


def test_an_import_is_taken_back_with_a_reason_and_stays_in_the_history(lan) -> None:
    _sent(lan, table(SHORT, GOOD))
    _posted(lan, "ghi", digest=_batch().digest)
    assert _posted(lan, "hoan-tac", reason="").status_code == 422
    lan.post(f"/nhap-lieu/{_batch().pk}/hoan-tac/", {"key": "khoa-ht-9999", "reason": "Nhầm tệp"})
    assert things() == {}
    page = lan.get("/gia/1/nhap/").content.decode()
    assert "đã hoàn tác" in page
    assert "Nhầm tệp" in page


def test_filters_and_pages_of_rows_hold_to_their_range(lan) -> None:
    rows = [[f"HS-{n:03d}", f"Sổ {n}", 1, "", "", ""] for n in range(250)]
    _sent(lan, table(SHORT, *rows))
    url = f"/nhap-lieu/{_batch().pk}/"
    assert "Sổ 249" in lan.get(f"{url}?loc=moi&trang=3").content.decode()
    for query in ("?trang=-1", "?trang=10000000000", "?loc=x'y", "?trang=abc", "?loc=loi"):
        assert lan.get(url + query).status_code == 200


def test_a_large_file_is_read_beside_the_pages_and_its_progress_is_shown(lan, monkeypatch) -> None:
    monkeypatch.setattr("thongsuot.foundation.imports.views.AT_ONCE", 0)
    answer = _sent(lan, table(SHORT, GOOD))
    assert answer["Location"].startswith("/cong-viec/")
    url = f"/nhap-lieu/{_batch().pk}/"
    assert lan.get(url)["Location"] == answer["Location"]
    job = Job.objects.get(pk=_batch().job)
    assert perform(job)["url"] == url
    assert "1 mới" in lan.get(url).content.decode()


def test_a_file_whose_reading_was_interrupted_can_be_read_again(lan) -> None:
    _sent(lan, table(SHORT, GOOD))
    ImportBatch.objects.update(state="reading", job=None)
    url = f"/nhap-lieu/{_batch().pk}/"
    assert "Đọc lại tệp" in lan.get(url).content.decode()
    assert _batch().state == "reading"
    _posted(lan, "tra-loi")
    assert _batch().state == "staged"


def test_a_stranger_finds_nothing(lan) -> None:
    _sent(lan, table(SHORT, GOOD))
    stranger = _signed_in("tu", "Bác Tư")
    number = _batch().pk
    for url in (f"/nhap-lieu/{number}/", f"/nhap-lieu/{number}/dong-loi.xlsx", "/gia/1/nhap/"):
        assert stranger.get(url).status_code == 404
    assert stranger.get("/nhap-lieu/999999/").status_code == 404
    for what in ("ghi", "bo", "sua", "hoan-tac", "tra-loi", "tong"):
        answer = stranger.post(f"/nhap-lieu/{number}/{what}/", {"key": f"la-{what}-12345"})
        assert answer.status_code == 404
    assert Client().get(f"/nhap-lieu/{number}/").status_code == 302


def test_every_page_is_free_of_inline_style_and_script(lan) -> None:
    _sent(lan, table(SHORT, GOOD, BAD))
    for url in ("/gia/1/nhap/", f"/nhap-lieu/{_batch().pk}/", f"/nhap-lieu/{_batch().pk}/?cot=1"):
        page = lan.get(url).content.decode()
        assert "style=" not in page
        assert not re.search(r"<script(?![^>]*src=)", page)

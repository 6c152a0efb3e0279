"""Addresses and hours of many offices out of a spreadsheet: seen before, told at once, taken back."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from thongsuot.apps.disclosure.models import Contact
from thongsuot.foundation.imports.models import ImportBatch

pytestmark = pytest.mark.django_db
DOOR = "/ho-so-o-dau/lien-he/nhap/"
HEADER = ("Cơ quan", "Địa chỉ", "Điện thoại", "Giờ làm việc", "Kiểm ngày", "Từ ngày")


def workbook(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("dia-chi.xlsx", out.getvalue())


def brought(client, *rows) -> ImportBatch:
    answer = client.post(DOOR, {"key": uuid4().hex, "tep": workbook(*rows)})
    assert answer.status_code == 302, answer.content.decode()[:2_000]
    return ImportBatch.objects.latest("pk")


def send(client, batch: ImportBatch, what: str) -> None:
    batch.refresh_from_db()
    values = {"key": uuid4().hex, "digest": batch.digest, "reason": "thử"}
    answer = client.post(f"/nhap-lieu/{batch.pk}/{what}/", values)
    assert answer.status_code == 302, answer.content.decode()[:2_000]


WARD = (
    "ubnd phuong ha dong",
    "Số 1 phố A",
    "024 0000 1101",
    "7:30-11:30",
    "24/06/2025",
    "24/06/2025",
)
OTHER = ("UBND Phường Đại Mỗ", "Số 2 phố B", "024 0000 1102", "", "", "")


def test_each_office_is_told_once_and_the_whole_batch_is_taken_back(stage) -> None:
    khanh = stage.as_("khanh")
    first = brought(khanh, WARD)
    assert Contact.objects.count() == 0
    send(khanh, first, "ghi")
    assert Contact.objects.get().address == "Số 1 phố A"
    second = brought(khanh, (*WARD[:2], "024 0000 1109", *WARD[3:]), OTHER)
    send(khanh, second, "ghi")
    assert Contact.objects.count() == 3
    send(khanh, second, "hoan-tac")
    told = {c.body_id: c for c in Contact.objects.order_by("id")}
    assert told[stage.story.ward].phone == "024 0000 1101"
    assert told[stage.story.other].withdrawn


def test_an_office_that_is_not_there_or_not_theirs_is_named_at_its_cell(stage) -> None:
    khanh = stage.as_("khanh")
    batch = brought(
        khanh, ("UBND phường không có", "Số 1", "", "", "", ""), (*WARD[:2], "abc", *WARD[3:])
    )
    page = khanh.get(f"/nhap-lieu/{batch.pk}/").content.decode()
    assert "Không thấy cơ quan tên" in page
    assert "không giống số điện thoại" in page
    hoa = brought(stage.as_("hoa"), WARD)
    assert (
        "Không thấy cơ quan tên" in stage.as_("hoa").get(f"/nhap-lieu/{hoa.pk}/").content.decode()
    )
    assert stage.as_("minh").get(DOOR).status_code == 403

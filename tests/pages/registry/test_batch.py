"""Many addresses at once: every row gets its answer, nothing runs, nothing is kept."""

import io
import os

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from thongsuot.apps.registry import batch_spool
from thongsuot.apps.registry.batch_views import AT_ONCE, OPEN_ROWS
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import open_file
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending

pytestmark = pytest.mark.django_db
DOOR = "/dia-chi/nhieu/"
LINES = (
    "12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM",
    "Phường Gia Thụy, Long Biên, Hà Nội",
    "=HYPERLINK(1)",
)


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path_factory.getbasetemp() / "addresses"))


def workbook(*rows) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("danh-sach.xlsx", out.getvalue())


def sheet_of(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[c.value for c in row] for row in book.worksheets[0].iter_rows()]


def test_pasted_lines_come_back_as_a_page_with_their_counts() -> None:
    told = Client().post(DOOR, {"dong": "\n".join(LINES)}).content.decode()
    assert "26740" in told
    assert "Phường Bồ Đề" in told
    assert [told.count(f'<span class="tag {t}">') for t in ("even", "wait", "lost")] == [1, 1, 1]


def test_a_workbook_comes_back_whole_with_the_answers_beside_and_no_formula() -> None:
    sent = workbook(
        ("STT", "Họ tên", "Địa chỉ"), (1, "=1+1", LINES[0]), (2, "B", LINES[1]), (3, "C", "")
    )
    answer = Client().post(DOOR, {"tep": sent, "ra": "xlsx"})
    rows = sheet_of(answer.content)
    assert rows[0][:4] == ["STT", "Họ tên", "Địa chỉ", "status"]
    assert rows[1][3:6] == ["one", "79", "26740"]
    assert rows[2][3] == "several"
    assert "|" in rows[2][7]
    assert rows[3][3] == "none"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert not [c for r in book.worksheets[0].iter_rows() for c in r if c.data_type == "f"]


def test_in_csv_what_a_program_might_run_is_made_harmless() -> None:
    told = Client().post(DOOR, {"dong": LINES[2], "ra": "csv"}).content.decode("utf-8-sig")
    assert '"\'=HYPERLINK(1)"' in told


def test_without_signing_in_only_so_many_rows() -> None:
    answer = Client().post(DOOR, {"dong": "Hà Nội\n" * (OPEN_ROWS + 1)})
    assert answer.status_code == 422
    assert "Hãy đăng nhập để gửi tệp lớn" in answer.content.decode()
    assert Client().post(DOOR, {}).status_code == 422


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04xx", b"<html><script>"])
def test_a_file_that_is_none_is_refused_with_a_reason(content) -> None:
    sent = SimpleUploadedFile("a.xlsx", content)
    answer = Client().post(DOOR, {"tep": sent})
    assert answer.status_code == 422
    assert "problems" in answer.content.decode()


def test_a_large_file_is_answered_beside_the_pages_and_then_forgotten(settings) -> None:
    client, user = Client(), User.objects.create_user("lan", full_name="Lan")
    client.force_login(user)
    count = AT_ONCE // 250
    text = "Địa chỉ,Ghi chú\n" + f'"12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM",{"x" * 260}\n' * count
    answer = client.post(DOOR, {"tep": SimpleUploadedFile("to.csv", text.encode())})
    job = Job.objects.get()
    assert answer.url == reverse("jobs:one", args=[job.pk])
    assert len(list(batch_spool.folder().iterdir())) == 1
    assert run_pending() == 1
    assert list(batch_spool.folder().iterdir()) == []
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", count)
    with open_file(StoredFile.objects.get(pk=job.result["file"])) as made:
        rows = sheet_of(made.read())
    assert len(rows) == count + 1
    assert {row[4] for row in rows[1:]} == {"26740"}


def test_what_waited_for_a_day_is_taken_away(settings) -> None:
    name = batch_spool.keep(SimpleUploadedFile("a.csv", b"x"))
    os.utime(batch_spool.path_of(name), (1, 1))
    assert batch_spool.sweep() == 1
    assert batch_spool.path_of("../../etc/passwd").parent == batch_spool.folder()

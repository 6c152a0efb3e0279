"""Every list can be taken away: CSV, XLSX, a page to print, a job when it is long."""

import csv
import io
import re

import openpyxl
from django.core import signing
from django.test import Client
from tests.pages.tables.conftest import NOON, get, names, rows, status
from tests.pages.tables.site import JOBS

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.tables import listing as listings
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.exports import Extract, write_workbook
from thongsuot.foundation.tables.guarded import unguarded

# Taking away


DANGEROUS = [
    '=HYPERLINK("x")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "'=đã có dấu",
    "-",
    "bình thường",
]


def test_csv_holds_exactly_the_rows_and_columns_shown(client: Client, lan: User) -> None:
    rows(lan, 30)
    response = client.get("/thu/?tinh-trang=done&xep=title&cot=done,started&xuat=csv")
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0] == ["Tên", "Số lượng", "Bắt đầu"]
    assert lines[1] == ["muc 00001", "0", "24/06/2025"]
    assert len(lines) == 11
    assert "attachment" in response.headers["Content-Disposition"]
    bare = client.get("/thu/?xuat=csv&bom=0")
    assert not b"".join(bare.streaming_content).startswith(b"\xef\xbb\xbf")


def test_no_cell_of_a_file_is_a_formula_and_csv_can_be_read_back(client: Client, lan: User) -> None:

    for title in DANGEROUS:
        rows(lan, 1, title=title)
    text = b"".join(client.get("/thu/?xuat=csv&xep=title").streaming_content).decode()
    found = [line[0] for line in csv.reader(io.StringIO(text.removeprefix("\ufeff")))][1:]
    assert not [cell for cell in found if cell[0] in "=+-@\t＝"]
    assert sorted(unguarded(cell) for cell in found) == sorted(DANGEROUS)
    book = openpyxl.load_workbook(io.BytesIO(_body(client.get("/thu/?xuat=xlsx"))))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sorted(cell.value for cell in cells) == sorted(DANGEROUS)


def _body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_xlsx_holds_numbers_days_and_a_note_of_where_it_comes_from(
    client: Client, lan: User
) -> None:
    rows(lan, 30)
    response = client.get("/thu/?loai=case&xep=title&cot=done,started,ended,size&xuat=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(_body(response)))
    sheet, notes = book.worksheets
    head, _first, second, *_rest = sheet.iter_rows(values_only=True)
    assert head == ("Tên", "Số lượng", "Bắt đầu", "Kết thúc", "Khối lượng")
    assert second[0] == "muc 00002"
    assert second[1] == 0
    assert second[2].strftime("%d/%m/%Y %H:%M") == "25/06/2025 00:00"
    assert sheet.max_row == 16
    said = " ".join(str(cell.value) for (cell,) in notes.iter_rows())
    assert "15 dòng" in said
    assert "Loại: Hồ sơ" in said
    assert not book.properties.creator


def test_an_empty_list_is_a_file_with_its_headings(client: Client, lan: User) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_body(client.get("/thu/?xuat=xlsx"))))
    assert book.worksheets[0].cell(1, 1).value == "Tên"


def test_a_list_longer_than_a_sheet_goes_on_the_next_one_and_says_so(lan: User) -> None:

    made = rows(lan, 25)
    target = io.BytesIO()
    steps: list[int] = []
    extract = Extract("Danh mục [1]: a/b?", JOBS.columns[:1], made, [], NOON, "Trần Thị Lan")
    assert write_workbook(target, extract, steps.append, most=11) == 25
    book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
    assert book.sheetnames == [
        "Danh mục 1 a b",
        "Danh mục 1 a b (2)",
        "Danh mục 1 a b (3)",
        "Ghi chú",
    ]
    assert [sheet.max_row for sheet in book.worksheets[:3]] == [11, 11, 6]
    assert [sheet.cell(1, 1).value for sheet in book.worksheets[:3]] == ["Tên"] * 3
    assert "3 trang tính" in " ".join(str(c.value) for (c,) in book.worksheets[3].iter_rows())


def test_a_text_too_long_for_a_cell_is_cut_and_counted(lan: User) -> None:

    target = io.BytesIO()
    columns = (
        Column("text", "Chữ", value=lambda row: row),
        Column("big", "Số", value=lambda row: 10**17),
    )
    write_workbook(target, Extract("x", columns, ["a" * 40_000], [], NOON, ""))
    book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
    sheet = book.worksheets[0]
    assert len(sheet.cell(2, 1).value) == 32_767
    assert sheet.cell(2, 2).value == "1" + "0" * 17
    assert "1 ô dài quá 32.767" in " ".join(str(c.value) for (c,) in book.worksheets[1].iter_rows())


def test_a_page_to_print_has_every_row_and_no_tools(client: Client, lan: User) -> None:
    rows(lan, 60)
    page = get(client, "?xuat=in&loai=task")
    assert len(names(page)) == 30
    assert "Loại: Nhiệm vụ" in page
    assert '<details class="menu">' not in page.split("<main")[1]
    assert 'name="chon"' not in page


def test_a_long_list_becomes_a_job_with_the_same_rows_and_a_bell(
    client: Client, lan: User, minh: User, monkeypatch
) -> None:
    rows(lan, 30)
    rows(minh, 10)
    monkeypatch.setattr(listings, "DIRECT", 5)
    page = get(client, "?loai=case&xep=title&cot=done")
    ticket = re.search(r'name="ticket" value="([^"]*)"', page)
    assert ticket is not None
    assert status(client, "?xuat=xlsx") == 422
    answer = client.post("/danh-sach/xuat/", {"ticket": ticket.group(1)})
    assert answer.status_code == 302
    job = Job.objects.get(kind="tables.export")
    assert answer.headers["Location"] == f"/cong-viec/{job.pk}/"
    _run(job)
    book = openpyxl.load_workbook(io.BytesIO(_body(client.get(f"/cong-viec/{job.pk}/tep/"))))
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    assert lines[0] == ("Tên", "Số lượng")
    assert [line[0] for line in lines[1:]] == [f"muc {n:05d}" for n in range(0, 30, 2)]
    assert Notice.objects.get(user=lan).url == f"/cong-viec/{job.pk}/"


def _run(job: Job) -> None:
    Job.objects.exclude(pk=job.pk).filter(state="queued").update(state="done")
    run_pending()


def test_a_ticket_is_good_for_the_person_it_was_written_for_only(
    client: Client, lan: User, minh: User
) -> None:
    his = Client()
    his.force_login(minh)
    ticket = signing.dumps(
        {"source": "test.jobs", "user": lan.pk, "heading": "x"}, salt="tables.export", compress=True
    )
    for bad in (ticket, ticket[:-3] + "abc", "", "x:y:z"):
        assert his.post("/danh-sach/xuat/", {"ticket": bad}).status_code == 400
    assert not Job.objects.exists()

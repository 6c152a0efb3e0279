"""Every list: sort, filter, page, remember, save, choose, take away; and nothing it was not asked."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages.tables.conftest import NOON, rows
from tests.pages.tables.site import JOBS

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.tables import listing as listings
from thongsuot.foundation.tables import paging
from thongsuot.foundation.tables.columns import Column
from thongsuot.foundation.tables.exports import Extract, write_workbook
from thongsuot.foundation.tables.guarded import unguarded
from thongsuot.foundation.tables.models import Memory, SavedView


def names(page: str) -> list[str]:
    return re.findall(r"<a href=\"/muc/\d+/\">([^<]*)</a>", page)


def get(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/thu/{query}", headers=headers or None)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def status(client: Client, query: str) -> int:
    return client.get(f"/thu/{query}").status_code


# Looking


def test_a_list_shows_its_rows_newest_first_and_counts_them(client: Client, lan: User) -> None:
    rows(lan, 60)
    page = get(client)
    assert names(page)[:2] == ["muc 00059", "muc 00058"]
    assert len(names(page)) == 25
    assert "60 mục" in page
    assert "1–25 trong 60 mục" in page
    assert "Trần Thị Lan" in page


def test_a_page_takes_the_same_few_queries_however_long_it_is(client: Client, lan: User) -> None:
    rows(lan, 200)
    get(client)

    with CaptureQueriesContext(
        connection,
    ) as short:
        get(client, "?so-dong=25")
    with CaptureQueriesContext(connection) as long:
        get(client, "?so-dong=200")
    assert len(short) == len(long) <= 12
    assert sum("jobs_job" in q["sql"] for q in long.captured_queries) == 2


def test_htmx_gets_the_list_alone(client: Client, lan: User) -> None:
    rows(lan, 3)
    part = get(client, "", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<section id="list-test-jobs"')
    assert "<html" not in part


def test_an_empty_list_says_what_to_do_next(client: Client, lan: User) -> None:
    page = get(client)
    assert "Chưa có mục nào" in page
    assert 'href="/nhap/"' in page


def test_an_empty_answer_offers_to_take_the_filter_off(client: Client, lan: User) -> None:
    rows(lan, 3)
    page = get(client, "?q=khong-co")
    assert "Không có dòng nào khớp bộ lọc" in page
    assert "Nhập từ Excel" not in page


def test_the_table_is_named_and_its_headings_say_how_it_is_sorted(
    client: Client, lan: User
) -> None:
    rows(lan, 3)
    page = get(client, "?xep=-done")
    assert "<caption" in page
    assert 'aria-sort="descending"' in page
    assert page.count('scope="row"') == 3
    assert '<th scope="col" class="num" aria-sort' in page


def test_text_from_the_database_is_never_markup(client: Client, lan: User) -> None:
    rows(lan, 1, title="<script>alert(1)</script>{{7*7}}")
    page = get(client, "?q=%3Cscript%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


# Sorting


@pytest.mark.parametrize("key", ["title", "done", "owner", "started", "ended", "kind"])
@pytest.mark.parametrize("down", ["", "-"])
def test_rows_without_a_value_come_last_on_both_engines(
    client: Client, lan: User, key: str, down: str
) -> None:
    rows(lan, 20)
    found = names(get(client, f"?xep={down}{key}&so-dong=100"))
    assert len(found) == 20
    if key == "started":
        empty = {f"muc {n:05d}" for n in range(0, 20, 3)}
        assert set(found[-7:]) == empty
        with_value = found[:-7]
        assert with_value == sorted(
            with_value, key=lambda n: (int(n[4:]) // 2, int(n[4:])), reverse=bool(down)
        )


def test_pressing_a_heading_twice_turns_the_order(client: Client, lan: User) -> None:
    rows(lan, 3)
    assert "?xep=title" in get(client)
    assert "?xep=-title" in get(client, "?xep=title")


# Filtering


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=MUC+00012", 1),
        ("q=  muc   ", 30),
        ("tinh-trang=done", 10),
        ("tinh-trang=done&tinh-trang=failed", 20),
        ("loai=case", 15),
        ("so-luong-tu=5", 10),
        ("so-luong-tu=1&so-luong-den=2", 8),
        ("so-luong-den=-1", 0),
        ("nang=1", 6),
        ("nang=0", 24),
        ("bat-dau-tu=2025-06-24&bat-dau-den=24/06/2025", 1),
        ("bat-dau-den=2025-06-30", 9),
        ("tre=1", 20),
        ("tre=1&nang=1&loai=case", 2),
        ("q=&tinh-trang=&bat-dau-tu=&so-luong-den=&nang=&tre=", 30),
    ],
)
def test_each_filter_narrows_to_what_it_says(
    client: Client, lan: User, query: str, count: int
) -> None:
    rows(lan, 30)
    page = get(client, f"?{query}")
    assert f"{count} mục" in page
    response = client.get(f"/thu/?{query}&xuat=csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == count + 1


def test_every_filter_in_use_is_a_chip_that_takes_only_itself_away(
    client: Client, lan: User
) -> None:
    rows(lan, 30)
    page = get(
        client, "?tinh-trang=done&tinh-trang=queued&so-luong-tu=1.000&xep=title&ngay=2025-07-01"
    )
    chips = dict(re.findall(r'<a class="chip on" href="([^"]*)"[^>]*>([^<]*?) <svg', page))
    assert sorted(text.strip() for text in chips.values()) == [
        "Số lượng từ 1.000", "Tình trạng: xong", "Tình trạng: đang chờ",
    ]  # fmt: skip
    without = next(url for url, text in chips.items() if "xong" in text)
    assert "tinh-trang=queued" in without
    assert "tinh-trang=done" not in without
    assert "so-luong-tu=1000" in without
    assert "ngay=2025-07-01" in without
    assert "xep=title" in without


def test_a_day_range_holds_both_its_days_in_local_time(client: Client, lan: User) -> None:
    midnight = NOON.replace(hour=17) - timedelta(days=1)  # 00:00 of 24/06 in Hà Nội
    for at in (
        midnight - timedelta(seconds=1),
        midnight,
        midnight + timedelta(hours=24, seconds=-1),
    ):
        rows(lan, 1, started_at=at)
    assert "2 mục" in get(client, "?bat-dau-tu=2025-06-24&bat-dau-den=2025-06-24")


# Forged addresses


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("?la=1", 400),
        ("?order=password", 400),
        ("?xep=password", 400),
        ("?xep=owner__password", 400),
        ("?xep=title;--", 400),
        ("?xep=%00title", 400),
        ("?xep=heavy", 400),
        ("?xep=--title", 400),
        ("?cot=password", 400),
        ("?tinh-trang=xyz", 400),
        ("?loai=task&loai=case", 400),
        ("?so-luong-tu=1e309", 400),
        ("?so-luong-tu=99999999999999999999", 400),
        ("?so-luong-tu=٣", 400),
        ("?so-luong-tu=9&so-luong-den=1", 400),
        ("?bat-dau-tu=2025-02-30", 400),
        ("?bat-dau-tu=0001-01-01", 400),
        ("?bat-dau-den=9999-12-31", 400),
        ("?bat-dau-tu=abc", 400),
        ("?nang=2", 400),
        ("?tre=x", 400),
        ("?q=" + "a" * 201, 400),
        ("?q=" + "a" * 5000, 400),
        ("?" + "&".join(f"x{n}=1" for n in range(10_000)), 400),
        ("?so-dong=abc", 400),
        ("?so-dong=-1", 400),
        ("?trang=-1", 404),
        ("?trang=0", 404),
        ("?trang=abc", 404),
        ("?trang=١", 404),
        ("?xem=khong-co", 404),
        ("?xuat=exe", 400),
        ("?sau=abc", 400),
        ("?sau=%00", 400),
        ("?sau=WzEsMl0", 200),
        ("?sau=WyJ4IiwgInkiXQ", 400),
        ("?sau=bnVsbA", 400),
        ("?truoc=cuoi", 200),
        ("?sau=" + "W" * 5000, 400),
        ("?xep=started&sau=WyJraG9uZyIsIDFd", 400),
        ("?xep=done&sau=Wzk5OTk5OTk5OTk5OTk5OTk5OTk5LCAxXQ", 400),
        ("?q=%00", 200),
        ("?q=%25_%27%22%5C", 200),
        ("?q=%f0%9f%98%80", 200),
        ("?q=%c0%ae", 200),
        ("?trang=1000000000", 200),
        ("?so-dong=1000000000", 200),
        ("?ngay=anything", 200),
    ],
)
def test_a_forged_address_is_refused_and_never_breaks(
    client: Client, lan: User, query: str, answer: int
) -> None:
    rows(lan, 3)
    assert status(client, query) == answer


def test_all_that_is_wrong_is_said_at_once(client: Client, lan: User) -> None:
    page = client.get("/thu/?la=1&tinh-trang=xyz&xep=abc").content.decode()
    for word in ("“la”", "“xyz”", "“abc”"):
        assert word in page


# Pages


@pytest.mark.parametrize("order", ["", "title", "-done", "started", "-started", "owner", "-ended"])
@pytest.mark.parametrize("mode", ["numbered", "walked"])
def test_walking_all_pages_meets_every_row_once_forwards_and_back(
    client: Client, lan: User, order: str, mode: str, monkeypatch
) -> None:
    rows(lan, 60)
    if mode == "walked":
        monkeypatch.setattr(paging, "CAP", 10)
    query = f"?so-dong=25&xep={order}" if order else "?so-dong=25"
    whole = [job.title for job in _sorted(lan, order)]
    page, seen, pages = get(client, query), [], [query]
    while True:
        seen.append(names(page))
        onward = re.search(r'rel="next" href="/thu/([^"]*)"', page)
        if onward is None:
            break
        pages.append(onward.group(1).replace("&amp;", "&"))
        page = get(client, pages[-1])
    assert [name for part in seen for name in part] == whole
    assert [len(part) for part in seen] == [25, 25, 10]
    back = re.search(r'rel="prev" href="/thu/([^"]*)"', page)
    assert back is not None
    assert names(get(client, back.group(1).replace("&amp;", "&"))) == seen[1]


def _sorted(owner: User, order: str) -> list[Job]:
    path = {"started": "started_at", "ended": "ended_at", "owner": "owner__full_name"}
    key = order.removeprefix("-")
    found = Job.objects.filter(owner=owner)
    listed = paging.order_of(found, path.get(key, key) or "pk", order[:1] == "-" or not order)
    return list(paging.sorted_rows(found, listed))


def test_a_long_list_says_more_than_and_still_goes_to_its_end(
    client: Client, lan: User, monkeypatch
) -> None:
    rows(lan, 60)
    monkeypatch.setattr(paging, "CAP", 10)
    page = get(client)
    assert "hơn 10 mục" in page
    end = re.search(r'href="/thu/([^"]*truoc=cuoi[^"]*)"', page)
    assert end is not None
    last = get(client, end.group(1).replace("&amp;", "&"))
    assert names(last)[-1] == "muc 00000"
    assert 'rel="next"' not in last
    assert "26–50" in get(
        client, re.search(r'rel="next" href="/thu/([^"]*)"', page).group(1).replace("&amp;", "&")
    )


def test_a_page_past_the_end_shows_the_last_one(client: Client, lan: User) -> None:
    rows(lan, 30)
    assert len(names(get(client, "?trang=9"))) == 5


# Remembering


def test_columns_and_page_size_are_remembered_for_the_person(client: Client, lan: User) -> None:
    rows(lan, 60)
    assert "Kết thúc" not in re.sub(r"<details.*?</details>", "", get(client), flags=re.S)
    sent = {"table": "test.jobs", "cot": ["ended", "done"], "next": "/thu/?tre=1"}
    answer = client.post("/danh-sach/nho/", sent)
    assert answer.headers["Location"] == "/thu/?tre=1"
    head = re.search(r"<thead>.*</thead>", get(client), re.S)
    assert head is not None
    assert "Kết thúc" in head.group()
    assert "Người giữ" not in head.group()
    assert "Tên" in head.group()
    client.post("/danh-sach/nho/", {"table": "test.jobs", "so-dong": "50", "next": "/thu/"})
    assert len(names(get(client))) == 50
    assert Memory.objects.get().columns == ["ended", "done"]
    client.post("/danh-sach/nho/", {"table": "test.jobs", "usual": "1", "next": "/thu/"})
    assert "Người giữ" in get(client)


def test_the_public_carries_its_columns_in_the_address(db, lan: User) -> None:
    sent = {"table": "test.jobs", "cot": ["ended"], "next": "/thu/cong-khai/"}
    stranger = Client()
    assert stranger.post("/danh-sach/nho/", sent).headers["Location"] == "/thu/cong-khai/?cot=ended"
    assert not Memory.objects.exists()
    rows(lan, 2)
    page = stranger.get("/thu/cong-khai/?cot=ended").content.decode()
    assert "Kết thúc" in page
    assert "Bộ lọc đã lưu" not in page


@pytest.mark.parametrize(
    "wish", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""]
)
def test_going_back_never_leaves_the_site(client: Client, lan: User, wish: str) -> None:
    sent = {"table": "test.jobs", "so-dong": "50", "next": wish}
    assert client.post("/danh-sach/nho/", sent).headers["Location"] == "/"


def test_looking_changes_nothing(client: Client, lan: User) -> None:
    rows(lan, 3)
    get(client, "?so-dong=100&cot=ended")
    assert not Memory.objects.exists()
    for place in ("nho", "luu", "xoa", "xuat"):
        assert client.get(f"/danh-sach/{place}/").status_code == 405


# Saved filters


def save(client: Client, name: str, query: str, **more: str) -> str:
    sent = {"table": "test.jobs", "scope": "test", "name": name, "query": query, "next": "/thu/"}
    return client.post("/danh-sach/luu/", {**sent, **more}).headers["Location"]


def test_a_saved_filter_has_a_link_that_stays(client: Client, lan: User) -> None:
    rows(lan, 60)
    link = save(client, "Chờ lâu", "tinh-trang=queued&xep=title&cot=title,done")
    page = get(client, link.removeprefix("/thu/"))
    assert "20 mục" in page
    assert names(page)[0] == "muc 00000"
    again = save(client, "Chờ lâu", "tinh-trang=done")
    assert again == link
    assert SavedView.objects.count() == 1
    view = SavedView.objects.get()
    assert "Tình trạng: xong" in get(client, f"?xem={view.slug}&trang=1")
    narrower = get(client, f"?xem={view.slug}&loai=case&so-dong=25")
    assert "10 mục" in narrower


def test_a_private_filter_is_not_there_for_others_and_a_shared_one_is(
    client: Client, lan: User, minh: User
) -> None:
    rows(lan, 6)
    rows(minh, 9)
    his = Client()
    his.force_login(minh)
    private = save(client, "Riêng", "tinh-trang=done")
    shared = save(client, "Chung", "tinh-trang=done", shared="1")
    assert his.get(private).status_code == 404
    page = his.get(shared).content.decode()
    assert "3 mục" in page
    assert "Riêng" not in page
    slug = shared.split("xem=")[1]
    assert his.post("/danh-sach/xoa/", {"xem": slug, "next": "/thu/"}).status_code == 404
    assert client.post("/danh-sach/xoa/", {"xem": slug, "next": "/thu/"}).status_code == 302
    assert his.get(shared).status_code == 404


def test_a_filter_saved_before_the_list_changed_still_opens_and_says_so(
    client: Client, lan: User
) -> None:
    rows(lan, 6)
    link = save(client, "Cũ", "tinh-trang=da-bo&cot-cu=1&xep=khong-con&loai=case")
    page = get(client, link.removeprefix("/thu/"))
    assert "3 mục" in page
    assert "được lưu khi danh sách còn dạng cũ" in page


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_saved_filter_needs_a_name_one_can_read(client: Client, lan: User, name: str) -> None:
    sent = {"table": "test.jobs", "scope": "test", "name": name, "query": "", "next": "/thu/"}
    assert client.post("/danh-sach/luu/", sent).status_code == 422


# Choosing rows


def test_ticked_rows_are_chosen_but_never_those_of_others(
    client: Client, lan: User, minh: User
) -> None:
    mine, his = rows(lan, 5), rows(minh, 5)
    pks = [str(job.pk) for job in Job.objects.filter(owner=lan).order_by("pk")[:2]]
    theirs = [str(job.pk) for job in Job.objects.filter(owner=minh)]
    assert len(mine) == len(his)
    answer = client.post("/thu/chon/", {"chon": [*pks, *theirs]}).content.decode()
    assert answer.startswith("2\nFalse")


def test_ticked_rows_are_not_measured_by_the_count_of_the_whole_list(
    client: Client, lan: User
) -> None:
    rows(lan, 5)
    pk = Job.objects.filter(owner=lan).order_by("pk")[:1].get().pk
    sent = {"chon": str(pk), "loc": "", "thay": "5"}  # what the form of the list sends
    count, everything, _says, *hidden = client.post("/thu/chon/", sent).content.decode().split("\n")
    assert (count, everything) == ("1", "False")
    again = dict(line.split("=", 1) for line in hidden)
    assert client.post("/thu/chon/", again).status_code == 200
    Job.objects.filter(pk=pk).delete()
    assert client.post("/thu/chon/", again).status_code == 422


def test_all_that_fit_are_chosen_by_the_filter_and_confirmed_by_what_was_seen(
    client: Client, lan: User
) -> None:
    rows(lan, 60)
    sent = {"tat-ca": "1", "loc": "tinh-trang=done", "thay": "20"}
    count, everything, says, *hidden = client.post("/thu/chon/", sent).content.decode().split("\n")
    assert (count, everything, says) == ("20", "True", "Tình trạng: xong")
    again = dict(line.split("=", 1) for line in hidden)
    assert client.post("/thu/chon/", again).status_code == 200
    Job.objects.filter(state="done").order_by("pk")[:1].get().delete()
    rows(lan, 2)  # one more that fits: the same count, other rows
    assert client.post("/thu/chon/", again).status_code == 409
    assert client.post("/thu/chon/", {**sent, "thay": "19"}).status_code == 409


def test_a_choice_changed_meanwhile_says_how_many_then_and_now(client: Client, lan: User) -> None:
    rows(lan, 6)
    answer = client.post("/thu/chon/", {"tat-ca": "1", "loc": "", "thay": "5"})
    assert answer.status_code == 409
    assert "lúc chọn có 5 dòng, nay có 6 dòng" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({}, 422),
        ({"chon": "999999"}, 422),
        ({"chon": "abc"}, 400),
        ({"chon": "-1"}, 400),
        ({"chon": "9" * 30}, 400),
        ({"chon": [str(n) for n in range(1001)]}, 400),
        ({"tat-ca": "1", "loc": "la=1"}, 400),
        ({"tat-ca": "1", "loc": "q=" + "a" * 5000}, 400),
        ({"tat-ca": "1", "loc": "tinh-trang=done", "thay": "x"}, 409),
    ],
)
def test_a_forged_or_empty_choice_is_refused(
    client: Client, lan: User, sent: dict[str, object], answer: int
) -> None:
    rows(lan, 6)
    assert client.post("/thu/chon/", sent).status_code == answer


def test_the_list_offers_its_acts_with_the_filter_and_the_count_seen(
    client: Client, lan: User
) -> None:
    rows(lan, 60)
    page = get(client, "?tinh-trang=done")
    assert 'formaction="/thu/chon/"' in page
    assert 'name="loc" value="tinh-trang=done"' in page
    assert 'name="thay" value="20"' in page
    assert "Tất cả 20 mục khớp bộ lọc" in page


def test_numbers_meant_for_the_server_are_written_plainly(client: Client, lan: User) -> None:
    rows(lan, 1_200)
    page = get(client)
    assert "1.200 mục" in page
    assert 'name="thay" value="1200"' in page


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

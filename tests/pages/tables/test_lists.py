"""Every list: sort, filter, page, remember; and nothing it was not asked."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages.tables.conftest import NOON, get, names, rows, status

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.tables import paging
from thongsuot.foundation.tables.models import Memory

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

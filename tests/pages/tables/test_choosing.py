"""Every list: a filter saved under a name, rows chosen for an act, and never those of others."""

import pytest
from django.test import Client
from tests.pages.tables.conftest import get, names, rows

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.tables.models import SavedView

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

"""The frame around every page, and what a person may choose about it."""

import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import get_language

from thongsuot.foundation.ui import nav
from thongsuot.foundation.ui.language import ChosenLanguage
from thongsuot.rules.kernel.actor import Actor, Hat, Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.ui.places")]
CLERK = Actor(1, "Trần Thị Lan", (), Hat(1, Role.CLERK, "Chuyên viên", 1, "UBND quận Hà Đông"))


def test_a_page_has_one_main_one_heading_a_language_and_a_way_past_the_header(client) -> None:
    said = client.get("/phim-tat/").content.decode()
    assert said.count("<main") == 1
    assert said.count("<h1") == 1
    assert '<html lang="vi"' in said
    assert '<a class="skip" href="#main"' in said
    assert said.index('class="skip"') < said.index("<header")


def test_the_day_is_quiet_when_it_is_today_and_loud_when_it_is_not(client) -> None:
    assert 'class="asof past"' not in client.get("/phim-tat/").content.decode()
    said = client.get("/xem-lai/").content.decode()
    assert 'class="asof past"' in said
    assert "30/06/2025" in said


@pytest.mark.parametrize("look", ["auto", "light", "dark", "contrast"])
def test_a_chosen_look_is_kept_without_any_script(client, look) -> None:
    answer = client.post("/hien-thi/", {"look": look, "next": "/phim-tat/"})
    assert answer.headers["Location"] == "/phim-tat/"
    assert f'data-bs-theme="{look}"' in client.get("/phim-tat/").content.decode()


def test_an_unknown_look_changes_nothing(client) -> None:
    client.post("/hien-thi/", {"look": "<b>"})
    assert 'data-bs-theme="auto"' in client.get("/phim-tat/").content.decode()
    client.cookies["ts-look"] = '"><script>'
    assert 'data-bs-theme="auto"' in client.get("/phim-tat/").content.decode()


@pytest.mark.parametrize("next_", ["https://example.org/", "//example.org/", "javascript:x", ""])
def test_choosing_never_leads_to_another_server(client, next_) -> None:
    assert client.post("/hien-thi/", {"look": "dark", "next": next_}).headers["Location"] == "/"
    assert client.post("/ngon-ngu/", {"language": "en", "next": next_}).headers["Location"] == "/"


def test_the_language_is_chosen_and_only_from_those_there_are(client) -> None:
    client.post("/ngon-ngu/", {"language": "en"})
    assert '<html lang="en"' in client.get("/phim-tat/").content.decode()
    client.post("/ngon-ngu/", {"language": "xx"})
    assert '<html lang="en"' in client.get("/phim-tat/").content.decode()


@pytest.mark.parametrize(("kept", "shown"), [("", "vi"), ("en", "en"), ("vi", "vi"), ("xx", "vi")])
def test_a_machine_set_up_in_english_shows_vietnamese_until_the_person_chooses(kept, shown) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": "en-US,en"})
    request.COOKIES["django_language"] = kept
    answer = ChosenLanguage(lambda _request: HttpResponse(get_language()))(request)
    assert answer.content.decode() == shown
    assert answer.headers["Content-Language"] == shown


def test_choosing_is_an_act_and_not_a_link(client) -> None:
    for path in ("/hien-thi/", "/ngon-ngu/", "/vi-tri/"):
        assert client.get(path).status_code == 405


def test_nobody_takes_a_post_that_is_not_held(client) -> None:
    answer = client.post("/vi-tri/", {"post": "1"})
    assert answer.status_code == 403
    assert "không giữ vị trí này" in answer.content.decode()


@pytest.fixture
def rail(monkeypatch) -> None:
    monkeypatch.setattr(nav, "_ENTRIES", {})
    nav.register(
        nav.Entry("Phím tắt", "ui:keys", 20, public=True),
        nav.Entry("Giao diện", "ui:style", 10, roles=frozenset({Role.CLERK}), count=lambda a: 12),
        nav.Entry("Hệ thống", "ui:look", 30, roles=frozenset({Role.OPERATOR})),
        nav.Entry("Không có", "ui:not-there", 5, public=True),
    )


@pytest.mark.usefixtures("rail")
def test_the_rail_offers_what_the_post_may_open_in_its_order() -> None:
    assert [line.label for line in nav.lines(CLERK, "/")] == ["Giao diện", "Phím tắt"]
    assert [line.label for line in nav.lines(None, "/")] == ["Phím tắt"]
    assert nav.lines(CLERK, "/")[0].count == 12


@pytest.mark.usefixtures("rail")
def test_the_rail_marks_the_nearest_page_and_compares_part_by_part() -> None:
    def current(path: str) -> list[str]:
        return [line.label for line in nav.lines(CLERK, path) if line.current]

    assert current(reverse("ui:style") + "can-doi/") == ["Giao diện"]
    assert current("/giao-dien-khac/") == []
    assert current("/") == []


@pytest.mark.parametrize(
    "path", ["/giao-dien/", "/giao-dien/can-doi/", "/giao-dien/nhap/", "/giao-dien/xac-nhan/"]
)
def test_the_style_page_draws_every_part(client, path) -> None:
    said = client.get(path).content.decode()
    assert "Trần Thị Lan" in said
    assert not re.search(r"<[^>]+ style=", said)
    assert not re.search(r"<script(?![^>]+src=)", said)


def test_the_style_page_is_not_there_in_an_office(client, settings) -> None:
    settings.TESTING = settings.DEBUG = settings.DEMO = False
    assert client.get("/giao-dien/").status_code == 404
    assert client.get("/giao-dien/can-doi/").status_code == 404


def test_a_list_keeps_its_filters_while_turning_pages_and_changing_the_day(client) -> None:
    said = client.get("/ve/?loai=task&trang=2&ngay=2025-06-30").content.decode()
    assert "loai=task&amp;trang=3" in said or "trang=3" in said
    assert 'rel="prev"' in said
    assert "51–100 trong 500" in said
    assert '<input type="hidden" name="loai" value="task">' in said
    assert "?loai=task&amp;trang=2" in said

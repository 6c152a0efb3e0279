"""What is answered when something goes wrong, and what every answer carries."""

import pytest
from django.test import Client

from thongsuot.foundation.ui.errors import STORIES
from thongsuot.foundation.ui.headers import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pages.ui.places")]


@pytest.mark.parametrize("status", [403, 404, 409, 422])
def test_a_refusal_is_a_page_with_every_problem_and_what_to_do_next(client, status) -> None:
    answer = client.get(f"/tu-choi/{status}/")
    said = answer.content.decode()
    assert answer.status_code == status
    assert str(STORIES[status].heading) in said
    assert "Mã này trùng với dòng 1.198." in said
    assert "Đứng yên 9 ngày làm việc." in said
    assert "Làm gì tiếp" in said


def test_the_way_back_leads_to_the_form_and_never_to_another_server(client) -> None:
    here = client.post("/tu-choi/422/", headers={"Referer": "http://testserver/giao-dien/?a=1"})
    assert 'href="http://testserver/giao-dien/?a=1"' in here.content.decode()
    there = client.post("/tu-choi/422/", headers={"Referer": "https://example.org/x"})
    assert "example.org" not in there.content.decode()


def test_htmx_gets_the_problems_alone_and_puts_them_where_the_form_stays(client) -> None:
    answer = client.post("/tu-choi/422/", headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#notices"
    said = answer.content.decode()
    assert 'role="alert"' in said
    assert "<html" not in said


@pytest.mark.parametrize("path", ["/api/v1/tu-choi/409/", "/tu-choi/409/"])
def test_a_program_gets_the_same_problems_as_json(client, path) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    told = answer.json()
    assert told["status"] == 409
    assert told["problems"][0] == {
        "code": "ui.sample-repeated",
        "subject": "TP-2019-0213",
        "message": "Mã này trùng với dòng 1.198. Sửa mã hoặc xóa một trong hai dòng.",
        "facts": {"row": 1198},
        "law": "",
        "blocks": True,
    }


@pytest.mark.parametrize(("path", "status"), [("/mat/", 404), ("/cam/", 403), ("/hong/", 500)])
def test_what_goes_wrong_elsewhere_has_a_page_too(path, status) -> None:
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == status
    assert str(STORIES[status].heading) in answer.content.decode()


def test_a_way_of_sending_that_a_page_does_not_take_is_explained(client) -> None:
    answer = client.post("/phim-tat/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert str(STORIES[405].heading) in answer.content.decode()
    assert client.post("/phim-tat/", headers={"Accept": "application/json"}).json()["status"] == 405


def test_a_broken_page_asks_nothing_of_the_database(django_assert_num_queries) -> None:
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        assert client.get("/hong/").status_code == 500


def test_a_stale_form_says_that_the_text_is_kept() -> None:
    answer = Client(enforce_csrf_checks=True).post("/hien-thi/", {"look": "dark"})
    assert answer.status_code == 403
    assert "chữ đã gõ còn trên máy này" in answer.content.decode()


def test_the_part_and_the_page_are_told_apart_and_never_mixed_by_a_cache(client) -> None:
    page = client.get("/hai-duong/")
    part = client.get("/hai-duong/", headers={"HX-Request": "true"})
    back = client.get(
        "/hai-duong/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "<html" in back.content.decode()
    assert "HX-Request" in page.headers["Vary"]


def test_every_answer_forbids_scripts_and_styles_from_elsewhere_or_inside_the_page(client) -> None:
    for path in ("/phim-tat/", "/mat/", "/tu-choi/422/"):
        answer = client.get(path)
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert "unsafe" not in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_a_page_for_a_signed_in_person_is_not_stored(client) -> None:
    assert "no-store" not in client.get("/phim-tat/").headers.get("Cache-Control", "")
    client.cookies["sessionid"] = "anything"
    assert client.get("/phim-tat/").headers["Cache-Control"] == "no-store"

"""Search finds old and new names, with and without marks, and hides people from strangers."""

import pytest

from thongsuot.apps.registry import actions
from thongsuot.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def found(client, query):
    return [hit["title"] for hit in client.get("/tim-kiem/nhanh/", {"q": query}).json()["results"]]


@pytest.mark.parametrize(
    "query", ["Hà Đông", "ha dong", "HÀ ĐÔNG", "phuong ha dong", "hà  đông", "Ha Dong", "hà-đông"]
)
def test_marks_case_and_dashes_do_not_matter(client, country, query):
    assert "Phường Hà Đông" in found(client, query)


@pytest.mark.parametrize("query", ["van phuc", "Vạn Phúc", "phúc", "09547", "vạn phúc, hà đông"])
def test_old_units_are_found_by_name_part_code_and_place(client, country, query):
    assert "Phường Vạn Phúc" in found(client, query)


def test_a_place_that_does_not_fit_finds_nothing(client, country):
    assert found(client, "vạn phúc, đại mỗ") == []


def test_tone_placement_does_not_matter(client, country):
    country.dai_mo.aliases.create(text="Hoà Lạc", folded="hoa lac")
    assert found(client, "Hòa Lạc") == found(client, "Hoà Lạc") == ["Phường Đại Mỗ"]


def test_an_ended_unit_comes_after_those_in_force_and_says_when_it_ended(client, country):
    hits = client.get("/tim-kiem/nhanh/", {"q": "ha dong"}).json()["results"]
    units = [h for h in hits if h["group"] == "Đơn vị hành chính"]
    assert [h["title"] for h in units][:2] == ["Phường Hà Đông", "Quận Hà Đông"]
    assert units[1]["state"] == "đến hết 30/06/2025"
    assert units[1]["detail"] == "Thành phố Hà Nội, mã 268"


def test_an_empty_query_finds_nothing(client, country):
    assert found(client, "  ") == []


def test_legal_texts_are_found(client, country):
    assert "1656/NQ-UBTVQH15" in found(client, "1656")


def test_people_and_bodies_are_found_by_those_who_are_signed_in_only(
    client, country, bodies, new_act
):
    actions.record_person(new_act(), full_name="Trần Thị Lan")
    assert "Trần Thị Lan" not in found(client, "tran thi lan")
    assert "UBND quận Hà Đông" not in found(client, "ubnd quan ha dong")
    client.force_login(User.objects.create_user("minh", full_name="Anh Minh"))
    assert "Trần Thị Lan" in found(client, "tran thi lan")
    assert "UBND quận Hà Đông" in found(client, "ubnd quan ha dong")


def test_the_page_works_without_script_and_the_part_alone(client, country):
    page = client.get("/tim-kiem/", {"q": "ha dong"}).content.decode()
    part = client.get("/tim-kiem/", {"q": "ha dong"}, headers={"HX-Request": "true"})
    assert "Quận Hà Đông" in page
    assert "<html" in page
    assert part.content.decode().strip().startswith('<section id="hits"')


def test_a_search_that_finds_nothing_says_what_to_try(client, country):
    assert "Không thấy gì khớp" in client.get("/tim-kiem/", {"q": "zzzz"}).content.decode()


def test_the_number_of_questions_does_not_grow_with_the_hits(
    client, country, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        found(client, "phuong")


def test_the_small_window_gets_a_part_with_links(client, country):
    answer = client.get("/tim-kiem/nhanh/", {"q": "van phuc"}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert '<a href="/don-vi/van-phuc-2008/">' in part
    assert "<html" not in part


@pytest.mark.parametrize("query", ["\x00", "%", "_", "\\", "'", "a" * 5000, "‮đ", "<script>"])
def test_odd_queries_are_answered(client, country, query):
    assert client.get("/tim-kiem/", {"q": query}).status_code == 200
    assert client.get("/tim-kiem/nhanh/", {"q": query}).status_code == 200

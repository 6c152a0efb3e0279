"""The page for everybody: an address gets its commune of now, its clause, or its doubt."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path_factory.getbasetemp() / "addresses"))


def page(text: str, **more: str) -> str:
    answer = Client().get(reverse("registry:address"), {"q": text}, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_signing_in_an_address_gets_its_commune_and_clause(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(0):
        told = page("12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM")
    assert "Phường Sài Gòn" in told
    assert "mã 26740" in told
    assert "khoản 1 Điều 1 Nghị quyết số 1685/NQ-UBTVQH15" in told


def test_a_divided_ward_shows_all_it_may_be_and_what_is_needed() -> None:
    told = page("Phường Gia Thụy, Long Biên, Hà Nội")
    assert all(name in told for name in ("Phường Bồ Đề", "Phường Long Biên", "Phường Việt Hưng"))
    assert "Cần biết thôn, tổ dân phố hoặc đường" in told


def test_what_is_not_found_says_what_to_do_and_leaves_nothing_out_of_the_page() -> None:
    assert "Hãy ghi thêm hoặc kiểm tra chính tả" in page("5 Phố Huế, Hà Nội")
    told = page('<script>alert(1)</script>" onload="x')
    assert "<script>alert" not in told
    assert "Chưa nhận ra tên" in told


def test_the_empty_page_gives_examples() -> None:
    assert "Phường Quang Trung, quận Hà Đông" in page("")


@pytest.mark.parametrize("text", ["x" * 5_000, "\u202e\u200b", "%", "a,b,c,d,e", "1/7 Q.1"])
def test_odd_text_is_answered(text: str) -> None:
    page(text)

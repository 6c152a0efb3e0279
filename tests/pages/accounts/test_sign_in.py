"""The door: in with a right password, out again, and never out to another site."""

import pytest

from thongsuot.foundation.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def lan() -> User:
    return User.objects.create_user("lan", PASSWORD, full_name="Trần Thị Lan")


def test_a_right_password_opens_the_page_that_was_asked_for(client, lan) -> None:
    answer = client.post(
        "/dang-nhap/", {"username": " LAN ", "password": PASSWORD, "next": "/mat-khau/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/mat-khau/")
    assert client.get("/mat-khau/").status_code == 200


@pytest.mark.parametrize(
    "wish", ["//evil.example", "https://evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_a_wish_to_go_elsewhere_is_ignored(client, lan, wish) -> None:
    answer = client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD, "next": wish})
    assert answer["Location"] == "/"


def test_a_wrong_password_and_an_unknown_name_read_the_same(client, lan) -> None:
    wrong = client.post("/dang-nhap/", {"username": "lan", "password": "x"})
    unknown = client.post("/dang-nhap/", {"username": "nobody", "password": "x"})
    assert wrong.status_code == unknown.status_code == 422
    assert "chưa đúng" in wrong.content.decode()
    assert "chưa đúng" in unknown.content.decode()


def test_the_eleventh_guess_is_told_to_wait(client, lan) -> None:
    for _ in range(10):
        client.post("/dang-nhap/", {"username": "lan", "password": "x"})
    answer = client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    assert answer.status_code == 422
    assert "15 phút" in answer.content.decode()


def test_the_session_is_a_new_one_after_signing_in(client, lan) -> None:
    client.get("/dang-nhap/")
    client.session["x"] = 1
    before = client.session.session_key
    client.post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    assert client.session.session_key != before


def test_signing_out_needs_a_post(client, lan) -> None:
    client.force_login(lan, backend="thongsuot.foundation.accounts.backends.PasswordBackend")
    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert client.get("/mat-khau/").status_code == 302


def test_the_password_is_asked_again_before_signing(client, lan) -> None:
    client.force_login(lan, backend="thongsuot.foundation.accounts.backends.PasswordBackend")
    wrong = client.post("/xac-nhan/", {"password": "x", "next": "/mat-khau/"})
    assert wrong.status_code == 422
    right = client.post("/xac-nhan/", {"password": PASSWORD, "next": "/mat-khau/"})
    assert right["Location"] == "/mat-khau/"


def test_a_password_made_by_somebody_else_opens_only_the_page_that_changes_it(client) -> None:
    User.objects.create_user("moi", PASSWORD, full_name="Người Mới", must_change_password=True)
    client.post("/dang-nhap/", {"username": "moi", "password": PASSWORD})
    for address in ("/", "/don-vi/", "/thong-bao/"):
        assert client.get(address)["Location"] == "/mat-khau/"
    own = "mat-khau-rieng-cua-toi"
    sent = {"old": PASSWORD, "new": own, "again": own, "key": "k1"}
    assert client.post("/mat-khau/", sent).status_code == 200
    assert client.get("/don-vi/").status_code == 200


def test_a_stolen_session_cannot_guess_the_password_on_the_page_that_changes_it(
    client, lan
) -> None:
    client.force_login(lan, backend="thongsuot.foundation.accounts.backends.PasswordBackend")
    own = "mat-khau-rieng-cua-toi"
    for n in range(10):
        client.post("/mat-khau/", {"old": "x", "new": own, "again": own, "key": f"g{n}"})
    sent = {"old": PASSWORD, "new": own, "again": own, "key": "g10"}
    assert client.post("/mat-khau/", sent).status_code == 422
    lan.refresh_from_db()
    assert lan.check_password(PASSWORD)


def test_two_people_may_send_the_same_key(client, lan) -> None:
    User.objects.create_user("minh", PASSWORD, full_name="Nguyễn Văn Minh")
    own = "mat-khau-rieng-cua-toi"
    for name in ("lan", "minh"):
        client.post("/dang-nhap/", {"username": name, "password": PASSWORD})
        sent = {"old": PASSWORD, "new": own, "again": own, "key": "the-same"}
        assert client.post("/mat-khau/", sent).status_code == 200
        assert User.objects.get(username=name).check_password(own)
        client.post("/dang-xuat/")


def test_behind_a_proxy_a_stranger_who_guesses_locks_out_only_the_own_address(
    client, lan, settings
) -> None:
    settings.BEHIND_PROXY = True
    for n in range(60):
        guess = {"username": f"x{n}", "password": "x"}
        client.post("/dang-nhap/", guess, HTTP_X_FORWARDED_FOR="10.0.0.5, 203.0.113.9")
    right = {"username": "lan", "password": PASSWORD}
    there = client.post("/dang-nhap/", right, HTTP_X_FORWARDED_FOR="10.0.0.5, 203.0.113.9")
    assert there.status_code == 422
    here = client.post("/dang-nhap/", right, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    assert here.status_code == 302

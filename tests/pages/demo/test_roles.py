"""The first page of the demonstration: only there, only with its own people."""

from collections.abc import Iterator

import pytest
from django.test import Client

from thongsuot.apps.demo import story_day
from thongsuot.apps.demo.cast import PASSWORD, SIGNS
from thongsuot.apps.demo.models import StoryDay
from thongsuot.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(settings) -> None:
    settings.DEMO = True


@pytest.fixture(autouse=True)
def day_not_kept() -> Iterator[None]:
    story_day._held.clear()
    yield
    story_day._held.clear()


@pytest.fixture
def lan() -> User:
    return User.objects.create_user("lan", PASSWORD, full_name="Trần Thị Lan")


@pytest.mark.parametrize("path", ["/minh-hoa/", "/minh-hoa/vao/", "/minh-hoa/ngay/"])
def test_in_an_office_there_is_no_such_page(lan: User, path: str) -> None:
    client = Client()
    got = client.get(path) if path == "/minh-hoa/" else client.post(path, {"username": "lan"})
    assert got.status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_first_page_leads_to_the_roles_and_each_role_leads_in(shown, lan: User) -> None:
    client = Client()
    assert client.get("/")["Location"] == "/minh-hoa/"
    page = client.get("/minh-hoa/").content.decode()
    for sign in SIGNS:
        assert f'value="{sign.username}"' in page
    assert "giả định" in page
    assert client.post("/minh-hoa/vao/", {"username": "lan"})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_the_password_that_signing_asks_for_is_told(shown) -> None:
    assert PASSWORD in Client().get("/minh-hoa/").content.decode()


@pytest.mark.parametrize("name", ["admin", "", "lan'--", "LAN", "x" * 5_000])
def test_nobody_outside_the_story_is_signed_in(shown, lan: User, name: str) -> None:
    User.objects.create_user("admin", "một mật khẩu dài")
    client = Client()
    assert client.post("/minh-hoa/vao/", {"username": name}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "wish",
    ["//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil", "/\\evil"],
)
def test_nobody_is_sent_to_another_site(shown, lan: User, wish: str) -> None:
    client = Client()
    got = client.post("/minh-hoa/vao/", {"username": "lan", "next": wish})
    assert got["Location"] == "/"
    got = client.post("/minh-hoa/ngay/", {"day": "2025-06-30", "next": wish})
    assert got["Location"] == "/"


def test_the_story_plays_on_another_of_its_days_and_on_no_other(shown) -> None:
    client = Client()
    assert client.post("/minh-hoa/ngay/", {"day": "2025-06-30"}).status_code == 302
    assert str(StoryDay.objects.get().day) == "2025-06-30"
    for day in ("2026-01-01", "9999-12-31", "", "30/06/2025", "2025-06-31"):
        assert client.post("/minh-hoa/ngay/", {"day": day}).status_code == 404
    assert str(StoryDay.objects.get().day) == "2025-06-30"


def test_taking_a_role_needs_the_token_of_the_form(shown, lan: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/minh-hoa/vao/", {"username": "lan"}).status_code == 403
    assert client.post("/minh-hoa/ngay/", {"day": "2025-06-30"}).status_code == 403


def test_a_role_is_taken_on_a_day_of_its_story_and_a_day_that_fits_stays(shown, lan: User) -> None:
    User.objects.create_user("mai", PASSWORD)
    User.objects.create_user("yen", PASSWORD)
    client = Client()
    for who, day in (("mai", "2025-09-26"), ("yen", "2025-07-16"), ("lan", "2025-06-24")):
        assert client.post("/minh-hoa/vao/", {"username": who}).status_code == 302
        assert str(StoryDay.objects.get().day) == day
    client.post("/minh-hoa/ngay/", {"day": "2025-07-08"})
    for who in ("lan", "yen"):
        client.post("/minh-hoa/vao/", {"username": who})
        assert str(StoryDay.objects.get().day) == "2025-07-08"

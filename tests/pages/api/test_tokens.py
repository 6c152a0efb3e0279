"""The page on which a person makes and revokes access tokens."""

import re
from typing import Any

import pytest
from django.test import Client

from thongsuot.foundation.accounts.models import ApiToken, User
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/ma-truy-cap/"


@pytest.fixture
def lan(office: Any, client: Client) -> Client:
    client.force_login(User.objects.get(username="lan"))
    return client


def _wish(office: Any, **values: Any) -> dict[str, Any]:
    post = office.tokens["lan"].appointment
    wish = {"name": "Phần mềm kế toán", "appointment": post, "days": 90, "scope": "read"}
    return {**wish, "key": "khoa-cua-trang", **values}


def test_a_token_is_made_shown_once_and_opens_the_api(office: Any, lan: Client) -> None:
    made = lan.post(f"{PAGE}tao/", _wish(office))
    assert made.status_code == 201
    secret = re.search(r'<code id="secret">(ts_[^<]+)</code>', made.content.decode()).group(1)
    assert secret not in lan.get(PAGE).content.decode()
    assert secret not in str(list(Entry.objects.values()))
    headers = {"Authorization": f"Bearer {secret}"}
    assert lan.get("/api/v1/transitions", headers=headers).status_code == 200
    token = ApiToken.objects.get(name="Phần mềm kế toán")
    assert token.may_write is False
    assert lan.post(f"{PAGE}{token.pk}/thu-hoi/", {"key": "k-2"}).status_code == 302
    assert lan.get("/api/v1/transitions", headers=headers).status_code == 401


def test_sending_the_form_twice_makes_one_token(office: Any, lan: Client) -> None:
    before = ApiToken.objects.count()
    lan.post(f"{PAGE}tao/", _wish(office))
    again = lan.post(f"{PAGE}tao/", _wish(office))
    assert again.status_code == 302
    assert ApiToken.objects.count() == before + 1


def test_a_token_in_a_post_one_does_not_hold_is_refused(office: Any, lan: Client) -> None:
    foreign = office.tokens["minh"].appointment
    refused = lan.post(f"{PAGE}tao/", _wish(office, appointment=foreign))
    assert refused.status_code == 422
    assert "không giữ chức vụ này" in refused.content.decode()
    for wrong in ({"days": "9999"}, {"days": "x"}, {"name": " "}, {"appointment": "x"}):
        assert lan.post(f"{PAGE}tao/", _wish(office, key=str(wrong), **wrong)).status_code == 422


def test_a_token_of_somebody_else_cannot_be_revoked(office: Any, lan: Client) -> None:
    theirs = office.tokens["minh"]
    assert lan.post(f"{PAGE}{theirs.pk}/thu-hoi/", {"key": "k-3"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
    assert str(theirs.prefix) not in lan.get(PAGE).content.decode()


def test_nobody_gets_to_the_page_without_signing_in(office: Any, client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post(f"{PAGE}tao/", {}).status_code == 302

"""Sign-in through a directory finds an account, and never makes one."""

import pytest

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.accounts.oidc import OidcBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def backend(settings) -> OidcBackend:
    settings.OIDC_OP_TOKEN_ENDPOINT = "http://127.0.0.1/token"
    settings.OIDC_OP_USER_ENDPOINT = "http://127.0.0.1/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = "http://127.0.0.1/jwks"
    settings.OIDC_RP_CLIENT_ID = "thongsuot"
    settings.OIDC_RP_CLIENT_SECRET = "x"
    settings.OIDC_RP_SIGN_ALGO = "RS256"
    return OidcBackend()


def test_a_confirmed_address_finds_the_account(backend) -> None:
    lan = User.objects.create_user("lan", full_name="Trần Thị Lan", email="lan@hadong.example")
    assert list(backend.filter_users_by_claims({"email": "LAN@hadong.example"})) == [lan]


def test_an_unconfirmed_address_finds_nobody(backend) -> None:
    User.objects.create_user("lan", full_name="Trần Thị Lan", email="lan@hadong.example")
    claims = {"email": "lan@hadong.example", "email_verified": False}
    assert not backend.filter_users_by_claims(claims)
    assert not backend.filter_users_by_claims(claims | {"preferred_username": "lan"})
    assert not backend.filter_users_by_claims(claims | {"email_verified": "false"})


def test_a_stranger_gets_no_account(backend) -> None:
    assert backend.create_user({"email": "x@example.org"}) is None
    assert not User.objects.exists()


def test_an_account_that_ended_is_not_found(backend) -> None:
    User.objects.create_user("lan", full_name="Lan", email="lan@hadong.example", is_active=False)
    assert not backend.filter_users_by_claims({"email": "lan@hadong.example"})

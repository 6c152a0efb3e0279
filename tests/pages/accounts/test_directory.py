"""Signing in and confirming through a directory: a real one on loopback, with real tokens."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.accounts.reauth import SESSION_KEY

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Directory:
    """What the directory will say: who, and when it last asked that person for the password."""

    url: str = ""
    nonce: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    email: str = "lan@hadong.example"


@pytest.fixture
def directory(settings) -> Iterator[Directory]:
    told = Directory()

    class Answers(BaseHTTPRequestHandler):
        def _say(self, what: object) -> None:
            body = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:  # the name the server calls
            if self.path == "/jwks":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
                self._say({"keys": [public | {"kid": "1", "alg": "RS256"}]})
            else:
                self._say({"email": told.email, "sub": "1"})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            claims = {"sub": "1", "nonce": told.nonce, **told.claims}
            token = jwt.encode(claims, KEY, "RS256", headers={"kid": "1"})
            self._say({"id_token": token, "access_token": "a"})

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    settings.ROOT_URLCONF = "tests.pages.accounts.directory_site"
    settings.OIDC_ISSUER = told.url
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{told.url}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{told.url}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{told.url}/userinfo"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{told.url}/jwks"
    settings.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_SECRET = "thongsuot"
    settings.OIDC_RP_SIGN_ALGO = "RS256"
    settings.OIDC_USE_PKCE = True
    settings.AUTHENTICATION_BACKENDS = [
        "thongsuot.foundation.accounts.oidc.OidcBackend",
        *settings.AUTHENTICATION_BACKENDS,
    ]
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def lan(db) -> User:
    user = User.objects.create_user("lan", full_name="Trần Thị Lan", email="lan@hadong.example")
    user.set_unusable_password()
    user.save()
    return user


def there_and_back(client: Client, told: Directory, query: str = "", **claims: object):
    """Go to the directory and come back as it sends one back; what was asked, and the answer."""
    sent = client.get(f"/oidc/authenticate/{query}")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(sent["Location"]).query).items()}
    told.nonce, told.claims = asked["nonce"], claims
    answer = client.get("/oidc/callback/", {"code": "c", "state": asked["state"]})
    return asked, answer


def test_the_directory_lets_a_known_person_in_without_counting_as_a_confirmation(
    client: Client, directory: Directory, lan: User
) -> None:
    asked, answer = there_and_back(client, directory, auth_time=int(time()))
    assert answer.status_code == 302
    assert "prompt" not in asked
    assert client.session["_auth_user_id"] == str(lan.pk)
    assert SESSION_KEY not in client.session


def test_a_stranger_to_us_is_told_what_to_do(client: Client, directory: Directory, lan: User):
    directory.email = "la@elsewhere.example"
    _, answer = there_and_back(client, directory)
    assert answer["Location"] == "/dang-nhap/"
    assert "Hãy hỏi người quản trị" in client.get("/dang-nhap/").content.decode()
    assert "_auth_user_id" not in client.session


def test_somebody_without_a_password_here_confirms_at_the_directory(
    client: Client, directory: Directory, lan: User
) -> None:
    there_and_back(client, directory)
    page = client.get("/xac-nhan/?next=/ban-giao/1/").content.decode()
    assert "/oidc/authenticate/?again=1&amp;next=%2Fban-giao%2F1%2F" in page
    assert 'type="password"' not in page
    asked, answer = there_and_back(
        client, directory, "?again=1&next=/ban-giao/1/", auth_time=int(time())
    )
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert answer["Location"] == "/ban-giao/1/"
    assert client.session[SESSION_KEY]


@pytest.mark.parametrize("claims", [{}, {"auth_time": 1_700_000_000}, {"auth_time": "soon"}])
def test_a_directory_that_did_not_ask_again_confirms_nothing(
    client: Client, directory: Directory, lan: User, claims: dict[str, object]
) -> None:
    there_and_back(client, directory)
    _, answer = there_and_back(client, directory, "?again=1&next=/ban-giao/1/", **claims)
    assert answer["Location"] == "/xac-nhan/?next=%2Fban-giao%2F1%2F"
    assert SESSION_KEY not in client.session
    assert "xác nhận lại được" in client.get(answer["Location"]).content.decode()


def test_another_person_at_the_directory_neither_confirms_nor_takes_over(
    client: Client, directory: Directory, lan: User
) -> None:
    User.objects.create_user("minh", full_name="Nguyễn Văn Minh", email="minh@hadong.example")
    there_and_back(client, directory)
    directory.email = "minh@hadong.example"
    there_and_back(client, directory, "?again=1", auth_time=int(time()))
    assert client.session["_auth_user_id"] == str(lan.pk)
    assert SESSION_KEY not in client.session


def test_who_is_not_signed_in_cannot_confirm(
    client: Client, directory: Directory, lan: User
) -> None:
    there_and_back(client, directory, "?again=1", auth_time=int(time()))
    assert client.session["_auth_user_id"] == str(lan.pk)
    assert SESSION_KEY not in client.session

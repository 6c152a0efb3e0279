"""Calls go outside, by https, to the number that was checked."""

import socket
from typing import Any

import pytest

from thongsuot.foundation.hooks.addresses import Address, address_of, resolved
from thongsuot.foundation.refusal import Refused

FINE = Address("https", "nhan.example", 443, "/tin?a=1")


@pytest.mark.parametrize(
    "url",
    [
        "http://nhan.example/",
        "ftp://nhan.example/",
        "https://ai:mat-khau@nhan.example/",
        "https://nhan.example/#phan",
        "https:///khong-co",
        "https://nhan.example:99999/",
        "https://nhan.example/a b",
        "https://nhan.example/\r\nHost: khac",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://nhan.example/" + "a" * 500,
        "https://phường.example/",
        "",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        address_of(url)
    assert refused.value.problems[0].code == "hooks.url"


def test_an_address_is_taken_apart() -> None:
    assert address_of("https://nhan.example/tin?a=1") == FINE


def test_plain_http_is_only_for_this_machine_and_only_where_private_is_allowed(
    settings: Any,
) -> None:
    assert address_of("http://127.0.0.1:8001/").port == 8001
    settings.HOOKS_PRIVATE = False
    with pytest.raises(Refused):
        address_of("http://127.0.0.1:8001/")


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(
    settings: Any, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    settings.HOOKS_PRIVATE = False

    def both(*_: Any, **__: Any) -> list[Any]:
        return [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", (number, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Refused) as refused:
        resolved(FINE)
    assert refused.value.problems[0].code == "hooks.private"


def test_a_name_that_leads_outside_is_pinned_to_its_number(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOOKS_PRIVATE = False
    outside = [(0, 0, 0, "", ("8.8.8.8", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: outside)
    assert resolved(FINE) == "8.8.8.8"

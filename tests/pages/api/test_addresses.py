"""Addresses through the API: one and many, with any token, and nothing is written."""

from typing import Any

import pytest

from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db


def test_one_address_has_its_commune_of_today(office: Any) -> None:
    told = office.lan.get("/addresses?q=P12+Q.B%C3%ACnh+Th%E1%BA%A1nh+tphcm")
    assert (told.status, told.json["status"]) == (200, "one")
    assert [unit["code"] for unit in told.json["units"]] == ["26929"]
    assert told.json["means"][0]["basis"][0][0] == "1685/NQ-UBTVQH15"


def test_what_is_in_doubt_comes_with_every_part_and_what_to_ask(office: Any) -> None:
    told = office.lan.get(
        "/addresses?q=Ph%C6%B0%E1%BB%9Dng+Gia+Th%E1%BB%A5y,Long+Bi%C3%AAn,H%C3%A0+N%E1%BB%99i"
    )
    assert (told.json["status"], told.json["asks"]) == ("several", ["hamlet"])
    parts = told.json["means"][0]["parts"]
    assert {p["code"] for p in parts} == {u["code"] for u in told.json["units"]}
    assert {p["share"] for p in parts} == {"rest", "part", "land"}


def test_many_are_answered_in_their_order_and_leave_no_trace(office: Any) -> None:
    before = Entry.objects.count()
    given = {"addresses": ["", "Phường Sài Gòn, TP.HCM", "=1+1"], "on": "2025-08-01"}
    told = office.lan.post("/addresses", given)
    assert told.status == 200
    assert [row["status"] for row in told.json["rows"]] == ["none", "one", "none"]
    assert Entry.objects.count() == before


def test_too_many_or_without_a_token_is_refused(office: Any) -> None:
    assert office.lan.post("/addresses", {"addresses": ["a"] * 1_001}).status == 400
    assert type(office.lan)().get("/addresses?q=a").status == 401
    assert type(office.lan)().post("/addresses", {"addresses": ["a"]}).status == 401

"""Who gets in, and what is refused before anything is looked at."""

import json
import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from thongsuot.apps.handover.models import Item
from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation.accounts.models import ApiToken, User
from thongsuot.foundation.trail.models import Entry
from thongsuot.project.api import bearer

pytestmark = pytest.mark.django_db


def test_without_a_valid_token_nothing_is_told(office: Any) -> None:
    for path in ("/units", "/transitions", f"{office.at}/items", "/hooks"):
        for who in (office.nobody, office.wrong):
            answer = who.get(path)
            assert (answer.status, answer.codes) == (401, {"api.no-token"})
            assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert office.nobody.post(f"{office.at}/items", {}).status == 401


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_a_token_that_has_ended_opens_nothing(office: Any, change: dict[str, Any]) -> None:
    ApiToken.objects.filter(pk=office.tokens["lan"].pk).update(**change)
    assert office.lan.get("/transitions").status == 401


def test_a_token_of_a_closed_account_opens_nothing(office: Any) -> None:
    User.objects.filter(username="lan").update(is_active=False)
    assert office.lan.get("/transitions").status == 401


def test_the_rights_of_a_token_end_with_the_post(office: Any) -> None:
    held = office.tokens["lan"].appointment
    Appointment.objects.filter(pk=held).update(until=date(2020, 2, 1))
    answer = office.lan.get("/transitions")
    assert (answer.status, answer.codes) == (403, {"api.post-ended"})


def test_a_reading_token_reads_and_does_not_write(office: Any) -> None:
    assert office.reader.get(f"{office.at}/items").status == 200
    given = {"giver": office.office, "rows": [office.row(1)]}
    answer = office.reader.post(f"{office.at}/items", given)
    assert (answer.status, answer.codes) == (403, {"api.reading-token"})
    assert not Item.objects.exists()


def test_a_session_opens_nothing(office: Any) -> None:
    office.nobody.client.force_login(User.objects.get(username="lan"))
    assert office.nobody.get("/transitions").status == 401
    assert office.nobody.post(f"{office.at}/items", {}).status == 401


@pytest.mark.parametrize("name", ["token", "access_token", "Authorization", "q"])
def test_a_token_in_the_address_is_refused_and_not_logged(
    office: Any, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = office.lan.secret
    answer = office.lan.get("/units", {name: secret})
    assert (answer.status, answer.codes) == (400, {"api.token-in-address"})
    logged = "".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))
    assert secret not in logged
    assert secret not in json.dumps(answer.json)


def test_what_is_of_another_body_looks_like_what_is_not_there(office: Any) -> None:
    minutes, ids = office.dispatched()
    for path, absent in (
        (office.at, "/transitions/987654"),
        (f"{office.at}/items", "/transitions/987654/items"),
        (f"{office.at}/balance", "/transitions/987654/balance"),
    ):
        foreign = office.stranger.get(path)
        assert foreign.status == 404
        assert foreign.json == office.stranger.get(absent).json
    for path, absent in (
        (f"{office.at}/items/{ids[0]}", f"{office.at}/items/987654"),
        (f"{office.at}/minutes/{minutes}", f"{office.at}/minutes/987654"),
        (f"{office.at}/minutes/{minutes}/lines", f"{office.at}/minutes/987654/lines"),
    ):
        foreign = office.rival.get(path)
        assert foreign.status == 404
        assert foreign.json == office.rival.get(absent).json
    why = {"reason": "không đồng ý"}
    foreign = office.rival.post(f"{office.at}/items/{ids[0]}/dispute", why)
    assert foreign.json == office.rival.post(f"{office.at}/items/987654/dispute", why).json
    foreign = office.stranger.post(f"{office.at}/items/propose", {})
    assert foreign.json == office.stranger.post("/transitions/987654/items/propose", {}).json
    assert office.rival.get(f"{office.at}/items").json["rows"] == []


def test_a_ward_sees_only_what_is_confirmed_to_come_to_it(office: Any) -> None:
    office.list_items(2)
    assert office.minh.get(f"{office.at}/items").json["rows"] == []
    assert len(office.city.get(f"{office.at}/items").json["rows"]) == 2


@pytest.mark.parametrize(
    "number", ["-1", "0", str(2**63), "9" * 5000, "1 OR 1=1", "%00", "..%2f", "abc", "1;2"]
)
def test_a_number_that_cannot_be_is_not_found_and_never_our_mistake(
    office: Any, number: str
) -> None:  # H01, H12
    assert office.lan.get(f"/transitions/{number}").status in (400, 404)
    assert office.lan.get(f"{office.at}/items/{number}").status in (400, 404)


def _rows(office: Any, **values: Any) -> dict[str, Any]:
    return {"giver": office.office, "rows": [office.row(1, **values)]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("receiver", 1),
        ("__proto__", {}),
        ("opened", 5),
        ("quantity", "10"),
        ("quantity", 0),
        ("quantity", True),
        ("quantity", 10**18),
        ("value", -1),
        ("kind", "nothing"),
        ("title", ""),
        ("title", "a" * 501),
        ("title", "a\x00b"),
        ("title", "a\ud800b"),
        ("next_due", "31/06/2025"),
        ("next_due", "2025-06-31"),
        ("next_due", 45839),
        ("annex", {"a": [1]}),
        ("annex", {"a": 1.5}),
    ],
)
def test_a_field_that_is_unknown_or_of_another_form_is_named(
    office: Any, field: str, value: Any
) -> None:  # H02
    answer = office.lan.post(f"{office.at}/items", _rows(office, **{field: value}))
    assert answer.status == 400
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b"null",
        b'{"giver":1,"giver":2,"rows":[]}',
        b'{"giver":1e309,"rows":[]}',
        b'{"giver":NaN,"rows":[]}',
        b'{"giver":' + b"9" * 5000 + b"}",
        b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"a":' + b"[" * 30 + b"]" * 30 + b"}",
        b"\xff\xfe",
        b'{"giver":"\xc3\x28"}',
    ],
)
def test_a_body_that_is_not_strict_json_is_refused(office: Any, raw: bytes) -> None:  # H02
    assert office.lan.post(f"{office.at}/items", None, raw=raw).status == 400


def test_an_act_without_a_key_is_refused(office: Any) -> None:  # H04
    answer = office.lan.post(f"{office.at}/items", _rows(office), key=None)
    assert (answer.status, answer.codes) == (400, {"api.field-missing"})
    assert office.lan.post(f"{office.at}/items", _rows(office), key="a b").status == 400
    assert office.lan.post(f"{office.at}/items", _rows(office), key="x" * 81).status == 400


def test_other_forms_of_content_are_refused(office: Any) -> None:  # H05, H06
    headers = {"Authorization": f"Bearer {office.lan.secret}", "Idempotency-Key": "khoa-12345"}
    address, content = f"/api/v1{office.at}/items", json.dumps(_rows(office))
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        answer = office.lan.client.post(address, content, content_type=kind, headers=headers)
        assert answer.status_code == 415
    packed = headers | {"Content-Encoding": "gzip"}
    answer = office.lan.client.post(
        address, b"\x1f\x8b", content_type="application/json", headers=packed
    )
    assert answer.status_code == 415
    large = b" " * (5 * 1024 * 1024)
    assert office.lan.post(f"{office.at}/items", None, raw=large).status == 413
    assert not Item.objects.exists()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "HEAD", "OPTIONS"])
def test_other_methods_are_not_allowed(office: Any, method: str) -> None:  # H07, H18
    headers = {"Authorization": f"Bearer {office.lan.secret}"}
    answer = office.lan.client.generic(
        method, f"/api/v1{office.at}/items", b"{}", "application/json", headers=headers
    )
    assert answer.status_code == 405
    assert answer["Allow"]
    over = headers | {"X-HTTP-Method-Override": "DELETE"}
    answer = office.lan.client.get(f"/api/v1{office.at}/items", headers=over)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"limit": str(10**9)},
        {"limit": "abc"},
        {"after": "-1"},
        {"after": str(2**63)},
        {"page": "1"},
        {"order": "password"},
        {"fields": "giver__name"},
        {"include": "x;--"},
        {"kind": "nothing"},
        {"step": "6"},
        {"giver": "1 OR 1=1"},
        {"due_from": "0001-01-01"},
        {"due_from": "1751328000"},
        {"standing_since": "2025-07-01T00:00:00"},
        {"q": "a" * 201},
        {"q": "a\x00"},
        {"kind__in": "task"},
        {"q": "a" * 9_000},
        {f"p{n}": "1" for n in range(900)},
    ],
)
def test_an_address_takes_only_what_is_on_its_list(
    office: Any, query: dict[str, str]
) -> None:  # H10, H11, H14
    assert office.lan.get(f"{office.at}/items", query).status in (400, 414)


def test_headers_that_are_too_large_or_too_many_are_refused(office: Any) -> None:  # H13
    assert office.lan.get("/units", **{"X-Dai": "a" * 64_000}).status == 431
    assert office.lan.get("/units", **{f"X-{n}": "a" for n in range(1_000)}).status == 431
    cookies = "; ".join(f"c{n}=1" for n in range(6_000))
    assert office.lan.get("/units", Cookie=cookies).status == 431


def test_far_pages_are_empty_and_not_a_mistake(office: Any) -> None:
    office.list_items(1)
    told = office.lan.get(f"{office.at}/items", {"after": str(2**63 - 1)})
    assert told.json == {"rows": [], "next": None}
    told = office.lan.get(f"{office.at}/balance", {"after": str(2**63 - 1)})
    assert told.json == {"rows": [], "next": None}


def test_ids_that_the_registry_does_not_have_are_named(office: Any) -> None:
    answer = office.lan.post(f"{office.at}/items", _rows(office, unit=987654))
    assert (answer.status, answer.codes) == (422, {"api.unit-unknown"})
    (one,) = office.list_items(1)
    keep = {
        "choice": {"ids": [one]}, "keeper": 987654, "reason": "giữ", "authority": "QĐ 1",
    }  # fmt: skip
    assert office.lan.post(f"{office.at}/items/keep", keep).codes == {"api.body-unknown"}


def test_a_choice_says_its_items_in_one_way(office: Any) -> None:
    ids = office.list_items(1)
    for choice in ({}, {"ids": []}, {"filter": {}}, {"ids": ids, "filter": {}, "expected": 1}):
        answer = office.lan.post(f"{office.at}/items/confirm", {"choice": choice})
        assert answer.status == 400


def test_too_many_calls_are_told_when_to_come_back(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bearer, "PACE", bearer.Pace())
    monkeypatch.setattr(bearer, "MOST_A_MINUTE", 0)
    answer = office.lan.get("/transitions")
    assert (answer.status, answer.codes) == (429, {"api.too-many-calls"})
    assert 1 <= int(answer.headers["Retry-After"]) <= 61


def test_reading_leaves_the_trail_as_it_was(office: Any) -> None:
    before = Entry.objects.count()
    for path in ("/units", "/transitions", office.at, f"{office.at}/items", f"{office.at}/balance"):
        assert office.lan.get(path).status == 200
    assert Entry.objects.count() == before
    assert ApiToken.objects.get(pk=office.tokens["lan"].pk).used_at is not None


def test_the_schema_is_public_and_nothing_else(office: Any) -> None:
    schema = office.nobody.get("/openapi.json")
    assert schema.status == 200
    assert schema.json["openapi"].startswith("3.")
    assert office.nobody.get("/").status == 404
    assert office.nobody.get("/khong-co").status == 404

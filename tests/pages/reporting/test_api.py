"""Programs report through the same actions as people."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.apps.reporting.conftest import GOOD
from tests.pages.reporting.conftest import Desk

from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation.accounts import tokens
from thongsuot.foundation.accounts.models import ApiToken


@pytest.fixture
def call(desk: Desk):
    """Call the API as one of the cast with a token that may write."""

    def one(who: str, path: str, given: object = None, key: str = "khoa-api-1"):
        held = Appointment.objects.get(person__account=desk.office.users[who])
        secret = f"{tokens.PREFIX}bi-mat-cua-{who}-du-dai-de-dung"
        if not ApiToken.objects.filter(user=desk.office.users[who]).exists():
            now = timezone.now()
            ApiToken.objects.create(
                user=desk.office.users[who], appointment=held.pk, name="thử", prefix="thu",
                hash=tokens.hash_of(secret), may_write=True, made_at=now,
                expires_at=now + timedelta(days=1),
            )  # fmt: skip
        headers = {"authorization": f"Bearer {secret}", "idempotency-key": key}
        path = f"/api/v1{path}"
        if given is None:
            answer = Client().get(path, headers=headers)
        else:
            body = json.dumps(given)
            answer = Client().post(path, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    return one


def test_a_program_sees_what_is_owed_submits_it_and_the_counts_follow(desk: Desk, call) -> None:
    one = desk.office.returns["an"]
    status, found = call("an", "/reports/owed")
    assert (status, [r["id"] for r in found["rows"]]) == (200, [one])
    status, asked = call("an", f"/reports/returns/{one}")
    assert (status, asked["standing"], len(asked["fields"])) == (200, "waiting", 6)
    wrong = {"values": {**GOOD, "qua_han": 0}}
    status, said = call("an", f"/reports/returns/{one}/submit", wrong)
    assert (status, said["problems"][0]["code"]) == (422, "reporting.total-differs")
    status, done = call("an", f"/reports/returns/{one}/submit", {"values": GOOD}, "khoa-api-2")
    assert (status, done["act"]) == (200, "reporting.return-submitted")
    again = call("an", f"/reports/returns/{one}/submit", {"values": GOOD}, "khoa-api-2")
    assert again == (status, done)
    status, counts = call("van", f"/reports/rounds/{desk.office.round}")
    assert (status, counts["received"], counts["expected"]) == (200, 1, 3)


def test_a_program_of_another_ward_finds_nothing(desk: Desk, call) -> None:
    one = desk.office.returns["an"]
    assert call("binh", f"/reports/returns/{one}")[0] == 404
    assert call("binh", f"/reports/returns/{one}/nothing", {})[0] == 404
    assert call("binh", f"/reports/rounds/{desk.office.round}")[0] == 404


@pytest.mark.parametrize("value", [[1], [1, 2, 3], ["a", "b"], {"a": 1}, 1.5, None, 2**70])
def test_a_value_of_no_known_form_is_refused_and_nothing_is_kept(desk: Desk, call, value) -> None:
    one = desk.office.returns["an"]
    status, _said = call("an", f"/reports/returns/{one}/submit", {"values": {"tong": value}})
    assert status in (400, 422)
    assert desk.office.get("an").filings_count == 0


def test_a_snapshot_is_given_whole_with_its_mark(desk: Desk, call) -> None:
    desk.office.submit("an")
    snapshot = desk.office.freeze()
    status, found = call("van", f"/reports/snapshots/{snapshot.pk}")
    assert (status, found["digest"]) == (200, snapshot.digest)
    status, done = call("chi", f"/reports/returns/{desk.office.returns['chi']}/nothing", {})
    assert (status, done["act"]) == (200, "reporting.nothing-reported")


def test_a_program_takes_its_report_back_and_who_gathers_opens_one_again(desk: Desk, call) -> None:
    one = desk.office.returns["an"]
    call("an", f"/reports/returns/{one}/submit", {"values": GOOD}, "khoa-nop-1")
    path = f"/reports/returns/{one}"
    assert call("an", f"{path}/recall", {"reason": ""}, "khoa-rut-0")[0] == 400
    assert call("an", f"{path}/recall", {"reason": "Sai tổng"}, "khoa-rut-1")[0] == 200
    call("an", f"{path}/submit", {"values": GOOD}, "khoa-nop-2")
    assert call("an", f"{path}/reopen", {"reason": "Sai"}, "khoa-mo-1")[0] == 403
    assert call("van", f"{path}/reopen", {"reason": "Sai"}, "khoa-mo-2")[0] == 200
    assert desk.office.get("an").state == "reopened"
    assert call("binh", f"{path}/recall", {"reason": "Sai"}, "khoa-rut-2")[0] == 404
    desk.office.lock()
    other = desk.office.returns["chi"]
    status, said = call("chi", f"/reports/returns/{other}/submit", {"values": GOOD}, "khoa-khoa")
    assert (status, said["problems"][0]["code"]) == (422, "reporting.period-locked")

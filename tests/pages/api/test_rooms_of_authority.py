"""Difficulties, dockets and dossiers through the API: the same acts, the same refusals."""

from typing import Any

import pytest

from thongsuot.apps.difficulties.models import Difficulty

pytestmark = pytest.mark.django_db


def test_a_difficulty_is_raised_joined_and_answered(office: Any) -> None:
    given = {"title": "Ai ký giấy phép xây dựng nhà ở?", "field": "khac",
             "text": "Phòng Quản lý đô thị đã kết thúc."}  # fmt: skip
    done = office.minh.post("/difficulties", given)
    assert done.status == 200, done.json
    pk = done.json["result"]["difficulty"]
    assert done.json["act"] == "difficulties.raised"
    told = office.minh.get(f"/difficulties/{pk}").json
    assert (told["state"], told["steps"][0]["act"]) == ("waiting", "raise")
    like = office.lan.get("/difficulties/similar", {"text": "giay phep xay dung nha o ai ky"}).json
    assert [x["id"] for x in like] == [pk]
    joined = office.lan.post(f"/difficulties/{pk}/join", {}).json["result"]["difficulty"]
    assert Difficulty.objects.get(pk=joined).same_as_id == pk
    refusal = office.rival.post(
        f"/difficulties/{pk}/pass", {"to": 1, "basis": "x", "text": "x" * 20}
    )
    assert refusal.status in {403, 404}  # neither the holder nor in its area
    assert office.city.get("/difficulties/overview").json["asked"] == 2
    assert office.minh.get("/difficulties/987654").status == 404


def test_a_docket_needs_a_committee_with_its_party(office: Any) -> None:
    given = {"title": "Phân bổ vốn sửa chữa trụ sở", "summary": "Phân bổ vốn.", "track": "council"}
    refusal = office.rival.post("/dockets", given)
    assert refusal.status in (403, 422)
    assert refusal.codes & {"decisions.no-party", "decisions.no-owner"}
    assert office.minh.get("/dockets").json == {"rows": [], "next": None}
    assert office.minh.get("/sessions/987654/milestones").status == 404


def test_an_office_without_procedures_says_so_and_knows_no_desk(office: Any) -> None:
    assert office.minh.get("/procedures").json["rows"] == []
    assert office.minh.get("/shops").json == []
    assert (
        office.minh.post(
            "/shops/987654/dossiers", {"procedure": "1", "received": "2025-06-24"}
        ).status
        == 404
    )
    assert office.minh.get("/dossiers").json == {"rows": [], "next": None}

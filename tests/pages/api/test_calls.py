"""The API does what the pages do, for the post of a token, and once per key."""

from typing import Any

import pytest

from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.selection import FILTERS
from thongsuot.foundation.trail.models import Entry
from thongsuot.project.api.filters import FILTER_NAMES

pytestmark = pytest.mark.django_db


def test_the_filters_of_the_api_are_those_of_the_lists() -> None:
    assert set(FILTERS) == FILTER_NAMES


def test_units_are_found_by_name_and_told_with_their_lineage(office: Any) -> None:
    found = office.minh.get("/units", {"q": "Phường Hà Đông", "on": "2025-07-02"}).json["rows"]
    assert [u["key"] for u in found] == [office.new_ward]
    before = office.minh.get("/units/van-phuc", {"on": "2025-06-30"}).json
    after = office.minh.get("/units/van-phuc", {"on": "2025-07-01"}).json
    assert (before["state"], after["state"]) == ("in-force", "ended")
    lineage = office.minh.get("/units/van-phuc/lineage").json
    assert [s["dst"]["key"] for s in lineage["after"]] == [office.new_ward]
    back = office.minh.get(f"/units/{office.new_ward}/lineage").json
    assert [s["src"]["key"] for s in back["before"]] == ["van-phuc"]
    assert office.minh.get("/units/khong-co").status == 404


def test_bodies_are_told_with_their_posts_and_people(office: Any) -> None:
    body = office.minh.get(f"/bodies/{office.office}").json
    assert body["name"] == "phong-giao-duc"
    posts = office.minh.get(f"/bodies/{office.office}/posts").json["rows"]
    assert posts[0]["holders"][0]["name"] == "Trần Thị Lan"
    assert office.minh.get("/legal-texts").json == {"rows": [], "next": None}
    assert office.minh.get("/bodies/987654").status == 404


def test_an_item_goes_from_the_list_to_counted_minutes(office: Any) -> None:
    minutes, ids = office.dispatched()
    at = f"{office.at}/minutes/{minutes}"
    lines = office.minh.get(f"{at}/lines").json["rows"]
    assert [x["item"] for x in lines] == ids
    counts = [{"line": x["id"], "count": x["quantity"]} for x in lines[:2]]
    assert office.minh.post(f"{at}/count", {"side": "receiver", "counts": counts}).status == 200
    refusal = {"reason": "không có trên thực tế"}
    assert office.minh.post(f"{at}/lines/{lines[2]['id']}/refuse", refusal).status == 200
    assert office.lan.post(f"{at}/count-rest", {"side": "giver"}).status == 200
    told = office.city.get(at).json
    assert (told["lines"], told["counted_by_receiver"]) == (3, 3)
    assert len(told["content"]) == 64
    balance = office.city.get(f"{office.at}/balance").json["rows"]
    assert [(b["opened_items"], b["items"]["transit"]) for b in balance] == [(3, 3)]
    history = office.minh.get(f"{office.at}/items/{ids[0]}/history").json["rows"]
    assert {"opened", "dispatched", "step"} <= {h["what"] for h in history}
    holders = office.minh.get(f"{office.at}/items/{ids[0]}/holders").json
    assert [(h["body"], h["quantity"]) for h in holders] == [(office.office, 10)]


def test_every_answer_of_an_act_carries_its_receipt(office: Any) -> None:
    done = office.lan.post(
        f"{office.at}/items", {"giver": office.office, "rows": [office.row(1)]}
    ).json
    entry = Entry.objects.get(pk=done["entry"])
    assert (done["act"], done["receipt"]) == ("handover.items-added", entry.hash)
    assert entry.actor_name == "Trần Thị Lan"


def test_the_same_key_gives_the_first_answer_and_another_content_a_conflict(office: Any) -> None:
    given = {"giver": office.office, "rows": [office.row(1)]}
    first = office.lan.post(f"{office.at}/items", given, key="mot-lan-thoi")
    again = office.lan.post(f"{office.at}/items", given, key="mot-lan-thoi")
    assert first.status == 200
    assert again.json == first.json
    assert Item.objects.count() == 1
    given["rows"] = [office.row(2)]
    other = office.lan.post(f"{office.at}/items", given, key="mot-lan-thoi")
    assert (other.status, other.codes) == (409, {"trail.key-reused"})


def test_keys_of_two_people_never_meet(office: Any) -> None:
    _, ids = office.dispatched()
    given = {"reason": "hai phường cùng nhận", "of": "held"}
    one = office.minh.post(f"{office.at}/items/{ids[0]}/dispute", given, key="khoa-giong-nhau")
    wish = {"choice": {"filter": {"state": ["transit"]}, "expected": 3}, "reason": "đã tìm"}
    two = office.lan.post(f"{office.at}/items/missing", wish, key="khoa-giong-nhau")
    assert "trail.key-reused" not in {p["code"] for p in two.json.get("problems", [])}
    assert one.status in (200, 422)


def test_rules_are_written_run_confirmed_and_retired(office: Any) -> None:
    ids = office.list_items(4)
    rule = {"name": "về phường", "reason": "theo địa bàn", "kind": "asset", "receiver": office.ward}
    written = office.lan.post(f"{office.at}/rules", rule | {"giver": office.office})
    assert written.status == 200, written.json
    assert office.lan.post(f"{office.at}/items/propose", {}).json["result"]["proposed"] == 4
    wish = {"filter": {"allocation": ["proposed"]}, "expected": 3}
    stale = office.lan.post(f"{office.at}/items/confirm", {"choice": wish})
    assert (stale.status, stale.codes) == (409, {"handover.count-changed"})
    wish["expected"] = office.lan.get(f"{office.at}/items/count", {"allocation": "proposed"}).json[
        "count"
    ]
    done = office.lan.post(f"{office.at}/items/confirm", {"choice": wish})
    assert done.json["result"] == {"count": len(ids)}
    number = written.json["result"]["rule"]
    assert [r["id"] for r in office.lan.get(f"{office.at}/rules").json["rows"]] == [number]
    why = {"reason": "thay bằng quy tắc khác"}
    assert office.lan.post(f"{office.at}/rules/{number}/retire", why).status == 200
    assert office.lan.get(f"{office.at}/rules").json["rows"] == []


def test_outcomes_move_items_and_back(office: Any) -> None:
    ids = office.list_items(3)
    at = f"{office.at}/items"

    def of(n: int, **more: Any) -> dict[str, Any]:
        return {"choice": {"ids": [ids[n]]}, "reason": "theo quyết định", **more}

    kept = of(0, keeper=office.ward, authority="QĐ 12/QĐ-UBND")
    assert office.lan.post(f"{at}/keep", kept).status == 200
    assert office.lan.post(f"{at}/reopen", of(0, of="kept")).status == 200
    assert office.lan.post(f"{at}/close", of(0)).status == 200
    destroyed = of(1, authority="QĐ 13/QĐ-UBND")
    assert office.lan.post(f"{at}/destroy", destroyed).status == 200
    assert office.lan.post(f"{at}/missing", of(2, quantity=4)).status == 200
    assert office.lan.post(f"{at}/found", of(2)).status == 200
    parts = {"parts": [{"quantity": 3}, {"quantity": 7}], "reason": "hai nơi nhận"}
    split = office.lan.post(f"{at}/{ids[2]}/split", parts)
    assert len(split.json["result"]["items"]) == 2
    states = [office.lan.get(f"{at}/{i}").json["state"] for i in ids]
    assert states == ["closed", "destroyed", "replaced"]


def test_a_dispute_is_opened_by_a_side_and_settled_by_the_city(office: Any) -> None:
    (one,) = office.list_items(1)
    at = f"{office.at}/items/{one}"
    opened = {"reason": "hai phường cùng nhận", "against": office.other}
    assert office.lan.post(f"{at}/dispute", opened).status == 200
    settled = {"to": "held", "reason": "giao phường Hà Đông", "authority": "KL 5/KL-BCĐ"}
    assert office.lan.post(f"{at}/settle", settled).status == 403
    assert office.city.post(f"{at}/settle", settled | {"receiver": office.ward}).status == 200
    assert office.minh.get(at).json["receiver"] == office.ward


def test_a_body_is_not_closed_while_anything_is_left(office: Any) -> None:
    office.list_items(1)
    at = f"{office.at}/bodies/{office.office}/close"
    left = office.city.post(at, {"authority": "NQ 1"})
    assert left.status == 422
    assert "handover.item-left" in left.codes
    assert office.lan.post(at, {}).status == 403


def test_signing_needs_a_person_and_not_a_token(office: Any) -> None:
    minutes, _ = office.dispatched()
    refused = office.lan.post(f"{office.at}/minutes/{minutes}/sign", {})
    assert (refused.status, refused.codes) == (403, {"api.sign-in-person"})


def test_a_list_is_read_page_by_page_without_loss_or_repetition(office: Any) -> None:
    ids = office.list_items(7)
    seen, after = [], 0
    while after is not None:
        told = office.lan.get(f"{office.at}/items", {"limit": 3, "after": after}).json
        seen += [i["id"] for i in told["rows"]]
        after = told["next"]
    assert seen == ids


def test_lists_are_narrowed_by_every_kind_of_value(office: Any) -> None:
    ids = office.list_items(3)
    at = f"{office.at}/items"

    def found(**query: Any) -> list[int]:
        answer = office.lan.get(at, query)
        assert answer.status == 200, answer.json
        return [i["id"] for i in answer.json["rows"]]

    assert found(q="lam viec 2") == [ids[1]]
    assert found(kind=["asset", "task"], step=1, state="held", citizen="false") == ids
    assert found(receiver=0) == ids
    assert found(due_from="2025-07-01") == []
    assert found(standing_since="2000-01-01T00:00:00Z") == []
    assert found(giver=office.ward) == []
    assert office.lan.get(f"{office.at}/radar").json["rows"] == []
    (share,) = office.lan.get(f"{office.at}/holders").json["rows"]
    assert (share["body"], share["items"], share["code"]) == (office.office, len(ids), "overdue")
    assert office.lan.get(f"{office.at}/holders", {"on": "2025-06-30"}).json["rows"] == []


def test_the_three_sentences_and_the_receivers_are_told(office: Any) -> None:
    office.dispatched()
    told = office.city.get(f"{office.at}/sentences").json
    assert told["unsigned"] == 1
    rows = office.city.get(f"{office.at}/receivers").json["rows"]
    assert {r["body"]: r["opened"] for r in rows} == {office.ward: 3, office.other: 0}
    steps = office.city.get(f"{office.at}/steps").json["rows"]
    assert sum(s["items"] for s in steps) == 3
    assert office.city.get(f"{office.at}/statement").json["page"].startswith("/ban-giao/")
    full = office.city.get(office.at).json
    assert {b["side"] for b in full["bodies"]} == {"ends", "begins"}


def test_a_list_costs_the_same_however_long_it_is(office: Any, at_most: Any) -> None:
    minutes, _ = office.dispatched(60)
    paths = (
        f"{office.at}/items", f"{office.at}/radar", f"{office.at}/minutes", f"{office.at}/balance",
        f"{office.at}/minutes/{minutes}/lines", f"{office.at}/receivers", f"{office.at}/rules",
        "/units", "/bodies", "/legal-texts", "/transitions", f"/bodies/{office.office}/posts",
    )  # fmt: skip
    office.lan.get("/units")
    for path in paths:
        with at_most(12):
            office.lan.get(path, {"limit": 100})


def test_late_finds_are_listed_with_their_reason_and_shares_divided(office: Any) -> None:
    rows = {"giver": office.office, "rows": [office.row(1)], "reason": "thấy trong kho cũ"}
    late = office.lan.post(f"{office.at}/late-finds", rows)
    assert (late.status, late.json["act"]) == (200, "handover.late-found")
    shares = [{"body": office.ward, "weight": 1}, {"body": office.other, "weight": 2}]
    rule = {"name": "chia hai phường", "reason": "theo dân số", "giver": office.office}
    written = office.lan.post(f"{office.at}/rules", {**rule, "receiver": office.ward})
    number = written.json["result"]["rule"]
    changed = office.lan.post(f"{office.at}/rules/{number}/change", {**rule, "shares": shares})
    assert changed.status == 200, changed.json
    assert office.lan.post(f"{office.at}/items/propose", {}).json["result"]["shared"] == 1
    wish = {"choice": {"ids": late.json["result"]["items"]}, "reason": "theo dân số"}
    assert office.lan.post(f"{office.at}/items/divide", wish).status == 200
    told = office.lan.get(f"{office.at}/items", {"state": "held"}).json["rows"]
    assert sorted(i["quantity"]["held"] for i in told) == [3, 7]


def test_minutes_are_taken_back_before_they_are_signed(office: Any) -> None:
    minutes, ids = office.dispatched()
    at = f"{office.at}/minutes/{minutes}"
    assert office.minh.post(f"{at}/withdraw", {"reason": "nhầm"}).status == 403
    assert office.lan.post(f"{at}/withdraw", {"reason": "nhầm nơi nhận"}).status == 200
    assert office.lan.get(f"{office.at}/items/{ids[0]}").json["state"] == "held"
    why = {"reason": "đếm lại"}
    assert office.lan.post(f"{at}/reopen", why).status == 409
    wrong = {"lines": [1], "reason": "ghi nhầm"}
    assert office.lan.post(f"{at}/correct", wrong).status == 409


def test_what_was_known_at_a_moment_is_told(office: Any) -> None:
    at = f"/units/{office.new_ward}"
    assert office.minh.get(at, {"known": "2025-05-01T00:00:00Z"}).status == 404
    assert office.minh.get(at, {"known": "2025-06-02T00:00:00Z"}).status == 200
    assert office.minh.get(f"{at}/lineage", {"known": "2025-06-02T00:00:00Z"}).status == 200

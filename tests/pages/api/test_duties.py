"""Duties through the API: from a document to an accepted result, refusals with every reason."""

from datetime import date
from typing import Any

from tests.pages.api.conftest import _body, appoint, token_of

from thongsuot.apps.directives.actions import make_plan, set_up_board
from thongsuot.apps.directives.models import Duty
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import Person, Unit
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.acts import Act


def test_a_program_drafts_a_head_issues_the_ward_answers(office: Any) -> None:
    minh = Person.objects.get(account__username="minh").pk
    document = {
        "kept_by": office.office, "issuer": office.office, "kind": "conclusion",
        "issued_on": "2025-06-20", "title": "Kết luận", "text": "Giao phường rà soát trụ sở.",
    }  # fmt: skip
    kept = office.lan.post("/documents", document).json["result"]["document"]
    assert office.lan.get(f"/documents/{kept}").json["text"] == document["text"]
    draft = {"task": "Rà soát trụ sở", "quote": "Giao phường", "start": 0, "end": 11}
    given = {"assigner": office.office, "document": kept, "drafts": [draft]}
    made = office.lan.post("/duties", given)
    assert made.status == 200, made.json
    duty = made.json["result"]["duties"][0]
    refused = office.lan.post("/duties/issue", {"duties": [duty]})
    assert refused.codes == {
        "directives.no-lead", "directives.no-person", "directives.no-place", "directives.no-day",
    }  # fmt: skip
    whole = draft | {
        "lead": office.ward,
        "person": minh,
        "place_words": "phường",
        "term_day": "2199-01-01",
    }
    second = office.lan.post("/duties", given | {"drafts": [whole]}).json["result"]["duties"][0]
    assert office.lan.post("/duties/issue", {"duties": [second]}).status == 200
    assert (
        office.minh.post(f"/duties/{second}/progress", {"words": "Một nửa", "percent": 50}).status
        == 200
    )
    assert office.minh.get(f"/duties/{second}").json["standing"] == "due"
    assert office.minh.post(f"/duties/{second}/complete", {}).status == 403
    assert office.minh.post(f"/duties/{second}/done", {"reason": "Xong"}).status == 200
    assert office.lan.post(f"/duties/{second}/complete", {}).status == 200
    rows = office.lan.get("/duties", {"state": "completed"}).json["rows"]
    assert [r["id"] for r in rows] == [second]
    assert office.minh.get("/duties").json["rows"][0]["quote"] == "Giao phường"
    assert Duty.objects.get(pk=second).state == "completed"
    lines = office.minh.get(f"/duties/{second}/history").json
    assert [line["kind"] for line in lines][:3] == ["complete", "report-done", "progress"]
    assert office.lan.get("/duties", {"late": "true"}).json["rows"] == []
    assert office.lan.post(f"/duties/{duty}/drop", {"words": "Thôi"}).status == 200
    assert office.minh.post(f"/duties/{second}/parts/1/done", {"reason": "Xong"}).status == 404


def test_what_is_of_others_is_not_there(office: Any) -> None:
    assert office.minh.get("/duties/1").status == 404
    assert office.minh.get("/documents/1").status == 404
    strange = {"assigner": office.office, "drafts": [{"task": "Việc"}]}
    assert office.minh.post("/duties", strange).status == 403
    both = {"task": "Việc", "term_day": "2199-01-01", "every": "weekly", "anchor_on": "2199-01-01"}
    answer = office.lan.post("/duties", {"assigner": office.office, "drafts": [both]})
    assert answer.codes == {"directives.day-and-rhythm"}


def test_plans_boards_and_sessions_are_followed_through_the_api(office: Any) -> None:
    steps = [
        {"title": "Trình", "due_on": date(2025, 6, 1)},
        {"title": "Ban hành", "due_on": date(2199, 1, 1), "waits_for": 1},
    ]
    by = actor_of(User.objects.get(username="lan"), clock.today())

    def act(key: str) -> Act:
        return Act(by=by, key=f"theo-doi-{key}", at=clock.now())

    plan = make_plan(
        act("1"), owner_id=office.office, plan={"kind": "scheme", "title": "Đề án"}, steps=steps
    )["plan"]  # fmt: skip
    assert [r["id"] for r in office.lan.get("/plans").json["rows"]] == [plan]
    found = office.lan.get(f"/plans/{plan}").json["steps"]
    assert [(s["title"], s["late"], s["pushed"]) for s in found] == [
        ("Trình", True, False), ("Ban hành", False, True),
    ]  # fmt: skip
    first, second = (s["id"] for s in found)
    at = f"/plans/{plan}/steps"
    assert office.lan.post(f"{at}/{second}/done", {}).codes == {"directives.step-waits"}
    assert office.lan.post(f"{at}/{first}/done", {}).status == 200
    assert office.lan.post(f"{at}/{second}/done", {}).status == 200
    assert office.lan.post(f"{at}/{first}/reopen", {"reason": "Nhầm"}).codes == {
        "directives.step-followed"
    }
    assert office.lan.post(f"{at}/{second}/reopen", {"reason": "Nhầm"}).status == 200
    assert office.minh.get(f"/plans/{plan}").status == 404
    steering = _body("ban-chi-dao-hai-cap", "steering-committee", Unit.objects.get(key="ha-noi"))
    user, held = appoint("hai", "Trưởng ban Chỉ đạo", "leader", steering)
    boss, _token = token_of(user, held.pk)
    by_boss = Act(by=actor_of(user, clock.today()), key="theo-doi-2", at=clock.now())
    board = set_up_board(
        by_boss, owner_id=steering, title="Trọng tâm", points=["Một", ""],
        bodies=[office.ward], every="weekly", anchor_on=date(2025, 6, 2),
    )["board"]  # fmt: skip
    shown = boss.get(f"/boards/{board}").json
    assert (shown["reported"], shown["expected"]) == (0, 1)
    note = {"point": shown["points"][0]["id"], "mark": "done", "words": "Xong"}
    said = {"body": office.ward, "round": shown["round"], "notes": [note]}
    assert boss.post(f"/boards/{board}/say", said).status == 403
    assert office.lan.post(f"/boards/{board}/say", said).status == 404
    assert office.minh.post(f"/boards/{board}/say", said).status == 200
    shown = office.minh.get(f"/boards/{board}").json
    assert (shown["cells"][0]["mark"], shown["cells"][0]["change"]) == ("done", "first")
    assert office.lan.get("/meetings").json["rows"] == []
    assert office.lan.get("/meetings/1").status == 404

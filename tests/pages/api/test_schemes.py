"""Schemes and commendations through the API: from the first unit to the step taken, and what is refused."""

from datetime import date
from typing import Any

import pytest
from tests.apps.handover.conftest import trail
from tests.apps.rearrangement.conftest import NOW, Office, office
from tests.pages.api.conftest import Program, token_of

from thongsuot.apps.registry.models import Appointment, Person
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User

__all__ = ["office", "trail"]
DAYS = {"decision": "2025-10-20", "people": "2025-10-27", "handover": "2025-11-03", "seal": "2025-11-10",
        "announce": "2025-11-12"}  # fmt: skip


@pytest.fixture
def programs(office: Office) -> Any:
    """A program for each of the cast, on the day of the story."""
    before = clock._story_day
    clock.follow(lambda: date(NOW.year, NOW.month, NOW.day))

    def of(who: str) -> Program:
        user = User.objects.create_user(f"api-{who}", "mat-khau-dai-2025", full_name=who)
        Person.objects.filter(full_name=f"Người {who}").update(account=user)
        held = Appointment.objects.get(person__account=user)
        return token_of(user, held.pk)[0]

    yield {who: of(who) for who in ("chair", "clerk", "head", "money", "secretary", "ward")}
    clock._story_day = before


def _made(answer: Any) -> dict[str, int]:
    assert answer.status == 200, answer.json
    return dict(answer.json["result"])


def test_a_scheme_goes_from_its_units_to_the_steps_taken(office: Office, programs: Any) -> None:
    chair, clerk, money = programs["chair"], programs["clerk"], programs["money"]
    bodies = office.bodies
    scheme = {
        "keeper": bodies["ubnd"], "title": "Sắp xếp (minh họa)", "kind": "offices",
        "owners": [bodies["home"], bodies["money"]], "gatherer": bodies["home"],
        "approver": bodies["party"], "due_on": "2025-10-15",
    }  # fmt: skip
    assert programs["ward"].post("/schemes", scheme).status == 403
    assert chair.post("/schemes", {**scheme, "kind": "phong"}).codes == {"api.field-form"}
    pk = _made(chair.post("/schemes", scheme))["scheme"]
    at = f"/schemes/{pk}"
    units = {}
    for code, program, owner in (
        ("A", clerk, "home"),
        ("B", clerk, "home"),
        ("D", money, "money"),
    ):
        unit = {"owner": bodies[owner], "code": code, "name": f"Phòng {code}", "people": 10, "leaders": 3}  # fmt: skip
        units[code] = _made(program.post(f"{at}/units", unit))["unit"]
    assert money.post(f"{at}/units", {**unit, "owner": bodies["home"]}).status == 403
    assert [u["code"] for u in money.get(f"{at}/units").json["rows"]] == ["D"]
    assert money.get(at).json["options"] == []
    sent = f"{at}/owners/{bodies['home']}/send"
    assert clerk.post(sent, {}).status == 403  # the head answers for the list
    _made(programs["head"].post(sent, {}))
    _made(money.post(f"{at}/owners/{bodies['money']}/send", {}))
    option = _made(clerk.post(f"{at}/options", {"title": "Gọn nhất"}))["option"]
    assert chair.get(at).json["options"][0]["missing"] == ["Phòng A", "Phòng B", "Phòng D"]
    assert chair.post(f"{at}/submit", {"words": ""}).status == 422
    on = f"{at}/options/{option}"
    founded = {"code": "X", "name": "Phòng Tổng hợp", "owner": bodies["home"], "leaders": 4}
    _made(clerk.post(f"{on}/founded", founded))
    fates = [
        {"unit": units["A"], "fate": "merge", "into": "X", "released": 2},
        {"unit": units["B"], "fate": "merge", "into": "X"},
        {"unit": units["D"], "fate": "keep"},
    ]
    lost = clerk.post(f"{on}/fates", {"fates": [{**fates[0], "into": "KHÔNG-CÓ"}]})
    assert lost.status == 200
    assert chair.get(at).json["options"][0]["problems"] > 0
    _made(clerk.post(f"{on}/fates", {"fates": fates}))
    whole = chair.get(at).json["options"][0]
    assert (whole["covered"], whole["of"], whole["problems"], whole["released"]) == (3, 3, 0, 2)
    assert (whole["before"]["people"], whole["after"]["people"]) == (30, 28)
    _made(chair.post(f"{at}/submit", {"words": "Trình"}))
    _made(chair.post(f"{at}/opinions", {"bodies": [bodies["money"]], "due_on": "2025-10-10"}))
    _made(money.post(f"{at}/opinion", {"body": bodies["money"], "stance": "agree"}))
    decision = {"option": option, "version": whole["version"], "number": "12-QĐ/TU", "on": "2025-10-06",
                "basis": "Nghị quyết (minh họa)"}  # fmt: skip
    assert chair.post(f"{at}/approve", decision).status == 403
    stale = programs["secretary"].post(f"{at}/approve", {**decision, "version": 99})
    assert stale.status in (409, 422)
    assert chair.get(f"{at}/progress").status == 422
    _made(programs["secretary"].post(f"{at}/approve", decision))
    _made(chair.post(f"{at}/begin", DAYS))
    skipped = {"unit": units["A"], "step": "people", "done_on": "2025-10-06"}
    assert clerk.post(f"{at}/steps", skipped).status == 422
    first = {"unit": units["A"], "step": "decision", "done_on": "2025-10-06", "paper": "15/QĐ"}
    _made(clerk.post(f"{at}/steps", first))
    grid = {row["body"]: row["cells"][0] for row in chair.get(f"{at}/progress").json}
    assert grid[bodies["home"]] == [1, 2, 0]
    assert programs["ward"].get(at).status == 404


def test_a_commendation_goes_from_proposal_to_announcement(office: Office, programs: Any) -> None:
    chair, money, bodies = programs["chair"], programs["money"], office.bodies
    wish = {
        "proposer": bodies["ubnd"], "body": bodies["home"], "decider": bodies["ubnd"],
        "form": "certificate", "about": "Tổng hợp (minh họa)", "grounds": "Đúng hạn (minh họa)",
    }  # fmt: skip
    assert programs["ward"].post("/commendations", wish).status == 403
    pk = _made(chair.post("/commendations", wish))["commendation"]
    assert chair.post("/commendations", wish).status == 422  # the same work in the same form
    at = f"/commendations/{pk}"
    assert programs["ward"].get(at).status == 404
    _made(chair.post(f"{at}/ask", {"bodies": [bodies["money"]]}))
    _made(money.post(f"{at}/opinion", {"body": bodies["money"], "view": "agree"}))
    assert money.post(f"{at}/decide", {"form": "certificate", "on": "2025-10-06"}).status == 403
    assert chair.post(f"{at}/decide", {"form": "certificate", "on": "2025-10-06"}).status == 422
    assert chair.post(f"{at}/announce", {"on": "2025-10-06", "where": "Hội nghị"}).status == 422
    decided = {"form": "certificate", "on": "2025-10-06", "number": "5/QĐ"}
    _made(chair.post(f"{at}/decide", decided, key="quyet-dinh-mot-lan"))
    assert chair.post(f"{at}/decide", decided, key="quyet-dinh-mot-lan").status == 200
    _made(chair.post(f"{at}/announce", {"on": "2025-10-06", "where": "Hội nghị (minh họa)"}))
    assert chair.get(at).json["state"] == "announced"
    assert [r["id"] for r in chair.get("/commendations").json["rows"]] == [pk]

"""Duties through the API: from a document to an accepted result, refusals with every reason."""

from typing import Any

from thongsuot.apps.directives.models import Duty
from thongsuot.apps.registry.models import Person


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


def test_what_is_of_others_is_not_there(office: Any) -> None:
    assert office.minh.get("/duties/1").status == 404
    assert office.minh.get("/documents/1").status == 404
    strange = {"assigner": office.office, "drafts": [{"task": "Việc"}]}
    assert office.minh.post("/duties", strange).status == 403
    both = {"task": "Việc", "term_day": "2199-01-01", "every": "weekly", "anchor_on": "2199-01-01"}
    answer = office.lan.post("/duties", {"assigner": office.office, "drafts": [both]})
    assert answer.codes == {"directives.day-and-rhythm"}

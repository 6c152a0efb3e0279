"""What another reader claims is believed only as far as the text bears it out."""

from datetime import date

import pytest

from thongsuot.rules.directives.intake import checked

TEXT = "UBND tỉnh yêu cầu Sở Y tế rà soát kho thuốc, báo cáo UBND tỉnh trước ngày 20/6/2025. Sở Tài chính bố trí kinh phí."
ON = date(2025, 5, 14)
QUOTE = "UBND tỉnh yêu cầu Sở Y tế rà soát kho thuốc, báo cáo UBND tỉnh trước ngày 20/6/2025"
TRUE = {
    "quote": QUOTE, "start": 0, "end": len(QUOTE), "issuer": "UBND tỉnh", "responsible": ["Sở Y tế"],
    "coordinating": [], "action": "Rà soát kho thuốc", "scope": [], "deadline_text": "trước ngày 20/6/2025",
    "deadline": "2025-06-20", "recurrence": None, "report_to": ["UBND tỉnh"], "legal_refs": [],
}  # fmt: skip


def test_a_claim_that_holds_is_a_draft_like_ours() -> None:
    (draft,), problems = checked(TEXT, [TRUE], on=ON)
    assert problems == ()
    assert draft.as_plain() == TRUE


def test_a_quote_is_found_again_when_its_place_is_wrong_and_dropped_when_it_is_nowhere() -> None:
    (draft,), problems = checked(TEXT, {"directives": [{**TRUE, "start": 5, "end": 9}]}, on=ON)
    assert (draft.start, problems) == (0, ())
    drafts, problems = checked(TEXT, [{**TRUE, "quote": "Sở Y tế nộp 5 tỷ đồng"}], on=ON)
    assert drafts == ()
    assert [p.code for p in problems] == ["intake.claim-not-in-text"]


@pytest.mark.parametrize(
    ("key", "lie", "code", "left"),
    [
        ("deadline", "2025-02-30", "claim-day-unknown", None),
        ("deadline", "3025-06-20", "claim-day-unknown", None),
        ("deadline", 20250620, "claim-day-unknown", None),
        ("deadline_text", "trước ngày 1/1/2030", "claim-limit-not-in-text", None),
        ("recurrence", "mỗi phút", "claim-rhythm-unknown", None),
        ("responsible", ["Bộ Ngoại giao"], "claim-name-not-in-text", []),
        ("legal_refs", ["Nghị định 1/2099/NĐ-CP"], "claim-name-not-in-text", []),
        ("issuer", "Thủ tướng Chính phủ", "claim-name-not-in-text", None),
        ("report_to", {"a": 1}, "claim-value-unknown", []),
    ],
)
def test_a_lie_is_taken_out_and_said(key: str, lie: object, code: str, left: object) -> None:
    (draft,), problems = checked(TEXT, [{**TRUE, key: lie}], on=ON)
    assert draft.as_plain()[key] == left
    assert f"intake.{code}" in {p.code for p in problems}


@pytest.mark.parametrize("answer", [None, 7, "text", {"a": 1}, {"directives": "x"}])
def test_an_answer_that_is_no_list_gives_nothing(answer: object) -> None:
    drafts, problems = checked(TEXT, answer, on=ON)
    assert (drafts, [p.code for p in problems]) == ((), ["intake.answer-not-a-list"])


def test_claims_that_are_no_objects_have_no_quote_or_say_a_thing_twice_are_dropped() -> None:
    claims = [
        5,
        {"quote": " "},
        TRUE,
        TRUE,
        {**TRUE, "secret": 1, "quote": "Sở Tài chính bố trí kinh phí"},
    ]
    drafts, problems = checked(TEXT, claims, on=ON)
    assert [d.start for d in drafts] == [0, TEXT.index("Sở Tài chính")]
    assert {p.code for p in problems} >= {
        "intake.claim-not-an-object", "intake.claim-without-quote", "intake.claim-overlaps", "intake.claim-key-unknown",
    }  # fmt: skip

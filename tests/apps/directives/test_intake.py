"""Deciding about proposals: accepted ones become draft duties, nothing is lost, nothing is issued."""

from datetime import date
from typing import Any

import pytest
from tests.apps.directives.conftest import Office, office, trail

from thongsuot.apps.directives import intake_review
from thongsuot.apps.directives.actions.intake import accept_proposal, decide_proposal
from thongsuot.apps.directives.models import Document, Duty, DutyState, IntakeDecision
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.refusal import Refused

__all__ = ["office", "trail"]
TEXT = (
    "Thường trực Thành ủy yêu cầu Thân city rà soát trụ sở dôi dư, lập danh mục, báo cáo trước ngày 30/9.\n"
    "Khẩn trương niêm phong tài liệu của cấp huyện.\n"
    "Bà con đã quen nếp mới."
)


def open_of(pk: int) -> list[Any]:
    document = Document.objects.get(pk=pk)
    return list(intake_review.proposals_of(document, intake_review.decided_of(document)))


def accept(
    office: Office, pk: int, one: Any, by: str = "secretary", **draft: Any
) -> dict[str, Any]:
    values = {
        "task": one.action,
        "lead_words": "; ".join(one.responsible),
        "term_day": one.deadline,
    }
    return accept_proposal(
        office.act(by), document_id=pk, span=(one.start, one.end),
        assigner_id=office.bodies["city"], draft=values | draft,
        told={"action": draft.get("task", one.action), "responsible": list(one.responsible)},
    )  # fmt: skip


def test_an_accepted_proposal_is_a_draft_that_points_at_its_sentence(office: Office) -> None:
    pk = office.document(text=TEXT)
    first, second = open_of(pk)
    done = accept(office, pk, first)
    duty = Duty.objects.get(pk=done["duty"])
    assert (duty.state, duty.term_day, duty.issued_at) == (DutyState.DRAFT, date(2025, 9, 30), None)
    assert TEXT[duty.start : duty.end] == duty.quote == first.quote
    assert open_of(pk) == [second]
    assert duty.lines.count() == 1


def test_what_was_read_and_what_the_person_made_of_it_are_both_kept(
    office: Office, trail: Any
) -> None:
    pk = office.document(text=TEXT)
    first, _second = open_of(pk)
    accept(office, pk, first, task="Lập danh mục trụ sở dôi dư")
    row = IntakeDecision.objects.get()
    assert row.before == [first.as_plain()]
    assert row.after[0]["action"] == "Lập danh mục trụ sở dôi dư"
    assert (row.after[0]["quote"], row.by_name) == (first.quote, "Người secretary")
    (gold,) = intake_review.gold_of([row])
    text = Document.objects.get(pk=pk).text
    assert text[gold["verb_start"] : gold["verb_end"]] == gold["verb"]
    assert text[gold["start"] : gold["end"]] == gold["quote"]


def test_rejecting_splitting_and_joining_change_what_is_open_and_draft_nothing(
    office: Office,
) -> None:
    pk = office.document(text=TEXT)
    first, second = open_of(pk)
    cut = {words: at for at, words in intake_review.cuts_shown(first)}
    place = next(at for words, at in cut.items() if words.startswith("báo cáo"))

    def decide(kind: str, one: Any, **more: int) -> None:
        decide_proposal(
            office.act("clerk"), document_id=pk, start=one.start, end=one.end, kind=kind, **more
        )

    decide("split", first, cut=place)
    parts = open_of(pk)
    assert [p.quote.split()[0] for p in parts] == ["Thường", "báo", "Khẩn"]
    assert [p.deadline for p in parts] == [None, date(2025, 9, 30), None]
    decide("joined", parts[0])
    assert [(p.start, p.end) for p in open_of(pk)] == [
        (first.start, first.end),
        (second.start, second.end),
    ]
    decide("rejected", open_of(pk)[1])
    assert [p.start for p in open_of(pk)] == [first.start]
    assert not Duty.objects.exists()


def test_a_sentence_the_reader_passed_over_can_be_added_once(office: Office) -> None:
    pk = office.document(text=TEXT)
    at = TEXT.index("Bà con")
    added = {"document_id": pk, "start": at, "end": len(TEXT) - 1, "kind": "added"}
    decide_proposal(office.act("clerk"), **added)
    assert open_of(pk)[-1].quote == "Bà con đã quen nếp mới"
    with pytest.raises(Refused) as refused:
        decide_proposal(office.act("clerk"), **added)
    assert [p.code for p in refused.value.problems] == ["intake.quote-taken"]


def test_a_proposal_that_somebody_else_decided_is_gone(office: Office) -> None:
    pk = office.document(text=TEXT)
    first, _second = open_of(pk)
    accept(office, pk, first)
    with pytest.raises(Refused) as refused:
        accept(office, pk, first)
    assert (refused.value.status, refused.value.problems[0].code) == (409, "intake.proposal-gone")
    assert Duty.objects.count() == 1


def test_signs_nobody_types_and_numbers_nobody_sends_break_nothing(office: Office) -> None:
    pk = office.document(text=TEXT)
    first, second = open_of(pk)
    accept_proposal(
        office.act("secretary"), document_id=pk, span=(first.start, first.end),
        assigner_id=office.bodies["city"], draft={"task": "Rà soát"},
        told={"action": "Rà\x00 soát", "responsible": ["Sở\x00 A", "\x00"], "coordinating": []},
    )  # fmt: skip
    decide_proposal(
        office.act("clerk"), document_id=pk, start=second.start, end=second.end, kind="rejected",
        cut=10**18,
    )  # fmt: skip
    rows = list(IntakeDecision.objects.order_by("number"))
    assert (rows[0].after[0]["responsible"], rows[1].cut) == (["Sở A"], 0)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "split", "cut": 3}, "intake.cut-unknown"),
        ({"kind": "burn"}, "intake.kind-unknown"),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_no_trace(office: Office, more, code) -> None:
    pk = office.document(text=TEXT)
    one = open_of(pk)[0]
    with pytest.raises(Refused) as refused:
        decide_proposal(office.act("clerk"), document_id=pk, start=one.start, end=one.end, **more)
    assert refused.value.problems[0].code == code
    assert not IntakeDecision.objects.exists()


def test_the_last_proposal_has_nothing_to_be_joined_with(office: Office) -> None:
    pk = office.document(text=TEXT)
    last = open_of(pk)[-1]
    with pytest.raises(Refused) as refused:
        decide_proposal(
            office.act("clerk"), document_id=pk, start=last.start, end=last.end, kind="joined"
        )
    assert refused.value.problems[0].code == "intake.nothing-to-join"


def test_a_stranger_does_not_find_the_document_and_a_reader_may_not_decide(office: Office) -> None:
    pk = office.document(text=TEXT)
    one = open_of(pk)[0]
    for who, status in (("one", 404), ("leader", 403)):
        with pytest.raises(Refused) as refused:
            decide_proposal(
                office.act(who), document_id=pk, start=one.start, end=one.end, kind="rejected"
            )
        assert refused.value.status == status


def test_a_body_of_the_registry_is_known_by_its_name(
    office: Office, django_assert_num_queries
) -> None:
    name = BodyVersion.objects.get(body_id=office.bodies["city"]).name
    pk = office.document(text=f"Thường trực Thành ủy giao {name} rà soát trụ sở dôi dư.")
    document = Document.objects.get(pk=pk)
    with django_assert_num_queries(1):
        (one,) = intake_review.proposals_of(document, [])
    assert one.responsible == (name,)
    assert one.known == {name: str(office.bodies["city"])}

"""A duty from its sentence to its end: refusals and successes, both looking at the trail."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.apps.directives.conftest import DUE, NOW, TEXT, Office

from thongsuot.apps.directives import actions
from thongsuot.apps.directives.actions.moving import successors_of
from thongsuot.apps.directives.models import Duty, DutyLine, Party
from thongsuot.apps.directives.permit import visible_documents, visible_duties
from thongsuot.apps.registry.holdings import holdings_of
from thongsuot.apps.registry.models import BodyEdge, BodyEvent
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.deadline import VIETNAM

pytestmark = pytest.mark.django_db


def refused(call, status: int = 422) -> list[str]:
    before = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.status == status
    assert Entry.objects.count() == before
    return [p.code.removeprefix("directives.") for p in caught.value.problems]


def test_a_sentence_of_a_document_becomes_a_draft_that_points_at_it(office: Office) -> None:
    document = office.document()
    quote = TEXT[:42]
    duty = office.duty(office.draft(document=document, quote=quote, start=0, end=42))
    assert (duty.quote, duty.start, duty.end, duty.state) == (quote, 0, 42, "draft")
    assert duty.document_id == document
    wrong = {"quote": "câu bịa", "start": 0, "end": 7}
    assert refused(lambda: office.draft(document=document, **wrong)) == ["span-not-in-text"]


def test_a_draft_may_lack_everything_and_is_not_issued_for_it(office: Office) -> None:
    draft = office.draft(lead=None, person=None, places=None, term_day=None)
    gaps = refused(lambda: actions.issue_duties(office.act("secretary"), duty_ids=[draft]))
    assert gaps == ["no-lead", "no-person", "no-place", "no-day"]
    assert office.duty(draft).state == "draft"


def test_what_is_issued_is_due_at_the_end_of_the_working_day_and_is_seen_by_its_lead(
    office,
) -> None:
    draft = office.draft(term_kind="before", term_day=date(2025, 9, 2))
    assert not visible_duties(office.people["director"]).exists()
    assert refused(lambda: actions.issue_duties(office.act("secretary"), duty_ids=[draft])) == [
        "day-past"
    ]
    duty = office.duty(office.issued(term_day=date(2025, 9, 28)))  # a Sunday
    assert duty.due_at == datetime(2025, 9, 29, 17, tzinfo=VIETNAM)
    assert duty.first_due_on == date(2025, 9, 29)
    assert list(visible_duties(office.people["director"])) == [duty]
    assert not visible_duties(office.people["one"]).exists()
    assert not visible_duties(office.people["operator"]).exists()


def test_all_or_none_are_issued(office: Office) -> None:
    whole, gap = office.draft(), office.draft(person=None, task="Việc hai")
    codes = refused(lambda: actions.issue_duties(office.act("secretary"), duty_ids=[whole, gap]))
    assert codes == ["no-person"]
    assert office.duty(whole).state == "draft"


def test_the_same_form_sent_twice_is_one_act(office: Office) -> None:
    draft = office.draft()
    first = actions.issue_duties(office.act("secretary", "một"), duty_ids=[draft])
    again = actions.issue_duties(office.act("secretary", "một"), duty_ids=[draft])
    assert first == again
    assert DutyLine.objects.filter(duty=draft, kind="issue").count() == 1


@pytest.mark.parametrize("who", ["clerk", "director", "one", "operator", "nobody", "steering"])
def test_only_a_head_of_the_assigner_issues(office: Office, who: str) -> None:
    draft = office.draft()
    with pytest.raises(Refused) as caught:
        actions.issue_duties(office.act(who), duty_ids=[draft])
    assert caught.value.status in (403, 404)
    assert office.duty(draft).state == "draft"


def test_from_issue_to_completion_with_evidence(office: Office, trail) -> None:
    pk = office.issued()
    actions.accept_duty(office.act("officer"), duty_id=pk)
    file = keep(b"Da ra soat 12 tru so\n", "ra-soat.txt", by=office.people["officer"]).pk
    actions.report_progress(
        office.act("officer"), duty_id=pk, words="Đã rà soát 12 trụ sở", percent=60, files=[file]
    )
    assert refused(lambda: actions.complete_duty(office.act("secretary"), duty_id=pk)) == [
        "not-in-this-state"
    ]
    actions.report_done(office.act("officer"), duty_id=pk, words="Xong cả 20 trụ sở")
    refused(lambda: actions.complete_duty(office.act("director"), duty_id=pk), 403)
    actions.send_back(office.act("secretary"), duty_id=pk, reason="Thiếu bản đồ")
    assert office.duty(pk).percent == 99
    actions.report_done(office.act("officer"), duty_id=pk, words="Đã bổ sung bản đồ")
    actions.complete_duty(office.act("secretary"), duty_id=pk)
    duty = office.duty(pk)
    assert (duty.state, duty.percent) == ("completed", 100)
    kinds = list(DutyLine.objects.filter(duty=pk).order_by("number").values_list("kind", flat=True))
    assert kinds == [
        "drafted", "issue", "accept", "progress", "report-done", "send-back", "report-done",
        "complete",
    ]  # fmt: skip
    line = DutyLine.objects.get(duty=pk, kind="progress")
    assert [e.name for e in line.evidence.all()] == ["ra-soat.txt"]
    assert refused(lambda: actions.accept_duty(office.act("officer"), duty_id=pk)) == [
        "not-in-this-state"
    ]


def test_a_returned_duty_is_held_by_its_assigner_who_changes_and_issues_it_again(office) -> None:
    pk = office.issued()
    assert refused(lambda: actions.return_duty(office.act("director"), duty_id=pk, reason=" ")) == [
        "needed"
    ]
    actions.return_duty(office.act("director"), duty_id=pk, reason="Không thuộc thẩm quyền")
    duty = office.duty(pk)
    values = {
        "task": duty.task, "lead": office.bodies["ward-one"], "person": office.persons["one"],
        "place_words": "phường Một", "term_day": DUE,
    }  # fmt: skip
    stale = {"duty_id": pk, "draft": values, "version": duty.version - 1}
    assert refused(lambda: actions.change_draft(office.act("clerk"), **stale), 409) == [
        "changed-meanwhile"
    ]
    actions.change_draft(office.act("clerk"), duty_id=pk, draft=values, version=duty.version)
    actions.issue_duties(office.act("secretary"), duty_ids=[pk])
    assert office.duty(pk).lead_id == office.bodies["ward-one"]
    assert visible_duties(office.people["one"]).filter(pk=pk).exists()


def test_more_time_is_asked_for_by_the_lead_and_given_by_the_assigner(office: Office) -> None:
    pk = office.issued()
    late = date(2025, 10, 10)
    ask = {"duty_id": pk, "reason": "Chờ số liệu"}
    assert refused(lambda: actions.ask_extension(office.act("officer"), until=DUE, **ask)) == [
        "not-later"
    ]
    actions.ask_extension(office.act("officer"), until=late, **ask)
    assert office.duty(pk).asked_on == late
    assert office.duty(pk).due_on == DUE
    actions.refuse_extension(office.act("secretary"), duty_id=pk, reason="Việc gấp")
    assert refused(
        lambda: actions.refuse_extension(office.act("secretary"), duty_id=pk, reason="lại")
    ) == ["nothing-asked"]
    actions.extend_duty(office.act("secretary"), duty_id=pk, until=late)
    duty = office.duty(pk)
    assert (duty.due_on, duty.first_due_on, duty.asked_on) == (late, DUE, None)
    actions.ask_extension(office.act("officer"), until=date(2025, 10, 20), **ask)
    actions.report_done(office.act("officer"), duty_id=pk, words="Xong sớm")
    assert office.duty(pk).asked_on is None  # nothing waits for an answer any more


def test_a_weekly_duty_is_answered_round_by_round_and_nothing_is_an_answer(office: Office) -> None:
    pk = office.issued(
        term_day=None, every="weekly", anchor_on=date(2025, 9, 22), hours=["16:00"],
        until_on=date(2025, 10, 6),
    )  # fmt: skip
    assert office.duty(pk).due_at == datetime(2025, 9, 22, 16, tzinfo=VIETNAM)
    assert refused(lambda: actions.answer_round(office.act("officer"), duty_id=pk)) == ["needed"]
    done = actions.answer_round(office.act("officer"), duty_id=pk, nothing=True)
    assert done["next"].startswith("2025-09-29T16:00")
    actions.answer_round(office.act("officer", days=8), duty_id=pk, words="Đã họp, có 2 vướng mắc")
    duty = office.duty(pk)
    assert duty.state == "reported"  # the last round was answered: the assigner ends it
    lines = DutyLine.objects.filter(duty=pk, kind="answer").order_by("number")
    assert [(x.nothing, x.at > x.due_at) for x in lines] == [(True, False), (False, True)]
    once = office.issued(task="Một lần")
    assert refused(lambda: actions.answer_round(office.act("officer"), duty_id=once)) == [
        "no-rhythm"
    ]


def test_a_chain_goes_from_the_committee_to_who_carries_out_and_the_first_still_sees_it(office):
    top = office.issued(lead=office.bodies["leading"], person=office.persons["leader"])
    below = office.draft(by="leader", above=top, task="Phần của UBND")
    actions.issue_duties(office.act("leader"), duty_ids=[below])
    for who in ("secretary", "leader", "director"):
        assert visible_duties(office.people[who]).filter(pk=below).exists(), who
    assert refused(lambda: office.draft(above=top, task="Không phải chủ trì")) == [
        "not-the-lead-above"
    ]
    assert not visible_duties(office.people["one"]).exists()


def test_each_co_ordinating_body_finishes_its_own_piece(office: Office) -> None:
    parts = [{"body": office.bodies["ward-one"], "what": "Số liệu trụ sở phường Một"}]
    pk = office.issued(parts=parts)
    part = office.duty(pk).parts.get()
    refused(
        lambda: actions.finish_part(office.act("officer"), duty_id=pk, part_id=part.pk, words="x"),
        403,
    )
    actions.finish_part(office.act("one"), duty_id=pk, part_id=part.pk, words="Đã gửi")
    assert refused(
        lambda: actions.finish_part(office.act("one"), duty_id=pk, part_id=part.pk, words="x")
    ) == ["part-over"]
    missing = [{"body": office.bodies["ward-two"], "what": ""}]
    draft = office.draft(parts=missing)
    assert refused(lambda: actions.issue_duties(office.act("secretary"), duty_ids=[draft])) == [
        "part-without-work"
    ]


def test_a_body_that_closes_must_hand_its_duties_on_and_none_is_lost(office: Office) -> None:
    old, new = office.bodies["ward-one"], office.bodies["ward-two"]
    soon = office.issued(lead=old, person=office.persons["one"], term_day=date(2025, 9, 23))
    weekly = office.issued(
        lead=old, person=office.persons["one"], task="Hằng tuần", term_day=None, every="weekly",
        anchor_on=date(2025, 10, 6),
    )  # fmt: skip
    helped = office.issued(task="Phối hợp", parts=[{"body": old, "what": "Số liệu"}])
    held = {h.label for h in holdings_of(old, NOW.date())}
    assert held == {"directives.Duty.lead", "directives.DutyPart.body"}
    refused(
        lambda: actions.move_duties(office.act("officer"), from_body=old, to_body=new, reason="x"),
        403,
    )
    done = actions.move_duties(
        office.act("steering", days=1), from_body=old, to_body=new, reason="Sáp nhập"
    )
    assert done == {"duties": [soon, weekly, helped], "later": 1}
    assert not holdings_of(old, NOW.date())
    moved = office.duty(soon)
    assert (moved.lead_id, moved.person_id) == (new, office.persons["two"])
    assert moved.due_on == date(2025, 9, 26)  # three working days for the successor
    assert moved.first_due_on == date(2025, 9, 23)
    assert office.duty(weekly).due_on == date(2025, 10, 6)
    assert office.duty(helped).parts.get().body_id == new
    assert DutyLine.objects.filter(kind="move").count() == 3
    assert visible_duties(office.people["two"]).count() == 3
    assert refused(
        lambda: actions.move_duties(
            office.act("steering"), from_body=old, to_body=new, reason="lại"
        )
    ) == ["nothing-to-move"]


def test_successors_are_what_the_registry_says(office: Office) -> None:
    event = BodyEvent.objects.create(kind="dissolve", on=date(2025, 9, 1), recorded_at=NOW)
    old, new = office.bodies["ward-one"], office.bodies["ward-two"]
    assert successors_of(old) == ()
    BodyEdge.objects.create(event=event, src_id=old, dst_id=new, recorded_at=NOW)
    assert successors_of(old) == (new,)


def test_the_database_itself_refuses_an_open_duty_without_lead_or_day(office: Office) -> None:
    pk = office.issued()
    for values in ({"lead": None}, {"due_at": None}, {"state": "nonsense"}, {"percent": 101}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.filter(pk=pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyLine.objects.filter(duty=pk).update(words="viết lại")


def test_a_document_is_seen_by_who_kept_it_and_who_got_it(office: Office) -> None:
    document = office.document()
    sees = {w for w in office.people if visible_documents(office.people[w]).exists()}
    assert sees == {"secretary", "clerk", "leader", "steering"}
    upper = office.document(number="01", carries_out=document)
    values = {
        "issuer": office.bodies["city"], "kind": "plan", "issued_on": DUE, "title": "Kế hoạch",
        "text": TEXT, "carries_out": upper,
    }  # fmt: skip
    change = {"document_id": document, "document": values}
    assert refused(lambda: actions.change_document(office.act("clerk"), **change)) == [
        "carries-itself-out"
    ]
    office.draft(document=document, quote=TEXT[:4], start=0, end=4)
    other = values | {"carries_out": 0, "text": "khác"}
    assert refused(
        lambda: actions.change_document(office.act("clerk"), document_id=document, document=other)
    ) == ["text-in-use"]
    actions.change_document(
        office.act("clerk"), document_id=document, document=values | {"carries_out": 0}
    )
    bad = {"kind": "x", "title": "", "covers_from": DUE}
    assert refused(lambda: office.document(**bad)) == ["needed", "choice-unknown", "period-wrong"]


def test_every_open_duty_has_its_holder_among_the_parties(office: Office) -> None:
    pk = office.issued(report_to=office.bodies["leading"])
    relations = set(Party.objects.filter(duty=pk).values_list("relation", flat=True))
    assert relations == {"assigner", "lead", "told"}


def test_a_recalled_duty_is_over_and_a_dropped_draft_too(office: Office) -> None:
    pk = office.issued()
    actions.recall_duty(office.act("secretary"), duty_id=pk, reason="Giao nhầm")
    draft = office.draft()
    actions.drop_draft(office.act("clerk"), duty_id=draft, reason="Trùng")
    assert [office.duty(x).state for x in (pk, draft)] == ["recalled", "dropped"]
    assert not holdings_of(office.bodies["executing"], NOW.date() + timedelta(days=1))


def test_another_person_of_the_lead_takes_over_and_a_stranger_does_not(office: Office) -> None:
    pk = office.issued()
    actions.reassign_duty(
        office.act("director"), duty_id=pk, person_id=office.persons["officer"], reason="Nghỉ phép"
    )
    assert office.duty(pk).person_id == office.persons["officer"]
    assert refused(
        lambda: actions.reassign_duty(
            office.act("director"), duty_id=pk, person_id=office.persons["one"]
        )
    ) == ["person-elsewhere"]

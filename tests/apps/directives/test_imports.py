"""Drafts from a spreadsheet: names resolved, errors at the cell, applied once, taken back whole."""

import pytest
from tests.apps.directives.conftest import TEXT, Office

from thongsuot.apps.directives import actions, imports
from thongsuot.apps.directives.models import Duty
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports import actions as importing
from thongsuot.foundation.imports import queries
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
HEAD = "Mã;Nhiệm vụ;Chủ trì;Người phụ trách;Địa bàn;Hạn;Định kỳ;Ưu tiên\n"
GOOD = "NV-01;Rà soát trụ sở;executing;Người director;toàn thành phố;30/09/2099;;ưu tiên\n"
WEEKLY = "NV-02;Báo cáo tuần;executing;Người officer;toàn thành phố;;hằng tuần;\n"
WRONG = "NV-03;Việc ba;cơ quan lạ;Ai đó;;31/02/2025;;\n"


def brought(office: Office, text: str) -> ImportBatch:
    file = keep(text.encode(), "nhiem-vu.csv", by=office.people["clerk"]).pk
    done = importing.bring(
        office.act("clerk"), kind=imports.CODE, scope={"body": office.bodies["city"]}, file=file,
        name="nhiem-vu.csv", options={},
    )  # fmt: skip
    importing.stage(int(done["batch"]))
    return ImportBatch.objects.get(pk=done["batch"])


def apply(office: Office, batch: ImportBatch, **more: bool) -> dict:
    return importing.apply(office.act("clerk"), batch_id=batch.pk, digest=batch.digest, **more)


def test_rows_become_drafts_and_the_whole_file_can_be_taken_back(office: Office) -> None:
    batch = brought(office, HEAD + GOOD + WEEKLY)
    assert queries.counts_of(batch).new == 2
    assert apply(office, batch)["made"] == 2
    first, second = Duty.objects.order_by("code")
    assert (first.lead_id, first.person_id) == (
        office.bodies["executing"],
        office.persons["director"],
    )
    assert (first.lane, first.state, second.every) == ("priority", "draft", "weekly")
    assert second.anchor_on is not None
    actions.issue_duties(office.act("secretary"), duty_ids=[first.pk])
    undo = {"batch_id": batch.pk, "reason": "Nhầm tệp"}
    with pytest.raises(Refused) as caught:
        importing.take_back(office.act("clerk"), **undo)
    assert caught.value.problems[0].code == "directives.batch-issued"
    actions.recall_duty(office.act("secretary"), duty_id=first.pk, reason="Nhầm")
    Duty.objects.filter(pk=first.pk).update(batch=None)
    importing.take_back(office.act("clerk"), **undo)
    assert Duty.objects.get(pk=second.pk).state == "dropped"
    assert brought(office, HEAD + WEEKLY).state == "staged"


def test_errors_stand_at_their_cells_and_stop_the_batch(office: Office) -> None:
    batch = brought(office, HEAD + GOOD + WRONG)
    counts = queries.counts_of(batch)
    assert (counts.new, counts.error) == (1, 1)
    with pytest.raises(Refused):
        apply(office, batch)
    assert apply(office, batch, leave_errors=True)["made"] == 1


def test_a_second_file_changes_drafts_and_leaves_issued_duties_alone(office: Office) -> None:
    apply(office, brought(office, HEAD + GOOD + WEEKLY))
    changed = HEAD + GOOD.replace("Rà soát trụ sở", "Rà soát kho") + WEEKLY
    batch = brought(office, changed)
    assert queries.counts_of(batch).changed == 1
    assert apply(office, batch)["changed"] == 1
    duty = Duty.objects.get(code="NV-01")
    assert (duty.task, duty.folded.startswith("ra soat kho")) == ("Rà soát kho", True)
    with pytest.raises(Refused) as caught:
        importing.take_back(office.act("clerk"), batch_id=batch.pk, reason="Nhầm")
    assert caught.value.problems[0].code == "directives.batch-changed"
    actions.issue_duties(office.act("secretary"), duty_ids=[duty.pk])
    other = brought(office, HEAD + GOOD)
    assert queries.counts_of(other).error == 1  # it says something else than what was issued


def test_a_file_brought_again_after_issuing_finds_its_duties_there_already(office: Office) -> None:
    apply(office, brought(office, HEAD + GOOD + WEEKLY))
    actions.issue_duties(office.act("secretary"), duty_ids=[Duty.objects.get(code="NV-01").pk])
    before = Duty.objects.count()
    again = brought(office, HEAD + GOOD + WEEKLY)
    counts = queries.counts_of(again)
    assert (counts.same, counts.new, counts.changed, counts.error) == (2, 0, 0, 0)
    assert Duty.objects.count() == before


def test_a_file_leaves_what_it_does_not_say_as_it_stands(office: Office) -> None:
    document = office.document()
    quote = TEXT[: TEXT.index(",")]
    pk = office.draft(
        document=document, code="NV-01", quote=quote, start=0, end=len(quote), laws=["Điều 4"],
        term_kind="before", report_to=office.bodies["city"],
        parts=[{"body": office.bodies["leading"], "what": "Cung cấp số liệu"}],
    )  # fmt: skip
    assert apply(office, brought(office, HEAD + GOOD))["changed"] == 1
    duty = Duty.objects.get(pk=pk)
    assert (duty.task, duty.quote, duty.start, duty.end) == ("Rà soát trụ sở", quote, 0, len(quote))
    assert (duty.laws, duty.term_kind, duty.report_to_id) == (
        ["Điều 4"], "before", office.bodies["city"],
    )  # fmt: skip
    assert duty.parts.get().what == "Cung cấp số liệu"


def test_only_who_may_draft_for_the_body_may_bring_a_file(office: Office) -> None:
    file = keep(HEAD.encode(), "nhiem-vu.csv", by=office.people["one"]).pk
    with pytest.raises(Refused) as caught:
        importing.bring(
            office.act("one"), kind=imports.CODE, scope={"body": office.bodies["city"]}, file=file,
            name="nhiem-vu.csv", options={},
        )  # fmt: skip
    assert caught.value.status == 403

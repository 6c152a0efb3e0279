"""A fonds from its archive items to its closing; scans are read again and the damaged named."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.apps.digitising.conftest import FONDS, NOW, Work, archive_rows

from thongsuot.apps.digitising import actions, lists, permit, queries
from thongsuot.apps.digitising.jobs import check_due
from thongsuot.apps.digitising.models import FixityCheck, Fonds, Record, Scan, StageLine
from thongsuot.apps.handover.beside import closing_problems
from thongsuot.apps.registry.models import Appointment, Person, Post
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.files.store import path_of
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import say

pytestmark = pytest.mark.django_db


def refused(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert all(p.code not in say(p) for p in caught.value.problems)
    return caught.value


def codes_of(found: Refused) -> list[str]:
    return [p.code for p in found.problems]


def test_a_fonds_takes_the_archive_items_that_name_it_and_no_others(work: Work, trail) -> None:
    assert work.row() == (6, 0, 0, 0, 0)
    assert trail()[-1] == "digitising.fonds-opened"
    first = Record.objects.get(code="HS-001")
    assert first.item.code == "HS-001"
    assert (first.year_from, first.year_to) == (2008, 2009)
    archive_rows(work.story, range(7, 9))
    assert actions.take_items(work.act(), fonds_id=work.fonds) == {"records": 2}
    assert work.row()[0] == 8


def test_the_same_fonds_is_not_opened_twice(work: Work) -> None:
    again = refused(actions.open_fonds, work.act(), body_id=work.story.office, name=FONDS)
    assert codes_of(again) == ["digitising.fonds-exists"]


def test_files_go_step_by_step_and_the_figures_follow_exactly(work: Work) -> None:
    work.box("HS-001", "HS-002", "HS-003", "HS-004")
    assert work.row() == (6, 4, 0, 0, 0)
    work.scan("HS-001", "HS-002", "HS-003")
    assert work.row() == (6, 4, 3, 0, 0)
    lot = work.draw()
    work.judge_all(lot)
    work.decide(lot)
    assert work.row() == (6, 4, 3, 3, 0)
    work.accept(lot)
    assert work.row() == (6, 4, 3, 3, 3)
    moves = StageLine.objects.filter(record__code="HS-001").order_by("pk")
    assert list(moves.values_list("src", "dst")) == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]


def test_nothing_is_scanned_before_it_is_boxed(work: Work) -> None:
    assert codes_of(refused(work.scan, "HS-001")) == ["digitising.stage-skipped"]
    assert not Scan.objects.exists()


def test_the_same_content_is_not_kept_twice_for_a_file(work: Work) -> None:
    work.box("HS-001")
    work.scan("HS-001")
    assert codes_of(refused(work.scan, "HS-001")) == ["digitising.scan-twice"]
    work.scan("HS-001", text="tệp hai")
    assert work.row()[2] == 1


def test_a_rejected_lot_goes_back_to_be_scanned_and_the_figures_go_down(work: Work) -> None:
    work.box()
    work.scan()
    lot = work.draw()
    assert codes_of(refused(work.decide, lot)) == ["digitising.sample-unfinished"]
    work.judge_all(lot, bad=1)
    assert codes_of(refused(work.decide, lot)) == ["digitising.too-many-bad"]
    assert codes_of(refused(work.decide, lot, "reject")) == ["digitising.reason-missing"]
    assert work.decide(lot, "reject", "nhiều trang mờ")["passes"] is False
    assert work.row() == (6, 6, 0, 0, 0)
    assert set(Record.objects.values_list("turn", flat=True)) == {2}
    work.scan(text="lần hai")
    assert queries.current_scans(work.thing()).count() == 6
    assert Scan.objects.count() == 12
    assert codes_of(refused(work.decide, lot)) == ["digitising.lot-state"]


def test_who_let_a_lot_pass_does_not_accept_it(work: Work) -> None:
    work.box()
    work.scan()
    lot = work.draw()
    work.judge_all(lot)
    work.decide(lot)
    alone = refused(actions.accept_lot, work.act(), fonds_id=work.fonds, lot_id=lot)
    assert codes_of(alone) == ["digitising.four-eyes"]
    clerk = work.act(by=work.story.clerk)
    assert refused(actions.accept_lot, clerk, fonds_id=work.fonds, lot_id=lot).status == 403


def finished(work: Work) -> None:
    work.box()
    work.scan()
    lot = work.draw()
    work.judge_all(lot)
    work.decide(lot)
    work.accept(lot)


def test_closing_is_refused_with_what_is_left_and_done_when_nothing_is(work: Work) -> None:
    work.box("HS-001", "HS-002")
    work.scan("HS-001")
    by = {"fonds_id": work.fonds, "authority": "Quyết định minh họa"}
    left = refused(actions.close_fonds, work.act(), **by)
    assert codes_of(left) == [
        "digitising.left-to-box", "digitising.left-to-scan", "digitising.left-to-check",
        "digitising.left-unverified",
    ]  # fmt: skip
    assert "Còn 4 hồ sơ chưa đóng hộp: HS-003, HS-004, HS-005, HS-006." in say(left.problems[0])
    work.box("HS-003", "HS-004", "HS-005", "HS-006")
    work.scan("HS-002", "HS-003", "HS-004", "HS-005", "HS-006")
    lot = work.draw()
    work.judge_all(lot)
    work.decide(lot)
    work.accept(lot)
    assert codes_of(refused(actions.close_fonds, work.act(), **by)) == [
        "digitising.left-unverified"
    ]
    assert check_due(NOW, "một") == (6, 0)
    actions.close_fonds(work.act(), **by)
    assert Fonds.objects.get().closed_at == NOW
    assert codes_of(refused(work.box, "HS-001")) == ["digitising.closed"]


def test_a_damaged_and_a_missing_scan_are_named_and_the_heads_are_told(work: Work) -> None:
    user = User.objects.create_user("truong", "một hai ba bốn", full_name="Trưởng phòng")
    person = Person.objects.create(full_name="Trưởng phòng", folded="truong phong", account=user)
    post = Post.objects.create(
        body_id=work.story.office, title="Trưởng phòng", role="leader", recorded_at=NOW
    )
    Appointment.objects.create(person=person, post=post, status="official", recorded_at=NOW)
    finished(work)
    assert check_due(NOW, "một") == (6, 0)
    scans = list(Scan.objects.order_by("record__code").select_related("file"))
    harmed, lost = (path_of(s.file.sha256) for s in scans[:2])
    harmed.chmod(0o640)
    content = bytearray(harmed.read_bytes())
    content[-1] ^= 1  # one bit
    harmed.write_bytes(content)
    lost.unlink()
    assert check_due(NOW + timedelta(days=29), "hai") == (0, 0)  # not due yet
    assert check_due(NOW + timedelta(days=30), "ba") == (6, 2)
    assert queries.damaged(work.thing()) == ["HS-001", "HS-002"]
    assert queries.fixity_counts(work.thing()) == {"sound": 4, "changed": 1, "missing": 1}
    notice = Notice.objects.get(user=user, kind="digitising.damaged")
    assert "2 hồ sơ có bản quét hỏng hoặc mất" in notice.title
    assert notice.body == "HS-001, HS-002"
    by = {"fonds_id": work.fonds, "authority": "Quyết định minh họa"}
    left = refused(actions.close_fonds, work.act(), **by)
    assert codes_of(left) == ["digitising.left-damaged"]
    assert FixityCheck.objects.count() == 12
    with pytest.raises(CommandError, match="2"):
        call_command("digitising_fixity", "--all", verbosity=0)


def test_checks_are_written_by_the_machinery_alone(work: Work) -> None:
    found = refused(actions.record_checks, work.act(), found=[[1, "sound", "x"]])
    assert codes_of(found) == ["digitising.not-for-people"]


def test_stages_scans_and_checks_are_only_added_to(work: Work) -> None:
    work.box()
    work.scan()
    check_due(NOW, "một")
    for rows in (StageLine.objects.all(), Scan.objects.all(), FixityCheck.objects.all()):
        for change in (rows.delete, lambda rows=rows: rows.update(at=NOW + timedelta(days=1))):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_the_database_keeps_no_boxed_file_without_a_box(work: Work) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(code="HS-001").update(stage=2)


def test_the_pace_and_the_day_of_the_end(work: Work) -> None:
    work.box("HS-001", "HS-002")
    work.scan("HS-001", "HS-002")
    lot = work.draw()
    work.judge_all(lot)
    work.decide(lot)
    work.accept(lot)
    today = (NOW + timedelta(days=1)).date()
    outlook, weeks = queries.outlook(work.thing(), 4, today)
    assert (outlook.pace.done, outlook.left) == (2, 4)
    assert outlook.needed == 2 * outlook.pace.days
    assert outlook.day is not None
    assert weeks[-1][1] == 2


def test_strangers_see_no_fonds_and_readers_change_nothing(work: Work) -> None:
    story = work.story
    for who, status in (("minh", 404), ("operator", 404), ("tu", 404), ("inspector", 403)):
        found = refused(work.box, "HS-001", by=getattr(story, who))
        assert found.status == status, who
    assert permit.visible_fonds(story.inspector).count() == 1
    assert permit.visible_fonds(story.minh).count() == 0


def test_a_body_does_not_end_while_it_has_an_open_fonds(work: Work) -> None:
    left = closing_problems(work.story.transition, work.story.office)
    assert "digitising.fonds-left" in {p.code for p in left}
    actions.hand_fonds_on(
        work.act(), fonds_id=work.fonds, body_id=work.story.ward, reason="cơ quan kết thúc"
    )
    left = closing_problems(work.story.transition, work.story.office)
    assert "digitising.fonds-left" not in {p.code for p in left}
    assert permit.visible_fonds(work.story.minh).count() == 1


@pytest.mark.parametrize(
    ("ids", "box", "code"),
    [
        ([], "H-1", "digitising.choose-files"),
        ([-1], "H-1", "digitising.record-missing"),
        ([2**70], "H-1", "digitising.record-missing"),
        ([987_654], "H-1", "digitising.record-missing"),
        (None, " ", "digitising.box-missing"),
        (None, "H" * 61, "digitising.box-missing"),
        (None, "\x00", "digitising.box-missing"),
    ],
)
def test_bad_inputs_of_boxing_are_refused(work: Work, ids, box: str, code: str) -> None:
    wanted = work.ids("HS-001") if ids is None else ids
    found = refused(actions.box_records, work.act(), fonds_id=work.fonds, ids=wanted, box=box)
    assert codes_of(found) == [code]


def test_the_same_form_sent_twice_boxes_once(work: Work) -> None:
    for _ in range(2):
        assert work.box("HS-001", key="một")["records"] == 1
    assert StageLine.objects.filter(dst=2).count() == 1


def test_the_list_of_fonds_costs_the_same_for_many(work: Work) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            rows = queries.with_figures(permit.visible_fonds(work.story.lan))
            for one in lists.FONDS.joined(rows):
                assert one.n_counted >= one.n_boxed >= one.n_accepted
        return len(made)

    few = asked()
    archive_rows(work.story, range(60, 62), "Phông ba")
    actions.open_fonds(work.act(), body_id=work.story.office, name="Phông ba")
    assert asked() == few

"""Counting by scanning: short, over, unknown, sent again, alarms."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.apps.custody.conftest import Room
from tests.apps.custody.test_boxes import refusal

from thongsuot.apps.custody import actions_boxes, actions_counts, sheets
from thongsuot.apps.custody.models import Alarm, Count, Scan
from thongsuot.apps.custody.queries import tally_of
from thongsuot.foundation.notices.models import Notice
from thongsuot.rules.custody.labels import by_eye

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(room: Room) -> Room:
    """Three boxes in the first store, one in the second."""
    room.make("box", "H-02", "H-03", place=room.shelf)
    room.make("box", "H-04", place=room.other_store)
    return room


def named(room: Room, name: str):
    return room.get(room.box).__class__.objects.get(name=name)


def close(room: Room, count: int, **more):
    values = {"witness_id": room.user("hoa"), "reason": ""} | more
    return actions_counts.close_count(room.act(), count_id=count, **values)


def test_short_over_and_unknown_are_known_at_once(full: Room) -> None:
    count = full.count()
    over = named(full, "H-04")
    full.scan(count, full.label(), by_eye(named(full, "H-02").label), over.label, "không phải nhãn")
    found = tally_of(Count.objects.get(pk=count))
    assert found.found == {full.box, named(full, "H-02").pk}
    assert found.short == {named(full, "H-03").pk}
    assert found.over == {over.pk}
    assert found.unknown == {"không phải nhãn"}


def test_scans_sent_again_double_nothing_whole_or_in_part(full: Room) -> None:
    count = full.count()
    first = {"key": "may-1-a", "text": full.label(), "at": "2025-06-24T02:00:00Z", "via": "camera"}
    second = {"key": "may-1-b", "text": named(full, "H-02").label}
    for scans in ([first], [first], [first, second], [second, first, first]):
        actions_counts.record_scans(full.act(), count_id=count, scans=scans)
    assert Scan.objects.count() == 2
    assert Scan.objects.get(key="may-1-a").via == "camera"


def test_a_scan_made_without_a_line_counts_when_it_was_made(full: Room) -> None:
    count = full.count()
    at = full.act(minutes=5).at
    full.scan(count, full.label(), minutes=300, at=at.isoformat())
    kept = Scan.objects.get()
    assert kept.at == at
    assert kept.received_at - kept.at > timedelta(hours=4)
    full.scan(count, full.label(), minutes=310, at=full.act(minutes=900).at.isoformat())
    ahead = Scan.objects.order_by("pk").last()
    assert ahead.at == ahead.received_at, "a clock that runs ahead is not believed"
    full.scan(count, full.label(), minutes=320, at="hôm qua")
    assert Scan.objects.count() == 3


def test_a_box_seen_where_it_is_not_on_record_rings_once_and_people_are_told(full: Room) -> None:
    count = full.count()
    stray = named(full, "H-04")
    done = full.scan(count, stray.label)
    assert done["alarms"] == 1
    assert full.scan(count, stray.label)["alarms"] == 0
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.seen_in_id, alarm.other_id) == (
        "elsewhere",
        full.store,
        full.other_store,
    )
    told = set(Notice.objects.values_list("user", flat=True))
    assert full.user("khanh") in told
    resolve = {"alarm_id": alarm.pk, "outcome": "returned"}
    assert refusal(actions_counts.resolve_alarm, full.act(), reason="", **resolve) == {
        "custody.reason-needed"
    }
    assert refusal(
        actions_counts.resolve_alarm, full.act(), alarm_id=alarm.pk, outcome="?", reason="x"
    ) == {"custody.outcome-unknown"}
    assert refusal(
        actions_counts.resolve_alarm, full.act(full.story.inspector), reason="x", **resolve
    ) == {"custody.not-allowed"}
    actions_counts.resolve_alarm(full.act(), reason="Đã đưa về kho 2.", **resolve)
    assert refusal(actions_counts.resolve_alarm, full.act(), reason="x", **resolve) == {
        "custody.alarm-over"
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.update(reason="khác")


def test_a_label_seen_in_two_stores_at_the_same_time_rings(full: Room) -> None:
    here, there = full.count(full.store), full.count(full.other_store)
    full.scan(here, full.label(), minutes=1)
    full.scan(there, full.label(), minutes=6)
    assert set(Alarm.objects.values_list("kind", flat=True)) == {"elsewhere", "two-rooms"}


def test_a_box_moved_properly_between_two_counts_does_not_ring(full: Room) -> None:
    here = full.count(full.store)
    full.scan(here, full.label(), minutes=1)
    actions_boxes.move_container(
        full.act(minutes=20), container_id=full.box, to_id=full.other_store, reason="dồn"
    )
    there = full.count(full.other_store)
    full.scan(there, full.label(), minutes=40)
    assert not Alarm.objects.exists()


def test_a_count_is_closed_by_two_people_and_then_nothing_changes(full: Room, trail) -> None:
    count = full.count()
    assert refusal(close, full, count) >= {"custody.nothing-scanned"}
    full.scan(count, full.label(), named(full, "H-02").label)
    assert refusal(close, full, count) == {"custody.difference-unexplained"}
    assert refusal(close, full, count, reason="x", witness_id=full.lan.user) == {
        "custody.same-person"
    }
    done = close(full, count, reason="H-03 đang ở phòng đọc.")
    assert (done["found"], done["short"]) == (2, 1)
    assert trail()[-1] == "custody.count-closed"
    row = Count.objects.get(pk=count)
    assert row.first_name.startswith("Trần Thị Lan")
    assert row.second_name.startswith("Đỗ Thị Hoa")
    assert refusal(full.scan, count, full.label()) == {"custody.count-closed"}
    assert refusal(close, full, count, reason="x") == {"custody.count-closed"}
    for change in ({"short": 0}, {"closed_at": None}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Count.objects.filter(pk=count).update(**change)


def test_a_place_is_counted_once_at_a_time_and_boxes_are_no_places(full: Room) -> None:
    full.count()
    assert refusal(full.count) == {"custody.count-open-already"}
    assert refusal(full.count, full.box) == {"custody.counts-rooms-only"}


@pytest.mark.parametrize(
    ("scans", "code"),
    [
        ([], "custody.scans-number"),
        ([{"key": str(n), "text": "x"} for n in range(201)], "custody.scans-number"),
        ([{"key": "", "text": "x"}], "custody.scan-unfit"),
        ([{"key": "k" * 65, "text": "x"}], "custody.scan-unfit"),
        ([{"key": "k", "text": "  "}], "custody.scan-unfit"),
    ],
)
def test_scans_without_sense_are_refused(room: Room, scans, code: str) -> None:
    count = room.count()
    call = {"count_id": count, "scans": scans}
    assert refusal(actions_counts.record_scans, room.act(), **call) == {code}


def test_nobody_from_elsewhere_counts_in_a_store(room: Room) -> None:
    count = room.count()
    call = {"count_id": count, "scans": [{"key": "k", "text": "x"}]}
    by = room.act(room.story.minh)
    assert refusal(actions_counts.record_scans, by, **call) == {"custody.count-missing"}
    by = room.act(room.story.city)
    assert refusal(actions_counts.record_scans, by, **call) == {"custody.not-allowed"}


def test_two_hundred_scans_take_few_questions(full: Room, django_assert_max_num_queries) -> None:
    count = full.count()
    label = full.label()
    scans = [{"key": f"n-{n}", "text": label} for n in range(200)]
    with django_assert_max_num_queries(40):
        actions_counts.record_scans(full.act(), count_id=count, scans=scans)


def test_the_sheet_of_a_count_is_a_pdf_and_a_workbook(full: Room) -> None:
    count = full.count()
    full.scan(count, full.label(), "mã lạ", named(full, "H-04").label)
    row = Count.objects.select_related("place__transition").get(pk=count)
    at = full.act().at
    assert sheets.count_pdf(row, at).startswith(b"%PDF")
    assert sheets.count_workbook(row, at).startswith(b"PK")
    close(full, count, reason="đang tìm")
    row.refresh_from_db()
    assert sheets.count_pdf(row, at).startswith(b"%PDF")


def test_labels_begin_on_the_place_asked_for_and_tell_nothing_of_the_content(full: Room) -> None:
    labels = [full.label(), named(full, "H-02").label]
    at = full.act().at
    for layout in sheets.LAYOUTS:
        assert sheets.label_sheets(labels, layout, 5, at).startswith(b"%PDF")
    with pytest.raises(ValueError, match="no place"):
        sheets.label_sheets(labels, "24", 25, at)
    assert full.get(full.box).name not in labels[0]

"""The pages about boxes, as each of the cast sees them."""

import io
import json
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.apps.custody.conftest import Room
from tests.apps.custody.test_seals import PIXEL
from tests.pages.handover.stage import PASSWORD

from thongsuot.apps.custody.models import Alarm, Container, Count, LabelPrint, Scan, Seal
from thongsuot.apps.handover.actions.allocation import override_receiver
from thongsuot.rules.custody.labels import by_eye

pytestmark = pytest.mark.django_db
_number = iter(range(1, 10_000))


def get(room: Room, who: str, door: str, *args: object, status: int = 200, query: str = "") -> str:
    answer = room.stage.as_(who).get(reverse(f"custody:{door}", args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:1_500]
    return answer.content.decode()


def send(room: Room, who: str, door: str, /, *args: object, **values: Any):
    values.setdefault("key", f"trang-{next(_number)}")
    return room.stage.as_(who).post(reverse(f"custody:{door}", args=args), values)


def confirmed(room: Room, who: str) -> None:
    """The person has just proved who they are."""
    room.stage.as_(who).post("/xac-nhan/", {"password": PASSWORD})


SECOND = {"second": "hoa", "second_password": PASSWORD}


def test_the_list_shows_boxes_and_finds_one_by_its_label(room: Room) -> None:
    page = get(room, "lan", "boxes")
    assert "H-01" in page
    assert by_eye(room.label()) in page
    found = room.stage.as_("lan").get(reverse("custody:find"), {"ma": by_eye(room.label()).lower()})
    assert found.status_code == 302
    assert found.url == reverse("custody:one", args=[room.box])
    label = room.label()
    slip = ("2" if label[0] != "2" else "3") + label[1:]
    assert "đọc nhầm một chữ" in get(room, "lan", "find", query=f"?ma={slip}", status=404)
    assert "không phải nhãn nào" in get(room, "lan", "find", query="?ma=%22%3Cb%3E", status=404)
    assert "H-01" not in get(room, "son", "boxes")


def test_the_list_asks_the_same_number_of_questions_however_many_boxes(
    room: Room, django_assert_max_num_queries
) -> None:
    room.make("box", *[f"H-{n}" for n in range(20, 40)], place=room.shelf)
    get(room, "lan", "boxes")
    with django_assert_max_num_queries(45):
        get(room, "lan", "boxes")


def test_a_box_is_sealed_on_its_page_before_a_second_person(room: Room) -> None:
    form = get(room, "lan", "act", room.box, "niem-phong")
    assert "Người thứ hai cùng ký" in form
    good = {"number": "NP-7", "condition": "intact", **SECOND}
    wrong = send(room, "lan", "act", room.box, "niem-phong", **good | {"second_password": "x"})
    assert wrong.status_code == 422
    assert "mật khẩu của người thứ hai không đúng" in wrong.content.decode()
    alone = {"second": "lan"}
    assert send(room, "lan", "act", room.box, "niem-phong", **good | alone).status_code == 422
    photo = SimpleUploadedFile("hop.png", PIXEL, "image/png")
    done = send(room, "lan", "act", room.box, "niem-phong", photo=photo, **good)
    assert done.status_code == 302
    seal = Seal.objects.get()
    page = get(room, "lan", "one", room.box)
    assert "NP-7" in page
    assert reverse("custody:photo", args=[room.box, seal.pk]) in page
    answer = room.stage.as_("lan").get(reverse("custody:photo", args=[room.box, seal.pk]))
    assert b"".join(answer.streaming_content) == PIXEL
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    get(room, "son", "photo", room.box, seal.pk, status=404)


def test_an_opening_asks_for_the_password_again_and_for_a_reason(room: Room) -> None:
    room.seal()
    first = room.stage.as_("lan").get(reverse("custody:act", args=[room.box, "mo"]))
    assert first.status_code == 302
    assert "/xac-nhan/" in first.url
    confirmed(room, "lan")
    empty = send(room, "lan", "act", room.box, "mo", condition="worn", reason="", **SECOND)
    assert empty.status_code == 422
    assert "cần ghi lý do" in empty.content.decode()
    done = send(room, "lan", "act", room.box, "mo", condition="worn", reason="tra cứu", **SECOND)
    assert done.status_code == 302
    assert "tra cứu" in get(room, "lan", "one", room.box)


def test_boxes_are_made_moved_filled_and_emptied_on_pages(room: Room) -> None:
    made = send(
        room, "lan", "make",
        kind="box", body=room.story.office, place=room.shelf, names="H-02\r\nH-03\r\n",
    )  # fmt: skip
    assert made.status_code == 302
    second = Container.objects.get(name="H-02")
    assert send(room, "lan", "act", second.pk, "xep", codes="TS-0003\n").status_code == 302
    assert send(
        room, "lan", "act", second.pk, "chuyen", to=room.other_store, reason="dồn kho"
    ).status_code == 302  # fmt: skip
    assert send(
        room, "lan", "act", second.pk, "lay-ra", items=[room.items[2]], reason="xếp nhầm"
    ).status_code == 302  # fmt: skip
    page = get(room, "lan", "one", second.pk)
    assert "Kho số 2" in page
    assert "dồn kho" in page
    listed = get(room, "lan", "by-list")
    assert "Lập hộp theo danh mục" in listed
    assert send(room, "lan", "make", kind="box", body=987_654, names="X").status_code == 422
    assert send(room, "lan", "act", second.pk, "chuyen", to="x", reason="?").status_code == 422


def test_a_form_sent_twice_is_one_act(room: Room) -> None:
    values = {"codes": "TS-0003", "key": "hai-lan"}
    for _again in range(2):
        assert send(room, "lan", "act", room.box, "xep", **values).status_code == 302
    assert room.get(room.box).things == 3


def test_labels_come_as_a_sheet_and_a_second_print_says_so(room: Room) -> None:
    ids = f"{room.box},{room.shelf}"
    assert "In 2 nhãn" in get(room, "lan", "labels", query=f"?ids={ids}")
    sheet = send(room, "lan", "labels", do="1", ids=ids, layout="24", start="23")
    assert sheet.status_code == 200
    assert sheet.content.startswith(b"%PDF")
    assert LabelPrint.objects.count() == 2
    assert "đã in trước đây" in get(room, "lan", "labels", query=f"?ids={ids}")
    for wrong in ({"layout": "9"}, {"start": "25"}, {"start": "0"}, {"start": "x"}):
        values = {"layout": "24", "start": "1"} | wrong
        assert send(room, "lan", "labels", do="1", ids=ids, **values).status_code == 422
    ticked = send(room, "lan", "labels", chon=[room.box])
    assert "In 1 nhãn" in ticked.content.decode()
    assert send(room, "hang", "labels", do="1", ids=ids, layout="24", start="1").status_code == 403


def scans(room: Room, count: int, *sent: dict[str, str], who: str = "lan"):
    return room.stage.as_(who).post(
        reverse("custody:scan", args=[count]),
        json.dumps({"scans": list(sent)}),
        content_type="application/json",
    )


def test_a_count_without_javascript_from_the_first_scan_to_two_signatures(room: Room) -> None:
    begun = send(room, "lan", "counts", place=room.store)
    count = Count.objects.get()
    assert begun.url == reverse("custody:count", args=[count.pk])
    send(room, "lan", "scan", count.pk, text=by_eye(room.label()))
    send(room, "lan", "scan", count.pk, text="chuyện gì đây")
    page = get(room, "lan", "count", count.pk)
    assert "chuyện gì đây" in page
    assert "không thiếu hộp nào" in page
    confirmed(room, "lan")
    refused = send(room, "lan", "close", count.pk, reason="", **SECOND)
    assert refused.status_code == 422
    assert "cần ghi rõ lý do" in refused.content.decode()
    done = send(room, "lan", "close", count.pk, reason="Nhãn tủ cũ.", **SECOND)
    assert done.status_code == 302
    page = get(room, "hang", "count", count.pk)
    assert "Nhãn tủ cũ." in page
    assert "Đỗ Thị Hoa" in page
    book = room.stage.as_("hang").get(reverse("custody:sheet", args=[count.pk, "xlsx"]))
    cells = [
        str(c.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(book.content))
        for row in sheet.iter_rows()
        for c in row
        if c.value
    ]
    assert "H-01" in cells
    assert by_eye(room.label()) in cells
    get(room, "lan", "sheet", count.pk, "doc", status=404)


def test_the_scanner_of_the_page_may_send_the_same_scans_as_often_as_it_likes(room: Room) -> None:
    count = room.count()
    one, two = ({"key": f"may-{n}", "text": room.label()} for n in (1, 2))
    for sent in ([one], [one], [one, two], [two]):
        answer = scans(room, count, *sent)
        assert answer.status_code == 200
        assert answer.json()["keys"] == [s["key"] for s in sent]
        assert answer.json()["found"] == 1
    assert Scan.objects.count() == 2


@pytest.mark.parametrize(
    "body", ["{}", "[]", "{", '{"scans": 1}', '{"scans": [1]}', '{"scans": []}', "[" * 5_000]
)
def test_a_sending_without_sense_is_answered_and_keeps_nothing(room: Room, body: str) -> None:
    count = room.count()
    answer = room.stage.as_("lan").post(
        reverse("custody:scan", args=[count]), body, content_type="application/json"
    )
    assert answer.status_code in (400, 422)
    assert answer.json()["problems"]
    assert not Scan.objects.exists()


def test_a_closed_count_says_so_to_a_late_sending(room: Room) -> None:
    count = room.count()
    Count.objects.filter(pk=count).update(closed_at=room.act().at)
    answer = scans(room, count, {"key": "muon", "text": room.label()})
    assert answer.status_code == 422
    assert "đã khóa" in answer.json()["problems"][0]["message"]


def test_an_alarm_is_seen_told_and_resolved_with_a_reason(room: Room) -> None:
    (box,) = room.make("box", "H-02", place=room.other_store)
    count = room.count()
    assert scans(room, count, {"key": "a", "text": room.label(box)}).json()["alarms"] == 1
    alarm = Alarm.objects.get()
    assert "chưa giải quyết" in get(room, "khanh", "alarms")
    assert "Kho số 1" in get(room, "lan", "one", box)
    values = {"outcome": "returned", "reason": "Đã mang về kho 2."}
    assert send(room, "hang", "alarm", alarm.pk, **values).status_code == 403
    assert send(room, "lan", "alarm", alarm.pk, outcome="", reason="").status_code == 422
    assert send(room, "khanh", "alarm", alarm.pk, **values).status_code == 302
    assert "Đã mang về kho 2." in get(room, "lan", "alarm", alarm.pk)


def test_the_receiver_sees_of_a_box_what_comes_to_it_and_nothing_else(room: Room) -> None:
    room.story.classify()
    override_receiver(
        room.act(),
        transition_id=room.story.transition,
        choice={"ids": [room.items[0]]},
        receiver_id=room.story.ward,
        reason="theo địa bàn",
    )
    page = get(room, "minh", "one", room.box)
    assert "TS-0001" in page
    assert "TS-0002" not in page
    assert "Còn 1 hồ sơ" in page
    assert not re.search("Niêm phong</a>", page)


def test_the_pages_of_the_handover_lead_to_the_boxes(room: Room) -> None:
    client = room.stage.as_("lan")
    item = reverse("handover:item", args=[room.story.transition, room.items[0]])
    assert reverse("custody:one", args=[room.box]) in client.get(item).content.decode()

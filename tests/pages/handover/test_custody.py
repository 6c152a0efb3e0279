"""The pages of who holds what, of what falls due after the end, and of unfinished work."""

import io
import zipfile
from datetime import date

import pytest

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import CarryLine, Nomination
from thongsuot.foundation import clock

pytestmark = pytest.mark.django_db
CASE = {"kind": "case", "measure": "hồ sơ", "quantity": 1, "citizen": True, "value": None}


def test_who_holds_it_tonight_says_that_there_is_no_gap_and_answers_for_any_day(stage):
    stage.story.list_items(3)
    page = stage.page("khanh", "holders")
    assert "Ai giữ đêm nay" in page
    assert "Không có khoảng trống: ngày 24/06/2025 cả 3 mục đều có đúng một nơi giữ." in page
    assert "bên giao đang giữ" in page
    after = stage.page("khanh", "holders", query="?ngay=01/07/2025")
    assert "Ai giữ ngày 01/07/2025" in after
    assert "so noi vu" in after
    assert "3 mục do cơ quan trông giữ phần còn lại giữ" in after
    before = stage.page("khanh", "holders", query="?ngay=2025-06-01")
    assert "Không có mục nào phải giữ" in before
    assert stage.as_("khanh").get(stage.url("holders") + "?ngay=mai").status_code == 400


def test_who_holds_it_goes_into_a_file_and_is_narrowed_by_reason(stage):
    ids = stage.story.list_items(2)
    stage.story.give_to(stage.story.ward, ids[:1])
    query = "?ngay=2025-07-01&vi-sao=named"
    page = stage.page("khanh", "holders", query=query)
    assert "TS-0001" in page
    assert "TS-0002" not in page
    csv = stage.as_("khanh").get(stage.url("holders") + query + "&xuat=csv")
    text = b"".join(csv.streaming_content).decode("utf-8-sig")
    assert "ubnd phuong ha dong" in text
    assert "TS-0002" not in text


def test_the_steering_committee_nominates_on_the_page_and_others_are_not_shown_it(stage):
    stage.story.list_items(1)
    assert "Chỉ định cơ quan tiếp nhận" not in stage.page("lan", "holders")
    stage.page("lan", "nominate", status=403)
    sent = {"giver_id": stage.story.office, "body_id": stage.story.ward, "authority": ""}
    refused = stage.send("khanh", "nominate", **sent)
    assert refused.status_code == 422
    stage.send("khanh", "nominate", **sent | {"authority": "QĐ số 9 (minh họa)"})
    assert Nomination.objects.get().body_id == stage.story.ward
    page = stage.page("khanh", "holders", query="?ngay=2025-07-01")
    assert "cơ quan được chỉ định tiếp nhận việc còn lại" in page


def test_an_item_says_who_holds_it_now_and_who_will(stage):
    (pk,) = stage.story.list_items(1)
    stage.story.give_to(stage.story.ward, [pk])
    page = stage.page("lan", "item", pk)
    assert "bên giao đang giữ" in page
    assert "Nếu không có gì thay đổi, từ 01/07/2025:" in page
    assert "nơi nhận đã chốt, giữ từ ngày bên giao kết thúc" in page


def test_the_radar_shows_the_exam_a_week_before_and_people_first(stage):
    rows = [
        stage.story.row(1, **CASE, title="Phúc khảo bài thi vào lớp 10, đầu tháng 7 hằng năm"),
        stage.story.row(2, **CASE | {"citizen": False}, title="Việc nội bộ", season="tháng 7"),
        stage.story.row(3, **CASE, title="Đã qua", next_due="2025-06-20"),
    ]
    actions.add_items(
        stage.story.act(stage.story.lan),
        transition_id=stage.story.transition,
        giver_id=stage.story.office,
        rows=rows,
    )
    page = stage.page("khanh", "radar")
    assert "Còn 7 ngày để thu xếp" in page
    assert page.index("Phúc khảo bài thi") < page.index("Việc nội bộ")
    assert "đầu tháng 7 hằng năm (10/07/2025)" in page
    assert "người dân, doanh nghiệp" in page
    assert "Đã qua" not in page
    narrowed = stage.page("khanh", "radar", query="?han-tu=2025-07-01&han-den=2025-07-07&citizen=1")
    assert "Việc nội bộ" not in narrowed.split("Theo tuần")[1]
    assert "Phúc khảo bài thi" in stage.page("khanh", "balance")
    xlsx = stage.as_("khanh").get(stage.url("radar") + "?xuat=xlsx")
    assert zipfile.is_zipfile(io.BytesIO(b"".join(xlsx.streaming_content)))


def test_unfinished_work_is_proposed_frozen_and_finished_on_the_page(stage):
    ids = stage.story.list_items(2, **CASE, next_due="2025-06-10")
    page = stage.page("khanh", "backlog")
    assert "đề nghị quyết định nơi tiếp nhận" in page
    assert "quá hạn 8 đến 30 ngày" in page
    assert "Chốt số tồn đọng" not in page, "not before the day"
    chosen = {"chon": ids, "do": "1"}
    stage.send("lan", "backlog-act", "de-xuat", **chosen, text="Giao phường giải quyết tiếp")
    assert "Giao phường giải quyết tiếp" in stage.page("lan", "backlog")
    assert stage.send("khanh", "backlog-freeze").status_code == 422
    clock.follow(lambda: date(2025, 7, 1))
    assert "Chốt số tồn đọng" in stage.page("khanh", "backlog")
    stage.send("khanh", "backlog-freeze")
    stage.send("lan", "backlog-act", "xong", **chosen, how="Đã trả kết quả")
    assert CarryLine.objects.filter(sort="done").count() == 2
    assert "Tồn đọng đã về không" in stage.page("khanh", "backlog")


def test_the_proposals_are_a_paper_to_send_up(stage):
    stage.story.list_items(2, **CASE, next_due="2025-07-10")
    answer = stage.as_("khanh").get(stage.url("backlog-paper"))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as paper:
        text = paper.read("word/document.xml").decode()
    assert "DANH MỤC ĐỀ XUẤT" in text
    assert "TS-0001" in text


def test_who_is_offered_an_act_on_unfinished_work_is_asked_first_and_may_send_twice(stage):
    ids = stage.story.list_items(1, **CASE)
    asked = stage.send("lan", "backlog-act", "de-xuat", chon=ids)
    assert "Nội dung đề xuất" in asked.content.decode()
    assert stage.send("hang", "backlog-act", "de-xuat", chon=ids).status_code == 403
    assert stage.send("lan", "backlog-act", "la", chon=ids).status_code == 404
    empty = stage.send("lan", "backlog-act", "de-xuat", chon=ids, do="1", text="")
    assert empty.status_code == 422
    for _ in (1, 2):
        stage.send("lan", "backlog-act", "de-xuat", chon=ids, do="1", text="x", key="một khóa")
    assert CarryLine.objects.count() == 1


def test_a_dispute_is_followed_on_its_page_by_its_sides_and_decided_by_their_superior(stage):
    story = stage.story
    (pk,) = story.list_items(1)
    story.give_to(story.ward, [pk])
    stage.send("minh", "dispute", pk, reason="hai phường cùng nhận", receiver_id=story.other)
    assert "Ý kiến của cơ quan" in stage.page("minh", "dispute", pk)
    said = {
        "viec": "y-kien",
        "body_id": story.ward,
        "stance": "claims",
        "reason": "trên đất phường",
    }
    assert stage.send("minh", "dispute", pk, **said).status_code == 302
    assert stage.send("hang", "dispute", pk, **said).status_code == 403
    page = stage.page("khanh", "disputes")
    assert "đề nghị được nhận" in page
    assert "phong giao duc" in page
    held = {"viec": "giu-tam", "receiver_id": story.department, "reason": "có chìa khóa"}
    assert stage.send("khanh", "dispute", pk, **held).status_code == 302
    page = stage.page("khanh", "dispute", pk)
    assert "so giao duc" in page
    assert "trên đất phường" in page
    assert "Ghi quyết định" in page
    assert "Ghi quyết định" not in stage.page("son", "dispute", pk), "a side does not decide"
    assert "Xem, ghi ý kiến" in stage.page("son", "disputes")
    decided = {
        "viec": "quyet-dinh", "to": "held", "receiver_id": story.other, "reason": "địa giới",
        "authority": "TB số 7 (minh họa)",
    }  # fmt: skip
    assert stage.send("khanh", "dispute", pk, **decided).status_code == 302
    assert story.item(pk).receiver_id == story.other

"""Documents and duties through their pages: the whole way by form, refusals, strangers, files."""

import re
from datetime import date, timedelta
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.apps.handover.conftest import LOADED
from tests.pages.directives.walk import (
    TEXT,
    boarded,
    drafted,
    issued,
    met,
    planned,
    recorded,
)

from thongsuot.apps.directives.models import (
    Board,
    Document,
    Duty,
    DutyLine,
    Feed,
    Meeting,
    Milestone,
    Plan,
    Question,
)
from thongsuot.apps.registry.models import BodyEdge, BodyEvent
from thongsuot.foundation import clock
from thongsuot.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db
_keys = count(1)


def send(stage, who, door, *args, query="", **values):
    values.setdefault("key", f"khoa-{next(_keys)}")
    return stage.as_(who).post(reverse(f"directives:{door}", args=args) + query, values)


def page(stage, who, door, *args, status=200, query=""):
    answer = stage.as_(who).get(reverse(f"directives:{door}", args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def at():
    """The clock of the house stands on the day that is asked for."""
    before = clock._story_day

    def stand(day: date) -> None:
        clock.follow(lambda: day)

    yield stand
    clock._story_day = before


def test_from_a_document_to_an_accepted_result_through_the_pages(stage):
    document = {
        "title": "Kết luận về trụ sở", "kind": "conclusion", "number": "12-KL", "issued_on": "2025-06-20",
        "issuer": "ubnd quan ha dong", "text": TEXT, "recipients": "ubnd phuong ha dong",
        "file": SimpleUploadedFile("ket-luan.txt", TEXT.encode()),
    }  # fmt: skip
    answer = send(stage, "lan", "document-record", **document)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    pk = Document.objects.get().pk
    draft = {
        "task": "Rà soát trụ sở dôi dư", "lead": "ubnd phuong ha dong", "person": "Nguyễn Văn Minh",
        "place_words": "phường Hà Đông", "term_kind": "before", "term_day": "2025-06-30",
        "quote": TEXT[:30], "parts": "ubnd phuong dai mo: gửi số liệu", "issue": "1",
    }  # fmt: skip
    assert send(stage, "lan", "make", query=f"?van-ban={pk}", **draft).status_code == 302
    duty = Duty.objects.get()
    assert (duty.state, duty.due_on, duty.start) == ("issued", date(2025, 6, 27), 0)
    assert f'<mark><a href="/nhiem-vu/{duty.pk}/">{TEXT[:30]}</a></mark>' in page(
        stage, "lan", "document", pk
    )
    told = Notice.objects.get(user=stage.users["minh"], kind="directives.issued")
    assert told.url == reverse("directives:duty", args=[duty.pk])
    assert "Nhận nhiệm vụ" in page(stage, "minh", "duty", duty.pk)
    send(stage, "minh", "do", duty.pk, "nhan")
    file = SimpleUploadedFile("anh.txt", b"minh chung\n")
    send(stage, "minh", "do", duty.pk, "tien-do", words="Được một nửa", percent="50", files=file)
    assert (
        stage.as_("lan").get(reverse("directives:evidence", args=[duty.pk, 4, 1])).status_code
        == 200
    )
    part = duty.parts.get()
    send(stage, "son", "part-done", duty.pk, part.pk, words="Đã gửi")
    send(stage, "minh", "do", duty.pk, "xong", words="Đã rà soát 20 trụ sở")
    shown = page(stage, "lan", "duty", duty.pk)
    assert "Nghiệm thu, hoàn thành" in shown
    assert "anh.txt" in shown
    send(stage, "lan", "do", duty.pk, "nghiem-thu")
    duty.refresh_from_db()
    assert duty.state == "completed"
    assert "Với chức vụ này" in page(stage, "minh", "duty", duty.pk)


def test_a_draft_that_is_not_whole_is_kept_and_its_page_says_what_it_lacks(stage):
    answer = send(stage, "lan", "make", task="Việc chưa rõ", issue="1")
    shown = stage.as_("lan").get(answer.url).content.decode()
    for gap in ("chưa rõ người", "chưa rõ địa bàn", "chưa có hạn", "chưa có cơ quan chủ trì"):
        assert gap in shown
    assert Duty.objects.get().state == "draft"
    wrong = send(stage, "lan", "make", task="Việc", lead="Cơ quan không có", person="Ai đó")
    assert wrong.status_code == 422
    assert "Không có cơ quan nào tên “Cơ quan không có”" in wrong.content.decode()
    assert Duty.objects.count() == 1


def test_the_drafts_of_a_document_are_looked_at_and_issued_together(stage):
    document = recorded(stage)
    first, second = (
        drafted(stage, document=document),
        drafted(stage, document=document, person=0, task="Việc hai"),
    )
    chosen = {"chon": [first, second]}
    looked = stage.as_("lan").post(reverse("directives:issue"), chosen)
    assert looked.status_code == 200
    assert "Giao 2 nhiệm vụ" in looked.content.decode()
    refused = send(stage, "lan", "issue", **chosen)
    assert refused.status_code == 422
    assert "“Việc hai”: chưa rõ người" in refused.content.decode()
    assert Duty.objects.filter(state="draft").count() == 2
    assert send(stage, "lan", "issue", chon=[first]).status_code == 302
    assert Duty.objects.get(pk=first).state == "issued"


def test_what_drafts_lack_is_named_for_all_of_them_where_they_are_issued(stage):
    short = {"lead": 0, "person": 0, "lead_words": "Ủy ban nhân dân phường Hà Đông"}
    first, second = drafted(stage, **short), drafted(stage, task="Việc hai", **short)
    chosen = {"chon": [first, second]}
    looked = stage.as_("lan").post(reverse("directives:issue"), chosen).content.decode()
    assert "Văn bản ghi “Ủy ban nhân dân phường Hà Đông”" in looked
    assert looked.count('value="ubnd phuong ha dong"') >= 2  # proposed, not yet chosen
    assert "hệ thống đề xuất" in looked
    assert Duty.objects.filter(lead__isnull=True).count() == 2
    names = {
        f"lead-{first}": "ubnd phuong ha dong", f"person-{first}": "Nguyễn Văn Minh",
        f"lead-{second}": "ubnd phuong ha dong", f"person-{second}": "Ai đó",
    }  # fmt: skip
    refused = send(stage, "lan", "issue", **chosen, **names)
    assert refused.status_code == 422
    assert "Không có một người tên “Ai đó”" in refused.content.decode()
    assert 'value="Ai đó"' in refused.content.decode()
    assert not Duty.objects.filter(lead__isnull=False).exists()
    key = "giao-mot-lan"
    names[f"person-{second}"] = "Nguyễn Văn Minh"
    for _again in range(2):
        assert send(stage, "lan", "issue", key=key, **chosen, **names).status_code == 302
    assert list(Duty.objects.values_list("state", flat=True)) == ["issued", "issued"]
    assert DutyLine.objects.filter(kind="issue").count() == 2


def test_what_is_refused_comes_back_on_the_page_with_its_reason(stage):
    duty = issued(stage)
    answer = send(stage, "minh", "do", duty, "tra-lai", words=" ")
    assert answer.status_code == 422
    assert "Cần điền ô còn trống" in answer.content.decode()
    assert send(stage, "hoa", "do", duty, "nhan").status_code == 404
    assert send(stage, "minh", "do", duty, "nghiem-thu").status_code == 403
    assert send(stage, "minh", "do", duty, "khong-co").status_code == 404


def test_the_chase_board_names_who_owes_what_and_has_words_to_send(stage, at):
    issued(stage, term_day=date(2025, 6, 25))
    issued(
        stage, task="Báo cáo hằng tuần", term_day=None, every="weekly", anchor_on=date(2025, 6, 23)
    )
    assert "Không có việc nào quá hạn" in page(stage, "lan", "chase")
    at(date(2025, 7, 2))
    shown = page(stage, "lan", "chase")
    assert "2 việc quá hạn ở 1 cơ quan" in shown
    assert "quá hạn, im lặng" in shown
    assert "Kính gửi ubnd phuong ha dong," in shown
    assert shown.index("Rà soát trụ sở") < shown.index("Báo cáo hằng tuần")
    assert "hạn 25/06/2025, quá 5 ngày làm việc" in shown
    assert "Không có việc nào quá hạn" in page(stage, "son", "chase")
    alarming = page(stage, "khanh", "exceptions")
    assert "ubnd phuong ha dong" in alarming


def test_my_work_stands_on_the_desk_and_on_the_calendar(stage, at):
    duty = issued(stage)
    home = stage.as_("minh").get(reverse("desk:home")).content.decode()
    assert "Rà soát trụ sở dôi dư" in home
    assert reverse("directives:duty", args=[duty]) in home
    assert (
        "Rà soát trụ sở dôi dư" not in stage.as_("son").get(reverse("desk:home")).content.decode()
    )
    send(stage, "minh", "do", duty, "xong", words="Xong rồi")
    assert "Chờ nghiệm thu" in stage.as_("lan").get(reverse("desk:home")).content.decode()


def test_a_calendar_program_reads_the_days_until_the_address_is_revoked(stage):
    issued(stage, task="Rà soát; trụ sở, dôi dư " + "ở nhiều nơi " * 12)
    answer = send(stage, "minh", "feed-make")
    url = re.search(r'value="http://testserver(/lich/[^"]+\.ics)"', answer.content.decode())[1]
    found = Client().get(url)
    assert found["Content-Type"] == "text/calendar; charset=utf-8"
    text = found.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "SUMMARY:Hạn: Rà soát\\; trụ sở\\, dôi dư" in text.replace("\r\n ", "")
    assert "DTSTART:20250630T100000Z" in text
    assert Feed.objects.get().digest not in url
    assert url not in page(stage, "minh", "calendar")
    send(stage, "minh", "feed-make")
    assert Client().get(url).status_code == 404
    send(stage, "minh", "feed-revoke")
    assert not Feed.objects.filter(revoked_at__isnull=True).exists()
    assert send(stage, "minh", "feed-revoke").status_code == 422


def test_the_list_of_boards_asks_nothing_for_each_of_them(stage):
    asked = []
    for number in range(3):
        boarded(stage, title=f"Nội dung trọng tâm {number} (minh họa)")
        with CaptureQueriesContext(connection) as queries:
            page(stage, "khanh", "boards")
        asked.append(len(queries))
    assert asked[1] == asked[2]


def test_a_board_shows_each_unit_what_changed_and_what_the_source_does_not_state(stage, at):
    board = boarded(stage)
    points = {p.number: p.pk for p in Board.objects.get().points.all()}
    mark = {
        f"mark-{points[1]}": "under-way",
        f"words-{points[1]}": "Đã xong 3/5 kho",
        "ky": "2025-06-16",
    }
    at(date(2025, 6, 17))
    assert send(stage, "minh", "board-say", board, **mark).status_code == 302
    at(date(2025, 6, 24))
    done = {f"mark-{points[1]}": "done", f"mark-{points[3]}": "nothing", "ky": "2025-06-23"}
    assert send(stage, "minh", "board-say", board, **done).status_code == 302
    shown = page(stage, "khanh", "board", board)
    assert "chưa nêu trong nguồn" in shown
    assert "1/2 nơi đã báo" in shown
    assert "tiến triển" in shown
    assert "Chưa báo kỳ này:" in shown
    assert "ubnd phuong dai mo" in shown
    assert "Đã xong 3/5 kho" in page(stage, "khanh", "board", board, query="?ky=2025-06-16")
    assert "ubnd phuong dai mo" not in page(stage, "minh", "board", board)
    assert send(stage, "minh", "board-say", board, ky="2025-06-20").status_code == 422
    page(stage, "khanh", "board", board, status=422, query="?ky=2020-01-01")
    form = {"title": "Bảng mới", "points": "Một\n…\nBa", "bodies": "ubnd phuong ha dong", "every": "biweekly",
            "anchor_on": "2025-06-23"}  # fmt: skip
    assert send(stage, "khanh", "board-make", **form).status_code == 302
    assert [p.stated for p in Board.objects.latest("pk").points.order_by("number")] == [
        True,
        False,
        True,
    ]


def test_a_congress_is_planned_from_a_template_and_linked_at_two_levels(stage, at):
    form = {
        "title": "Đại hội cấp trên",
        "kind": "congress",
        "template": "ward-congress",
        "day": "2025-09-15",
    }
    send(stage, "khanh", "plan-make", **form)
    upper = Plan.objects.get()
    assert [m.due_on for m in upper.milestones.order_by("-due_on")][:2] == [
        date(2025, 9, 15),
        date(2025, 9, 12),
    ]
    owners = "phong giao duc | 15/08/2025\nubnd phuong ha dong | 20/08/2025"
    spread = {"title": "Đại hội cấp cơ sở", "template": "ward-congress", "owners": owners}
    assert send(stage, "khanh", "plan-spread", upper.pk, **spread).status_code == 302
    assert send(stage, "khanh", "plan-spread", upper.pk, **spread).status_code == 422
    lower = Plan.objects.get(above=upper, owner=stage.story.office).pk
    assert "Kế hoạch cấp dưới liên kết" in page(stage, "khanh", "plan", upper.pk)
    assert "Đại hội cấp trên" in page(stage, "lan", "plan", lower)
    first, second = Plan.objects.get(pk=lower).milestones.order_by("number")[:2]
    early = send(stage, "lan", "step-done", lower, second.pk)
    assert early.status_code == 422
    assert "còn chờ mốc" in early.content.decode()
    assert send(stage, "lan", "step-done", lower, first.pk).status_code == 302
    assert "Ghi nhầm?" in page(stage, "lan", "plan", lower)
    assert send(stage, "lan", "step-undone", lower, first.pk, reason=" ").status_code == 422
    assert send(stage, "lan", "step-undone", lower, first.pk, reason="Nhầm mốc").status_code == 302
    assert Milestone.objects.get(pk=first.pk).done_on is None
    assert send(stage, "lan", "step-done", lower, first.pk).status_code == 302
    at(second.due_on + timedelta(days=3))
    shown = page(stage, "lan", "plan", lower)
    assert "quá hạn" in shown
    assert "bị mốc chậm đẩy lùi" in shown
    steps = f"15/07/2025 | {first.title} | | \n20/07/2025 | Việc mới | ubnd phuong ha dong | 1"
    ahead = {"reason": "Lùi theo chỉ đạo", "day": "2025-08-29", "steps": steps}
    assert send(stage, "lan", "plan-rewrite", lower, **ahead).status_code == 302
    again = Plan.objects.get(pk=lower)
    assert again.version == 2
    assert again.milestones.get(version=2, number=1).done_on is not None
    assert "đã được thay" in page(stage, "lan", "plan", lower, query="?lan=1")
    wrong = ahead | {
        "steps": "31/02/2025 | Ngày không có\n01/07/2025 | Trước | | 3\n02/07/2025 | Sau"
    }
    answer = send(stage, "lan", "plan-rewrite", lower, **wrong)
    assert answer.status_code == 422
    assert "31/02/2025" in answer.content.decode()


def test_a_session_keeps_who_came_what_was_asked_and_what_is_still_owed(stage, at):
    form = {
        "title": "Làm việc với các phường", "on": "2025-06-23", "head": "Trưởng đoàn công tác",
        "attendance": "ubnd phuong ha dong | Chủ tịch | Báo cáo bàn giao\nubnd phuong dai mo | vắng",
    }  # fmt: skip
    assert send(stage, "lan", "meeting-record", **form).status_code == 302
    meeting = Meeting.objects.get().pk
    shown = page(stage, "minh", "meeting", meeting)
    assert "có mặt 1/2" in shown
    question = {
        "asked": "Bao giờ xong kho?",
        "owed_by": "ubnd phuong ha dong",
        "due_on": "2025-06-28",
    }
    assert send(stage, "lan", "ask", meeting, **question).status_code == 302
    asked = Question.objects.get()
    assert asked.due_on == date(2025, 6, 30)
    assert (
        send(stage, "lan", "ask", meeting, asked="x", owed_by="ubnd phuong ha dong").status_code
        == 422
    )
    assert "Bao giờ xong kho?" in page(stage, "minh", "chase")
    assert (
        send(stage, "son", "answer", meeting, asked.pk, answer="Không phải tôi").status_code == 403
    )
    assert (
        send(stage, "minh", "answer", meeting, asked.pk, answer="Xong ngày 27/6").status_code == 302
    )
    assert "đã trả lời" in page(stage, "lan", "meeting", meeting)
    document = recorded(stage)
    drafted(stage, document=document)
    assert send(stage, "lan", "conclude", meeting, document=str(document)).status_code == 302
    assert "Rà soát trụ sở dôi dư" in page(stage, "lan", "meeting", meeting)


def test_duties_go_to_the_successor_by_form(stage):
    duty = issued(stage, term_day=date(2025, 6, 25))
    form = {"from": "ubnd phuong ha dong", "to": "ubnd phuong dai mo", "reason": "Sáp nhập"}
    assert send(stage, "lan", "move", **form).status_code == 403
    refused = send(stage, "minh", "move", **form)
    assert refused.status_code == 422
    assert "không ghi" in refused.content.decode()
    event = BodyEvent.objects.create(kind="merge", on=date(2025, 7, 1), recorded_at=LOADED)
    BodyEdge.objects.create(
        event=event, src_id=stage.story.ward, dst_id=stage.story.other, recorded_at=LOADED
    )
    assert send(stage, "minh", "move", **form).status_code == 302
    moved = Duty.objects.get(pk=duty)
    assert (moved.lead_id, moved.due_on) == (stage.story.other, date(2025, 6, 27))
    shown = page(stage, "son", "duty", duty)
    assert "25/06/2025 → 27/06/2025" in shown
    assert "chuyển cơ quan kế thừa" in shown


def test_search_finds_a_document_by_a_word_of_its_text_without_marks(stage):
    recorded(stage)
    assert "Kết luận về trụ sở" in page(stage, "lan", "documents", query="?tim=tru+so+doi+du")
    assert "Kết luận về trụ sở" not in page(
        stage, "lan", "documents", query="?tim=khong+co+chu+nay"
    )


def test_lists_ask_the_same_number_of_questions_however_long_they_are(stage):
    doors = ("duties", "documents", "plans", "meetings", "chase", "exceptions")

    def asked() -> dict[str, int]:
        found = {}
        for door in doors:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page(stage, "lan", door)
            found[door] = len(queries)
        return found

    recorded(stage), issued(stage), planned(stage), met(stage)
    asked()  # what is looked up once
    few = asked()
    for _n in range(6):
        issued(stage, document=recorded(stage)), planned(stage), met(stage)
    assert asked() == few


def test_the_list_goes_out_and_comes_in_again_as_a_file(stage):
    drafted(stage, code="NV-01")
    exported = stage.as_("lan").get(reverse("directives:duties") + "?xuat=csv")
    text = b"".join(exported.streaming_content).decode("utf-8-sig")
    assert "NV-01" in text
    assert "Rà soát trụ sở dôi dư" in text
    template = stage.as_("lan").get(reverse("directives:template"))
    assert template.content.startswith(b"PK")
    sent = SimpleUploadedFile("nhiem-vu.csv", exported_for_import(text))
    brought = stage.as_("lan").post(
        reverse("directives:import"), {"key": "nhap-lieu-1", "tep": sent}
    )
    assert brought.status_code == 302, re.findall(r"<li.{0,400}", brought.content.decode())[-8:]


def exported_for_import(text: str) -> bytes:
    return ("\ufeff" + text).encode()


def test_who_reports_a_round_with_nothing_new_presses_one_button(stage):
    duty = issued(stage, term_day=None, every="weekly", anchor_on=date(2025, 6, 23))
    due = Duty.objects.get(pk=duty).due_on
    assert due == date(2025, 6, 30)
    assert send(stage, "minh", "do", duty, "bao-cao-ky", nothing="1", words="").status_code == 302
    assert "không phát sinh" in page(stage, "lan", "duty", duty)
    assert Duty.objects.get(pk=duty).due_on == date(2025, 7, 7)

"""The pages of data copies: the whole way by form, refusals on the page, files and paper."""

from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.apps.continuity.conftest import proof_of

from thongsuot.apps.continuity.models import Copy, CopyCheck, Drill, Server
from thongsuot.apps.continuity.telling import remind
from thongsuot.foundation import clock
from thongsuot.foundation.notices.models import Notice
from thongsuot.rules.continuity.proof import as_text, read_proof

pytestmark = pytest.mark.django_db
_keys = count(1)


def send(stage, who, door, *args, **values):
    values.setdefault("key", f"khoa-{next(_keys)}")
    return stage.as_(who).post(reverse(f"continuity:{door}", args=args), values)


def upload(text: str, name: str = "tep.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "application/json")


def page(stage, who, door, *args, status=200, query=""):
    answer = stage.as_(who).get(reverse(f"continuity:{door}", args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_copy_goes_from_plan_to_verified_through_the_pages(stage, copying):
    s = stage.story
    send(stage, "minh", "register", body=s.ward, name="MC-01", memory_gb="16", disk_gb="1.000")
    server = Server.objects.get()
    assert server.disk_gb == 1000
    send(stage, "minh", "assess", server.pk, fit="fit", reason="Đủ ổ đĩa")
    plan = {"owner": s.office, "receiver": s.ward, "system": "Một cửa", "kind": "folder",
            "due_on": "2025-06-25", "every_days": "", "server": server.pk, "item": copying.dataset()}  # fmt: skip
    assert send(stage, "lan", "plan", **plan).status_code == 302
    copy = Copy.objects.get()
    assert "Nộp chứng nhận" in page(stage, "lan", "copy", copy.pk)
    assert "Nộp kết quả" not in page(stage, "minh", "copy", copy.pk)
    send(stage, "lan", "prove", copy.pk, file=upload(as_text(copying.proof)))
    assert Notice.objects.filter(user=stage.users["minh"], kind="continuity.to-check").exists()
    proof = stage.as_("minh").get(reverse("continuity:proof-file", args=[copy.pk, 1]))
    assert read_proof(proof.content).root == copying.proof.root
    assert "Nộp kết quả" in page(stage, "minh", "copy", copy.pk)
    send(stage, "minh", "check", copy.pk, file=upload(copying.result(copying.proof)))
    copy.refresh_from_db()
    assert copy.state == "verified"
    shown = page(stage, "hang", "copy", copy.pk)
    assert "đã đối chiếu, đúng" in shown
    assert "Một cửa" in page(stage, "hang", "server", server.pk)
    pdf = stage.as_("lan").get(reverse("continuity:paper", args=[copy.pk, "pdf"])).content
    assert pdf.startswith(b"%PDF")
    item = stage.page("lan", "item", copy.item_id)
    assert reverse("continuity:copy", args=[copy.pk]) in item


def test_differences_are_named_on_the_page_and_the_giver_is_told(stage, copying):
    copy = copying.planned()
    copying.proved(copy)
    found = proof_of(a="một khác", c="ba <script>")
    send(stage, "minh", "check", copy, file=upload(copying.result(found)))
    shown = page(stage, "lan", "copy", copy)
    for name in ("a.txt", "b.txt", "c.txt", "khác 3 chỗ"):
        assert name in shown
    assert Notice.objects.filter(user=stage.users["lan"], kind="continuity.differs").exists()
    docx = stage.as_("minh").get(reverse("continuity:paper", args=[copy, "docx"])).content
    assert docx.startswith(b"PK")


def test_a_refused_file_comes_back_with_the_reason_and_writes_nothing(stage, copying):
    copy = copying.planned()
    for file, words in (
        (upload("{}"), "không phải chứng nhận"),
        (upload("không phải json"), "không phải tệp JSON"),
        (upload(as_text(copying.proof).replace("mot-cua", "hai-cua")), "đã bị sửa sau khi lập"),
        (None, "Chưa chọn tệp"),
    ):
        answer = send(stage, "lan", "prove", copy, **({"file": file} if file else {}))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert send(stage, "son", "prove", copy, file=upload("{}")).status_code == 404
    assert (
        send(stage, "minh", "prove", copy, file=upload(as_text(copying.proof))).status_code == 403
    )
    assert not Copy.objects.get(pk=copy).proofs.exists()


def test_a_form_with_wrong_values_comes_back_filled_in(stage):
    s = stage.story
    wrong = {
        "owner": s.office,
        "receiver": 10**9,
        "system": "",
        "kind": "folder",
        "due_on": "hôm nay",
    }
    answer = send(stage, "lan", "plan", **wrong)
    assert answer.status_code == 422
    assert "Phải xong trước hết ngày" in answer.content.decode()
    assert (
        send(
            stage, "lan", "plan", **(wrong | {"every_days": "bảy", "due_on": "2025-06-25"})
        ).status_code
        == 422
    )
    assert send(stage, "lan", "plan", key="").status_code == 400
    assert send(stage, "hang", "plan", **wrong).status_code == 403
    answer = send(stage, "lan", "drill", body=s.office, on="2025-06-23", what="Một cửa", result="whole",
                  minutes="mười", compared="–")  # fmt: skip
    assert answer.status_code == 422
    assert not Copy.objects.exists()
    assert not Drill.objects.exists()


def test_the_same_upload_sent_twice_is_one_check(stage, copying):
    copy = copying.planned()
    copying.proved(copy)
    for _ in range(2):
        answer = send(
            stage, "minh", "check", copy, key="hai-lan", file=upload(copying.result(copying.proof))
        )
        assert answer.status_code == 302
    assert CopyCheck.objects.count() == 1


def test_late_copies_are_filtered_counted_and_told(stage, copying):
    copying.planned(due_on=clock.today().replace(day=20), system="Phần mềm trễ")
    copying.planned(system="Phần mềm đúng hạn")
    shown = page(stage, "lan", "copies", query="?tre=1")
    assert "Phần mềm trễ" in shown
    assert "Phần mềm đúng hạn" not in shown
    assert remind(clock.today(), clock.now()) == 1
    for who in ("lan", "minh"):
        assert Notice.objects.filter(user=stage.users[who], kind="continuity.late").count() == 1
    assert not Notice.objects.filter(user=stage.users["son"]).exists()


def test_lists_go_out_as_csv_and_workbook_and_cost_the_same_however_long(stage, copying):
    s = stage.story
    drill = {"body": s.office, "on": "2025-06-23", "what": "Một cửa", "result": "whole", "minutes": "12", "compared": "Mã gốc bằng nhau"}  # fmt: skip
    assert send(stage, "lan", "drill", **drill).status_code == 302
    copying.planned()
    for door in ("copies", "servers", "drills"):
        answer = stage.as_("lan").get(reverse(f"continuity:{door}") + "?xuat=csv")
        assert b"".join(answer.streaming_content).decode().startswith("\ufeff")
        answer = stage.as_("lan").get(reverse(f"continuity:{door}") + "?xuat=xlsx")
        assert (
            b"".join(answer.streaming_content if answer.streaming else [answer.content])[:2]
            == b"PK"
        )
    page(stage, "lan", "copies")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(stage, "lan", "copies")
        return len(queries)

    few = cost()
    for n in range(8):
        copying.planned(system=f"Phần mềm {n}")
    assert cost() == few


def test_the_closing_page_names_the_data_set_without_a_copy(stage, copying):
    item = copying.dataset()
    code = stage.story.item(item).code
    shown = stage.page("khanh", "close-body", stage.story.office)
    assert f"{code} (" in shown
    assert "chưa có bản sao dữ liệu" in shown

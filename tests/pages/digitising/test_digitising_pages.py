"""The pages of digitising, opened as the cast opens them."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from tests.apps.digitising.conftest import pdf
from tests.pages.digitising.walk import rows
from tests.pages.handover.stage import CAST

from thongsuot.apps.digitising.models import Fonds, Lot, Record, Scan, Stage
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.jobs.running import run_pending
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
EVERYBODY = ("anonymous", *CAST)


def url(name: str, *args: object) -> str:
    return reverse(f"digitising:{name}", args=args)


def key(n: int = 0) -> dict[str, str]:
    return {"key": f"khoa-{n}-{Entry.objects.count()}"}


def test_everybody_gets_the_answer_of_the_table(stage, fonds) -> None:
    wrong = []
    for name, (args, answers) in rows().items():
        address = reverse(name, args=args(stage, fonds))
        for who in EVERYBODY:
            got = stage.as_(who).get(address).status_code
            if got != answers[who]:
                wrong.append(f"{name} {who}: {got} instead of {answers[who]}")
    assert not wrong, "\n".join(wrong)


def test_a_fonds_is_opened_from_what_the_inventory_names(stage, fonds) -> None:
    lan = stage.as_("lan")
    page = lan.get(url("open")).content.decode()
    assert "Phông khác" in page
    assert "3 hồ sơ" in page
    values = dict(re.findall(r'name="(hundredths|least|most_bad|every_days)" value="(\d+)"', page))
    which = re.search(r'value="(\d+:Phông khác)"', page).group(1)
    done = lan.post(url("open"), {"which": which, **values, **key()}, follow=True)
    assert "Đã mở phông với 3 hồ sơ" in done.content.decode()


def test_the_page_of_a_fonds_shows_figures_method_and_what_is_left(stage, fonds) -> None:
    page = stage.as_("hang").get(url("fonds", fonds["fonds"])).content.decode()
    assert "Chưa dự báo được" in page
    assert "Cách tính" in page
    assert "Còn 4 hồ sơ chưa đóng hộp: HS-103, HS-104, HS-105, HS-106." in page
    assert "cần xác nhận" in page


def test_chosen_files_are_boxed_from_the_list(stage, fonds) -> None:
    lan, where = stage.as_("lan"), url("box", fonds["fonds"])
    picked = list(Record.objects.filter(code__in=("HS-103", "HS-104")).values_list("pk", flat=True))
    first = lan.post(where, {"chon": picked})
    assert "Đóng hộp: 2 hồ sơ" in first.content.decode()
    done = lan.post(where, {"chon": picked, "do": "1", "box": "H-09", **key()}, follow=True)
    assert "Đã đóng 2 hồ sơ vào hộp H-09" in done.content.decode()
    again = lan.post(where, {"chon": picked, "do": "1", "box": "H-10", **key(1)})
    assert again.status_code == 422
    assert "không đi được từ bước" in again.content.decode()


def test_scans_find_their_files_by_name_and_what_does_not_is_said(stage, fonds) -> None:
    lan, where = stage.as_("lan"), url("scan", fonds["fonds"])
    Record.objects.filter(code="HS-103").update(stage=Stage.BOXED, box="H-02")
    files = [
        SimpleUploadedFile("HS-103.pdf", pdf("một"), "application/pdf"),
        SimpleUploadedFile("HS-103__2.pdf", pdf("hai"), "application/pdf"),
    ]
    done = lan.post(where, {"file": files, **key()}, follow=True)
    assert "Đã lưu 2 bản quét" in done.content.decode()
    bad = [
        SimpleUploadedFile("KHONG-CO.pdf", pdf("ba"), "application/pdf"),
        SimpleUploadedFile("HS-104.pdf", pdf("bốn"), "application/pdf"),  # not boxed yet
        SimpleUploadedFile("HS-103__3.csv", b"ma;ten\n1;2\n", "text/csv"),
    ]
    answer = lan.post(where, {"file": bad, **key(1)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "không trùng mã hồ sơ nào" in page
    assert "HS-104: không đi được từ bước" in page
    assert "bản quét phải là PDF, JPEG hoặc PNG" in page
    assert Scan.objects.filter(record__code="HS-103").count() == 2
    assert lan.post(where, key(2)).status_code == 422
    one = Scan.objects.filter(record__code="HS-103").first()
    got = lan.get(url("scan-file", fonds["fonds"], one.pk))
    assert b"".join(got.streaming_content) == pdf("một")


def test_a_lot_is_judged_decided_and_accepted_by_another_from_its_page(stage, fonds) -> None:
    lan, where = stage.as_("lan"), url("lot", fonds["fonds"], fonds["fonds_lot"])
    page = lan.get(where).content.decode()
    numbers = re.findall(r'name="record" value="(\d+)"', page)
    assert len(numbers) == 2
    early = lan.post(where, {"do": "accept", **key(1)})
    assert "hồ sơ mẫu chưa xem" in early.content.decode()
    for n, number in enumerate(numbers):
        assert lan.post(where, {"do": "good", "record": number, **key(n)}).status_code == 302
    assert (
        "chờ nghiệm thu"
        in lan.post(where, {"do": "accept", **key(5)}, follow=True).content.decode()
    )
    alone = lan.post(where, {"do": "final", **key(6)})
    assert "người nghiệm thu phải là người khác" in alone.content.decode()
    assert Lot.objects.get().state == "checked"
    assert stage.as_("hang").post(where, {"do": "final", **key(7)}).status_code == 403
    assert lan.post(where, {"do": "?", **key(8)}).status_code == 422


def test_closing_says_what_is_left(stage, fonds) -> None:
    where = url("close", fonds["fonds"])
    answer = stage.as_("lan").post(where, {"authority": "QĐ minh họa", **key()})
    assert answer.status_code == 422
    assert "chưa đóng hộp" in answer.content.decode()
    assert Fonds.objects.get().closed_at is None


def bring(stage, fonds, content: bytes, name: str) -> ImportBatch:
    """Bring a list as the page does, up to its preview."""
    sent = {"tep": SimpleUploadedFile(name, content), "key": "khoa-dem-tep-toi"}
    answer = stage.as_("lan").post(url("bring", fonds["fonds"]), sent)
    assert answer.status_code == 302, answer.content.decode()[:3_000]
    run_pending()
    return ImportBatch.objects.latest("id")


def posted(stage, batch: ImportBatch, what: str, **values: object) -> None:
    """Press a button of the preview."""
    sent = {"key": f"khoa-{what}-12345", **values}
    answer = stage.as_("lan").post(f"/nhap-lieu/{batch.pk}/{what}/", sent)
    assert answer.status_code == 302, answer.content.decode()[:3_000]
    run_pending()


def test_the_exported_list_comes_back_in_as_the_same_list(stage, fonds) -> None:
    lan, where = stage.as_("lan"), url("records", fonds["fonds"])
    answer = lan.get(where + "?xuat=xlsx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    titles = [c.value for row in load_workbook(BytesIO(content)).active.iter_rows(max_row=8) for c in row]  # fmt: skip
    assert {"Mã hồ sơ", "Tiêu đề hồ sơ", "Hộp số", "Số tờ"} <= set(titles)
    text = b"".join(lan.get(where + "?xuat=csv").streaming_content)
    batch = bring(stage, fonds, text, "danh-sach.csv")
    assert batch.counts.get("same") == 6, batch.counts
    assert not batch.counts.get("new")


def test_a_list_adds_files_puts_them_into_boxes_and_can_be_taken_back(stage, fonds) -> None:
    rows = (
        "Mã hồ sơ,Tiêu đề hồ sơ,Hộp số,Số tờ\n"
        "HS-201,Tập mới một,H-20,12\nHS-202,Tập mới hai,,7\nHS-103,Tập hồ sơ 103 (minh họa),H-21,\n"
    )
    batch = bring(stage, fonds, rows.encode("utf-8-sig"), "danh-sach.csv")
    assert (batch.counts["new"], batch.counts["changed"]) == (2, 1), batch.counts
    posted(stage, batch, "ghi", digest=batch.digest)
    found = dict(Record.objects.filter(withdrawn_at=None).values_list("code", "stage"))
    assert (found["HS-201"], found["HS-202"], found["HS-103"]) == (2, 1, 2)
    assert Record.objects.get(code="HS-201").pages == 12
    posted(stage, batch, "hoan-tac", reason="nhầm tệp")
    left = set(Record.objects.filter(withdrawn_at=None).values_list("code", flat=True))
    assert not left & {"HS-201", "HS-202"}


def test_a_list_with_years_and_pages_that_cannot_be_is_told_at_its_cells(stage, fonds) -> None:
    rows = "Mã hồ sơ,Tiêu đề hồ sơ,Số tờ,Năm đầu,Năm cuối\nHS-301,Tập,-3,2010,2008\n"
    batch = bring(stage, fonds, rows.encode("utf-8-sig"), "sai.csv")
    page = stage.as_("lan").get(reverse("imports:one", args=[batch.pk])).content.decode()
    assert "Năm cuối phải bằng hoặc sau năm đầu" in page
    assert not Record.objects.filter(code="HS-301").exists()


def test_the_scans_that_are_due_are_read_from_the_page(stage, fonds) -> None:
    lan = stage.as_("lan")
    assert lan.post(url("read-again", fonds["fonds"]), key()).status_code == 302
    run_pending()
    page = lan.get(url("fixity", fonds["fonds"]) + "?ket-qua=sound").content.decode()
    assert "nguyên vẹn" in page
    assert "HS-101" in page

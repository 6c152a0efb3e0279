"""The pages of settling: what they show, what their forms do, what they give to take away."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.apps.settling.conftest import line

from thongsuot.apps.settling import actions
from thongsuot.apps.settling.models import (
    Bundle,
    BundlePart,
    ClosingSheet,
    Confirmation,
    Seal,
    SheetLine,
)
from thongsuot.foundation.imports.models import ImportBatch


def url(stage, door: str, *args: object) -> str:
    return reverse(f"settling:{door}", args=[stage.story.transition, *args])


def get(stage, who: str, door: str, *args: object, status: int = 200, query: str = "") -> str:
    answer = stage.as_(who).get(url(stage, door, *args) + query)
    assert answer.status_code == status, answer.content.decode()[:1_500]
    return answer.content.decode()


def send(stage, who: str, door: str, *args: object, **values: object):
    values.setdefault("key", f"khoa-{door}-{len(values)}-{id(values)}")
    return stage.as_(who).post(url(stage, door, *args), values)


def test_a_sheet_is_written_line_by_line_confirmed_and_frozen(stage, desk) -> None:
    office = stage.story.office
    desk.money("TC-1", 1_250_000)
    assert "Chưa có bảng khóa sổ" in get(stage, "lan", "sheet", office)
    sent = send(
        stage, "lan", "line", office, code="TC-1", section="balance", title="Tiền gửi",
        account="3714.TC-1", amount="1.250.000",
    )  # fmt: skip
    assert sent.status_code == 302
    assert SheetLine.objects.get().amount == 1_250_000
    confirmed = {
        "number": "7/XN-KB", "on": "2025-06-24", "tk_1": "3714.TC-1", "st_1": "1.250.001",
        "tep": SimpleUploadedFile("xac-nhan.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
    }  # fmt: skip
    assert send(stage, "lan", "confirm-balance", office, **confirmed).status_code == 302
    page = get(stage, "lan", "sheet", office)
    assert "bảng thiếu 1 đồng" in page
    assert "bản quét" in page
    kept = Confirmation.objects.get()
    scan = stage.as_("lan").get(url(stage, "confirmation-file", office, kept.pk))
    assert b"".join(scan.streaming_content).startswith(b"%PDF")
    fixed = {"number": "8/XN-KB", "on": "24/06/2025", "tk_1": "3714.TC-1", "st_1": "1250000"}
    assert send(stage, "lan", "confirm-balance", office, **fixed).status_code == 302
    assert send(stage, "lan", "freeze", office).status_code == 302
    assert "ký được, kết thúc được" in get(stage, "lan", "sheet", office)
    assert "khớp" in get(stage, "khanh", "sheets")


def test_a_refused_line_keeps_what_was_typed_and_says_why(stage, desk) -> None:
    answer = send(
        stage, "lan", "line", stage.story.office, code="A", section="payable",
        title="Nợ nhà thầu số 9", amount="12",
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "cần ghi ai nợ hoặc nợ ai" in page
    assert "Nợ nhà thầu số 9" in page
    for amount in ("1.5", "-1", "mười"):
        bad = send(stage, "lan", "line", stage.story.office, code="A", section="cash",
                   title="x", amount=amount)  # fmt: skip
        assert bad.status_code == 422
    assert not ClosingSheet.objects.exists()


def test_the_workbook_taken_away_can_be_brought_again(stage, desk) -> None:
    office = stage.story.office
    desk.write(line("A", amount=12_345), line("B", "estimate", 6, granted=10, spent=4))
    answer = stage.as_("lan").get(url(stage, "sheet-paper", office, "xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2, max_row=3)] == [
        "A",
        "B",
    ]
    page = get(stage, "lan", "bring", office)
    key = re.findall(r'name="key" value="([^"]+)"', page)[-1]
    sent = stage.as_("lan").post(
        url(stage, "bring", office),
        {"key": key, "tep": SimpleUploadedFile("bang.xlsx", answer.content)},
    )
    assert sent.status_code == 302, sent.content.decode()[:2_000]
    batch = ImportBatch.objects.latest("id")
    assert (batch.counts["same"], batch.counts.get("error", 0)) == (2, 0)


def test_a_sheet_comes_from_excel_and_goes_away_with_its_import(stage, desk) -> None:
    office = stage.story.office
    desk.write(line("A", amount=5))
    answer = stage.as_("lan").get(url(stage, "sheet-paper", office, "xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    rows = book.worksheets[0]
    at = {cell.value: cell.column for cell in rows[1]}
    amount = next(n for title, n in at.items() if str(title).startswith("Số tiền"))
    rows.cell(2, amount).value = 6
    out = io.BytesIO()
    book.save(out)
    page = get(stage, "lan", "bring", office)
    key = re.findall(r'name="key" value="([^"]+)"', page)[-1]
    stage.as_("lan").post(
        url(stage, "bring", office),
        {"key": key, "tep": SimpleUploadedFile("bang.xlsx", out.getvalue())},
    )
    batch = ImportBatch.objects.latest("id")
    where = f"/nhap-lieu/{batch.pk}"
    done = stage.as_("lan").post(f"{where}/ghi/", {"key": "khoa-ghi-001", "digest": batch.digest})
    assert done.status_code == 302
    assert SheetLine.objects.get(live=True).amount == 6
    back = stage.as_("lan").post(
        f"{where}/hoan-tac/", {"key": "khoa-lui-001", "reason": "nhầm tệp"}
    )
    assert back.status_code == 302, back.content.decode()[:1_500]
    assert SheetLine.objects.get(live=True).amount == 5


def test_the_table_of_the_kho_bac_is_a_paper(stage, desk) -> None:
    desk.settled_books("TC-1")
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = stage.as_("hang").get(url(stage, "sheet-paper", stage.story.office, form))
        assert answer.content.startswith(start)
    assert (
        stage.as_("lan").get(url(stage, "sheet-paper", stage.story.office, "exe")).status_code
        == 404
    )


def test_seals_are_taken_into_the_register_and_moved_from_the_list(stage, desk) -> None:
    desk.add(
        desk.story.row(1, kind="seal", code="CD-1", title="Con dấu phòng", quantity=1,
                       measure="con dấu", annex={"seal_type": "round"})
    )  # fmt: skip
    assert "Đưa 1 con dấu từ danh mục vào sổ" in get(stage, "lan", "seals")
    assert send(stage, "lan", "register-seals").status_code == 302
    seal = Seal.objects.get()
    asked = send(stage, "lan", "move-seals", "ke-khai", thu="1", dau=str(seal.pk))
    assert "CD-1" in asked.content.decode()
    done = send(stage, "lan", "move-seals", "ke-khai", lam="1", on="2025-06-24",
                **{"cac-dau": str(seal.pk)})  # fmt: skip
    assert done.status_code == 302
    wrong = send(stage, "lan", "move-seals", "nop", lam="1", on="2025-06-24",
                 receiver_id=str(stage.story.department), **{"cac-dau": str(seal.pk)})  # fmt: skip
    assert wrong.status_code == 422
    assert "hãy chọn cơ quan công an" in wrong.content.decode()
    page = get(stage, "lan", "seal", seal.pk)
    assert "đã kê khai" in page
    assert "Nộp cho cơ quan công an" in page
    assert "Con dấu phòng" in get(stage, "khanh", "seals", query="?con=1")


def test_a_bundle_is_begun_filled_from_proposals_and_confirmed(stage, desk) -> None:
    lead, parts = desk.school("dataset")
    page = get(stage, "lan", "make-bundle")
    assert "Trường Mầm non Vạn Phúc" in page
    made = send(stage, "lan", "make-bundle", sort="service-unit", lead=str(lead))
    assert made.status_code == 302
    pk = Bundle.objects.get().pk
    offered = re.findall(
        r'name="phan" id="p-\d+" value="([^"]+)"', get(stage, "lan", "bundle-parts", pk)
    )
    assert {int(v.split(":")[0]) for v in offered} == set(parts.values())
    assert send(stage, "lan", "bundle-parts", pk, phan=offered).status_code == 302
    assert BundlePart.objects.count() == 3
    page = get(stage, "lan", "bundle", pk)
    assert "chưa có phần nào" in page
    refused = send(stage, "lan", "confirm-bundle", pk)
    assert refused.status_code == 422
    named = send(stage, "lan", "bundle-exception", pk, what="nhom:contracts",
                 reason="Không có hợp đồng", decided_by="Chị Lan")  # fmt: skip
    assert named.status_code == 302
    assert send(stage, "lan", "confirm-bundle", pk).status_code == 302
    assert "Gói đã chốt" in get(stage, "minh", "bundle", pk)
    assert "Trường Mầm non Vạn Phúc" in get(stage, "minh", "bundles")
    files = stage.as_("lan").get(url(stage, "bundles") + "?xuat=xlsx")
    assert b"".join(files.streaming_content).startswith(b"PK")


def test_pages_of_the_handover_point_here(stage, desk) -> None:
    item = desk.settled_books("TC-1")
    balance = stage.page("lan", "balance")
    assert url(stage, "sheets") in balance
    assert url(stage, "sheet", stage.story.office) in stage.page("lan", "item", item)


def test_lists_cost_the_same_queries_however_many_rows(stage, desk) -> None:
    def cost(door: str) -> int:
        get(stage, "khanh", door)
        with CaptureQueriesContext(connection) as seen:
            get(stage, "khanh", door)
        return len(seen)

    lead, *others = desk.add(
        *(
            desk.story.row(n, kind="service_unit", code=f"DV-{n}", quantity=1, measure="đơn vị")
            for n in range(1, 6)
        )
    )
    desk.bundle(lead)
    desk.seals(1)
    before = {door: cost(door) for door in ("bundles", "seals")}
    for item in others:
        desk.bundle(item)
    desk.add(
        *(
            desk.story.row(n, kind="seal", code=f"CD-{n}", quantity=1, measure="con dấu")
            for n in range(10, 15)
        )
    )
    actions.register_seals(desk.act(), transition_id=desk.story.transition)
    assert {door: cost(door) for door in before} == before
    assert max(before.values()) < 40

"""Pages of procedures: public where it helps, by Excel and by hand, nothing about a person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from tests.pages.handover.stage import Stage, key_in
from tests.pages.procedures.walk import things

from thongsuot.apps.procedures import actions
from thongsuot.apps.procedures.models import Dossier, Procedure
from thongsuot.foundation.imports.models import ImportBatch

pytestmark = pytest.mark.django_db


def test_a_citizen_reads_what_to_bring_and_where_and_is_sent_to_the_national_portal(
    stage: Stage,
) -> None:
    things(stage)
    page = stage.as_("anonymous").get(reverse("procedures:procedure", args=["1.001"]))
    text = page.content.decode()
    assert "Một cửa phường Hà Đông" in text
    assert "3 ngày làm việc" in text
    assert "https://dichvucong.gov.vn" in text
    assert "Sổ hồ sơ" not in text


def test_the_grid_and_the_share_show_who_receives_what(stage: Stage) -> None:
    made = things(stage)
    grid = stage.as_("anonymous").get(reverse("procedures:grid")).content.decode()
    assert ">N</abbr>" in grid
    share = stage.as_("anonymous").get(reverse("procedures:coverage")).content.decode()
    assert "100 %" in share
    s = stage.story
    actions.write_procedure(
        s.act(s.city),
        values={"code": "1.002", "name": "Thủ tục thứ hai", "field": "khac", "commune": True, "days": 1},
    )  # fmt: skip
    shop = stage.as_("anonymous").get(reverse("procedures:shop", args=[made["shop"]]))
    assert "1/2 thủ tục phải nhận" in shop.content.decode()


def test_a_result_is_given_by_its_form(stage: Stage) -> None:
    made = things(stage)
    url = reverse("procedures:step", args=[made["dossier"], "tra-ket-qua"])
    page = stage.as_("minh").get(url).content.decode()
    sent = {"key": key_in(page), "on": "2025-06-24", "reason": ""}
    assert stage.as_("minh").post(url, sent).status_code == 302
    row = Dossier.objects.get(pk=made["dossier"])
    assert (row.state, row.judged) == ("done", "early")
    figures = stage.as_("khanh").get(reverse("procedures:figures")).content.decode()
    assert "100 %" in figures


def _bring(stage: Stage, who: str, url: str, rows: list[list[object]]) -> ImportBatch:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("bang.xlsx", out.getvalue())
    answer = stage.as_(who).post(url, {"tep": file, "key": "khoa-dem-tep-toi"})
    assert answer.status_code == 302, answer.content.decode()[:3_000]
    batch = ImportBatch.objects.order_by("pk").last()
    assert batch is not None
    return batch


def _apply(stage: Stage, who: str, batch: ImportBatch):
    """Write what was looked through, as the page of the import does."""
    url = reverse("imports:apply", args=[batch.pk])
    return stage.as_(who).post(url, {"digest": batch.digest, "key": "ghi-mot-lan-thoi"})


def _titles(stage: Stage, which: str) -> list[object]:
    book = stage.as_("khanh").get(reverse("procedures:template", args=[which]))
    return [
        c.value for c in next(load_workbook(io.BytesIO(book.content)).worksheets[0].iter_rows())
    ]


def test_the_catalogue_comes_in_from_excel_by_its_own_template(stage: Stage) -> None:
    things(stage)
    titles = _titles(stage, "danh-muc")
    values = {"Mã thủ tục": "1.009", "Tên thủ tục": "Đăng ký khai sinh", "Lĩnh vực": "khac",
              "Nhận ở cấp xã": "có", "Thời hạn (ngày làm việc)": 1}  # fmt: skip
    row = [next((v for k, v in values.items() if str(t).startswith(k)), None) for t in titles]
    batch = _bring(stage, "khanh", reverse("procedures:bring-catalogue"), [titles, row])
    answer = _apply(stage, "khanh", batch)
    assert answer.status_code == 302
    row_there = Procedure.objects.get(code="1.009", live=True)
    assert (row_there.name, row_there.days, row_there.commune) == ("Đăng ký khai sinh", 1, True)


def test_the_desk_log_comes_in_from_excel_and_is_judged(stage: Stage) -> None:
    made = things(stage)
    titles = _titles(stage, "so-ho-so")
    values = {"Mã hồ sơ": "H26-0009", "Mã thủ tục": "1.001", "Ngày nhận": "16/06/2025",
              "Ngày trả": "23/06/2025"}  # fmt: skip
    row = [next((v for k, v in values.items() if str(t).startswith(k)), None) for t in titles]
    url = reverse("procedures:bring-log", args=[made["shop"]])
    batch = _bring(stage, "minh", url, [titles, row])
    _apply(stage, "minh", batch)
    row_there = Dossier.objects.get(outside="H26-0009")
    assert (row_there.state, row_there.judged) == ("done", "late")
    assert [s.act for s in row_there.steps.order_by("pk")] == ["receive", "finish"]


def test_lists_cost_the_same_for_many_rows(stage: Stage) -> None:
    made = things(stage)
    s = stage.story
    doors = (
        "procedures:catalogue",
        "procedures:dossiers",
        "procedures:coverage",
        "procedures:grid",
    )

    def queries(door: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert stage.as_("minh").get(reverse(door)).status_code == 200
        return len(seen)

    for door in doors:
        queries(door)
    few = [queries(door) for door in doors]
    for number in range(2, 7):
        code = f"1.00{number}"
        actions.write_procedure(
            s.act(s.city),
            values={"code": code, "name": f"Thủ tục {number}", "field": "khac", "commune": True, "days": 1},
        )  # fmt: skip
        actions.offer(s.act(s.minh), shop_id=made["shop"], codes=[code], receives=True)
        actions.receive(s.act(s.minh), shop_id=made["shop"], code=code, received=s.act(s.minh).on)
    assert [queries(door) for door in doors] == few

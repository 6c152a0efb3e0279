"""An inventory from the template to the list and back, through the pages."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pages.handover.stage import Stage, heads, key_in

from thongsuot.apps.handover.models import Item, TransitionBody
from thongsuot.apps.registry.models import Appointment, BodyVersion
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db


def template(stage: Stage, kind: str = "asset") -> openpyxl.Workbook:
    answer = stage.as_("lan").get(stage.url("template", kind))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.getvalue()))


def titles(book: openpyxl.Workbook) -> tuple[int, dict[str, int]]:
    """The row of the titles on the first sheet, and the column of each title."""
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=1, max_row=10):
        found = {str(c.value).removesuffix(" (*)"): c.column for c in row if c.value}
        if "Mã" in found:
            return row[0].row, found
    raise AssertionError("the template has no titles")


def first_choice(book: openpyxl.Workbook, column: str) -> str:
    """A value that the template itself allows in that column, from its example."""
    at, found = titles(book)
    return str(book.worksheets[0].cell(at + 1, found[column]).value or "")


def filled(stage: Stage, *rows: dict[str, object], kind: str = "asset") -> bytes:
    """The template of a kind, filled in as an office would, its examples taken out."""
    book = template(stage, kind)
    at, found = titles(book)
    sheet = book.worksheets[0]
    sheet.delete_rows(at + 1, sheet.max_row)
    for n, row in enumerate(rows, start=1):
        for title, value in row.items():
            sheet.cell(at + n, found[title], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def office_name(stage: Stage, body: int | None = None) -> str:
    return BodyVersion.objects.get(body=body or stage.story.office).name


def asset(stage: Stage, **more: object) -> dict[str, object]:
    kinds = first_choice(template(stage), "Loại tài sản")
    row: dict[str, object] = {
        "Mã": "TS-501",
        "Tên": "Máy in (minh họa)",
        "Cơ quan đang giữ": office_name(stage),
        "Số lượng": 2,
        "Loại tài sản": kinds or "máy móc, thiết bị",
    }
    return row | more


def bring(stage: Stage, content: bytes, who: str = "lan", kind: str = "asset"):
    file = SimpleUploadedFile("kiem-ke.xlsx", content)
    return stage.send(who, "bring", kind, tep=file, key="khoa-dem-tep-toi")


def posted(stage: Stage, what: str, who: str = "lan", **values: object):
    pk = ImportBatch.objects.latest("id").pk
    values.setdefault("key", f"khoa-{what}-12345")
    return stage.as_(who).post(f"/nhap-lieu/{pk}/{what}/", values)


def test_a_filled_template_becomes_items_and_can_be_taken_back_whole(stage: Stage) -> None:
    answer = bring(stage, filled(stage, asset(stage), asset(stage, Mã="TS-502")))
    assert answer.status_code == 302, answer.content.decode()[:3_000]
    page = stage.as_("lan").get(answer["Location"]).content.decode()
    batch = ImportBatch.objects.latest("id")
    assert batch.counts["new"] == 2, page
    assert not Item.objects.filter(code="TS-501").exists()
    before = Entry.objects.count()
    form = {"digest": batch.digest, "key": "ghi-mot-lan-thoi"}
    assert posted(stage, "ghi", **form).status_code == 302
    assert posted(stage, "ghi", **form).status_code == 302
    assert Entry.objects.count() == before + 1
    item = Item.objects.get(code="TS-501")
    assert (item.opened, item.q_held, item.giver_id) == (2, 2, stage.story.office)
    assert "TS-502" in stage.page("lan", "items")
    assert "kiem-ke.xlsx" in stage.page("lan", "imports")
    undo = posted(stage, "hoan-tac", reason="nhầm tệp")
    assert undo.status_code == 302
    assert "TS-501" not in stage.page("lan", "items")


def test_a_bad_cell_is_told_at_its_place_and_mended_there(stage: Stage) -> None:
    bring(stage, filled(stage, asset(stage, **{"Số lượng": "nhiều"})))
    pk = ImportBatch.objects.latest("id").pk
    page = stage.as_("lan").get(f"/nhap-lieu/{pk}/").content.decode()
    assert "nhiều" in page
    row = re.findall(r'id="r(\d+)"', page)[0]
    assert posted(stage, "sua", row=row, **{"o-quantity": "3"}).status_code == 302
    assert ImportBatch.objects.get(pk=pk).counts["error"] == 0


def test_a_giver_that_is_not_mine_is_refused_at_the_cell(stage: Stage) -> None:
    other = office_name(stage, stage.story.district)
    bring(stage, filled(stage, asset(stage, **{"Cơ quan đang giữ": other})))
    batch = ImportBatch.objects.latest("id")
    page = stage.as_("lan").get(f"/nhap-lieu/{batch.pk}/").content.decode()
    assert batch.counts["error"] == 1
    assert "không phải cơ quan bạn nhập được" in page
    assert posted(stage, "ghi", digest=batch.digest).status_code in (409, 422)
    assert not Item.objects.filter(code="TS-501").exists()


def test_a_body_named_in_the_address_that_is_not_mine_is_not_taken(stage: Stage) -> None:
    for number in (stage.story.district, 987_654, "9" * 30, "9" * 3_000, "-1", "²", "a"):
        got = stage.as_("lan").get(f"{stage.url('bring', 'asset')}?co-quan={number}")
        assert got.status_code == 200, number


@pytest.mark.parametrize(
    ("who", "status"), [("minh", 403), ("son", 403), ("khanh", 403), ("hang", 403), ("xa", 404)]
)
def test_only_the_closing_side_brings_inventories(stage: Stage, who: str, status: int) -> None:
    got = bring(stage, filled(stage, asset(stage)), who=who)
    assert got.status_code == status
    assert ImportBatch.objects.count() == 0


def test_somebody_else_does_not_even_learn_that_the_import_exists(stage: Stage) -> None:
    bring(stage, filled(stage, asset(stage)))
    pk = ImportBatch.objects.latest("id").pk
    before = heads()
    for who in ("hoa", "minh", "son", "khanh", "quantri", "xa", "het"):
        assert stage.as_(who).get(f"/nhap-lieu/{pk}/").status_code == 404, who
        for what in ("ghi", "bo", "sua", "hoan-tac", "tong", "tra-loi"):
            assert posted(stage, what, who, digest="x").status_code in (404, 422), (who, what)
    assert heads() == before


def test_who_has_left_the_post_writes_nothing_that_was_begun(stage: Stage) -> None:
    bring(stage, filled(stage, asset(stage)))
    batch = ImportBatch.objects.latest("id")
    lans = Appointment.objects.get(person=stage.people["lan"])
    Appointment.objects.filter(pk=lans.pk).update(
        until=date(2025, 6, 24), ended_at=batch.created_at
    )
    assert posted(stage, "ghi", digest=batch.digest).status_code in (403, 404)
    assert not Item.objects.filter(code="TS-501").exists()


def test_every_kind_has_a_template_and_a_door(stage: Stage) -> None:
    page = stage.page("lan", "imports")
    kinds = set(re.findall(r"/nhap/([\w-]+)/mau\.xlsx", page))
    assert len(kinds) == 11
    for kind in kinds:
        assert titles(template(stage, kind))[1]["Mã"]
        assert key_in(stage.page("lan", "bring", kind))
    stage.page("lan", "bring", "no-such-kind", status=404)
    stage.page("lan", "template", "no-such-kind", status=404)


def test_nothing_is_brought_into_a_body_that_has_ended(stage: Stage) -> None:
    ends = TransitionBody.objects.filter(transition=stage.story.transition, body=stage.story.office)
    assert "/nhap/asset/" in stage.page("lan", "imports")
    ends.update(ended_on=date(2025, 6, 24))
    assert "/nhap/asset/" not in stage.page("lan", "imports")
    assert bring(stage, b"x").status_code == 403

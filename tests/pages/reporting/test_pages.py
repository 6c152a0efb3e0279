"""The pages of reports: filling in, checking, gathering, freezing, writing and signing."""

import html
import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import timezone
from docx import Document
from tests.apps.handover.conftest import LOADED
from tests.apps.reporting.conftest import DUE
from tests.pages.reporting.conftest import Desk

from thongsuot.apps.registry.models import (
    Share,
    Unit,
    UnitEdge,
    UnitEvent,
    UnitEventKind,
    UnitVersion,
)
from thongsuot.apps.reporting import figures
from thongsuot.apps.reporting.actions import papers
from thongsuot.apps.reporting.filling import Unfit, fill, places_in
from thongsuot.apps.reporting.models import (
    Brief,
    Filing,
    Indicator,
    OfficeTemplate,
    Round,
    Scores,
    Series,
)
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.files.store import path_of
from thongsuot.foundation.refusal import Refused

GOOD = {
    "tong": "10", "dung_han": "8", "qua_han": "2", "tai_khoan": "129", "thiet_bi": "16",
    "thiet_bi-n": "20", "kho_khan": "Thiếu máy quét",
}  # fmt: skip


def confirmed(desk: Desk, who: str) -> None:
    """As if the person had just typed the password again."""
    client = desk.as_(who)
    session = client.session
    session[reauth.SESSION_KEY] = int(timezone.now().timestamp())
    session.save()


def test_a_clerk_sees_what_is_owed_and_opens_it(desk: Desk) -> None:
    page = desk.page("an", "home")
    assert "Báo cáo tuần của phường" in page
    assert "tuần 29 (14/07–20/07/2025)" in page
    page = desk.page("an", "return", desk.office.returns["an"])
    assert "Hồ sơ tiếp nhận" in page
    assert 'value="nop"' in page


def test_checking_says_what_does_not_agree_and_keeps_what_was_typed(desk: Desk) -> None:
    wrong = {**GOOD, "qua_han": "1", "lam": "kiem"}
    answer = desk.send("an", "return", desk.office.returns["an"], **wrong)
    page = answer.content.decode()
    assert "ghi 10, nhưng cộng lại" in page
    assert 'value="129"' in page
    assert Filing.objects.count() == 0
    part = desk.send("an", "return", desk.office.returns["an"], **wrong, htmx=True)
    assert "<html" not in part.content.decode()
    fine = desk.send("an", "return", desk.office.returns["an"], **GOOD, lam="kiem")
    assert "Số liệu khớp" in fine.content.decode()


def test_a_draft_is_kept_and_a_return_is_submitted(desk: Desk) -> None:
    one = desk.office.returns["an"]
    assert desk.send("an", "return", one, **{**GOOD, "qua_han": "1"}, lam="luu").status_code == 302
    assert "Đã lưu nháp" in desk.page("an", "return", one)
    answer = desk.send("an", "return", one, **{**GOOD, "qua_han": "1"}, lam="nop")
    assert answer.status_code == 422
    assert desk.send("an", "return", one, **GOOD, lam="nop").status_code == 302
    page = desk.page("an", "return", one)
    assert "đã nộp" in page
    assert "Rút lại" in page
    assert desk.office.get("an").state == "submitted"


def test_a_draft_is_read_by_nobody_but_those_who_write_it(desk: Desk) -> None:
    one = desk.office.returns["an"]
    draft = {**GOOD, "kho_khan": "Bản nháp chưa nộp"}
    assert desk.send("an", "return", one, **draft, lam="luu").status_code == 302
    assert "Bản nháp chưa nộp" in desk.page("an", "return", one)
    for who in ("van", "kiem"):
        assert "Bản nháp chưa nộp" not in desk.page(who, "return", one)
    assert desk.send("an", "return", one, **draft, lam="nop").status_code == 302
    for who in ("van", "kiem"):
        assert "Bản nháp chưa nộp" in desk.page(who, "return", one)


def test_what_cannot_be_read_is_named_and_nothing_is_kept(desk: Desk) -> None:
    sent = {**GOOD, "tong": "mười", "thiet_bi-n": "", "lam": "luu"}
    answer = desk.send("an", "return", desk.office.returns["an"], **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“mười” không phải là số" in page
    assert "ghi hai số nguyên" in page
    assert Filing.objects.count() == 0


def test_nothing_to_report_is_one_press(desk: Desk) -> None:
    desk.send("chi", "nothing", desk.office.returns["chi"])
    assert "không có phát sinh" in desk.page("chi", "return", desk.office.returns["chi"])


def test_last_weeks_values_stand_beside_the_boxes(desk: Desk) -> None:
    desk.office.submit("an")
    desk.office.open_round("2025-07-21")
    page = desk.page("an", "return", desk.office.returns["an"])
    assert "16/20" in page
    assert "Thiếu máy quét" in page


def test_a_figure_of_the_system_fills_itself_in_and_waits_for_a_person(desk: Desk) -> None:
    figures.register("thu.tai_khoan", "Tài khoản", lambda asked: figures.Known(129, "sổ tài khoản"))
    content = {
        "fields": [
            {**f, "figure": "thu.tai_khoan" if f["key"] == "tai_khoan" else ""}
            for f in desk.office.one().version.content["fields"]
        ],
        "rules": [],
    }
    desk.office.write_form("2025-07-21", content=content, form_id=desk.office.form)
    desk.office.open_round("2025-07-21")
    one = desk.office.returns["an"]
    page = desk.page("an", "return", one)
    assert "Hệ thống có 129: sổ tài khoản" in page
    assert 'value="129"' in page
    refused = desk.send("an", "return", one, **GOOD, lam="nop")
    assert "đã đối chiếu" in refused.content.decode()
    assert refused.status_code == 422
    assert (
        desk.send("an", "return", one, **GOOD, **{"tai_khoan-ok": "1"}, lam="nop").status_code
        == 302
    )
    assert Filing.objects.get(owner=one).sources["tai_khoan"]["source"] == "sổ tài khoản"


def test_recalling_and_reopening_ask_why(desk: Desk) -> None:
    desk.office.submit("an")
    one = desk.office.returns["an"]
    assert desk.send("an", "recall", one, reason="").status_code == 422
    assert desk.send("an", "recall", one, reason="Nhầm").status_code == 302
    desk.office.submit("an")
    assert desk.send("van", "reopen", one, reason="Số 7 sai").status_code == 302
    assert "Số 7 sai" in desk.page("an", "return", one)


def test_who_gathers_sees_the_counts_and_the_missing_by_name(desk: Desk) -> None:
    desk.office.submit("an")
    page = desk.page("van", "round", desk.office.round)
    assert "1/3" in page
    assert "ubnd phuong binh, ubnd phuong chi" in page
    assert "Nhắc nộp" in page
    desk.page("an", "round", desk.office.round, status=404)
    file = desk.as_("van").get(f"/bao-cao/ky/{desk.office.round}/?xuat=csv")
    assert "ubnd phuong an" in b"".join(file.streaming_content).decode()


def test_reminders_can_be_copied_and_sent(desk: Desk) -> None:
    page = desk.page("van", "remind", desk.office.round)
    assert "Kính gửi ubnd phuong an" in page
    chosen = str(desk.office.returns["binh"])
    desk.send("van", "remind", desk.office.round, **{"don-vi": chosen})
    assert desk.office.get("binh").reminded == 1
    assert desk.office.get("an").reminded == 0


def test_only_a_head_locks_and_a_locked_period_shows_it(desk: Desk) -> None:
    desk.page("van", "lock", desk.office.round, status=403)
    assert "Còn thiếu 3 trên 3" in desk.page("truong", "lock", desk.office.round)
    assert desk.send("truong", "lock", desk.office.round, reason="").status_code == 422
    desk.send("truong", "lock", desk.office.round, reason="Hết hạn")
    assert Round.objects.get(pk=desk.office.round).locked_at is not None
    assert "Kỳ này khóa lúc" in desk.page("an", "return", desk.office.returns["an"])


def test_the_totals_add_up_what_came_in(desk: Desk) -> None:
    desk.office.submit("an")
    desk.office.submit("binh", tong=5, dung_han=5, qua_han=0)
    page = desk.page("van", "totals", desk.office.round)
    assert ">15<" in page
    assert "32/40" in page
    assert "2/2" in page


def test_inspection_reads_and_operators_do_not(desk: Desk) -> None:
    desk.page("kiem", "round", desk.office.round)
    desk.page("kiem", "return", desk.office.returns["an"])
    desk.page("kiem", "remind", desk.office.round, status=403)
    desk.page("quan", "round", desk.office.round, status=404)
    assert "Chưa có báo cáo nào" in desk.page("quan", "home")


@pytest.fixture
def snapshot(desk: Desk):
    desk.office.submit("an")
    desk.office.submit("binh")
    return desk.office.freeze(at=DUE + timedelta(hours=3))


def test_a_snapshot_is_frozen_on_its_page_with_who_reported(desk: Desk) -> None:
    desk.office.submit("an")
    recipient = desk.office.recipient()
    answer = desk.send("van", "freeze", recipient, on="2025-07-14", reason="")
    assert answer.status_code == 422
    assert "chưa tới giờ chốt" in answer.content.decode()
    answer = desk.send("van", "freeze", recipient, on="2025-07-14", reason="", early="1")
    page = desk.as_("van").get(answer["Location"]).content.decode()
    assert "Chốt sớm" in page
    assert "1/3" in page


def test_from_draft_to_signed_within_one_page(desk: Desk, snapshot) -> None:
    answer = desk.send("van", "begin-brief", snapshot.pk, kind="brief")
    brief = Brief.objects.get()
    assert answer["Location"].endswith(f"/van-ban/{brief.pk}/")
    page = desk.page("van", "brief", brief.pk)
    assert "Thiếu máy quét (ubnd phuong an, ubnd phuong binh)" in page
    assert "2/3 đơn vị đã báo cáo" in page
    assert "cần xác nhận" in page
    words = {"p-tinh_hinh": "Ổn định.", "p-ky_toi": "Tiếp tục.", "p-kho_khan": "- Thiếu máy quét"}
    answer = desk.send("truong", "brief", brief.pk, **words, number="5", symbol="BC/VPTU", lam="ky")
    assert answer["Location"].endswith("/ky/")
    assert desk.as_("truong").get(answer["Location"]).status_code == 302  # the password again
    confirmed(desk, "truong")
    page = desk.page("truong", "sign", brief.pk)
    stale = desk.send("truong", "sign", brief.pk, content="0" * 64)
    assert stale.status_code == 409
    content = page.split('name="content" value="')[1][:64]
    assert desk.send("truong", "sign", brief.pk, content=content).status_code == 302
    page = desk.page("truong", "brief", brief.pk)
    assert "Văn bản không sửa được nữa" in page
    again = desk.send("truong", "brief", brief.pk, **words, lam="luu")
    assert again.status_code == 422
    desk.page("van", "sign", brief.pk, status=403)


def test_a_brief_is_printed_as_pdf_and_docx_with_who_reported(desk: Desk, snapshot) -> None:
    desk.send("van", "begin-brief", snapshot.pk, kind="brief")
    brief = Brief.objects.get()
    client = desk.as_("van")
    pdf = client.get(f"/bao-cao/van-ban/{brief.pk}/in/pdf")
    assert pdf.content.startswith(b"%PDF")
    docx = client.get(f"/bao-cao/van-ban/{brief.pk}/in/docx")
    text = "\n".join(p.text for p in Document(io.BytesIO(docx.content)).paragraphs)
    assert "2/3 đơn vị đã báo cáo" in text
    assert "Bản dự thảo" in text
    assert client.get(f"/bao-cao/van-ban/{brief.pk}/in/mau.docx").status_code == 404
    assert client.get(f"/bao-cao/van-ban/{brief.pk}/in/x").status_code == 404


def _template() -> bytes:
    document = Document()
    document.add_paragraph("Kính gửi: {{noi_nhan}}, kỳ {{ky}}")
    cut = document.add_paragraph()
    for piece in ("{{tinh", "_hinh", "}}"):
        cut.add_run(piece).bold = True
    document.add_table(1, 1).cell(0, 0).text = "{{so_lieu}}"
    document.sections[0].header.paragraphs[0].text = "{{co_quan}}"
    document.add_paragraph("{{khong_biet}}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_offices_own_template_keeps_its_look_and_is_filled_in(desk: Desk, snapshot) -> None:
    file = io.BytesIO(_template())
    file.name = "mau-cua-toi.docx"
    answer = desk.send("van", "template", name="Mẫu tuần", tep=file)
    assert answer.status_code == 302
    assert "thành dòng chấm để viết tay: {{khong_biet}}." in desk.page("van", "briefs")
    desk.send("van", "begin-brief", snapshot.pk, kind="brief")
    brief = Brief.objects.get()
    kept = desk.page("van", "brief", brief.pk).split("<option value=")
    template = next(o for o in kept if "Mẫu tuần" in o).split('"')[1]
    desk.send("van", "brief", brief.pk, lam="luu", template=template, **{"p-tinh_hinh": "Một\nHai"})
    got = desk.as_("van").get(f"/bao-cao/van-ban/{brief.pk}/in/mau.docx")
    document = Document(io.BytesIO(got.content))
    texts = [p.text for p in document.paragraphs]
    assert texts[0].startswith("Kính gửi: Thường trực Thành ủy, kỳ tuần 29")
    assert texts[1:3] == ["Một", "Hai"]
    assert document.paragraphs[2].runs[0].bold
    assert "…………" in texts
    assert "Hồ sơ tiếp nhận" in document.tables[0].cell(0, 0).text
    assert document.sections[0].header.paragraphs[0].text == "van phong ubnd"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rac", b"%PDF-1.4", b"x" * 100])
def test_a_file_that_is_no_template_is_refused_with_what_to_do(desk: Desk, content: bytes) -> None:
    for call in (lambda: places_in(content, "x.docx"), lambda: fill(content, {}, "x.docx")):
        with pytest.raises(Unfit) as caught:
            call()
        assert caught.value.problem.code == "reporting.template-damaged"
    file = io.BytesIO(content or b" ")
    file.name = "x.docx"
    answer = desk.send("van", "template", name="Mẫu", tep=file)
    assert answer.status_code == 422
    assert not OfficeTemplate.objects.exists()


def test_each_thing_that_is_wrong_with_a_template_has_its_own_sentence(desk: Desk) -> None:
    def said(**sent: object) -> str:
        answer = desk.send("van", "template", name="Mẫu", **sent)
        assert answer.status_code == 422
        return html.unescape(answer.content.decode())

    assert "Chọn một tệp DOCX để làm mẫu." in said()
    broken, bare, large = io.BytesIO(_template()[:900]), io.BytesIO(), io.BytesIO(b"0" * 5_000_001)
    broken.name = bare.name = large.name = "mau.docx"
    assert "không phải là DOCX đọc được" in said(tep=broken)
    Document().save(bare)
    bare.seek(0)
    assert "chưa có chỗ điền nào. Viết vào mẫu những chỗ như {{noi_nhan}}" in said(tep=bare)
    assert "quá lớn: tối đa 5 MB" in said(tep=large)


def test_a_template_that_can_be_read_no_more_says_so_and_the_plain_paper_still_comes(
    desk: Desk, snapshot
) -> None:
    file = io.BytesIO(_template())
    file.name = "mau.docx"
    desk.send("van", "template", name="Mẫu tuần", tep=file)
    desk.send("van", "begin-brief", snapshot.pk, kind="brief")
    brief, template = Brief.objects.get(), OfficeTemplate.objects.get()
    desk.send("van", "brief", brief.pk, lam="luu", template=str(template.pk))
    lies = path_of(template.file.sha256)
    lies.chmod(0o600)
    lies.write_bytes(b"PK hong")
    got = desk.as_("van").get(f"/bao-cao/van-ban/{brief.pk}/in/mau.docx")
    assert got.status_code == 422
    assert "không còn đọc được. Chọn mẫu khác" in html.unescape(got.content.decode())
    lies.unlink()
    assert desk.as_("van").get(f"/bao-cao/van-ban/{brief.pk}/in/mau.docx").status_code == 422
    assert desk.as_("van").get(f"/bao-cao/van-ban/{brief.pk}/in/docx").status_code == 200


def test_a_template_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 45_000_000)
    with pytest.raises(Unfit) as caught:
        places_in(out.getvalue())
    assert caught.value.problem.code == "reporting.template-too-large"


def test_a_form_is_written_in_the_editor_and_its_next_version_leaves_the_old(desk: Desk) -> None:
    sent = {
        "title": "Mẫu mới", "since": "2025-08-01", "lam": "ghi",
        "f-0-key": "a", "f-0-title": "Số A", "f-0-type": "int", "f-0-across": "sum",
        "f-0-over_time": "sum", "f-1-key": "b", "f-1-title": "Số B", "f-1-required": "1",
        "r-0-check": "at-most", "r-0-fields": "a b", "r-0-blocks": "1",
    }  # fmt: skip
    answer = desk.send("van", "new-form", **sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = desk.as_("van").get(answer["Location"]).content.decode()
    assert "Số A" in page
    assert "không lớn hơn" in page
    broken = desk.send("van", "new-form", **{**sent, "r-0-fields": "a khac"})
    assert "“khac” mà mẫu không có" in broken.content.decode()
    early = desk.send("van", "edit-form", desk.office.form, **{**sent, "since": "2025-07-01"})
    assert "Mẫu mới phải bắt đầu sau ngày ấy" in early.content.decode()
    more = desk.send("van", "new-form", **{**sent, "lam": "them"})
    assert "Số A" in more.content.decode()
    desk.page("an", "new-form")  # a ward may ask things of its own below


def test_a_series_is_opened_from_its_page_and_a_period_by_one_press(desk: Desk) -> None:
    sent = {
        "form": str(desk.office.form), "name": "Báo cáo tháng", "kind": "month", "due_after": "0",
        "due_at": "17:00", "cut_day": "1", "since": "2025-07-01", "bodies": "ubnd phuong an\nubnd-phuong-binh",
        "to": "Ban Chỉ đạo", "bloc": "state", "due_earlier": "1", "basis": "",
    }  # fmt: skip
    without = desk.send("van", "new-series", **sent)
    assert without.status_code == 422
    assert "ghi văn bản giao việc" in without.content.decode()
    sent["basis"] = "Công văn 12/UBND-TH (minh họa)"
    answer = desk.send("van", "new-series", **sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    series = Series.objects.get(name="Báo cáo tháng")
    assert series.expected.count() == 2
    assert "Ban Chỉ đạo" in desk.page("van", "series", series.pk)
    opened = desk.send("van", "open-round", series.pk, on="2025-07-16")
    assert "/ky/" in opened["Location"]
    again = desk.send("van", "open-round", series.pk, on="2025-07-20")
    assert again["Location"].endswith(f"/che-do/{series.pk}/")
    wrong = desk.send("van", "new-series", **{**sent, "due_at": "25:00", "bodies": "không có"})
    assert wrong.status_code == 422
    desk.send("van", "expected", series.pk, on="2025-08-01", bodies="ubnd phuong an")
    assert series.expected.filter(until__isnull=True).count() == 1
    desk.send("van", "add-recipient", series.pk, to="UBND", bloc="state", kind="month", due_after="2", due_at="9:00")  # fmt: skip
    assert series.recipients.count() == 2
    desk.send("van", "close-series", series.pk, reason="Hết đợt")
    assert "đã dừng" in desk.page("van", "series", series.pk)


def test_indicators_are_measured_from_a_snapshot_and_shown_with_chart_and_table(
    desk: Desk, snapshot
) -> None:
    sent = {
        "title": "Tỷ lệ đúng hạn", "work": "Thủ tục hành chính", "formula": "dung_han / tong * 100",
        "unit": "%", "places": "1", "direction": "up", "points": "01/07/2025 = 50\n31/12/2025 = 95",
    }  # fmt: skip
    wrong = desk.send(
        "van", "new-indicator", desk.office.series, **{**sent, "formula": "a.b", "points": "x"}
    )
    assert wrong.status_code == 422
    endless = {**sent, "points": "31/12/2025 = 1e999999999"}
    assert desk.send("van", "new-indicator", desk.office.series, **endless).status_code == 422
    assert desk.send("van", "new-indicator", desk.office.series, **sent).status_code == 302
    one = Indicator.objects.get()
    assert "chưa có số liệu" in desk.page("van", "indicators")
    desk.send("van", "measure", snapshot.pk)
    board = desk.page("van", "indicators")
    assert "80 %" in board
    assert "đúng lộ trình" in board
    page = desk.page("van", "indicator", one.pk)
    assert "<svg" in page
    assert "ubnd phuong chi" in page
    assert "2/3 đơn vị có số liệu" in page
    assert (
        desk.send("van", "write-indicator", desk.office.series, one.pk, **sent).status_code == 302
    )
    assert Indicator.objects.filter(ended_at__isnull=True).count() == 1


def test_the_wall_reloads_without_script(desk: Desk, snapshot) -> None:
    answer = desk.as_("van").get(f"/bao-cao/che-do/{desk.office.series}/man-hinh/")
    assert answer["Refresh"] == "60"
    page = answer.content.decode()
    assert "<script" not in page
    assert "2<small>/3</small>" in page
    desk.page("an", "wall", desk.office.series, status=404)


def test_a_body_scores_itself_and_never_calls_it_papi(desk: Desk) -> None:
    sent = {"since": "2025-01-01", "last": "2025-06-30", "so-hoa": "20,5", "cong-khai": "15"}
    assert desk.send("an", "score", "766", **sent).status_code == 302
    assert Scores.objects.get().scores == {"so-hoa": 2050, "cong-khai": 1500}
    page = desk.page("an", "scores")
    assert "35,5 trên 40 điểm" in page
    assert "3 mục chưa chấm" in page
    assert "Đây không phải là Chỉ số PAPI" in page
    six = desk.page("an", "score", "papi", query="?since=2017-01-01")
    eight = desk.page("an", "score", "papi")
    assert "Quản trị điện tử" in eight
    assert "Quản trị điện tử" not in six
    assert desk.send("an", "score", "766", **{**sent, "so-hoa": "30"}).status_code == 422
    assert desk.send("an", "score", "766", **{**sent, "so-hoa": "x"}).status_code == 422
    desk.page("an", "score", "khac", status=404)


def test_the_sheet_of_a_period_goes_out_and_comes_back(desk: Desk) -> None:
    answer = desk.as_("van").get(f"/bao-cao/ky/{desk.office.round}/bang.xlsx")
    assert answer.content.startswith(b"PK")
    assert "Nhập" in desk.page("van", "bring", desk.office.round)
    desk.page("an", "bring", desk.office.round, status=404)


def test_a_recipient_gets_the_fortnight_from_the_same_two_weeks(desk: Desk) -> None:
    desk.office.submit("an")
    first = desk.office.round
    desk.office.open_round("2025-07-07")
    desk.office.submit("an", tong=4, dung_han=4, qua_han=0, tai_khoan=120)
    two = desk.office.freeze("Ban Thường vụ Thành ủy", on="2025-07-14")
    assert {*two.content["rounds"]} == {first, desk.office.round}
    by_key = {f["key"]: f for f in two.content["figures"]}
    assert (by_key["tong"]["number"], by_key["tai_khoan"]["number"]) == (14, 129)
    page = desk.page("van", "snapshot", two.pk)
    assert "tuần 28 và 29" in page


def test_all_pages_say_what_to_do_when_there_is_nothing(desk: Desk) -> None:
    for door in ("home", "all-series", "briefs", "indicators", "scores", "forms"):
        for who in ("an", "van", "truong", "kiem", "quan"):
            desk.page(who, door)


def test_targets_and_papers_refuse_strangers(desk: Desk, snapshot) -> None:
    desk.page("an", "snapshot", snapshot.pk, status=404)
    desk.page("an", "new-indicator", desk.office.series, status=404)
    desk.page("kiem", "new-indicator", desk.office.series, status=403)
    desk.page("kiem", "freeze", desk.office.recipient(), status=403)
    assert desk.send("kiem", "begin-brief", snapshot.pk, kind="brief").status_code == 403
    done = papers.start_brief(desk.office.act("van"), snapshot_id=snapshot.pk, kind="review")
    desk.page("kiem", "brief", done["brief"])
    assert desk.send("kiem", "brief", done["brief"], lam="luu").status_code == 403


def test_an_old_period_is_read_in_the_units_of_another_day_and_stays_as_it_was(desk: Desk) -> None:
    office, end = desk.office, date(2025, 8, 1)
    for who, total in (("an", 10), ("binh", 20), ("chi", 30)):
        office.submit(who, tong=total, dung_han=total, qua_han=0)
    old = [Unit.objects.get(pk=pk) for pk in office.units]
    UnitVersion.objects.filter(unit__in=old).update(until=end)
    new = {}
    for key in ("phuong-moi", "phuong-nua"):
        unit = new[key] = Unit.objects.create(key=key, level="commune")
        UnitVersion.objects.create(
            unit=unit, kind="ward", name=key, since=end, folded=key, recorded_at=LOADED
        )
    event = UnitEvent.objects.create(kind=UnitEventKind.MERGE, on=end, recorded_at=LOADED)
    for src, dst, share in (
        (old[0], "phuong-moi", Share.WHOLE), (old[1], "phuong-moi", Share.WHOLE),
        (old[2], "phuong-moi", Share.REST), (old[2], "phuong-nua", Share.PART),
    ):  # fmt: skip
        UnitEdge.objects.create(event=event, src=src, dst=new[dst], share=share, recorded_at=LOADED)
    page = desk.page("van", "recut", office.round, query="?chi-tieu=tong&den=2025-08-01")
    assert "phuong-an" in page
    found = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "phuong-moi" in found
    assert re.search(r"đã báo cáo 60 .*đã quy đổi 30 .*chưa chia được 30", found)
    assert "phuong-chi" in found  # divided, and named as such
    same = desk.page("van", "recut", office.round, query="?chi-tieu=tong&den=2025-07-20")
    assert re.search(r"đã quy đổi\s+60", re.sub(r"<[^>]+>", " ", same))
    desk.page("van", "recut", office.round, query="?den=khong-phai-ngay", status=422)
    desk.page("an", "recut", office.round, status=404)
    assert desk.office.get("chi").filings_count == 1


@pytest.mark.parametrize("size", [2**70, 10**400])
def test_a_share_beyond_all_bounds_is_refused_on_every_way_in(desk: Desk, size: int) -> None:
    for values in ({"thiet_bi": [size, size]}, {"thiet_bi": [-size, size]}):
        with pytest.raises(Refused) as caught:
            desk.office.submit("an", **values)
        assert "number-unfit" in caught.value.problems[0].code
    sent = {**GOOD, "thiet_bi": str(size), "thiet_bi-n": str(size), "lam": "nop"}
    assert desk.send("an", "return", desk.office.returns["an"], **sent).status_code == 422
    assert not Filing.objects.exists()


def test_signs_no_document_can_hold_do_not_stop_the_paper(desk: Desk, snapshot) -> None:
    file = io.BytesIO(_template())
    file.name = "mau.docx"
    desk.send("van", "template", name="Mẫu", tep=file)
    desk.send("van", "begin-brief", snapshot.pk, kind="brief")
    brief, template = Brief.objects.get(), OfficeTemplate.objects.get()
    words = {"p-tinh_hinh": "Ổn\x0b định\x1b <b>&amp;\ufffe", "template": str(template.pk)}
    assert desk.send("van", "brief", brief.pk, lam="luu", **words).status_code == 302
    for form in ("mau.docx", "docx", "pdf"):
        assert desk.as_("van").get(f"/bao-cao/van-ban/{brief.pk}/in/{form}").status_code == 200
    got = desk.as_("van").get(f"/bao-cao/van-ban/{brief.pk}/in/mau.docx").content
    assert "Ổn định <b>&amp;" in [p.text for p in Document(io.BytesIO(got)).paragraphs]


def test_a_brief_begins_with_the_place_and_then_with_the_head_of_the_last_one(
    desk: Desk, snapshot
) -> None:
    desk.send("van", "begin-brief", snapshot.pk, kind="brief")
    first = Brief.objects.get()
    assert (first.place, first.symbol) == ("thanh-pho", "")
    desk.send("van", "brief", first.pk, lam="luu", symbol="BC/VPTU", place="TP. Mẫu")
    desk.send("van", "begin-brief", snapshot.pk, kind="review")
    second = Brief.objects.get(kind="review")
    assert (second.place, second.symbol) == ("TP. Mẫu", "BC/VPTU")

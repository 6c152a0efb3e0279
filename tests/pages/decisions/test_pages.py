"""Pages of decisions: the way is drawn, papers missing stand in red, signing asks again."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from tests.pages.decisions.walk import things
from tests.pages.handover.stage import PASSWORD, Stage, heads, key_in

from thongsuot.apps.decisions import actions
from thongsuot.apps.decisions.models import Docket, Version

pytestmark = pytest.mark.django_db


def docx_text(content: bytes) -> str:
    """Every text of a document, paragraph by paragraph, cell by cell."""
    document = Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def act_url(pk: int, door: str) -> str:
    return reverse("decisions:act", args=[pk, door])


def test_a_docket_shows_its_way_and_what_is_missing(stage: Stage) -> None:
    made = things(stage)
    page = stage.as_("minh").get(reverse("decisions:docket", args=[made["docket"]]))
    text = page.content.decode()
    assert '<li aria-current="step">đang dự thảo</li>' in text
    assert "Gửi lấy ý kiến" in text
    assert "UBND trình</a>" not in text  # not yet: the table says so


def test_a_step_out_of_order_is_refused_and_says_the_order(stage: Stage) -> None:
    made = things(stage)
    before = heads()
    sent = {"key": "k-cb", "number": "1/CB", "reason": ""}
    answer = stage.as_("minh").post(act_url(made["docket"], "cong-bo"), sent)
    assert answer.status_code == 422
    assert "Phải đi đúng thứ tự" in answer.content.decode()
    assert heads() == before


def test_submitting_asks_for_the_password_and_then_signs(stage: Stage) -> None:
    made = things(stage)
    s = stage.story
    for kind in ("draft-resolution", "explanation"):
        actions.add_paper(s.act(s.minh), docket_id=made["docket"], kind=kind, title=kind)
    actions.take_step(
        s.act(s.minh), docket_id=made["docket"], doing="skip-consult",
        reason="Không phải lấy ý kiến.",
    )  # fmt: skip
    url = act_url(made["docket"], "trinh")
    first = stage.as_("minh").get(url)
    assert first.status_code == 302
    assert "next=" in first.headers["Location"]
    stage.as_("minh").post(first.headers["Location"], {"password": PASSWORD, "next": url})
    page = stage.as_("minh").get(url)
    assert page.status_code == 200
    sent = {"key": key_in(page.content.decode()), "number": "12/TTr-UBND", "reason": ""}
    assert stage.as_("minh").post(url, sent).status_code == 302
    assert Docket.objects.get(pk=made["docket"]).state == "submitted"
    paper = stage.as_("minh").get(
        reverse("decisions:docket-print", args=[made["docket"], "to-trinh", "docx"])
    )
    assert "TỜ TRÌNH" in docx_text(paper.content)


def test_a_paper_with_its_file_comes_back_as_it_went_in(stage: Stage) -> None:

    made = things(stage)
    url = act_url(made["docket"], "tai-lieu")
    page = stage.as_("minh").get(url).content.decode()
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    sent = {"key": key_in(page), "kind": "explanation", "title": "Thuyết minh", "day": "",
            "number": "", "tep": SimpleUploadedFile("thuyet-minh.pdf", content)}  # fmt: skip
    assert stage.as_("minh").post(url, sent).status_code == 302
    paper = Docket.objects.get(pk=made["docket"]).papers.get()
    file = stage.as_("minh").get(reverse("decisions:paper-file", args=[made["docket"], paper.pk]))
    assert b"".join(file) == content


def test_a_session_counts_its_days_back_and_says_what_is_not_confirmed(stage: Stage) -> None:
    made = things(stage)
    text = stage.as_("minh").get(reverse("decisions:session", args=[made["session"]]))
    page = text.content.decode()
    assert page.index("triệu tập, gửi giấy mời") < page.index("tài liệu tới đại biểu")
    assert page.count("chờ xác nhận") == 5
    assert "thứ Tư 20/08/2025" in page
    paper = stage.as_("hang").get(reverse("decisions:invitation", args=[made["session"], "docx"]))
    assert "GIẤY MỜI" in docx_text(paper.content)


def test_writing_an_assignment_and_issuing_it_by_its_pages(stage: Stage) -> None:
    things(stage)
    url = reverse("decisions:write-version")
    page = stage.as_("minh").get(url).content.decode()
    field = page.split("Lĩnh vực: ")[1].split(";")[0].split("<")[0]
    sent = {"key": key_in(page), "sort": "assignment", "title": "Phân công tháng 7",
            "since": "2025-07-01", "other_id": "", "text": "",
            "lines": f"Nguyễn Văn Minh | {field}"}  # fmt: skip
    answer = stage.as_("minh").post(url, sent)
    row = Version.objects.order_by("pk").last()
    assert row is not None
    assert answer.headers["Location"] == reverse("decisions:version", args=[row.pk])
    line = row.lines.get()
    assert line.post_id is not None  # tied to the post, so that leaving it is noticed
    session = stage.as_("minh").session
    session["confirmed_at"] = 4_102_444_800  # far ahead is not fresh
    session.save()
    assert (
        stage.as_("minh").get(reverse("decisions:issue-version", args=[row.pk])).status_code == 302
    )
    paper = stage.as_("minh").get(reverse("decisions:version-print", args=[row.pk, "pdf"]))
    assert paper.content[:4] == b"%PDF"


def test_lists_cost_the_same_for_many_rows(stage: Stage) -> None:
    things(stage)
    s = stage.story

    def queries(door: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert stage.as_("khanh").get(reverse(door)).status_code == 200
        return len(seen)

    doors = ("decisions:dockets", "decisions:versions")
    for door in doors:
        queries(door)
    few = [queries(door) for door in doors]
    for number in range(5):
        actions.open_docket(
            s.act(s.minh), title=f"Hồ sơ thứ {number} của phường", track="council",
            summary="Nội dung trình của hồ sơ.",
        )  # fmt: skip
        actions.write_version(
            s.act(s.minh), sort="working", title=f"Quy chế thứ {number}", since=date(2025, 7, 1)
        )
    assert [queries(door) for door in doors] == few

"""The intake through its pages: a text brought, its proposals decided one by one, scans read beside."""

import json
import re
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from itertools import count

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.pages.intake.walk import TEXT, recorded

from thongsuot.apps.directives import actions, intake_review
from thongsuot.apps.directives.intake_reading import can_scan
from thongsuot.apps.directives.models import Document, Duty, DutyState, IntakeDecision
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending
from thongsuot.rules.kernel.text import fold

pytestmark = pytest.mark.django_db
_keys = count(1)


def send(stage, who, door, *args, **values):
    values.setdefault("key", f"bt-{next(_keys)}")
    return stage.as_(who).post(reverse(f"directives:{door}", args=args), values)


def page(stage, who, pk, query=""):
    answer = stage.as_(who).get(reverse("directives:intake", args=[pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def boxes(html: str) -> dict[str, str]:
    """What the form of the proposal on show would send, untouched."""
    form = html[html.index("data-main-form") :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', form))
    found.pop("csrfmiddlewaretoken", None)
    for name, inner in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner) or re.search(
            r'value="([^"]*)"', inner
        )
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_pasted_text_is_put_on_the_register_and_its_directives_are_shown(stage) -> None:
    answer = send(stage, "lan", "intake-bring", text=TEXT, kind="conclusion", issuer="ubnd quan ha dong",
                  title="", number="", issued_on="2025-06-20")  # fmt: skip
    document = Document.objects.get()
    assert answer.headers["Location"] == reverse("directives:intake", args=[document.pk])
    assert document.title.startswith("Thường trực Quận ủy yêu cầu")
    html = page(stage, "lan", document.pk)
    assert html.count('<mark id="c') == 3
    assert "Hội nghị diễn ra" in html
    assert not Duty.objects.exists()


def test_every_proposal_is_decided_in_turn_and_the_boxes_hold_what_was_read(stage) -> None:
    pk = recorded(stage)
    form = boxes(page(stage, "lan", pk))
    assert (fold(form["lead"]), form["term_day"]) == ("ubnd phuong ha dong", "2025-06-30")
    answer = send(
        stage, "lan", "intake-decide", pk, **form | {"kind": "accepted", "task": "Rà soát trụ sở"}
    )
    assert answer.status_code == 302
    duty = Duty.objects.get()
    assert (duty.state, duty.task, duty.lead_id) == (
        DutyState.DRAFT,
        "Rà soát trụ sở",
        stage.story.ward,
    )
    assert duty.quote == TEXT[duty.start : duty.end]
    form = boxes(page(stage, "lan", pk))
    assert send(stage, "lan", "intake-decide", pk, **form | {"kind": "joined"}).status_code == 302
    form = boxes(page(stage, "lan", pk))
    assert send(stage, "lan", "intake-decide", pk, **form | {"kind": "rejected"}).status_code == 302
    html = page(stage, "lan", pk)
    assert "Mọi đề xuất đã được xét" in html
    assert "<del>" in html
    assert [d.kind for d in IntakeDecision.objects.order_by("number")] == [
        "accepted",
        "joined",
        "rejected",
    ]
    gold = stage.as_("lan").get(reverse("directives:intake-gold", args=[pk]))
    (one,) = json.loads(gold.content)
    assert (one["action"], one["deadline"]) == ("Rà soát trụ sở", "2025-06-30")


def test_a_refused_decision_shows_why_and_keeps_what_was_typed(stage) -> None:
    pk = recorded(stage)
    form = boxes(page(stage, "lan", pk))
    answer = send(
        stage,
        "lan",
        "intake-decide",
        pk,
        **form | {"kind": "accepted", "task": "", "laws": "Luật Đất đai"},
    )
    assert answer.status_code == 422
    assert "Luật Đất đai" in answer.content.decode()
    answer = send(stage, "lan", "intake-decide", pk, kind="added", quote="Câu không có")
    assert answer.status_code == 422
    assert "không có nguyên văn" in answer.content.decode()
    assert not IntakeDecision.objects.exists()


def test_nothing_given_and_files_without_text_are_refused_in_words(stage) -> None:
    given = {"kind": "conclusion", "issuer": "ubnd quan ha dong", "issued_on": "2025-06-20"}
    answer = send(stage, "lan", "intake-bring", **given, text=" ")
    assert "Hãy dán toàn văn hoặc chọn một tệp" in answer.content.decode()
    for name, content in (
        ("a.docx", b"PK\x03\x04hong"),
        ("a.exe", b"MZ\x00"),
        ("a.pdf", b"%PDF-1.4 hong"),
    ):
        file = SimpleUploadedFile(name, content)
        assert send(stage, "lan", "intake-bring", **given, file=file).status_code == 422
    assert not Document.objects.exists()


def test_who_only_reads_sees_the_proposals_but_decides_nothing(stage) -> None:
    pk = recorded(stage)
    html = page(stage, "minh", pk)
    assert "data-main-form" not in html
    assert send(
        stage, "minh", "intake-decide", pk, kind="rejected", start=0, end=5
    ).status_code in (403, 409)
    assert stage.as_("xa").get(reverse("directives:intake", args=[pk])).status_code == 404


@pytest.mark.skipif(not can_scan(), reason="this machine reads no scans")
def test_a_scan_is_read_by_a_job_and_then_shows_its_directives(stage, scan_png) -> None:
    file = SimpleUploadedFile("quet.png", scan_png)
    answer = send(stage, "lan", "intake-bring", kind="conclusion", issuer="ubnd quan ha dong",
                  issued_on="2025-06-20", file=file)  # fmt: skip
    assert answer.headers["Location"] == reverse("jobs:one", args=[Job.objects.get().pk])
    document = Document.objects.get()
    assert "chưa có toàn văn" in page(stage, "lan", document.pk)
    run_pending()
    assert boxes(page(stage, "lan", document.pk))["term_day"] == "2025-06-30"


def test_the_page_asks_as_often_for_forty_proposals_as_for_three(stage) -> None:
    few, many = (
        recorded(stage),
        recorded(stage, text="\n\n".join(f"{n}. {TEXT}" for n in range(1, 15))),
    )

    def asked(pk: int) -> int:
        client = stage.as_("lan")
        client.get(reverse("directives:intake", args=[pk]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("directives:intake", args=[pk])).status_code == 200
        return len(queries)

    assert asked(many) == asked(few)


def mail(
    *attached: tuple[str, bytes], words: str = "Kính gửi các cơ quan thực hiện."
) -> SimpleUploadedFile:
    """An e-mail with files attached to it."""
    message = EmailMessage()
    message["Subject"] = "Thông báo kết luận (minh họa)"
    message.set_content(words)
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return SimpleUploadedFile("thu.eml", message.as_bytes())


def word(text: str) -> bytes:
    """A DOCX of one paragraph."""
    paper, target = docx.Document(), BytesIO()
    paper.add_paragraph(text)
    paper.save(target)
    return target.getvalue()


def test_the_files_of_an_email_are_put_on_the_register_beside_it(stage) -> None:
    given = {"kind": "conclusion", "issuer": "ubnd quan ha dong", "issued_on": "2025-06-20"}
    file = mail(
        ("ket-luan.docx", word(TEXT)), ("phu-luc.txt", TEXT.encode()), ("anh.exe", b"MZ\x00")
    )
    answer = send(stage, "lan", "intake-bring", **given, file=file)
    letter, paper, plain = Document.objects.order_by("pk")
    assert answer.headers["Location"] == reverse("directives:intake", args=[letter.pk])
    assert (paper.title, plain.title) == ("ket-luan.docx", "phu-luc.txt")
    assert (letter.file, plain.file) == (None, None)
    assert paper.file is not None
    html = stage.as_("lan").get(answer.headers["Location"]).content.decode()
    assert "ket-luan.docx; phu-luc.txt" in html
    assert "Không đọc được tệp đính kèm: anh.exe" in html
    assert page(stage, "lan", paper.pk).count('<mark id="c') == 3


def test_an_email_can_be_brought_without_its_files_and_its_files_without_words(stage) -> None:
    given = {"kind": "conclusion", "issuer": "ubnd quan ha dong", "issued_on": "2025-06-20"}
    file = mail(("ket-luan.docx", word(TEXT)))
    assert (
        send(stage, "lan", "intake-bring", **given, file=file, attached="none").status_code == 302
    )
    assert Document.objects.count() == 1
    wordless = EmailMessage()
    wordless.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="kl.txt")
    file = SimpleUploadedFile("b.eml", wordless.as_bytes())
    assert send(stage, "lan", "intake-bring", **given, file=file).status_code == 302
    assert Document.objects.count() == 3


def test_an_email_of_too_many_files_is_refused_in_words(stage) -> None:
    file = mail(*((f"{n}.txt", b"chu") for n in range(21)))
    answer = send(stage, "lan", "intake-bring", kind="conclusion", issuer="ubnd quan ha dong",
                  issued_on="2025-06-20", file=file)  # fmt: skip
    assert answer.status_code == 422
    assert "quá 20 tệp đính kèm" in answer.content.decode()
    assert not Document.objects.exists()


def test_what_was_accepted_is_listed_with_how_far_it_went(stage) -> None:
    pk = recorded(stage)
    for _n in range(2):
        send(stage, "lan", "intake-decide", pk, **boxes(page(stage, "lan", pk)), kind="accepted")
    first, second = Duty.objects.order_by("pk")
    html = page(stage, "lan", pk)
    assert html.count("dự thảo</span>") == 2
    Duty.objects.filter(pk=first.pk).update(
        lead=stage.story.ward, person=stage.people["minh"], place_words="phường Hà Đông",
        term_day=date(2025, 6, 30), every="",
    )  # fmt: skip
    actions.issue_duties(stage.story.act(stage.story.lan), duty_ids=[first.pk])
    html = page(stage, "lan", pk)
    assert "đã giao</span>" in html
    assert f'<a href="/nhiem-vu/{first.pk}/">' in html
    assert f'<a href="/nhiem-vu/{second.pk}/">' in html
    assert html.count('<mark id="c') == 1


def test_a_text_is_read_once_however_often_its_page_is_opened(stage) -> None:
    pk = recorded(stage)
    page(stage, "lan", pk)
    before = intake_review._read.cache_info()
    page(stage, "lan", pk)
    page(stage, "minh", pk)
    after = intake_review._read.cache_info()
    assert (after.misses, after.hits - before.hits) == (before.misses, 2)

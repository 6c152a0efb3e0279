"""What somebody would try who means no good, or whose file is broken: refused, and nothing is harmed."""

import io
import zipfile
from datetime import date
from time import process_time

import docx
import pytest
from django.db import connection
from tests.apps.directives.conftest import NOW, Office, office, trail

from thongsuot.apps.directives import actions, intake_reading, intake_review
from thongsuot.apps.directives.actions.intake import accept_proposal
from thongsuot.apps.directives.models import Duty, IntakeDecision, Milestone
from thongsuot.apps.registry.models import BodyEdge, BodyEvent
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.directives.intake import extract
from thongsuot.rules.kernel.actor import Actor, Role

__all__ = ["office", "trail"]


def refused(call, status: int = 422) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.status == status
    return [p.code.partition(".")[2] for p in caught.value.problems]


def test_who_only_received_a_document_decides_nothing_about_its_proposals(office: Office) -> None:
    pk = office.document(text="Giao UBND thành phố rà soát trụ sở dôi dư, báo cáo trước ngày 30/9.")
    document = actions.documents.Document.objects.get(pk=pk)
    one = intake_review.proposals_of(document, [])[0]
    refused(
        lambda: accept_proposal(
            office.act("leader"), document_id=pk, span=(one.start, one.end),
            assigner_id=office.bodies["leading"], draft={"task": one.action}, told={},
        ),
        403,
    )  # fmt: skip
    assert not IntakeDecision.objects.exists()
    assert not Duty.objects.exists()


def test_a_duty_hangs_on_no_milestone_or_point_that_is_out_of_sight(office: Office) -> None:
    plan = actions.make_plan(
        office.act("secretary"), owner_id=office.bodies["city"],
        plan={"kind": "scheme", "title": "Kế hoạch kín (minh họa)"},
        steps=[{"title": "Mốc kín", "due_on": date(2025, 10, 1)}],
    )  # fmt: skip
    board = actions.set_up_board(
        office.act("secretary"), owner_id=office.bodies["city"], title="Trọng tâm (minh họa)",
        points=["Nội dung kín"], bodies=[office.bodies["leading"]], every="weekly",
        anchor_on=date(2025, 9, 26),
    )  # fmt: skip
    milestone = Milestone.objects.get(plan=plan["plan"]).pk
    point = actions.boards.Point.objects.get(board=board["board"]).pk
    for link in ({"milestone": milestone}, {"point": point}):
        assert refused(lambda link=link: office.draft("one", **link)) == ["link-unknown"]
    assert office.draft("secretary", milestone=milestone, point=point)


def test_a_head_hands_duties_to_the_successor_alone(office: Office) -> None:
    old, other = office.bodies["ward-one"], office.bodies["ward-two"]
    pk = office.issued(lead=old, person=office.persons["one"])

    def move() -> None:
        actions.move_duties(office.act("one"), from_body=old, to_body=other, reason="Bận việc khác")

    assert refused(move) == ["not-the-successor"]
    assert office.duty(pk).lead_id == old
    event = BodyEvent.objects.create(kind="dissolve", on=date(2025, 9, 1), recorded_at=NOW)
    BodyEdge.objects.create(event=event, src_id=old, dst_id=other, recorded_at=NOW)
    move()
    assert office.duty(pk).lead_id == other


def test_what_ended_while_the_move_waited_is_not_written_over(office: Office) -> None:
    old, other = office.bodies["ward-one"], office.bodies["ward-two"]
    kept = office.issued(lead=old, person=office.persons["one"])
    over = office.issued(lead=old, person=office.persons["one"], task="Việc khác")

    waited: list[str] = []

    def recalled_meanwhile(execute, sql, params, many, context):
        """Somebody recalls a duty while the move waits for the chain it stands on."""
        done = execute(sql, params, many, context)
        if f"directives:{office.bodies['city']}" in (params or ()) and not waited:
            waited.append(sql)
            Duty.objects.filter(pk=over).update(state="recalled", ended_at=NOW)
        return done

    with connection.execute_wrapper(recalled_meanwhile):
        done = actions.move_duties(
            office.act("steering"), from_body=old, to_body=other, reason="Nhập"
        )
    assert waited
    assert done["duties"] == [kept]
    assert (office.duty(over).state, office.duty(over).lead_id) == ("recalled", old)


def packed(document: bytes) -> bytes:
    plain, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in was.infolist():
            own = part.filename == "word/document.xml"
            made.writestr(part.filename, document if own else was.read(part.filename))
    return out.getvalue()


def broken() -> bytes:
    whole = io.BytesIO()
    docx.Document().save(whole)
    content = bytearray(whole.getvalue())
    at = content.index(b"PK\x01\x02") // 2  # inside what is deflated
    content[at : at + 40] = bytes(40)
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", packed(b"<w:document"), "file-damaged"),
        ("a.docx", packed(b"<a/>"), "file-damaged"),
        ("a.docx", packed(b"<a>" + b" " * 25 * 2**20 + b"</a>"), "file-too-large"),
        ("a.docx", broken(), "file-damaged"),
        ("a.eml", b"Content-Type: text/plain; charset=x-khong-co\n\nabc", "file-damaged"),
        ("a.eml", b"Content-Type: message/rfc822\n\n" * 3_000, "file-damaged"),
    ],
    ids=["no-xml", "no-body", "bomb", "flipped", "charset", "nested"],
)
def test_a_broken_file_is_named_and_stops_nothing(name: str, content: bytes, code: str) -> None:
    with pytest.raises(intake_reading.Unreadable) as caught:
        intake_reading.read_bytes(name, content, scan=False)
    assert caught.value.problem.code == f"intake.{code}"


@pytest.mark.parametrize("piece", ["<", "<script ", "<br", "<style>a", "</p", "<!--"])
def test_a_page_of_open_signs_takes_no_longer_than_its_length(piece: str) -> None:
    whole = b"Content-Type: text/html; charset=utf-8\n\n<p>abc</p>" + piece.encode() * 60_000
    began = process_time()
    assert "abc" in intake_reading.read_bytes("a.eml", whole).text
    assert process_time() - began < 1.5  # the square of the length takes minutes


def test_a_long_text_is_read_in_time_of_its_length() -> None:
    line = "Giao UBND phường Một chủ trì, phối hợp với Sở Nội vụ rà soát trụ sở, báo cáo trước ngày 30/6.\n"
    began = process_time()
    extract(line * 1_500, on=date(2025, 7, 1))
    assert process_time() - began < 2.5  # about 0.3; with the square of the length, over 8


def test_a_page_reads_as_a_person_sees_it() -> None:
    page = "<style>p{}</style><p>Một</p><DIV>Hai<br/>Ba</DIV><script>if (a<b) x</script >Bốn &amp; <b>năm</b>"
    whole = f"Subject: V/v thử\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()
    text = intake_reading.read_bytes("a.eml", whole).text
    assert text == "V/v thử\n\nMột\nHai\nBa\nBốn & năm"


def test_who_heads_both_bodies_does_not_accept_what_he_reported_himself(office: Office) -> None:
    pk = office.issued()
    director, secretary = office.people["director"], office.people["secretary"]
    both = Actor(director.user, director.name, (director.hat, secretary.hat), secretary.hat)
    office.people["both"] = both
    office.hire("vice", "city", Role.LEADER)
    actions.ask_extension(
        office.act("director"), duty_id=pk, until=date(2025, 10, 15), reason="Chờ"
    )
    until = date(2025, 10, 15)
    assert refused(lambda: actions.extend_duty(office.act("both"), duty_id=pk, until=until)) == [
        "judges-own"
    ]
    actions.extend_duty(office.act("vice"), duty_id=pk, until=until)
    actions.report_done(office.act("director"), duty_id=pk, words="Đã xong")
    assert refused(lambda: actions.complete_duty(office.act("both"), duty_id=pk)) == ["judges-own"]
    assert office.duty(pk).state == "reported"
    actions.complete_duty(office.act("vice"), duty_id=pk)
    assert office.duty(pk).state == "completed"


def test_a_body_answers_to_itself_for_what_it_gave_itself(office: Office) -> None:
    own = {"lead": office.bodies["city"], "person": office.persons["secretary"]}
    pk = office.issued(**own)
    actions.report_done(office.act("secretary"), duty_id=pk, words="Đã xong")
    actions.complete_duty(office.act("secretary"), duty_id=pk)
    assert office.duty(pk).state == "completed"

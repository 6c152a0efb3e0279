"""The pages of the proof: what strangers see, what the parties take away, what witnesses send."""

import io
import json
import socket
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.apps.proof.authority import set_up
from tests.pages.handover.stage import NOW, Stage, heads
from tests.rules.proof.office import WITNESS, Office
from tests.rules.proof.test_receipt import OFFICE

from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.proof import documents, queries, signing
from thongsuot.apps.proof.jobs import SEND
from thongsuot.apps.proof.models import (
    Checkpoint,
    Cosignature,
    OfficeKey,
    Seen,
    TrustedLog,
    Witness,
)
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.accounts import reauth
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending
from thongsuot.rules.proof.checkpoint import COSIGNS, Key, read_key, read_note
from thongsuot.rules.proof.verify import Trust, verify
from thongsuot.rules.proof.witness import Asked, write_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(stage: Stage) -> Minutes:
    number, _ = stage.story.handed_over(2)
    signing.checkpoint_now(f"transition:{stage.story.transition}", NOW)
    return Minutes.objects.get(pk=number)


def code(minutes: Minutes) -> str:
    return documents.code_for(minutes)


def page(client: Client, door: str, *args: object, status: int = 200, query: str = "") -> str:
    answer = client.get(reverse(f"proof:{door}", args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:1_500]
    return answer.content.decode()


def test_a_stranger_sees_that_a_receipt_holds_and_nothing_of_what_it_is_about(
    stage: Stage, minutes: Minutes
) -> None:
    seen = page(Client(), "receipt", code(minutes))
    assert "còn nguyên" in seen
    assert code(minutes) in seen
    for secret in ("Trần Thị Lan", "Nguyễn Văn Minh", "Bàn làm việc", "phong giao duc"):
        assert secret not in seen
    theirs = page(stage.as_("minh"), "receipt", code(minutes))
    assert "Trần Thị Lan" in theirs
    assert "Trần Thị Lan" not in page(stage.as_("son"), "receipt", code(minutes))


def test_a_code_is_found_however_it_is_typed_and_a_wrong_one_says_so(minutes: Minutes) -> None:
    typed = code(minutes).lower().replace("-", " ")
    answer = Client().get(reverse("proof:find"), {"ma": typed})
    assert answer.headers["Location"] == reverse("proof:receipt", args=[code(minutes)])
    wrong = page(Client(), "find", query="?ma=7K2M-9QXA")
    assert "Kiểm tra từng ký tự" in wrong
    for text in ("%00", "đ" * 60, "A" * 3_000, "' OR 1=1"):
        assert Client().get(f"{reverse('proof:find')}?ma={text}").status_code in (200, 400)
    page(Client(), "receipt", "0000-0000-0000-0000-0", status=404)
    page(Client(), "receipt", "x", status=404)


def test_the_parties_take_away_a_receipt_that_is_true(stage: Stage, minutes: Minutes) -> None:
    answer = stage.as_("minh").get(reverse("proof:receipt-file", args=[code(minutes)]))
    assert "no-store" in answer["Cache-Control"]
    key = read_key(OfficeKey.objects.get().key)
    assert verify(answer.content, Trust([key])) == ()
    assert (
        stage.as_("son").get(reverse("proof:receipt-file", args=[code(minutes)])).status_code == 404
    )


def test_signed_minutes_lead_to_their_receipt_and_items_to_their_evidence(
    stage: Stage, minutes: Minutes
) -> None:
    seen = stage.page("minh", "minutes-page", minutes.pk)
    assert reverse("proof:receipt", args=[code(minutes)]) in seen
    item = minutes.lines.first()
    assert item is not None
    address = reverse("proof:item-evidence", args=[item.item_id])
    assert address in stage.page("minh", "item", item.item_id)
    answer = stage.as_("minh").get(address)
    assert answer["Content-Type"] == "application/zip"


def test_what_waits_for_a_checkpoint_says_so_and_one_can_be_made_at_once(stage: Stage) -> None:
    number, _ = stage.story.handed_over(1)
    waiting = code(Minutes.objects.get(pk=number))
    assert "chờ điểm kiểm tra" in page(Client(), "receipt", waiting)
    answer = stage.as_("minh").get(reverse("proof:receipt-file", args=[waiting]))
    assert answer.status_code == 422
    assert stage.as_("minh").post(reverse("proof:make")).status_code == 302
    assert "còn nguyên" in page(Client(), "receipt", waiting)
    assert Client().post(reverse("proof:make")).status_code == 302  # to sign in


def test_the_log_shows_its_checkpoints_and_compares_one_that_was_kept(
    stage: Stage, minutes: Minutes, django_assert_max_num_queries
) -> None:
    row = Checkpoint.objects.get()
    with django_assert_max_num_queries(12):
        assert "2025" in page(Client(), "log")
    note = page(Client(), "checkpoint-file", row.pk, "txt")
    assert read_note(note).text.startswith(row.origin)
    answer = Client().get(reverse("proof:log"), {"giu": note})
    assert "Khớp" in answer.content.decode()
    square = queries.square_of(queries.signing_of(code(minutes))).fragment()
    assert "Khớp" in Client().get(reverse("proof:log"), {"giu": f"x#{square}"}).content.decode()
    bent = square.replace("r=", "r=A", 1)[:-1]
    assert (
        "KHÔNG KHỚP"
        in Client().get(reverse("proof:log"), {"giu": str(OFFICE.note(5))}).content.decode()
    )
    assert "Đây không phải" in Client().get(reverse("proof:log"), {"giu": bent}).content.decode()
    assert row.root[:16] in page(Client(), "log")
    pdf = Client().get(reverse("proof:checkpoint-file", args=[row.pk, "pdf"]))
    assert pdf.content[:4] == b"%PDF"
    page(Client(), "checkpoint-file", row.pk, "exe", status=404)
    page(Client(), "checkpoint", 2**63, status=404)


def test_looking_leaves_nothing_behind(stage: Stage, minutes: Minutes) -> None:
    before = heads()
    row = Checkpoint.objects.get()
    for door, args in (
        ("find", ()), ("check", ()), ("log", ()), ("receipt", (code(minutes),)),
        ("checkpoint", (row.pk,)), ("witnesses", ()), ("own-acts", ()),
        ("receipt-file", (code(minutes),)),
    ):  # fmt: skip
        page(stage.as_("minh"), door, *args)
    assert heads() == before


def test_people_find_their_own_acts_and_only_these(stage: Stage, minutes: Minutes) -> None:
    mine = page(stage.as_("minh"), "own-acts")
    assert "Ký biên bản" in mine
    assert "Đưa vào danh mục" not in mine
    assert "Đưa vào danh mục" in page(stage.as_("lan"), "own-acts")
    assert "Chưa có việc nào" in page(stage.as_("het"), "own-acts")


# Witnesses.


def act(client: Client, door: str, *args: object, **values: str) -> int:
    values.setdefault("key", f"k-{door}{args}{json.dumps(values, sort_keys=True)}"[:90])
    return client.post(reverse(f"proof:{door}", args=args), values).status_code


def test_a_witness_is_named_and_its_line_is_pasted_under_a_checkpoint(
    stage: Stage, minutes: Minutes
) -> None:
    row = Checkpoint.objects.get()
    keeper, ward = stage.as_("quantri"), stage.as_("minh")
    assert act(ward, "witnesses", lam="lam-chung", khoa=str(WITNESS.key)) == 403
    assert act(keeper, "witnesses", lam="lam-chung", khoa="x") == 422
    assert act(keeper, "witnesses", lam="lam-chung", khoa=str(WITNESS.key)) == 302
    line = str(WITNESS.cosign(read_note(row.note).text, 1_750_000_000))
    assert act(ward, "bring", row.pk, dong="— x y") == 302
    assert Cosignature.objects.count() == 0
    assert act(ward, "bring", row.pk, dong=line) == 302
    assert WITNESS.name in page(Client(), "checkpoint", row.pk)
    assert line.strip() in page(Client(), "checkpoint-file", row.pk, "txt")
    assert act(stage.as_("het"), "bring", row.pk, dong=line) == 403
    assert act(ward, "bring", 987_654, dong=line) == 404


def log_of(count: int) -> Office:
    made = Office()
    for _ in range(count):
        made.act("x")
    return made


def ask(log: Office, old: int, size: int) -> str:
    return write_request(Asked(old, log.tree.consistency(old, size), log.note(size)))


def send(text: str, kind: str = "text/plain") -> tuple[int, str]:
    answer = Client(enforce_csrf_checks=True).post(
        reverse("proof:add-checkpoint"), data=text.encode(), content_type=kind
    )
    return answer.status_code, answer.content.decode()


def test_programs_of_other_offices_are_cosigned_by_the_common_protocol(stage: Stage) -> None:
    log = log_of(8)
    assert send(ask(log, 0, 4))[0] == 404
    assert act(stage.as_("quantri"), "witnesses", lam="theo-doi", khoa=str(log.hand.key)) == 302
    assert TrustedLog.objects.count() == 1
    status, line = send(ask(log, 0, 4))
    assert (status, line[:2]) == (200, "— ")
    assert send(ask(log, 0, 4)) == (200, line)  # sent twice
    assert send(ask(log, 0, 8)) == (409, "4\n")
    assert send(ask(log, 4, 8))[0] == 200
    assert send(ask(log, 3, 4)) == (409, "8\n")
    assert send("x")[0] == 400
    assert send("a" * 70_000)[0] == 413
    assert send(ask(log, 0, 4), "application/x-www-form-urlencoded")[0] == 403
    by_hand = stage.as_("minh").post(
        reverse("proof:witnesses"), {"key": "tay", "lam": "xac-nhan", "yeu-cau": ask(log, 8, 8)}
    )
    assert "Đã xác nhận" in by_hand.content.decode()


def test_the_page_takes_an_address_and_the_job_sends_and_says_what_came_of_it(
    stage: Stage, minutes: Minutes
) -> None:
    keeper, ward = stage.as_("quantri"), stage.as_("minh")
    assert act(keeper, "witnesses", lam="lam-chung", khoa=str(WITNESS.key)) == 302
    number = str(Witness.objects.get().pk)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/lam-chung"
    assert act(ward, "witnesses", lam="dia-chi", nguoi=number, **{"dia-chi": url}) == 403
    assert act(keeper, "witnesses", lam="dia-chi", nguoi="9999", **{"dia-chi": url}) == 404
    assert act(keeper, "witnesses", lam="dia-chi", nguoi=number, **{"dia-chi": "x"}) == 422
    assert act(keeper, "witnesses", lam="dia-chi", nguoi=number, **{"dia-chi": f"{url}/"}) == 302
    assert url in page(keeper, "witnesses")
    assert act(ward, "witnesses", lam="gui") == 302
    run_pending()
    assert "không trả lời" in Job.objects.get(kind=SEND).message
    assert "không trả lời" in page(ward, "witnesses")


@pytest.mark.django_db(transaction=True)
def test_one_office_is_cosigned_by_the_door_of_another_over_the_wire(
    stage: Stage, live_server
) -> None:
    stage.story.handed_over(1)
    signing.checkpoint_now(f"transition:{stage.story.transition}", NOW)
    keeper, office = stage.as_("quantri"), read_key(OfficeKey.objects.get().key)
    cosigns = str(Key(office.name, office.public, COSIGNS))
    assert act(keeper, "witnesses", lam="theo-doi", khoa=str(office)) == 302
    assert act(keeper, "witnesses", lam="lam-chung", khoa=cosigns) == 302
    url = f"{live_server.url}/lam-chung".replace("localhost", "127.0.0.1")
    number = str(Witness.objects.get().pk)
    assert act(keeper, "witnesses", lam="dia-chi", nguoi=number, **{"dia-chi": url}) == 302
    call_command("proof_send", stdout=io.StringIO())
    row = Checkpoint.objects.filter(chain__startswith="transition:").order_by("-size")[0]
    assert row.cosignatures.count() == 1
    assert Seen.objects.filter(origin=row.origin, size=row.size).exists()


# The PDF under certificates.


def test_each_side_puts_its_certificate_under_the_pdf_after_the_password_again(
    stage: Stage, minutes: Minutes, tmp_path: Path, settings
) -> None:
    key = dict(Body.objects.values_list("pk", "key"))
    address = reverse("proof:signed-pdf", args=[code(minutes)])
    assert address not in stage.page("minh", "minutes-page", minutes.pk)  # off by default
    assert "đang tắt" in page(stage.as_("minh"), "signed-pdf", code(minutes))
    settings.PADES = str(set_up(tmp_path, key[stage.story.office], key[stage.story.ward]))
    assert address in stage.page("minh", "minutes-page", minutes.pk)
    ward = stage.as_("minh")
    seen = page(ward, "signed-pdf", code(minutes))
    assert seen.count("Ký số bằng chứng thư này") == 1
    page(ward, "signed-pdf-file", code(minutes), status=404)
    answer = ward.post(address, {"key": "a", "side": "receiver"})
    assert answer.headers["Location"].startswith(reverse("accounts:confirm"))
    confirmed(ward)
    assert ward.post(address, {"key": "a", "side": "giver"}).status_code == 403
    assert ward.post(address, {"key": "a", "side": "x"}).status_code == 400
    assert ward.post(address, {"key": "a", "side": "receiver"}).status_code == 302
    assert "một chữ ký số" in page(ward, "signed-pdf", code(minutes))
    assert ward.post(address, {"key": "b", "side": "receiver"}).status_code == 409
    district = stage.as_("lan")
    confirmed(district)
    assert district.post(address, {"key": "c", "side": "giver"}).status_code == 302
    seen = page(stage.as_("hang"), "signed-pdf", code(minutes))
    assert "đủ hai chữ ký số" in seen
    assert "Ký số bằng chứng thư này" not in seen
    taken = ward.get(reverse("proof:signed-pdf-file", args=[code(minutes)]))
    raw = b"".join(taken.streaming_content)
    assert raw.startswith(b"%PDF-")
    assert raw.count(b"/ETSI.CAdES.detached") == 2
    page(stage.as_("son"), "signed-pdf", code(minutes), status=404)


def confirmed(client: Client) -> None:
    session = client.session
    session[reauth.SESSION_KEY] = int(timezone.now().timestamp())
    session.save()

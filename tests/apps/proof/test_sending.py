"""Checkpoints sent to a witness that answers over the wire, and everything it may answer."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from tests.apps.handover.conftest import NOW, Story
from tests.rules.proof.office import WITNESS, Hand

from thongsuot.apps.proof import actions, sending, signing
from thongsuot.apps.proof.models import Checkpoint, Cosignature, OfficeKey, Witness, WitnessCall
from thongsuot.apps.proof.permit import SYSTEM
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.proof.checkpoint import read_checkpoint, read_key, read_note
from thongsuot.rules.proof.verify import Held
from thongsuot.rules.proof.witness import check_next, read_request

pytestmark = pytest.mark.django_db
STATUS = {"proof.checkpoint-wrong": 403, "proof.two-histories": 422}


class Other:
    """A witness of another office, by the same rules: what it saw last, or an answer it is told."""

    def __init__(self, keys: list[str]) -> None:
        self.keys, self.seen, self.asked = keys, {}, 0
        self.says: tuple[int, bytes] | None = None

    def answer(self, text: str) -> tuple[int, bytes]:
        self.asked += 1
        if self.says:
            return self.says
        asked = read_request(text)
        mark = read_checkpoint(asked.note)
        last = self.seen.get(mark.origin)
        problem = check_next(last, asked, mark, [read_key(key) for key in self.keys])
        if problem is not None:
            size = f"{last.size if last else 0}\n".encode()
            status = STATUS.get(problem.code, 409)
            return status, size if status == 409 else b""
        self.seen[mark.origin] = Held(mark.size, mark.root)
        return 200, str(WITNESS.cosign(asked.note.text, 1_750_000_000)).encode()


@pytest.fixture
def other(story: Story) -> Iterator[tuple[Other, str]]:
    """The witness on a port of this machine, and where checkpoints are sent to it."""
    story.list_items(2)
    assert signing.checkpoint_now(chain(story), NOW) is not None
    made = Other([OfficeKey.objects.get().key])

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, content = made.answer(text) if self.path == "/w/add-checkpoint" else (500, b"")
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made, f"http://127.0.0.1:{server.server_port}/w"
    server.shutdown()
    server.server_close()


def chain(story: Story) -> str:
    return f"transition:{story.transition}"


def act(key: str) -> Act:
    return Act(by=SYSTEM, key=key, at=NOW)


def named(url: str) -> Witness:
    done = actions.name_witness(act("w"), key=str(WITNESS.key))
    actions.address_witness(act("a"), witness_id=int(str(done["witness"])), url=url)
    return Witness.objects.get()


def send() -> str:
    """Send what waits; the code of what went wrong, empty when nothing did."""
    (one,) = sending.send_all(NOW)
    call = WitnessCall.objects.get()
    assert (call.problem, call.sent) == (one.problem.code if one.problem else "", one.count)
    return call.problem


def grow(story: Story) -> Checkpoint:
    story.classify()
    made = signing.checkpoint_now(chain(story), NOW)
    assert made is not None
    return made


def test_what_waits_is_sent_and_the_cosignature_comes_back_once(story: Story, other) -> None:
    witness, url = other
    named(url)
    assert send() == ""
    first = Checkpoint.objects.get(chain=chain(story))
    assert [c.checkpoint for c in Cosignature.objects.all()] == [first]
    assert (send(), witness.asked) == ("", 1)  # nothing new, nobody asked
    second = grow(story)
    assert send() == ""
    assert Cosignature.objects.filter(checkpoint=second).exists()
    assert witness.asked == 2  # sent from the size it had seen


def test_a_witness_that_has_seen_another_size_is_asked_again_from_there(
    story: Story, other
) -> None:
    witness, url = other
    named(url)
    first = Checkpoint.objects.get(chain=chain(story))
    witness.seen[first.origin] = Held(first.size, bytes.fromhex(first.root))  # by hand, say
    second = grow(story)
    assert send() == ""
    assert witness.asked == 2
    assert Cosignature.objects.get().checkpoint == second


def test_a_log_that_lost_its_past_or_has_two_is_named_as_such(story: Story, other) -> None:
    witness, url = other
    named(url)
    mark = Checkpoint.objects.get(chain=chain(story))
    witness.seen[mark.origin] = Held(mark.size + 5, b"x" * 32)
    assert send() == "proof.witness-ahead"
    witness.seen[mark.origin] = Held(mark.size, b"x" * 32)
    assert send() == "proof.witness-saw-another"
    assert not Cosignature.objects.exists()
    with pytest.raises(CommandError, match="BÁO ĐỘNG"):
        call_command("proof_send")
    with pytest.raises(CommandError, match="BÁO ĐỘNG"):  # the daily round says it too
        call_command("proof_checkpoint")


@pytest.mark.parametrize(
    ("status", "content", "code"),
    [
        (403, b"", "proof.witness-refuses-key"),
        (404, b"", "proof.witness-does-not-watch"),
        (500, b"", "proof.witness-answer"),
        (200, b"", "proof.witness-answer"),
        (200, b"\xff", "proof.witness-silent"),
        (200, "— ai-khac AAAA\n".encode(), "proof.witness-answer"),
        (409, b"x", "proof.witness-answer"),
        (409, b"0\n", "proof.witness-answer"),
        (302, b"", "proof.witness-answer"),
    ],
)
def test_whatever_else_it_answers_is_a_clear_failure_and_nothing_is_kept(
    other, status: int, content: bytes, code: str
) -> None:
    witness, url = other
    named(url)
    witness.says = (status, content)
    assert send() == code
    assert not Cosignature.objects.exists()
    assert witness.asked <= 2


def test_a_line_of_another_hand_is_not_taken_for_the_witness(other) -> None:
    witness, url = other
    named(url)
    note = read_note(Checkpoint.objects.order_by("pk")[0].note).text
    bent = Hand(WITNESS.name, b"\x55" * 32, WITNESS.algorithm)
    witness.says = (200, str(bent.cosign(note, 1_750_000_000)).encode())
    assert send() == "proof.witness-answer"
    assert not Cosignature.objects.exists()


def test_a_witness_that_is_away_does_not_hold_up_the_others(story: Story, other) -> None:
    _, url = other
    away = Hand("vang-mat.vn", b"\x09" * 32, WITNESS.algorithm)
    done = actions.name_witness(act("w0"), key=str(away.key))
    port = closed_port()
    actions.address_witness(
        act("a0"), witness_id=int(str(done["witness"])), url=f"http://127.0.0.1:{port}/w"
    )
    done = actions.name_witness(act("w"), key=str(WITNESS.key))
    actions.address_witness(act("a"), witness_id=int(str(done["witness"])), url=url)
    by_name = {one.witness.name: one for one in sending.send_all(NOW)}
    assert by_name[WITNESS.name].count == 1
    silent = by_name["vang-mat.vn"].problem
    assert silent is not None
    assert silent.code == "proof.witness-silent"


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_newest_address_counts_an_empty_one_stops_and_bad_ones_are_refused(other) -> None:
    witness, url = other
    row = named(url)
    for bad in ("http://xa.example/w", "ftp://x/", "https://a:b@x.example", "x"):
        with pytest.raises(Refused, match=r"hooks\.url"):
            actions.address_witness(act(f"bad {bad}"), witness_id=row.pk, url=bad)
    actions.address_witness(act("stop"), witness_id=row.pk, url="")
    assert sending.send_all(NOW) == []
    assert witness.asked == 0
    with pytest.raises(Refused, match=r"proof\.witness-missing"):
        actions.address_witness(act("none"), witness_id=987, url=url)

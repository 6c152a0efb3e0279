"""Another system is told what its post may see, signed, again when it did not answer."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation import clock
from thongsuot.foundation.hooks import delivery
from thongsuot.foundation.hooks.models import Delivery, Endpoint, State
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.jobs.running import run_pending

pytestmark = pytest.mark.django_db


class Receiver(ThreadingHTTPServer):
    """A system that keeps what it was told, and answers with what it is set to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Listener)
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.status = 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/tin"

    @property
    def acts(self) -> list[str]:
        return [json.loads(body)["act"] for _, body in self.told]


class _Listener(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/khac")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Keep the output of the tests quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def _ask(who: Any, receiver: Receiver, kinds: tuple[str, ...] = ("handover.",)) -> dict[str, Any]:
    wish = {"name": "hệ thống nhận tin", "url": receiver.url, "kinds": list(kinds)}
    made = who.post("/hooks", wish)
    assert made.status == 200, made.json
    return made.json


def _tell(at: Any = None) -> tuple[int, int]:
    at = at or timezone.now()
    delivery.collect(at, clock.today())
    return delivery.deliver_due(at)


def test_what_happens_is_told_with_a_signature_and_without_its_content(
    office: Any, receiver: Receiver
) -> None:
    secret = _ask(office.city, receiver)["secret"]
    office.list_items(2)
    assert _tell() == (1, 0)
    ((headers, body),) = receiver.told
    told = json.loads(body)
    assert (told["act"], told["subject"]) == (
        "handover.items-added",
        {"kind": "transition", "id": office.transition},
    )
    assert "Bàn làm việc" not in body.decode()
    moment, mac = (p.partition("=")[2] for p in headers["X-ThongSuot-Signature"].split(","))
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    assert hmac.compare_digest(mac, signed.hexdigest())
    assert _tell() == (0, 0)


def test_nothing_from_before_is_told(office: Any, receiver: Receiver) -> None:
    office.list_items(1)
    _ask(office.city, receiver)
    assert _tell() == (0, 0)


def test_only_what_was_asked_for_and_may_be_seen_is_told(office: Any, receiver: Receiver) -> None:
    _ask(office.minh, receiver, ("handover.dispute-opened", "handover.item-split"))
    ids = office.list_items(2)
    why = {"reason": "hai nơi cùng nhận"}
    office.lan.post(f"{office.at}/items/{ids[0]}/dispute", why)  # not on its way to anh Minh
    assert _tell() == (0, 0)
    wish = {"choice": {"ids": [ids[1]]}, "receiver": office.ward, "reason": "theo địa bàn"}
    office.lan.post(f"{office.at}/items/override", wish)
    office.lan.post(f"{office.at}/items/{ids[1]}/dispute", why)
    assert _tell() == (1, 0)
    assert json.loads(receiver.told[0][1])["subject"] == {"kind": "item", "id": ids[1]}


def test_a_call_that_fails_is_made_again_later_and_later_and_then_given_up(
    office: Any, receiver: Receiver
) -> None:
    made = _ask(office.city, receiver)
    office.list_items(1)
    receiver.status = 500
    at = timezone.now()
    for n, delay in enumerate((*delivery.DELAYS, timedelta(days=9))):
        assert _tell(at) == (0, 1), n
        assert _tell(at + delay - timedelta(seconds=1)) == (0, 0) or n >= len(delivery.DELAYS)
        at += delay
    call = Delivery.objects.get()
    assert (call.state, call.attempts, call.error) == (State.DEAD, 8, "HTTP 500")
    told = office.city.get(f"/hooks/{made['result']['endpoint']}/deliveries").json["rows"]
    assert [(d["state"], d["status"]) for d in told] == [("dead", 500)]


def test_a_call_that_failed_once_arrives_the_second_time(office: Any, receiver: Receiver) -> None:
    _ask(office.city, receiver)
    office.list_items(1)
    receiver.status = 503
    at = timezone.now()
    assert _tell(at) == (0, 1)
    receiver.status = 200
    assert _tell(at + timedelta(minutes=1)) == (1, 0)
    assert receiver.told[0][1] == receiver.told[1][1]


def test_redirections_are_not_followed_and_silence_is_a_failure(
    office: Any, receiver: Receiver
) -> None:
    made = _ask(office.city, receiver)
    office.list_items(1)
    receiver.status = 302
    at = timezone.now()
    assert _tell(at) == (0, 1)
    Endpoint.objects.filter(pk=made["result"]["endpoint"]).update(url="http://127.0.0.1:1/")
    assert _tell(at + timedelta(minutes=1)) == (0, 1)
    assert Delivery.objects.get().error == "ConnectionRefusedError"


def test_who_has_lost_the_post_is_told_nothing_more(office: Any, receiver: Receiver) -> None:
    _ask(office.city, receiver)
    Appointment.objects.filter(pk=office.tokens["city"].appointment).update(until=date(2021, 1, 1))
    office.list_items(1)
    assert _tell() == (0, 0)


def test_an_endpoint_that_was_ended_is_told_nothing_more(office: Any, receiver: Receiver) -> None:
    number = _ask(office.city, receiver)["result"]["endpoint"]
    office.list_items(1)
    delivery.collect(timezone.now(), clock.today())
    foreign = office.lan.post(f"/hooks/{number}/end", {})
    assert foreign.json == office.lan.post("/hooks/987654/end", {}).json
    assert foreign.status == 404
    assert office.city.post(f"/hooks/{number}/end", {}).status == 200
    assert _tell() == (0, 0)
    assert office.city.get("/hooks").json["rows"][0]["active"] is False


def test_writing_queues_one_job_that_tells(office: Any, receiver: Receiver) -> None:
    _ask(office.city, receiver)
    office.list_items(1)
    office.lan.post(f"{office.at}/items/propose", {})
    assert Job.objects.filter(kind="hooks.deliver").count() == 1
    run_pending()
    assert receiver.acts == ["handover.items-added", "handover.receivers-proposed"]


def test_the_command_tells_and_says_how_many(
    office: Any, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    _ask(office.city, receiver)
    office.list_items(1)
    call_command("deliver_hooks", "--json")
    assert json.loads(capsys.readouterr().out) == {"written": 1, "arrived": 1, "failed": 0}


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://nhan.example/"},
        {"kinds": ["*"]},
        {"kinds": ["handover"]},
        {"name": " "},
    ],
)
def test_a_wish_of_another_form_is_refused(office: Any, change: dict[str, Any]) -> None:
    wish = {"name": "tin", "url": "https://nhan.example/", "kinds": ["handover."], **change}
    assert office.city.post("/hooks", wish).status == 422


def test_a_person_has_so_many_endpoints_and_no_more(office: Any, receiver: Receiver) -> None:
    for _ in range(10):
        _ask(office.city, receiver)
    wish = {"name": "tin", "url": receiver.url, "kinds": ["handover."]}
    assert office.city.post("/hooks", wish).codes == {"hooks.too-many"}


def test_one_that_does_not_answer_does_not_hold_up_the_others(
    office: Any, receiver: Receiver
) -> None:
    number = _ask(office.city, receiver)["result"]["endpoint"]
    Endpoint.objects.filter(pk=number).update(url="http://127.0.0.1:1/")
    _ask(office.lan, receiver)
    office.list_items(1)
    office.lan.post(f"{office.at}/items/propose", {})
    at = timezone.now()
    assert _tell(at) == (2, 1)
    assert Delivery.objects.filter(endpoint=number, attempts=0).count() == 1
    assert _tell(at + timedelta(seconds=1)) == (0, 1)


def test_calls_settled_long_ago_are_forgotten_and_waiting_ones_are_not(
    office: Any, receiver: Receiver
) -> None:
    _ask(office.city, receiver)
    office.list_items(1)
    at = timezone.now()
    delivery.collect(at, clock.today())
    assert delivery.forget(at + timedelta(days=100)) == 0
    assert delivery.deliver_due(at) == (1, 0)
    assert delivery.forget(at + timedelta(days=1)) == 0
    assert delivery.forget(at + timedelta(days=100)) == 1

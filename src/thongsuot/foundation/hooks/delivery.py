"""Telling: entries written since last time become calls, and calls that are due are made."""

import http.client
import json
import logging
import socket
import ssl
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string

from thongsuot.foundation.hooks import signing
from thongsuot.foundation.hooks.addresses import Address, address_of, resolved
from thongsuot.foundation.hooks.models import Cursor, Delivery, Endpoint, State
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import ChainHead, Entry

PATIENCE: Final = 10.0
DELAYS: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440))
MOST_AT_ONCE: Final = 500
KEPT: Final = timedelta(days=90)
FINE: Final = range(200, 300)
log = logging.getLogger(__name__)


class Eyes(Protocol):
    """What a post may be told of; the rooms above say it (settings.HOOKS_SIGHT)."""

    def sees(self, entry: Entry) -> bool:
        """Whether the post may know that this happened."""
        ...


def collect(at: datetime, on: date) -> int:
    """Write a call for every entry since last time that an endpoint asked for and may know of.

    ``at`` is real time, ``on`` the day of the house. Returns how many were written.
    """
    look: Callable[[int, int, date], Eyes | None] = import_string(settings.HOOKS_SIGHT)
    written = 0
    for endpoint in Endpoint.objects.filter(active=True).order_by("pk"):
        eyes = look(endpoint.user_id, endpoint.appointment, on)
        if eyes is not None:
            written += _collect_for(endpoint, eyes, at)
    return written


def _collect_for(endpoint: Endpoint, eyes: Eyes, at: datetime) -> int:
    told = dict(Cursor.objects.filter(endpoint=endpoint).values_list("chain", "seq"))
    written = 0
    for chain, size in ChainHead.objects.values_list("chain", "size"):
        if size > told.get(chain, 0):
            written += _collect_chain(endpoint, eyes, chain, told.get(chain, 0), at)
    return written


def _collect_chain(endpoint: Endpoint, eyes: Eyes, chain: str, seq: int, at: datetime) -> int:
    rows = Entry.objects.filter(chain=chain, seq__gt=seq).order_by("seq")
    entries = list(rows.defer("before", "after")[:MOST_AT_ONCE])
    if not entries:
        return 0
    calls = [
        Delivery(endpoint=endpoint, entry=e, next_at=at)
        for e in entries
        if endpoint.wants(e.act) and eyes.sees(e)
    ]
    last = entries[-1].seq
    try:
        with transaction.atomic():
            Delivery.objects.bulk_create(calls)
            Cursor.objects.update_or_create(endpoint=endpoint, chain=chain, defaults={"seq": last})
    except IntegrityError:  # another process has just collected the same
        return 0
    return len(calls)


def deliver_due(at: datetime, limit: int = MOST_AT_ONCE) -> tuple[int, int]:
    """Make the calls that are due. Returns how many arrived, and how many did not.

    A call is claimed by moving its next try away first, so two processes never make one twice at
    the same moment; after a crash it is made again. An endpoint that does not answer is left alone
    until the next time, so that it does not hold up the others.
    """
    arrived = failed = 0
    silent: set[int] = set()
    due = Delivery.objects.filter(state=State.WAITING, next_at__lte=at, endpoint__active=True)
    for call in list(due.select_related("endpoint", "entry").order_by("next_at", "pk")[:limit]):
        if call.endpoint_id in silent:
            continue
        delay = DELAYS[min(call.attempts, len(DELAYS) - 1)]
        mine = Delivery.objects.filter(
            pk=call.pk, state=State.WAITING, attempts=call.attempts
        ).update(attempts=F("attempts") + 1, next_at=at + delay)
        if not mine:
            continue
        if _call(call, at):
            arrived += 1
        else:
            failed += 1
            silent.add(call.endpoint_id)
    return arrived, failed


def forget(at: datetime) -> int:
    """Drop calls that were settled long ago; the entries they told of stay. Returns how many."""
    settled = Delivery.objects.exclude(state=State.WAITING).filter(next_at__lt=at - KEPT)
    return settled.delete()[0]


def payload(call: Delivery) -> bytes:
    """What is told: what happened, when, to which thing, and its receipt. Never the content."""
    entry = call.entry
    told = {
        "entry": entry.pk,
        "act": entry.act,
        "at": entry.at.isoformat(),
        "on": entry.on.isoformat(),
        "chain": entry.chain,
        "seq": entry.seq,
        "subject": {"kind": entry.subject_kind, "id": entry.subject_id},
        "receipt": entry.hash,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _call(call: Delivery, at: datetime) -> bool:
    body = payload(call)
    moment = int(at.timestamp())
    secret = signing.secret_of(call.endpoint.salt)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "ThongSuot",
        "X-ThongSuot-Delivery": str(call.pk),
        signing.HEADER: signing.signature(secret, moment, body),
    }
    status, error = None, ""
    try:
        status = send(call.endpoint.url, body, headers)
    except Refused as refused:
        error = refused.problems[0].code
    except (OSError, http.client.HTTPException) as problem:
        error = type(problem).__name__
    _write_outcome(call, status, error, at)
    return status in FINE if status is not None else False


def _write_outcome(call: Delivery, status: int | None, error: str, at: datetime) -> None:
    row = Delivery.objects.filter(pk=call.pk)
    if status is not None and status in FINE:
        row.update(state=State.DONE, status=status, error="", done_at=at)
        return
    log.warning("a call did not arrive", extra={"delivery": call.pk, "status": status or 0})
    dead = call.attempts + 1 > len(DELAYS)
    row.update(
        state=State.DEAD if dead else State.WAITING,
        status=status,
        error=error or f"HTTP {status}",
    )


def send(url: str, body: bytes, headers: dict[str, str]) -> int:
    """POST the body; the status of the answer. Redirections are not followed.

    Raises Refused for an address that may not be called, OSError or HTTPException otherwise.
    """
    return ask(url, body, headers, most=0)[0]


def ask(url: str, body: bytes, headers: dict[str, str], *, most: int) -> tuple[int, bytes]:
    """POST the body; the status of the answer and its beginning, ``most`` bytes. As ``send``."""
    address = address_of(url)
    connection = _Pinned(address, resolved(address))
    try:
        connection.request("POST", address.path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(most) if most else b""
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to a number already checked, still proving the name by its certificate."""

    def __init__(self, address: Address, number: str) -> None:
        super().__init__(address.host, address.port, timeout=PATIENCE)
        self.number, self.secure = number, address.scheme == "https"
        self.default_port = 443 if self.secure else 80

    def connect(self) -> None:
        plain = socket.create_connection((self.number, self.port), PATIENCE)
        self.sock = plain
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)

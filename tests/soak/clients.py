"""Clients that keep their own record of every attempt, outside the office and its database.

Each act has a key that the client made before sending. A request that was not answered, or was
answered by an error of the server, is unknown: it is sent again with the same key until it is
known. The record has one line when an act is invoked and one for every answer.
"""

import http.client
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.soak.office import Office

DONE, BUSY, BROKEN = 200, 429, 500
OK, REFUSED, UNKNOWN, INVOKED = "ok", "refused", "unknown", "invoked"


class Record:
    """Every attempt, in the order in which it was known, on a file that no fault touches."""

    def __init__(self, path: Path) -> None:
        self.path, self._lock = path, threading.Lock()
        self._file = path.open("w", encoding="utf-8")
        self.counts = dict.fromkeys((OK, REFUSED, UNKNOWN, INVOKED), 0)
        self.changed = threading.Condition(self._lock)
        self.odd: list[str] = []

    def write(self, what: str, key: str, **facts: Any) -> None:
        """Note it, and keep it."""
        with self.changed:
            self._file.write(json.dumps({"what": what, "key": key, **facts}) + "\n")
            self._file.flush()
            self.counts[what] += 1
            self.changed.notify_all()

    def wait(self, what: str, more: int, limit: float) -> bool:
        """Come back when so many more of a kind are noted; False when that took too long."""
        with self.changed:
            wanted = self.counts[what] + more
            return self.changed.wait_for(lambda: self.counts[what] >= wanted, limit)


@dataclass
class Client(threading.Thread):
    """One sender with one thing and one line of its own, and a line that all of them count."""

    number: int
    office: Office
    record: Record
    up: threading.Event
    stop: threading.Event
    same_key: bool = True  # the control sends an unknown again as if it were new
    versions: dict[int, int] = field(default_factory=dict)
    serial: int = 0

    def __post_init__(self) -> None:
        super().__init__(name=f"client-{self.number}", daemon=True)
        facts = self.office.facts
        self.me: Mapping[str, Any] = facts["people"][self.number]
        self.draw = Random(f"{facts['mark']}-{self.number}")
        self.link: http.client.HTTPConnection | None = None

    def __hash__(self) -> int:
        return hash(self.number)

    def run(self) -> None:
        """Act until told to stop; an act once invoked is always followed to its answer."""
        while not self.stop.is_set():
            self.serial += 1
            chance = self.draw.random()
            if chance < 0.5:
                self.lose_one()
            else:
                self.count(self.me["line"] if chance < 0.85 else self.office.facts["shared"])

    def lose_one(self) -> None:
        """One more piece of the own thing is not found: twice would show."""
        body = {"choice": {"ids": [self.me["item"]]}, "reason": "không thấy", "quantity": 1}
        self.follow("items/missing", body, kind="missing", item=self.me["item"])

    def count(self, line: int) -> None:
        """A count of a line, with the version last seen."""
        version, count = self.versions.get(line, 0), self.draw.randint(0, 10**6)
        counts = [{"line": line, "count": count, "version": version}]
        path = f"minutes/{self.office.facts['minutes']}/count"
        told = self.follow(
            path, {"side": "giver", "counts": counts}, kind="count",
            line=line, count=count, version=version + 1,
        )  # fmt: skip
        if told.get("result"):
            self.versions[line] = told["result"]["versions"][str(line)]
        for problem in told.get("problems", ()):
            self.versions[line] = int(problem["facts"].get("version", version))

    def follow(self, path: str, body: Mapping[str, Any], **facts: Any) -> dict[str, Any]:
        """Send until it is known what became of it."""
        key = f"c{self.number}-{self.serial:06}"
        self.record.write(INVOKED, key, user=self.me["user"], **facts)
        attempt = 0
        while True:
            sent = key if self.same_key or not attempt else f"{key}.{attempt}"
            status, told = self.send(path, body, sent)
            if status == DONE:
                self.record.write(OK, key, receipt=told["receipt"], attempt=attempt)
                return told
            if BUSY != status < BROKEN:
                code = [p["code"] for p in told.get("problems", ())]
                self.record.write(REFUSED, key, status=status, codes=code)
                return told
            self.record.write(UNKNOWN, key, status=status)
            attempt += 1
            self.up.wait()
            if self.stop.wait(0.05) and attempt > 200:
                return {}

    def send(self, path: str, body: Mapping[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        """One attempt; the status is BROKEN when there was no answer."""
        try:
            link = self.link or http.client.HTTPConnection(
                "127.0.0.1", self.office.port, timeout=60
            )
            self.link = link
            link.request(
                "POST",
                f"/api/v1/transitions/{self.office.facts['transition']}/{path}",
                json.dumps(body),
                {
                    "Content-Type": "application/json",
                    "Authorization": f"Bearer {self.me['token']}",
                    "Idempotency-Key": key,
                },
            )
            answer = link.getresponse()
            text = answer.read()
            if answer.status >= BROKEN:
                self.record.odd.append(f"{answer.status} {text[:200]!r}")
            return answer.status, json.loads(text)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            if self.link is not None:
                self.link.close()
            self.link = None
            return BROKEN, {}


@dataclass
class Crowd:
    """All clients of an office, with what tells them that it is up and that it is over."""

    office: Office
    same_key: bool = True

    def __post_init__(self) -> None:
        self.record = Record(self.office.home / "record.jsonl")
        self.up, self.stop = threading.Event(), threading.Event()
        self.clients = [
            Client(n, self.office, self.record, self.up, self.stop, self.same_key)
            for n in range(len(self.office.facts["people"]))
        ]

    def begin(self) -> None:
        """Let them send."""
        self.up.set()
        for client in self.clients:
            client.start()

    def end(self) -> None:
        """Let each finish what it has invoked, and wait for all."""
        self.stop.set()
        for client in self.clients:
            client.join()

"""Another reader of the text beside our rules: a command or an address that the office configures.

Off unless configured. It is sent the text and the day, answers JSON in the exchange form, and its
answer passes the same checks as our own reading (``rules.directives.intake.checked``). No Django.
"""

import json
import shlex
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from thongsuot.rules.directives.intake import Draft, Names, checked
from thongsuot.rules.kernel.problem import Problem

__all__ = ["Reader", "ask"]

LARGEST_ANSWER = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader configured: a command line, or an http address; and how long to wait for it."""

    command: str = ""
    address: str = ""
    seconds: int = 120

    @property
    def asked(self) -> bool:
        """Whether there is one at all."""
        return bool(self.command or self.address)


class _Silent(Exception):
    """The reader gave no answer that can be checked."""


def ask(
    reader: Reader, text: str, *, on: date, names: Names | None = None
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """What the configured reader found, as far as it holds, and what was wrong with its answer.

    A reader that does not answer, is late or answers nonsense gives no drafts and one problem:
    the work of the office never waits for it.
    """
    question = json.dumps({"text": text, "date": on.isoformat()}, ensure_ascii=False).encode()
    try:
        answer = _run(reader, question) if reader.command else _post(reader, question)
        claims = json.loads(answer)
    except _Silent as silent:
        return (), (Problem("intake.reader-silent", "", {"value": str(silent)[:200]}),)
    except (ValueError, RecursionError):
        return (), (Problem("intake.answer-not-json"),)
    return checked(text, claims, on=on, names=names)


def _run(reader: Reader, question: bytes) -> bytes:
    try:
        told = subprocess.run(
            shlex.split(reader.command), input=question, capture_output=True,
            check=False, timeout=reader.seconds,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as silent:
        raise _Silent(type(silent).__name__) from silent
    if told.returncode:
        raise _Silent(f"exit {told.returncode}")
    return told.stdout[:LARGEST_ANSWER]


def _post(reader: Reader, question: bytes) -> bytes:
    if urlsplit(reader.address).scheme not in ("http", "https"):
        raise _Silent("address")
    request = urllib.request.Request(
        reader.address, question, {"Content-Type": "application/json; charset=utf-8"}
    )
    try:
        with urllib.request.urlopen(request, timeout=reader.seconds) as answer:
            return bytes(answer.read(LARGEST_ANSWER))
    except (OSError, urllib.error.URLError) as silent:
        raise _Silent(type(silent).__name__) from silent

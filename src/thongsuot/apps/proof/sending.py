"""Checkpoints sent to witnesses, and their cosignatures brought back (c2sp.org/tlog-witness)."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from thongsuot.apps.proof import actions
from thongsuot.apps.proof.logs import tree_of
from thongsuot.apps.proof.models import Checkpoint, Cosignature, Witness, WitnessCall
from thongsuot.apps.proof.permit import SYSTEM
from thongsuot.foundation.hooks.delivery import ask
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import NotANote, read_key, read_note
from thongsuot.rules.proof.witness import Asked, read_answer, read_size, write_request

MOST = 16 * 1024
HEADERS = {"Content-Type": "text/plain; charset=utf-8", "User-Agent": "ThongSuot"}
SAYS = {
    403: "proof.witness-refuses-key",
    404: "proof.witness-does-not-watch",
    422: "proof.witness-saw-another",
}


class _Failed(Exception):  # never leaves this module: one witness failed, the next is asked
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending to one witness: how many cosignatures came back, and what went wrong."""

    witness: Witness
    count: int
    problem: Problem | None


def addressed() -> list[tuple[Witness, str]]:
    """The witnesses that checkpoints are sent to, and where."""
    found = []
    for witness in Witness.objects.order_by("name", "pk").prefetch_related("addresses"):
        known = sorted(witness.addresses.all(), key=lambda row: row.pk)
        if known and known[-1].url:
            found.append((witness, known[-1].url))
    return found


def waiting(witness: Witness) -> Iterator[Checkpoint]:
    """The newest checkpoint of each log, where that witness has not cosigned it yet."""
    sizes = Checkpoint.objects.values("origin").annotate(newest=Max("size"))
    rows = Checkpoint.objects.filter(size__in=[one["newest"] for one in sizes])
    newest = {row.origin: row for row in rows.order_by("size")}
    done = Cosignature.objects.filter(witness=witness, checkpoint__in=newest.values())
    cosigned = set(done.values_list("checkpoint", flat=True))
    yield from (newest[name] for name in sorted(newest) if newest[name].pk not in cosigned)


def send_all(at: datetime) -> list[Sent]:
    """Send what is waiting to every witness with an address; each result is kept for the page.

    A witness that fails does not hold up the others, nor the log that failed the next one.
    """
    return [_send(witness, url, at) for witness, url in addressed()]


def _send(witness: Witness, url: str, at: datetime) -> Sent:
    count, problem = 0, None
    for row in waiting(witness):
        try:
            _bring(witness, url, row, at)
        except _Failed as failed:
            problem = problem or failed.problem
            if failed.problem.code == "proof.witness-silent":
                break
        else:
            count += 1
    WitnessCall.objects.update_or_create(
        witness=witness,
        defaults={
            "at": at,
            "sent": count,
            "problem": problem.code if problem else "",
            "subject": problem.subject[:300] if problem else "",
            "facts": dict(problem.facts) if problem else {},
        },
    )
    return Sent(witness, count, problem)


def _bring(witness: Witness, url: str, row: Checkpoint, at: datetime) -> None:
    """One checkpoint to one witness and its line back. Raises _Failed."""
    tree = tree_of(row.chain, row.size)
    last = Cosignature.objects.filter(witness=witness, checkpoint__origin=row.origin)
    old = last.order_by("-checkpoint__size").values_list("checkpoint__size", flat=True).first() or 0
    name = read_key(witness.key).name
    status, text = 0, ""
    for _attempt in range(2):  # a witness that has seen another size says which
        proof = tuple(tree.consistency(old, row.size)) if old else ()
        status, text = _ask(witness, url, write_request(Asked(old, proof, read_note(row.note))))
        if status != 409:
            break
        old = _other_size(witness, row, text, old)
    if status != 200:
        code = SAYS.get(status, "proof.witness-answer")
        raise _Failed(Problem(code, witness.name, {"log": row.origin, "status": status}))
    try:
        line = read_answer(text, name)
        act = Act(by=SYSTEM, key=f"cosignature/{row.pk}/{witness.pk}", at=at)
        actions.keep_cosignature(act, checkpoint_id=row.pk, line=line)
    except (NotANote, Refused) as error:
        facts = {"log": row.origin, "status": status}
        raise _Failed(Problem("proof.witness-answer", witness.name, facts)) from error


def _other_size(witness: Witness, row: Checkpoint, text: str, old: int) -> int:
    """The size the witness has seen last. Raises _Failed when we are shorter, or it makes no sense."""
    facts: dict[str, object] = {"log": row.origin, "status": 409, "shown": row.size}
    try:
        seen = read_size(text)
    except NotANote as error:
        raise _Failed(Problem("proof.witness-answer", witness.name, facts)) from error
    if seen > row.size:
        raise _Failed(Problem("proof.witness-ahead", witness.name, {**facts, "size": seen}))
    if seen == old:
        raise _Failed(Problem("proof.witness-answer", witness.name, facts))
    return seen


def _ask(witness: Witness, url: str, request: str) -> tuple[int, str]:
    try:
        status, answer = ask(f"{url}/add-checkpoint", request.encode(), HEADERS, most=MOST)
        return status, answer.decode()
    except Refused as refused:
        raise _Failed(refused.problems[0]) from refused
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as error:
        facts = {"error": type(error).__name__}
        raise _Failed(Problem("proof.witness-silent", witness.name, facts)) from error

"""One act is one transaction and one entry in the trail, once per key however often it is sent."""

import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.utils import timezone

from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import ChainHead, Entry, EntryResult
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.canonical import canonical, digest
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

P = ParamSpec("P")
Result = dict[str, object]
TICK = timedelta(microseconds=1)


class _Replay(Exception):  # never leaves this module: not an error, a shortcut
    def __init__(self, entry: Entry) -> None:
        self.entry = entry


@dataclass
class Act:
    """Somebody doing something now: ``by`` whom, under which idempotency ``key``, ``at`` when.

    ``key`` is made by the client before it sends: the same key with the same arguments gives the
    first answer again; with other arguments it is refused (409). ``at`` is an aware moment.
    """

    by: Actor
    key: str
    at: datetime
    _code: str = field(default="", repr=False)
    _request: str = field(default="", repr=False)
    _entry: Entry | None = field(default=None, repr=False)
    _held: set[str] = field(default_factory=set, repr=False)

    @property
    def on(self) -> date:
        """The local day of the act."""
        return timezone.localtime(self.at).date()

    def sub(self, name: str) -> "Act":
        """The same person at the same moment doing a part of this act, as an act of its own."""
        return Act(by=self.by, key=f"{self.key}/{name}", at=self.at)

    def lock(self, chain: str) -> ChainHead:
        """Take the chain for this act: others wait. Call it before reading what is to change."""
        head = ChainHead.objects.select_for_update().filter(chain=chain).first()
        if head is None:
            genesis = hashlib.sha256(chain.encode()).hexdigest()
            ChainHead.objects.get_or_create(chain=chain, defaults={"hash": genesis})
            head = ChainHead.objects.select_for_update().get(chain=chain)
        if chain not in self._held:  # once it is held, the same key cannot come before us
            self._replay_if_done()
            self._held.add(chain)
        return head

    def _replay_if_done(self) -> None:
        done = Entry.objects.filter(key=self.key).first()
        if done is not None:
            raise _Replay(done)

    @property
    def entry(self) -> Entry:
        """The entry written by this act. Raises RuntimeError before ``record`` was called."""
        if self._entry is None:
            raise RuntimeError(f"{self._code}: nothing recorded yet")
        return self._entry

    def record(
        self,
        *,
        chain: str,
        subject: Ref,
        before: object = None,
        after: object = None,
        reason: str = "",
        authority: str = "",
        on: date | None = None,
    ) -> Entry:
        """Write the one entry of this act; returns it, for lines that point at it.

        ``before`` and ``after`` are plain values, small: of bulk acts the count and a digest.

        Raises RuntimeError outside an action or when called twice: both are mistakes of ours.
        """
        if not self._code or self._entry is not None:
            raise RuntimeError("an action records exactly once, and only an action records")
        head = self.lock(chain)
        hat = self.by.hat
        at = self.at if head.at is None or self.at > head.at else head.at + TICK
        entry = Entry(
            chain=chain,
            seq=head.size + 1,
            key=self.key,
            request_hash=self._request,
            act=self._code,
            subject_kind=subject.kind,
            subject_id=subject.id,
            actor_user=self.by.user,
            actor_name=self.by.name,
            actor_post=hat.post if hat else "",
            actor_body=hat.body_name if hat else "",
            at=at,
            on=on or self.on,
            reason=reason,
            authority=authority,
            before=_as_stored(before),
            after=_as_stored(after),
            prev=head.hash,
        )
        entry.hash = entry_hash(entry)
        entry.save(force_insert=True)
        ChainHead.objects.filter(pk=head.pk).update(size=entry.seq, hash=entry.hash, at=at)
        self._entry = entry
        return entry


HASHED = (
    "chain",
    "seq",
    "key",
    "request_hash",
    "act",
    "subject_kind",
    "subject_id",
    "actor_user",
    "actor_name",
    "actor_post",
    "actor_body",
    "on",
    "reason",
    "authority",
    "before",
    "after",
)


def entry_hash(entry: Entry) -> str:
    """The hash that the entry must carry, from its content and the previous hash."""
    content: dict[str, object] = {name: getattr(entry, name) for name in HASHED}
    content["at"] = entry.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(
        timespec="microseconds"
    )
    return hashlib.sha256(b"\x00" + bytes.fromhex(entry.prev) + canonical(content)).hexdigest()


def _first_answer(entry: Entry, request: str) -> Result:
    if entry.request_hash != request:
        raise Refused.conflict(Problem("trail.key-reused", entry.key, {"act": entry.act}))
    answer = EntryResult.objects.filter(entry=entry).first()
    return dict(answer.result) if answer else {}


def action(
    code: str,
) -> Callable[[Callable[Concatenate[Act, P], Result]], Callable[Concatenate[Act, P], Result]]:
    """Make a function an action: transaction, idempotency, exactly one entry.

    The function takes an Act and keyword arguments of plain values (text, whole numbers, days,
    lists and mappings of these), records once, and returns a mapping of plain values.

    Raises (when called) Refused, from the function or because the key was used for something
    else; RuntimeError when the function recorded nothing.
    """

    def wrap(
        function: Callable[Concatenate[Act, P], Result],
    ) -> Callable[Concatenate[Act, P], Result]:
        @functools.wraps(function)
        def perform(act: Act, /, *args: P.args, **kwargs: P.kwargs) -> Result:
            request = digest(
                {"act": code, "by": act.by.user, "arguments": _arguments(args, kwargs)}
            )
            running = Act(by=act.by, key=act.key, at=act.at, _code=code, _request=request)
            try:
                with transaction.atomic():
                    running._replay_if_done()
                    result = function(running, *args, **kwargs)
                    written = running.entry
                    if result:
                        _keep_result(written, result)
                    return result
            except _Replay as replay:
                return _first_answer(replay.entry, request)
            except (Refused, IntegrityError):
                # Somebody sent the same key at the same moment and was first: give that answer.
                done = Entry.objects.filter(key=act.key).first()
                if done is None:
                    raise
                return _first_answer(done, request)

        perform.act_code = code  # type: ignore[attr-defined]  # read by the house tests
        return perform

    return wrap


def _as_stored(value: object) -> object:
    """The value as it will be read back, so that its hash can be computed again."""
    return None if value is None else json.loads(canonical(value))


def _arguments(args: tuple[object, ...], kwargs: Mapping[str, object]) -> Mapping[str, object]:
    if args:
        raise TypeError("actions take keyword arguments only")
    return kwargs


def _keep_result(entry: Entry, result: Result) -> None:
    """Store the answer with the entry, in the transaction that wrote it."""
    EntryResult.objects.create(entry=entry, result=result)

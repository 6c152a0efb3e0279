"""Who is asking: the person and the post behind a token in the header, and nothing else."""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from thongsuot.apps.registry.actors import actor_of
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import ApiToken
from thongsuot.foundation.accounts.tokens import token_for
from thongsuot.foundation.refusal import Refused
from thongsuot.project.api.limits import body_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

LONGEST: Final = 200
NOTED_EVERY: Final = timedelta(
    hours=1
)  # the last use is kept to the hour, so reading stays reading
A_MINUTE: Final = 60.0
MOST_A_MINUTE: Final = 1_200
MOST_TOKENS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor in the post of the token, and what the token allows."""

    actor: Actor
    token: int
    may_write: bool


class Pace:
    """How many calls a token has made in the running minute, in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def wait(self, token: int, at: float) -> int:
        """Count a call; the seconds to wait when there were too many, else 0."""
        minute = int(at // A_MINUTE)
        with self._lock:
            began, calls = self._seen.pop(token, (minute, 0))
            calls = calls + 1 if began == minute else 1
            self._seen[token] = (minute, calls)
            while len(self._seen) > MOST_TOKENS:
                self._seen.popitem(last=False)
        return int(A_MINUTE - at % A_MINUTE) + 1 if calls > MOST_A_MINUTE else 0


PACE = Pace()


class Unknown(Exception):
    """No valid token: one answer, whatever the reason."""


class Bearer(HttpBearer):
    """``Authorization: Bearer ts_…``; a session or a cookie opens nothing here."""

    openapi_description = "A token made on the page /ma-truy-cap/, bound to one post."

    def __init__(self, *, writes: bool = False, asks: bool = False) -> None:
        """``writes``: only a token that may write. ``asks``: a question in a body, for any token."""
        super().__init__()
        self.writes, self.with_body = writes, writes or asks

    def __call__(self, request: HttpRequest) -> Caller:
        """The caller. Raises Unknown (401), Refused 403 (post ended, reading token) or 429."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret or len(secret) > LONGEST:
            raise Unknown
        caller = self.authenticate(request, secret.strip())
        if self.writes and not caller.may_write:
            raise Refused.forbidden(Problem("api.reading-token"))
        if self.with_body:
            request.given = body_of(request)  # type: ignore[attr-defined]  # for the parser
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller behind a secret."""
        at = timezone.now()  # the life of a token is real time, also in the demonstration
        found = token_for(token, at)
        if found is None:
            raise Unknown
        wait = PACE.wait(found.pk, time.time())
        if wait:
            raise Refused([Problem("api.too-many-calls", "", {"wait": wait})], 429)
        actor = actor_of(found.user, clock.today(), found.appointment)
        if actor.hat is None:
            raise Refused.forbidden(Problem("api.post-ended"))
        unnoted = Q(used_at__isnull=True) | Q(used_at__lt=at - NOTED_EVERY)
        if found.used_at is None or found.used_at < at - NOTED_EVERY:
            ApiToken.objects.filter(unnoted, pk=found.pk).update(used_at=at)
        return Caller(actor, found.pk, found.may_write)


READS, ASKS, WRITES = Bearer(), Bearer(asks=True), Bearer(writes=True)


def caller(request: HttpRequest) -> Actor:
    """The actor of a call that has passed the bearer."""
    found: Caller = request.auth  # type: ignore[attr-defined]  # set by ninja
    return found.actor

"""What a form of ours sends to be done: by whom, under which key, and whether it was done before."""

from typing import Any

from django.http import HttpRequest

from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry, EntryResult
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def actor_in(request: HttpRequest) -> Actor:
    """Who is acting, in which post."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the actor middleware
    return actor


def act_of(request: HttpRequest) -> Act:
    """The act that a form sends: by whom, under the key of the form, now.

    Raises Refused (400) when the form carries no key: it was not made by a page of ours.
    """
    if not request.POST.get("key"):
        raise Refused([Problem("trail.form-without-key")], 400)
    return Act(by=actor_in(request), key=_key(request), at=clock.now())


def answered(request: HttpRequest) -> dict[str, Any] | None:
    """What this very form was answered when it came the first time; None when it is new.

    For forms whose arguments are read from rows that the act itself changes: sent twice (a double
    click, the key to go back), the second one could not be put together as the first was.
    """
    done = Entry.objects.filter(key=_key(request)).first()
    if done is None:
        return None
    kept = EntryResult.objects.filter(entry=done).first()
    return dict(kept.result) if kept else {}


def _key(request: HttpRequest) -> str:
    return f"{actor_in(request).user}/{request.POST.get('key', '')[:100]}"

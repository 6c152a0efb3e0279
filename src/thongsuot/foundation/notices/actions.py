"""Telling people, and what they do with it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from django.db import transaction

from thongsuot.foundation import clock
from thongsuot.foundation.jobs.actions import start
from thongsuot.foundation.notices import kinds, queries
from thongsuot.foundation.notices.kinds import Way
from thongsuot.foundation.notices.models import Notice, Rest, Wish
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem

TITLE = 300


def tell(
    users: Iterable[int],
    kind: str,
    title: str,
    url: str = "",
    *,
    body: str = "",
    at: datetime | None = None,
) -> int:
    """Tell each of the accounts once, in the caller's transaction; mail only after its commit.

    ``url`` is a path inside this site. Returns how many were told. Tell in the interface's first
    language: the text is stored as it is.

    Raises LookupError for an unregistered kind, ValueError for an address that leaves the site.
    """
    told_kind = kinds.kind(kind)
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"a notice leads nowhere outside this site: {url!r}")
    moment = at or clock.now()
    people = sorted(set(users))
    line = {"kind": kind, "title": " ".join(title.split())[:TITLE], "url": url, "body": body}
    Notice.objects.bulk_create(
        [Notice(user_id=user, at=moment, **line) for user in people], batch_size=500
    )
    hurried = queries.with_way(people, told_kind, Way.AT_ONCE)
    if hurried:
        start("notices.mail", owner=hurried[0], users=hurried)
    return len(people)


def open_notice(pk: int, *, user: int, at: datetime) -> str:
    """Mark one notice as read; returns where it leads.

    Raises Refused (404) for a notice of somebody else as for none.
    """
    notice = Notice.objects.filter(pk=pk, user_id=user).first()
    if notice is None:
        raise Refused.missing(Problem("notices.unknown", str(pk)))
    Notice.objects.filter(pk=pk, read_at__isnull=True).update(read_at=at)
    return notice.url


def read_all(*, user: int, up_to: int, at: datetime) -> int:
    """Mark every notice the person has seen listed as read, not those that came since."""
    unread = Notice.objects.filter(user_id=user, id__lte=up_to, read_at__isnull=True)
    return unread.update(read_at=at)


@transaction.atomic
def choose(
    *,
    user: int,
    ways: Mapping[str, Way],
    quiet: tuple[time, time],
    digest_at: time,
    working_days_only: bool,
) -> None:
    """Keep how the person wishes to be told."""
    for code, way in ways.items():
        Wish.objects.update_or_create(user_id=user, kind=code, defaults={"way": way})
    Rest.objects.update_or_create(
        user_id=user,
        defaults={
            "quiet_from": quiet[0],
            "quiet_to": quiet[1],
            "digest_at": digest_at,
            "working_days_only": working_days_only,
        },
    )

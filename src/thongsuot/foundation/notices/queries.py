"""Looking at notices."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from thongsuot.foundation.notices import calendar, kinds
from thongsuot.foundation.notices.kinds import Kind, Way
from thongsuot.foundation.notices.models import Notice, Rest, Wish

MANY = 100


def unread_count(user: int) -> int:
    """How many notices wait for the person, at most 100: the bell says 99+ anyway."""
    return Notice.objects.filter(user_id=user, read_at__isnull=True)[:MANY].count()


def notices_of(user: int, *, unread: bool = False) -> QuerySet[Notice]:
    """The notices of a person, newest first."""
    found = Notice.objects.filter(user_id=user)
    if unread:
        found = found.filter(read_at__isnull=True)
    return found.order_by("-id")


def with_way(users: Sequence[int], kind: Kind, way: Way) -> list[int]:
    """Those of the accounts whom a notice of that kind reaches in that way, in the same order."""
    chosen = dict(
        Wish.objects.filter(user_id__in=users, kind=kind.code).values_list("user_id", "way")
    )
    return [user for user in users if chosen.get(user, kind.way) == way]


def ways_of(user: int) -> dict[str, Way]:
    """For every kind the way that holds for the person."""
    chosen = dict(Wish.objects.filter(user_id=user).values_list("kind", "way"))
    return {kind.code: Way(chosen.get(kind.code, kind.way)) for kind in kinds.every_kind()}


def rest_of(user: int) -> Rest:
    """The person's hours; the usual ones, unsaved, for who never chose."""
    return Rest.objects.filter(user_id=user).first() or Rest(user_id=user)


def unsent(user: int, ways: Sequence[Way]) -> list[Notice]:
    """What was neither mailed nor read yet, of the kinds that go those ways, oldest first."""
    wanted = [code for code, way in ways_of(user).items() if way in ways]
    return list(
        Notice.objects.filter(
            user_id=user, kind__in=wanted, emailed_at__isnull=True, read_at__isnull=True
        ).order_by("id")[:2000]
    )


def is_resting(rest: Rest, at: datetime) -> bool:
    """Whether mail would disturb the person at that moment."""
    local = timezone.localtime(at)
    if rest.working_days_only and not calendar.is_working_day(local.date()):
        return True
    return calendar.is_quiet(local, rest.quiet_from, rest.quiet_to)

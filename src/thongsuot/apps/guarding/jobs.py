"""The clock that watches every guarded place: run each minute by ``guarding_watch``."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from thongsuot.apps.guarding import actions, queries, telling
from thongsuot.apps.guarding.models import Place
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.guarding.ladder import RUNGS
from thongsuot.rules.kernel.actor import Actor

SYSTEM = Actor(user=0, name="Hệ thống")
WARN_HOURS = 48


@job("guarding.watch", title=_("Theo dõi các nơi có bảo vệ"), repeatable=True, heavy=False, hidden=True)  # fmt: skip
def watch(progress: Progress) -> dict[str, object]:
    """Raise every alarm that is due at this moment."""
    return {"raised": watch_all(progress.at)}


def watch_all(now: datetime) -> int:
    """Raise every alarm that is due; a rung with no account passes it on at once.

    Returns how many rungs were told or found empty.
    """
    count = 0
    for place in Place.objects.filter(until__isnull=True, since__lte=now).order_by("pk"):
        for about, due, rung in tuple(telling.due_alarms(place, now)):
            count += _climb(place, about, due, rung, now)
        _warn_of_end(place, now)
    return count


def _climb(place: Place, about: str, due: datetime, rung: str, now: datetime) -> int:
    """Tell that rung; when it has nobody with an account, the next one at the same moment."""
    count = 0
    for step in RUNGS[RUNGS.index(rung) :]:
        key = f"guarding/{place.pk}/{about}/{due:%Y%m%d%H%M%S}/{step}"
        done = actions.raise_alarm(
            Act(by=SYSTEM, key=key, at=now), place_id=place.pk, about=about, due=due, rung=step
        )
        count += 1
        if done["told"]:
            break
    return count


def _warn_of_end(place: Place, now: datetime) -> None:
    """Tell the heads, once a day, that the published roster ends within two days."""
    until = queries.covered_until(place)
    if until is not None and until > now + queries.minutes(WARN_HOURS * 60):
        return
    act = Act(by=SYSTEM, key="", at=now)
    title = f"{place.name}: lịch trực sắp hết, cần ban hành lịch tiếp theo"
    people = telling.heads_of(place.body_id, act)
    told = telling.told_today(people, title, act)
    if people and not told:
        tell(people, telling.ROSTER, title, telling.roster_url(place), at=now)

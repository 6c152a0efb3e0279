"""Who is told what about a guarded place, and when alarms are due: the person first, then up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.guarding import queries
from thongsuot.apps.guarding.models import About, Alarm, Guard, Place, Rung
from thongsuot.apps.registry.actors import areas_of
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, Way, register
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.guarding.ladder import rungs_due
from thongsuot.rules.guarding.spans import Span
from thongsuot.rules.kernel.actor import Role

ALARM, ROSTER = "guarding.alarm", "guarding.roster-ends"
HEADS = (Role.LEADER, Role.TEAM_HEAD)
SENTENCES = {
    About.ROUND: "{place}: chưa thấy vòng tuần tra {due}",
    About.HANDOVER: "{place}: chưa giao ca {due}",
}


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register(
        [
            Kind(ALARM, _("Bảo vệ: vòng tuần tra, giao ca chậm"), Way.AT_ONCE),
            Kind(ROSTER, _("Bảo vệ: lịch trực sắp hết")),
        ]
    )


def tell_rung(place: Place, about: About, due: datetime, rung: Rung, act: Act) -> int:
    """Tell the people of one rung; returns how many accounts were told, 0 when none has one."""
    at = timezone.localtime(due)
    title = SENTENCES[about].format(place=place.name, due=f"{at:%H:%M ngày %d/%m/%Y}")
    url = reverse("guarding:place", args=[place.pk])
    return tell(_people(place, about, due, rung, act), ALARM, title, url, at=act.at)


def _people(place: Place, about: About, due: datetime, rung: Rung, act: Act) -> list[int]:
    if rung == Rung.GUARD:
        guards = {queries.watch_of(place).holder}
        if about == About.HANDOVER:
            late = queries.planned(place, Span(due, due + timedelta(seconds=1)))
            guards |= set(late.values_list("guard", flat=True))
        return _accounts(guards)
    if rung == Rung.SHIFT_HEAD:
        return _accounts({place.head_id})
    if rung == Rung.OFFICE_HEAD:
        return heads_of(place.body_id, act)
    return _steering(place.body_id, act)


def _accounts(guards: set[int]) -> list[int]:
    held = Guard.objects.filter(pk__in=guards, person__account__isnull=False)
    return list(held.values_list("person__account", flat=True))


def heads_of(body: int, act: Act) -> list[int]:
    """The accounts of those who head a body on the day of the act."""
    held = Appointment.objects.on(act.on).filter(
        person__account__isnull=False, post__body=body, post__role__in=HEADS
    )
    return sorted(set(held.values_list("person__account", flat=True)))


def _steering(body: int, act: Act) -> list[int]:
    """The accounts of the steering committees in whose area the body acts."""
    units = acts_in(body)
    held = Appointment.objects.on(act.on).filter(
        person__account__isnull=False, post__role=Role.STEERING
    )
    pairs = set(held.values_list("person__account", "post__body"))
    areas = areas_of({b for _, b in pairs}, act.on)
    return sorted({user for user, b in pairs if areas.get(b, frozenset()) & units})


def due_alarms(place: Place, now: datetime) -> Iterator[tuple[str, datetime, str]]:
    """The alarms of a place that are due now and were not raised: (about, due, rung), in order."""
    ladder = queries.ladder_of(place)
    oldest = max(place.since, now - queries.minutes(place.every + place.silent + 3 * place.step))
    known = set(
        Alarm.objects.filter(place=place, due__gte=oldest).values_list("about", "due", "rung")
    )
    late: list[tuple[str, datetime]] = []
    if oldest < now:
        window = Span(oldest, now)
        rounds = queries.rounds_of(place, window, now)
        late += [(About.ROUND.value, r.due) for r in rounds if r.done is None]
    shift = queries.planned(place, Span(now, now + timedelta(seconds=1))).first()
    if shift is not None and shift.guard_id != queries.watch_of(place).holder:
        late.append((About.HANDOVER.value, shift.since))
    for about, due in late:
        for rung in rungs_due(due, now, ladder):
            if (about, due, rung) not in known:
                yield about, due, rung


def roster_url(place: Place) -> str:
    """Where the next roster of a place is made."""
    return reverse("guarding:roster", args=[place.pk])


def told_today(users: list[int], title: str, act: Act) -> bool:
    """Whether these people were told the same on the day of the act."""
    midnight = timezone.make_aware(datetime.combine(act.on, datetime.min.time()))
    return Notice.objects.filter(
        user__in=users, kind=ROSTER, title=title, at__gte=midnight
    ).exists()

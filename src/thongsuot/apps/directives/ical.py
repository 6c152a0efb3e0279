"""A person's due days as iCalendar (RFC 5545): what calendar programs read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import TO_DO, Meeting, Milestone
from thongsuot.foundation import workdays
from thongsuot.rules.directives.access import scope_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.deadline import end_of, local_day

MOST = 500
BACK, AHEAD = timedelta(days=60), timedelta(days=366)
WIDTH = 73  # octets of a line before the fold, the mark of the fold not counted


@dataclass(frozen=True, slots=True)
class Event:
    """Something due, or a session: a stable name, when, what, words about it, its page.

    ``whole``: it takes that day without an hour of its own.
    """

    uid: str
    at: datetime
    title: str
    detail: str = ""
    url: str = ""
    whole: bool = False

    @property
    def on(self) -> date:
        """The local day of it."""
        return local_day(self.at)


def events_of(actor: Actor, now: datetime) -> list[Event]:
    """The due days of one's own duties and of one's bodies, their milestones and sessions, in order."""
    hat = actor.hat
    if hat is None:
        return []
    bodies = scope_of(actor).bodies
    near = Q(due_on__gte=(now - BACK).date(), due_on__lte=(now + AHEAD).date())
    mine = Q(person__account=actor.user) | Q(lead__in=bodies)
    duties = permit.visible_duties(actor).filter(TO_DO & near & mine).order_by("due_at", "pk")
    end = workdays.end_of_work()
    steps = Milestone.objects.filter(
        near, plan__in=permit.visible_plans(actor), done_on__isnull=True
    )
    own = steps.filter(Q(plan__owner__in=bodies) | Q(body__in=bodies)).select_related("plan")
    meetings = Meeting.objects.filter(
        pk__in=permit.visible_meetings(actor), on__gte=(now - BACK).date()
    )
    found = [
        Event(
            f"duty-{d.pk}",
            d.due_at,
            _("Hạn: %(task)s") % {"task": d.task},
            d.product,
            reverse("directives:duty", args=[d.pk]),
        )
        for d in duties[:MOST]
        if d.due_at is not None
    ]
    found += [
        Event(
            f"step-{m.pk}",
            end_of(m.due_on, end),
            _("Mốc: %(title)s") % {"title": m.title},
            m.plan.title,
            reverse("directives:plan", args=[m.plan_id]),
        )
        for m in own.order_by("due_on", "pk")[:MOST]
        if m.version == m.plan.version
    ]
    found += [
        Event(
            f"meeting-{m.pk}",
            end_of(m.on, end),
            m.title,
            m.place,
            reverse("directives:meeting", args=[m.pk]),
            whole=True,
        )
        for m in meetings[:MOST]
    ]
    return sorted(found, key=lambda e: (e.at, e.uid))


def text_of(events: Iterable[Event], now: datetime, host: str, site: str = "") -> str:
    """The events as one calendar, lines ended and folded as the standard wants.

    ``site`` stands before the address of each event's page. What is due is a moment without
    length; a session takes its day.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Thong Suot//VI",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(_('Việc đến hạn'))}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}@{host.partition(':')[0]}",
            f"DTSTAMP:{_moment(now)}",
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
            if event.whole
            else f"DTSTART:{_moment(event.at)}",
            f"SUMMARY:{_escaped(event.title)}",
            *([f"DESCRIPTION:{_escaped(event.detail)}"] if event.detail else []),
            *([f"URL:{site}{event.url}"] if site and event.url else []),
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    seen = "".join(letter for letter in text if letter in "\r\n" or letter.isprintable())
    plain = seen.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """A line cut into pieces of at most 75 octets, never inside a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > WIDTH:
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece])

"""Who is told when something of a handover waits for them: in the act's own transaction."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.registry.models import Appointment, Serves
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Role

COUNT, SIGN = "handover.to-count", "handover.to-sign"
HEADS = (Role.TEAM_HEAD, Role.LEADER)


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register([Kind(COUNT, _("Biên bản chờ đếm")), Kind(SIGN, _("Biên bản chờ ký"))])


def people_of(body: int, act: Act, *, heads: bool) -> list[int]:
    """The accounts that speak for a body on the day of the act, in its posts and in its teams."""
    teams = Serves.objects.on(act.on).filter(served=body).values("body")
    held = Appointment.objects.on(act.on).filter(person__account__isnull=False)
    mine = held.filter(post__body=body) | held.filter(post__body__in=teams)
    if heads:
        mine = mine.filter(post__role__in=HEADS)
    return sorted(set(mine.values_list("person__account", flat=True)) - {act.by.user})


def to_count(act: Act, made: list[int]) -> None:
    """Tell receivers that minutes have come for them to count; one notice a receiver."""
    rows = Minutes.objects.filter(pk__in=made).order_by("receiver", "number")
    by_receiver: dict[int, list[Minutes]] = {}
    for minutes in rows:
        by_receiver.setdefault(minutes.receiver_id, []).append(minutes)
    for receiver, mine in by_receiver.items():
        people = people_of(receiver, act, heads=False)
        if people:
            first = mine[0]
            url = reverse("handover:minutes-page", args=[first.transition_id, first.pk])
            if len(mine) > 1:
                url = reverse("handover:minutes", args=[first.transition_id])
            tell(people, COUNT, f"{len(mine)} biên bản bàn giao chờ đếm", url, at=act.at)


def to_sign(act: Act, minutes: Minutes) -> None:
    """Tell the receiver's heads that the giver has signed and their signature is awaited."""
    people = people_of(minutes.receiver_id, act, heads=True)
    if people:
        name = body_names([minutes.giver_id])[minutes.giver_id]
        url = reverse("handover:minutes-page", args=[minutes.transition_id, minutes.pk])
        tell(
            people, SIGN, f"Biên bản số {minutes.number}: {name} đã ký, chờ ký nhận", url, at=act.at
        )

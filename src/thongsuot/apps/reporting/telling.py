"""Who is told: people of a body that owes a report, people of the body that gathers."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry.models import Appointment, Serves
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Role

REMINDED, REOPENED, RECEIVED = "reporting.reminded", "reporting.reopened", "reporting.recalled"
WRITERS = (Role.LEADER, Role.CLERK, Role.TEAM_HEAD, Role.TEAM_MEMBER, Role.STEERING)


def declare() -> None:
    """Make the kinds of notice known, so that each person can choose how to be told."""
    register(
        [
            Kind(REMINDED, _("Được nhắc nộp báo cáo")),
            Kind(REOPENED, _("Báo cáo được mở lại để sửa")),
            Kind(RECEIVED, _("Đơn vị rút lại báo cáo đã nộp")),
        ]
    )


def people_of(bodies: Iterable[int], act: Act) -> dict[int, set[int]]:
    """The accounts of those who write for each body on the day of the act. Two queries."""
    wanted = set(bodies)
    served: dict[int, set[int]] = {body: {body} for body in wanted}
    for serving, body in (
        Serves.objects.on(act.on).filter(served__in=wanted).values_list("body", "served")
    ):
        served.setdefault(serving, set()).add(body)
    found: dict[int, set[int]] = {body: set() for body in wanted}
    held = Appointment.objects.on(act.on).filter(
        Q(post__body__in=served), post__role__in=WRITERS, person__account__is_active=True
    )
    for body, account in held.values_list("post__body", "person__account"):
        for owed in served[body]:
            found[owed].add(account)
    return found


def tell_bodies(act: Act, kind: str, said: dict[int, tuple[str, str]]) -> int:
    """Tell the people of each body one sentence with its address; returns how many were told."""
    people = people_of(said, act)
    told = 0
    for body, (title, url) in said.items():
        told += tell(people[body] - {act.by.user}, kind, title, url, at=act.at)
    return told

"""Who is told when a label rings: those who keep the box, and those who count."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.custody.models import Alarm, Count
from thongsuot.apps.handover.telling import people_of
from thongsuot.apps.registry.models import Appointment, Coverage
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Role

ALARM = "custody.alarm"


def declare() -> None:
    """Make the kind of notice known, so that each person can choose how to be told."""
    register([Kind(ALARM, _("Nhãn hộp thấy ở hai nơi"))])


def alarms_raised(act: Act, count: Count, raised: Sequence[Alarm]) -> None:
    """Tell the heads of the keeping bodies and the city, once for all alarms of one sending."""
    holders = {a.container.holder_id for a in raised if a.container_id}
    people = {p for body in sorted(holders) for p in people_of(body, act, heads=True)}
    people |= _steering(act, count)
    if people:
        url = reverse("custody:alarms")
        title = f"{len(raised)} nhãn thấy không đúng nơi đã ghi khi kiểm đếm {count.place.name}"
        tell(people, ALARM, title, url, at=act.at)


def _steering(act: Act, count: Count) -> set[int]:
    """The steering committee of the place of the handover and of what lies above it."""
    unit = count.place.transition.unit
    units = [unit.pk, *unit.versions.known().values_list("parent", flat=True)]
    above = Coverage.objects.known().filter(unit__in=[u for u in units if u]).values("body")
    held = Appointment.objects.on(act.on).filter(
        Q(post__body__in=above), post__role=Role.STEERING, person__account__isnull=False
    )
    return set(held.values_list("person__account", flat=True)) - {act.by.user}

"""Who is told that a scan is damaged: the heads of the body whose fonds it is in."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.digitising.models import Fonds, Scan
from thongsuot.apps.registry.models import Appointment, Serves
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, Way, register
from thongsuot.rules.kernel.actor import Role

DAMAGED = "digitising.damaged"
HEADS = (Role.LEADER, Role.TEAM_HEAD)


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register([Kind(DAMAGED, _("Số hóa: bản quét hỏng hoặc mất"), Way.AT_ONCE)])


def damaged(files: Sequence[int], at: datetime) -> int:
    """Tell the heads of each fonds which of its files have a damaged or missing scan."""
    told = 0
    rows = Scan.objects.filter(file__in=files, record__withdrawn_at__isnull=True)
    by_fonds: dict[int, list[str]] = {}
    for number, code in rows.order_by("record__code").values_list("record__fonds", "record__code"):
        by_fonds.setdefault(number, []).append(code)
    for fonds in Fonds.objects.filter(pk__in=by_fonds):
        codes = list(dict.fromkeys(by_fonds[fonds.pk]))
        title = f"{fonds.name}: {len(codes)} hồ sơ có bản quét hỏng hoặc mất"
        people = _heads(fonds.body_id, at)
        url = reverse("digitising:fixity", args=[fonds.pk])
        told += tell(people, DAMAGED, title, url, body=", ".join(codes[:20]), at=at)
    return told


def _heads(body: int, at: datetime) -> list[int]:
    on = timezone.localtime(at).date()
    teams = Serves.objects.on(on).filter(served=body).values("body")
    held = Appointment.objects.on(on).filter(person__account__isnull=False, post__role__in=HEADS)
    mine = held.filter(post__body=body) | held.filter(post__body__in=teams)
    return sorted(set(mine.values_list("person__account", flat=True)))

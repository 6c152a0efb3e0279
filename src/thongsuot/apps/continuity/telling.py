"""Who is told about copies: the receiver when one waits, the giver when it differs or is late."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.continuity.models import Copy
from thongsuot.apps.continuity.queries import late_copies
from thongsuot.apps.handover.telling import people_of
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import day
from thongsuot.rules.kernel.actor import Actor

CHECK, AGAIN, LATE = "continuity.to-check", "continuity.differs", "continuity.late"
SYSTEM = Actor(user=0, name="")


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register(
        [
            Kind(CHECK, _("Bản sao dữ liệu chờ đối chiếu")),
            Kind(AGAIN, _("Bản sao dữ liệu không khớp")),
            Kind(LATE, _("Bản sao dữ liệu quá hạn")),
        ]
    )


def _url(copy: Copy) -> str:
    return reverse("continuity:copy", args=[copy.pk])


def to_check(act: Act, copy: Copy) -> None:
    """Tell the receiver that a copy with its proof waits to be checked."""
    people = people_of(copy.receiver_id, act, heads=False)
    if people:
        tell(people, CHECK, f"Bản sao “{copy.system}” chờ đối chiếu", _url(copy), at=act.at)


def to_copy_again(act: Act, copy: Copy) -> None:
    """Tell the giver that the copy is not what was copied."""
    people = people_of(copy.owner_id, act, heads=False)
    if people:
        tell(
            people, AGAIN, f"Bản sao “{copy.system}” không khớp, cần sao lại", _url(copy), at=act.at
        )


@transaction.atomic
def remind(today: date, at: datetime) -> int:
    """Tell both sides of each late copy, once a day however often this runs; returns how many copies."""
    late = late_copies(today).filter(Q(told_on__isnull=True) | Q(told_on__lt=today))
    told = 0
    for copy in list(late.select_for_update(of=("self",))):
        nobody = Act(by=SYSTEM, key="", at=at)
        people = {
            *people_of(copy.owner_id, nobody, heads=False),
            *people_of(copy.receiver_id, nobody, heads=False),
        }
        if people:
            words = f"Bản sao “{copy.system}” quá hạn từ {day(copy.due_on)}"
            tell(people, LATE, words, _url(copy), at=at)
        told += Copy.objects.filter(pk=copy.pk).update(told_on=today)
    return told

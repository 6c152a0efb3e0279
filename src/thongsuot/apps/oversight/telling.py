"""Who is told of a commendation in the act's own transaction."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.oversight.models import Commendation
from thongsuot.apps.registry.naming import accounts_of
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act

PROPOSED, ASKED, DECIDED = "oversight.proposed", "oversight.asked", "oversight.decided"


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register(
        [
            Kind(PROPOSED, _("Đề nghị biểu dương chờ quyết định")),
            Kind(ASKED, _("Được hỏi ý kiến về biểu dương")),
            Kind(DECIDED, _("Được ghi nhận, biểu dương")),
        ]
    )


def proposed(act: Act, row: Commendation) -> None:
    """Tell the heads of the body that decides."""
    _tell(act, accounts_of([row.decider_id], act.on, heads=True), PROPOSED, row)


def asked(act: Act, row: Commendation, bodies: Iterable[int]) -> None:
    """Tell the heads of those whose opinion is asked."""
    _tell(act, accounts_of(bodies, act.on, heads=True), ASKED, row)


def decided(act: Act, row: Commendation) -> None:
    """Tell who is commended: the person, or the heads of the collective; and who proposed it."""
    people = accounts_of([row.proposer_id], act.on, heads=True)
    account = row.person.account_id if row.person else None
    own = [account] if account else accounts_of([row.body_id], act.on, heads=True)
    _tell(act, [*own, *people], DECIDED, row)


def _tell(act: Act, people: Iterable[int], kind: str, row: Commendation) -> None:
    wanted = sorted(set(people) - {act.by.user})
    if wanted:
        title = f"{row.get_form_display()}: {row.named}, {row.about}"[:300]
        tell(wanted, kind, title, reverse("oversight:one", args=[row.pk]), at=act.at)

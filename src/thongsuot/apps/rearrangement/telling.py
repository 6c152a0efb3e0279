"""Who is told of a scheme in the act's own transaction."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.rearrangement.models import Scheme
from thongsuot.apps.registry.naming import accounts_of
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act

CALLED, SUBMITTED, ASKED, APPROVED = (
    "rearrangement.called", "rearrangement.submitted", "rearrangement.asked",
    "rearrangement.approved",
)  # fmt: skip


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register(
        [
            Kind(CALLED, _("Phải nhập hiện trạng cho phương án sắp xếp")),
            Kind(SUBMITTED, _("Phương án sắp xếp đã trình")),
            Kind(ASKED, _("Được lấy ý kiến về phương án sắp xếp")),
            Kind(APPROVED, _("Phương án sắp xếp đã phê duyệt")),
        ]
    )


def called(act: Act, scheme: Scheme, owners: Iterable[int]) -> None:
    """Tell the departments that they are to enter their units."""
    _tell(act, owners, CALLED, f"Nhập hiện trạng đơn vị: {scheme.title}", scheme)


def submitted(act: Act, scheme: Scheme) -> None:
    """Tell the competent body."""
    _tell(act, [scheme.approver_id], SUBMITTED, f"Đã trình: {scheme.title}", scheme)


def asked(act: Act, scheme: Scheme, bodies: Iterable[int]) -> None:
    """Tell those whose opinion is asked."""
    _tell(act, bodies, ASKED, f"Xin ý kiến: {scheme.title}", scheme)


def approved(act: Act, scheme: Scheme) -> None:
    """Tell who leads, who pulls together and the departments."""
    owners = scheme.owners.values_list("body", flat=True)
    bodies = {scheme.keeper_id, scheme.gatherer_id, *owners}
    _tell(act, bodies, APPROVED, f"Đã phê duyệt: {scheme.title}", scheme)


def _tell(act: Act, bodies: Iterable[int], kind: str, title: str, scheme: Scheme) -> None:
    people = [p for p in accounts_of(bodies, act.on, heads=True) if p != act.by.user]
    if people:
        tell(people, kind, title[:300], reverse("rearrangement:one", args=[scheme.pk]), at=act.at)

"""Who is told that a difficulty waits, was answered, or is asked after."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.apps.registry.naming import accounts_of
from thongsuot.foundation.notices.actions import tell
from thongsuot.foundation.notices.kinds import Kind, register
from thongsuot.foundation.trail.acts import Act

ARRIVED, ANSWERED, REMINDED = (
    "difficulties.arrived", "difficulties.answered", "difficulties.reminded",
)  # fmt: skip


def declare() -> None:
    """Make the kinds of notices known, so that each person can choose how to be told."""
    register(
        [
            Kind(ARRIVED, _("Vướng mắc chờ trả lời")),
            Kind(ANSWERED, _("Vướng mắc đã được trả lời")),
            Kind(REMINDED, _("Nhắc trả lời vướng mắc")),
        ]
    )


def arrived(act: Act, row: Difficulty) -> None:
    """Tell the heads of the holder; nobody when it follows another."""
    if row.same_as_id is None:
        _tell(act, [row.holder_id], ARRIVED, f"{row.code} chờ trả lời: {row.title}", row, True)


def answered(act: Act, row: Difficulty) -> None:
    """Tell everybody who has raised or joined it."""
    bodies = [row.raiser_id, *row.joined.values_list("raiser", flat=True)]
    _tell(act, bodies, ANSWERED, f"{row.code} đã được trả lời: {row.title}", row, False)


def reminded(act: Act, row: Difficulty) -> None:
    """Tell the heads of the holder once more."""
    _tell(act, [row.holder_id], REMINDED, f"Nhắc trả lời {row.code}: {row.title}", row, True)


def _tell(act: Act, bodies: list[int], kind: str, title: str, row: Difficulty, heads: bool) -> None:
    people = [p for p in accounts_of(bodies, act.on, heads=heads) if p != act.by.user]
    if people:
        tell(people, kind, title, reverse("difficulties:one", args=[row.pk]), at=act.at)

"""What the database itself refuses in oversight, on both engines, whoever asks."""

from collections.abc import Iterator

from thongsuot.apps.registry.guards import stays, unchanging
from thongsuot.foundation.trail.guard import Trigger

COMMENDATION_IS = ("honoree", "named", "work", "work_key", "about", "grounds", "figures", "proposed_on")  # fmt: skip


def triggers() -> Iterator[Trigger]:
    """A commendation stays on the log, for the work and with the figures it was proposed with."""
    yield stays("oversight_commendation")
    yield unchanging("oversight_commendation", COMMENDATION_IS)

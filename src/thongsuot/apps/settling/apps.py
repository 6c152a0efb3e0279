from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig

from thongsuot.apps.handover import beside
from thongsuot.apps.settling import guard
from thongsuot.apps.settling.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.rules.kernel.problem import Problem


class SettlingConfig(AppConfig):
    name = "thongsuot.apps.settling"
    label = "settling"
    verbose_name = "Khóa sổ, con dấu, gói bàn giao"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.settling.imports").declare()
        import_module("thongsuot.apps.settling.lists")
        conditions = import_module("thongsuot.apps.settling.conditions")
        beside.register(
            links=conditions.links, signing=conditions.signing, closing=conditions.closing
        )

    def faults(self) -> Iterator[Problem]:
        """What in the register of seals does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.settling.conditions").faults()
        return found

from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import beside, guard, messages_kinds
from thongsuot.apps.handover.messages import SENTENCES
from thongsuot.apps.registry import search
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.problem import Problem


class HandoverConfig(AppConfig):
    name = "thongsuot.apps.handover"
    label = "handover"
    verbose_name = "Bàn giao"

    def ready(self) -> None:
        wording.register(SENTENCES)
        wording.register(messages_kinds.SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.handover.imports").declare()
        import_module("thongsuot.apps.handover.lists")
        import_module("thongsuot.apps.handover.lists_holders")
        import_module("thongsuot.apps.handover.lists_radar")
        import_module("thongsuot.apps.handover.lists_backlog")
        import_module("thongsuot.apps.handover.telling").declare()
        # A body that exercised powers ends only when each of them has a successor rule.
        beside.register(closing=import_module("thongsuot.apps.handover.competence").closing)
        search.register("thongsuot.apps.handover.finders.ItemSearch")
        search.register("thongsuot.apps.handover.finders.MinutesSearch")
        nav.register(nav.Entry(_("Bàn giao"), "handover:transitions", 20, icon="swap"))

    def faults(self) -> Iterator[Problem]:
        """What in the ledger does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.handover.verify").faults()
        return found

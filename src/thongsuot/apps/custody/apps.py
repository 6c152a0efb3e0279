from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.custody import guard
from thongsuot.apps.custody.messages import SENTENCES
from thongsuot.apps.handover import beside
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.problem import Problem


class CustodyConfig(AppConfig):
    name = "thongsuot.apps.custody"
    label = "custody"
    verbose_name = "Niêm phong"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.custody.lists")
        import_module("thongsuot.apps.custody.telling").declare()
        known = import_module("thongsuot.apps.custody.bordering")
        beside.register(links=known.links, closing=known.closing)
        nav.register(nav.Entry(_("Hộp niêm phong"), "custody:boxes", 24, icon="box"))

    def faults(self) -> Iterator[Problem]:
        """What about the boxes does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.custody.verify").faults()
        return found

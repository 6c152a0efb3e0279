from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.reporting import guard
from thongsuot.apps.reporting.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.problem import Problem


class ReportingConfig(AppConfig):
    name = "thongsuot.apps.reporting"
    label = "reporting"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.reporting.lists")
        import_module("thongsuot.apps.reporting.telling").declare()
        import_module("thongsuot.apps.reporting.imports").declare()
        nav.register(nav.Entry(_("Báo cáo"), "reporting:home", 40, icon="table"))

    def faults(self) -> Iterator[Problem]:
        """What about reports does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.reporting.verify").faults()
        return found

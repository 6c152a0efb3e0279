from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.procedures import guard
from thongsuot.apps.procedures.messages import SENTENCES
from thongsuot.apps.registry import closing, search
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.problem import Problem


def _where_moved(body: int) -> str:
    return reverse("procedures:move", args=[body])


class ProceduresConfig(AppConfig):
    name = "thongsuot.apps.procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"

    def ready(self) -> None:
        wording.register(SENTENCES)
        closing.way("procedures.Dossier.body", _where_moved)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.procedures.imports").declare()
        import_module("thongsuot.apps.procedures.lists")
        search.register("thongsuot.apps.procedures.finders.ProcedureSearch")
        nav.register(
            nav.Entry(_("Thủ tục, một cửa"), "procedures:catalogue", 58, public=True, icon="table")
        )

    def faults(self) -> Iterator[Problem]:
        """What in the desk log does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.procedures.queries").faults()
        return found

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives import guard
from thongsuot.apps.directives.intake_messages import SENTENCES as INTAKE
from thongsuot.apps.directives.messages import SENTENCES
from thongsuot.apps.registry import search
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav


class DirectivesConfig(AppConfig):
    name = "thongsuot.apps.directives"
    label = "directives"
    verbose_name = "Nhiệm vụ"

    def ready(self) -> None:
        wording.register(SENTENCES)
        wording.register(INTAKE)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.directives.telling").declare()
        import_module("thongsuot.apps.directives.lists")
        import_module("thongsuot.apps.directives.imports").declare()
        nav.register(nav.Entry(_("Nhiệm vụ"), "directives:duties", 30, icon="flag"))
        search.register("thongsuot.apps.directives.finders.DutySearch")
        search.register("thongsuot.apps.directives.finders.DocumentSearch")

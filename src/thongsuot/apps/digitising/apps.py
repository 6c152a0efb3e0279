from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.digitising import guard
from thongsuot.apps.digitising.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Role


class DigitisingConfig(AppConfig):
    name = "thongsuot.apps.digitising"
    label = "digitising"
    verbose_name = "Số hóa"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.digitising.imports").declare()
        import_module("thongsuot.apps.digitising.lists")
        import_module("thongsuot.apps.digitising.telling").declare()
        import_module("thongsuot.apps.digitising.conditions").declare()
        roles = frozenset(Role) - {Role.OPERATOR}
        nav.register(nav.Entry(_("Số hóa"), "digitising:list", 26, roles=roles, icon="file"))

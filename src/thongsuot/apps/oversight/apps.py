from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.oversight import guard
from thongsuot.apps.oversight.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav


class OversightConfig(AppConfig):
    name = "thongsuot.apps.oversight"
    label = "oversight"
    verbose_name = "Giám sát, biểu dương"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.oversight.lists")
        import_module("thongsuot.apps.oversight.telling").declare()
        nav.register(nav.Entry(_("Biểu dương"), "oversight:all", 45, icon="check"))

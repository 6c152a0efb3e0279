from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.rearrangement import guard
from thongsuot.apps.rearrangement.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav


class RearrangementConfig(AppConfig):
    name = "thongsuot.apps.rearrangement"
    label = "rearrangement"
    verbose_name = "Sắp xếp tổ chức"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.rearrangement.imports").declare()
        import_module("thongsuot.apps.rearrangement.lists")
        import_module("thongsuot.apps.rearrangement.telling").declare()
        nav.register(nav.Entry(_("Sắp xếp tổ chức"), "rearrangement:all", 75, icon="branch"))

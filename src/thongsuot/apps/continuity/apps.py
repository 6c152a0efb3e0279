from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.continuity import guard
from thongsuot.apps.continuity.messages import SENTENCES
from thongsuot.apps.handover import beside
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav


class ContinuityConfig(AppConfig):
    name = "thongsuot.apps.continuity"
    label = "continuity"
    verbose_name = "Bản sao dữ liệu"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.continuity.telling").declare()
        import_module("thongsuot.apps.continuity.lists")
        conditions = import_module("thongsuot.apps.continuity.conditions")
        beside.register(links=conditions.links, closing=conditions.closing)
        nav.register(nav.Entry(_("Bản sao dữ liệu"), "continuity:copies", 26, icon="shield"))

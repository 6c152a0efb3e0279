from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.guarding import guard
from thongsuot.apps.guarding.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Role


class GuardingConfig(AppConfig):
    name = "thongsuot.apps.guarding"
    label = "guarding"
    verbose_name = "Bảo vệ 24/24"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.guarding.lists")
        import_module("thongsuot.apps.guarding.telling").declare()
        import_module("thongsuot.apps.guarding.conditions").declare()
        roles = frozenset(Role) - {Role.OPERATOR}
        nav.register(
            nav.Entry(_("Bảo vệ 24/24"), "guarding:places", 25, roles=roles, icon="shield")
        )

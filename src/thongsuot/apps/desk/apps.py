from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Role

WITH_PROGRAMS = frozenset({Role.LEADER, Role.TEAM_HEAD, Role.STEERING, Role.OPERATOR})


class DeskConfig(AppConfig):
    name = "thongsuot.apps.desk"
    label = "desk"

    def ready(self) -> None:
        for meeting in ("figures", "tasks", "crossing"):  # models exist only now
            import_module(f"thongsuot.apps.desk.{meeting}").declare()
        nav.register(
            nav.Entry(_("Việc của tôi"), "desk:home", 10, icon="inbox"),
            nav.Entry(_("Mã truy cập"), "desk:tokens", 200, roles=WITH_PROGRAMS),
        )

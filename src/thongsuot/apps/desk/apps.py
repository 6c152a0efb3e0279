from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.ui import nav


class DeskConfig(AppConfig):
    name = "thongsuot.apps.desk"
    label = "desk"

    def ready(self) -> None:
        nav.register(nav.Entry(_("Việc của tôi"), "desk:home", 10, icon="inbox"))

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import wording
from thongsuot.foundation.notices.kinds import Kind, Way, register
from thongsuot.foundation.tables.messages import SENTENCES


class TablesConfig(AppConfig):
    name = "thongsuot.foundation.tables"
    label = "tables"

    def ready(self) -> None:
        wording.register(SENTENCES)
        register([Kind("tables.export-ready", _("Tệp xuất đã xong"), way=Way.SITE)])
        autodiscover_modules("lists")  # every room's lists.py declares its tables and sources

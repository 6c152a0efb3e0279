from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import wording
from thongsuot.foundation.jobs.messages import SENTENCES
from thongsuot.foundation.ui import nav


class JobsConfig(AppConfig):
    name = "thongsuot.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        wording.register(SENTENCES)
        nav.register(nav.Entry(_("Việc chạy nền"), "jobs:list", order=210, icon="clock"))
        autodiscover_modules("jobs")  # every room's jobs.py declares its kinds of long work

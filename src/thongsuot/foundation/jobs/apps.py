from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from thongsuot.foundation import wording
from thongsuot.foundation.jobs.messages import SENTENCES


class JobsConfig(AppConfig):
    name = "thongsuot.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        wording.register(SENTENCES)
        autodiscover_modules("jobs")  # every room's jobs.py declares its kinds of long work

from django.apps import AppConfig

from thongsuot.foundation import wording
from thongsuot.foundation.notices.messages import SENTENCES


class NoticesConfig(AppConfig):
    name = "thongsuot.foundation.notices"
    label = "notices"

    def ready(self) -> None:
        wording.register(SENTENCES)

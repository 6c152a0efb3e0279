from django.apps import AppConfig

from thongsuot.foundation import wording
from thongsuot.foundation.hooks.messages import SENTENCES


class HooksConfig(AppConfig):
    name = "thongsuot.foundation.hooks"
    label = "hooks"

    def ready(self) -> None:
        wording.register(SENTENCES)

from django.apps import AppConfig

from thongsuot.foundation import wording
from thongsuot.foundation.imports.messages import SENTENCES


class ImportsConfig(AppConfig):
    name = "thongsuot.foundation.imports"
    label = "imports"

    def ready(self) -> None:
        wording.register(SENTENCES)

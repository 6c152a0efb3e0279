from django.apps import AppConfig

from thongsuot.apps.handover import guard
from thongsuot.apps.handover.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard


class HandoverConfig(AppConfig):
    name = "thongsuot.apps.handover"
    label = "handover"
    verbose_name = "Bàn giao"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)

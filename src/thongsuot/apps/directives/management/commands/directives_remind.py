"""Once a day, in the morning: remind whoever owes something, then whoever is above."""

from typing import Any

from django.core.management.base import BaseCommand

from thongsuot.apps.directives.reminding import remind
from thongsuot.foundation import clock


class Command(BaseCommand):
    """One rung a duty and day, however often it runs."""

    help = "Nhắc các nhiệm vụ sắp đến hạn, đến hạn và quá hạn; chạy nhiều lần trong ngày chỉ nhắc một lần. / Remind whoever owes something."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the rungs of the ladder that have come."""
        self.stdout.write(f"{remind(clock.now())} nhiệm vụ được nhắc / duties reminded of")

"""Tell other systems what happened, and try again where nobody answered."""

import json

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from thongsuot.foundation import clock
from thongsuot.foundation.hooks import delivery


class Command(BaseCommand):
    """Makes the calls that are due; run it every minute where calls must be tried again."""

    help = "Báo cho hệ thống khác những việc vừa ghi. / Tell other systems what was recorded."

    def add_arguments(self, parser: CommandParser) -> None:
        """The form of the answer."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: object) -> None:
        """Collect, call, and say how many."""
        at = timezone.now()
        written = delivery.collect(at, clock.today())
        arrived, failed = delivery.deliver_due(at)
        delivery.forget(at)
        if options["json"]:
            self.stdout.write(
                json.dumps({"written": written, "arrived": arrived, "failed": failed})
            )
        else:
            self.stdout.write(f"{arrived} đến nơi, {failed} chưa / {arrived} arrived, {failed} not")

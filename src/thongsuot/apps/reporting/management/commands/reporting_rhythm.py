"""Open the periods whose day has come, and take the snapshots whose hour has come."""

from django.core.management.base import BaseCommand

from thongsuot.apps.reporting.actions import rhythm
from thongsuot.foundation import clock
from thongsuot.foundation.wording import say


class Command(BaseCommand):
    """Run it every quarter of an hour; running it late or twice changes nothing."""

    help = "Mở kỳ báo cáo tới ngày, chốt số liệu tới giờ. / Open periods and freeze snapshots that are due."

    def handle(self, *args: object, **options: object) -> None:
        """Do what is due, and say what."""
        opened, frozen, left = rhythm.run(clock.now())
        self.stdout.write(f"{opened} kỳ mở / opened, {frozen} bản chốt / frozen")
        for problem in left:
            self.stdout.write(say(problem))

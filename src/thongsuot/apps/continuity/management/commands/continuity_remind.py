"""Tell the people concerned which data copies are late."""

from django.core.management.base import BaseCommand

from thongsuot.apps.continuity.telling import remind
from thongsuot.foundation import clock


class Command(BaseCommand):
    """One notice a copy and day, however often it runs."""

    help = "Báo các bản sao dữ liệu quá hạn. / Tell about data copies that are late."

    def handle(self, *args: object, **options: object) -> None:
        """Tell, and say about how many copies."""
        told = remind(clock.today(), clock.now())
        self.stdout.write(f"{told} bản sao quá hạn / late copies")

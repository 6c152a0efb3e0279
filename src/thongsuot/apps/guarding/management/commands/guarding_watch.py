"""Raise the alarms of guarded places that are due: run it every minute."""

from django.core.management.base import BaseCommand

from thongsuot.apps.guarding.jobs import watch_all
from thongsuot.foundation import clock


class Command(BaseCommand):
    """Looks at every guarded place once and tells each rung of the ladder that must know."""

    help = "Báo động các vòng tuần tra và lần giao ca chậm. / Raise the alarms that are due."

    def handle(self, *args: object, **options: object) -> None:
        """Raise them and say how many."""
        self.stdout.write(f"Đã báo {watch_all(clock.now())} lượt. / Alarms raised.")

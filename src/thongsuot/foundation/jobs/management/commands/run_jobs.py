"""Do the waiting jobs now, without a server."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thongsuot.foundation.jobs import lock
from thongsuot.foundation.jobs.running import run_pending


class Command(BaseCommand):
    """Does every waiting job once, then ends."""

    help = "Chạy ngay các việc đang chờ rồi dừng. / Do the waiting jobs now, then stop."

    def handle(self, *args: object, **options: object) -> None:
        """Work off the queue, unless a server on this SQLite file already does."""
        if lock.needed() and not settings.TESTING and not lock.take():
            raise CommandError("máy chủ đang làm các việc này / the server is working on them")
        self.stdout.write(f"{run_pending()} việc / jobs")

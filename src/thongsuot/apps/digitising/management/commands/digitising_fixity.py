"""Read the kept scans again and say which are damaged: run it each night."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from thongsuot.apps.digitising.jobs import MOST, check_due
from thongsuot.foundation import clock


class Command(BaseCommand):
    """Reads every scan that is due, writes a check for each, leaves with an error for a bad one."""

    help = "Đọc lại các bản quét đến hạn kiểm tra. / Read the scans that are due to be checked."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--all`` reads everything, ``--limit`` no more than so many."""
        parser.add_argument("--all", action="store_true", help="đọc lại tất cả / read everything")
        parser.add_argument("--limit", type=int, default=MOST, help="nhiều nhất / at most")

    def handle(self, *args: object, **options: object) -> None:
        """Read them and tell what was found."""
        now = clock.now()
        days = 0 if options["all"] else None
        key = f"{now:%Y%m%d%H%M%S%f}"
        read, bad = check_due(now, key, days=days, limit=int(str(options["limit"])))
        self.stdout.write(f"Đã đọc {read} bản quét, {bad} hỏng hoặc mất. / read, damaged")
        if bad:
            raise CommandError(f"{bad} bản quét hỏng hoặc mất / scans changed or missing")

"""Make the PostgreSQL role that the running product connects as."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from thongsuot.foundation.trail import role


class Command(BaseCommand):
    """Run it as the owner of the tables: once, and again after every upgrade."""

    help = (
        "Tạo tài khoản PostgreSQL cho phần mềm: ghi được, không gỡ được chốt chặn. / "
        "Make the role of the running product: it writes, and cannot take a guard away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The name of the role, and a file with its password."""
        parser.add_argument("name")
        parser.add_argument("--password-file", type=Path)

    def handle(self, *args: object, **options: object) -> None:
        """Make it, and say how many tables it may write."""
        path = options["password_file"]
        try:
            password = path.read_text(encoding="utf-8").strip() if isinstance(path, Path) else ""
            with transaction.atomic():
                count = role.set_up(str(options["name"]), password)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['name']}: {count} bảng ghi được / tables it may write")

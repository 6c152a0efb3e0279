"""Change the office's key: the old one introduces the new one."""

from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thongsuot.apps.proof import actions, permit
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import say


class Command(BaseCommand):
    """Makes a new key, has the old one sign it, and puts it into use."""

    help = "Đổi khóa của cơ quan. / Change the office's key."

    def add_arguments(self, parser: CommandParser) -> None:
        """The reason goes on the trail."""
        parser.add_argument("--reason", required=True)

    def handle(self, *args: object, **options: object) -> None:
        """Change it; leaves with an error when there is no key yet."""
        act = Act(by=permit.SYSTEM, key=f"rotate/{uuid4()}", at=clock.now())
        try:
            actions.rotate_key(act, reason=str(options["reason"]))
        except Refused as refused:
            raise CommandError("\n".join(say(p) for p in refused.problems)) from refused
        self.stdout.write("Đã đổi khóa. / Changed.")

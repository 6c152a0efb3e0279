"""Sign every log that has grown: the daily round."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from thongsuot.apps.proof import sending, signing
from thongsuot.foundation import clock
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import say


class Command(BaseCommand):
    """Makes the checkpoints of the day and sends them to the witnesses that have an address.

    Run it once a day, and before each backup.
    """

    help = "Lập điểm kiểm tra cho mọi nhật ký đã thêm dòng. / Sign every log that has grown."

    def handle(self, *args: object, **options: object) -> None:
        """Sign, and say what; leaves with an error when a log has lost its past."""
        try:
            made = signing.checkpoint_all(clock.now())
        except Refused as refused:
            raise CommandError("\n".join(say(p) for p in refused.problems)) from refused
        for row in made:
            self.stdout.write(f"{row.origin} {row.size} {row.root}")
        self.stdout.write(f"{len(made)} điểm kiểm tra / checkpoints")
        if sending.addressed():
            call_command("proof_send", stdout=self.stdout)

"""Send the newest checkpoints to the witnesses that have an address."""

from django.core.management.base import BaseCommand, CommandError

from thongsuot.apps.proof import sending
from thongsuot.foundation import clock
from thongsuot.foundation.wording import say


class Command(BaseCommand):
    """Sends, and brings the cosignatures back; run it after proof_checkpoint, or every hour."""

    help = "Gửi điểm kiểm tra đến người làm chứng. / Send checkpoints to the witnesses."

    def handle(self, *args: object, **options: object) -> None:
        """Say what came back from whom; leaves with an error naming every witness that failed."""
        sent = sending.send_all(clock.now())
        for one in sent:
            self.stdout.write(f"{one.witness.name}: {one.count}")
        if not sent:
            self.stdout.write(
                "Chưa có người làm chứng nào có địa chỉ. / No witness has an address."
            )
        failed = [say(one.problem) for one in sent if one.problem is not None]
        if failed:
            raise CommandError("\n".join(failed))

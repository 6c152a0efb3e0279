"""Say where the running totals differ from the items; repair them only when told to."""

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thongsuot.apps.handover import verify
from thongsuot.apps.handover.actions.maintenance import rebuild_balance
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import say
from thongsuot.rules.kernel.actor import Actor


class Command(BaseCommand):
    """Reports; writes only with --repair, as an act on the trail with its reason."""

    help = (
        "Đối chiếu bảng cân đối với các mục; chỉ ghi lại khi có --repair và --reason."
        " / Compare the balance with the items; rewrites it only with --repair and --reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument("--transition", type=int, required=True)
        parser.add_argument("--repair", action="store_true")
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and say by the exit code whether all is well."""
        transition = options["transition"]
        found = list(verify.balance_faults(transition))
        for problem in found:
            self.stdout.write(say(problem))
        if not options["repair"]:
            if found:
                raise CommandError(f"Không khớp: {len(found)} số.", returncode=1)
            self.stdout.write("Bảng cân đối khớp.")
            return
        if not options["reason"].strip():
            raise CommandError("Cần ghi lý do sửa bằng --reason.", returncode=2)
        maintenance = Actor(user=0, name="Bảo trì hệ thống")
        act = Act(by=maintenance, key=f"rebuild-{uuid4()}", at=timezone.now())
        try:
            done = rebuild_balance(act, transition_id=transition, reason=options["reason"])
        except Refused as refused:
            raise CommandError(
                "\n".join(say(p) for p in refused.problems), returncode=1
            ) from refused
        self.stdout.write(f"Đã ghi lại {done['lines']} dòng; sửa {done['repaired']} số.")

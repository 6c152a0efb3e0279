"""Compare what is kept with what was moved, and say what does not fit."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thongsuot.apps.handover import verify
from thongsuot.apps.handover.models import Transition
from thongsuot.foundation.trail import chains, guard
from thongsuot.foundation.wording import say


class Command(BaseCommand):
    """Exit code 0 only when items, balance, digests, steps and signed minutes all fit."""

    help = (
        "Đối chiếu sổ bàn giao: từng mục với các lần chuyển, bảng cân đối với các mục, nhật ký với"
        " các dòng sổ, biên bản đã ký với chữ ký. Mã thoát 0 khi mọi thứ khớp."
        " / Check the handover ledger; exit code 0 only when everything fits."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument("--transition", type=int, help="id; without it every transition")
        parser.add_argument("--json", action="store_true", help="one JSON object for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and say by the exit code whether all is well."""
        wanted = options["transition"]
        if wanted and not Transition.objects.filter(pk=wanted).exists():
            raise CommandError(f"Không có cuộc chuyển giao số {wanted}.", returncode=2)
        chain = f"transition:{wanted}" if wanted else None
        found = [*verify.faults(wanted), *chains.faults(chain)]
        lost = guard.missing()
        if options["json"]:
            faults = [{"code": p.code, "subject": p.subject, **p.facts} for p in found]
            answer = {"ok": not found and not lost, "faults": faults, "triggers_lost": lost}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))
        else:
            for problem in found:
                self.stdout.write(say(problem))
            for name in lost:
                self.stdout.write(f"Cơ sở dữ liệu thiếu bộ bảo vệ {name}.")
        if found or lost:
            raise CommandError(f"Không khớp: {len(found) + len(lost)} chỗ.", returncode=1)
        if not options["json"]:
            self.stdout.write("Mọi thứ khớp.")

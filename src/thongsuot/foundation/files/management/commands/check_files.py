"""Check every kept file against its hash."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from thongsuot.foundation.files.fixity import faults
from thongsuot.foundation.wording import say


class Command(BaseCommand):
    """Names every kept file that changed or is missing; leaves with an error when there is one."""

    help = "Đối chiếu mọi tệp đã lưu với mã băm. / Check every kept file against its hash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--json`` for programs."""
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON / as JSON")

    def handle(self, *args: object, **options: object) -> None:
        """Read every file once and tell what was found."""
        found = list(faults())
        bad = [p for p in found if p.blocks]
        if options["json"]:
            lines = [{"code": p.code, "subject": p.subject, "message": say(p)} for p in found]
            self.stdout.write(json.dumps({"ok": not bad, "faults": lines}, ensure_ascii=False))
        else:
            for problem in found:
                self.stdout.write(say(problem))
            if not bad:
                self.stdout.write("Mọi tệp đã lưu còn nguyên. / Every kept file is intact.")
        if bad:
            raise CommandError(f"{len(bad)} tệp hỏng hoặc mất / files changed or missing")

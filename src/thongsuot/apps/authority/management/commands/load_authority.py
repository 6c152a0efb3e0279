"""manage.py load_authority: texts, rules and clashes of competence into the register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thongsuot.apps.authority import load
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import day, number, say

TABLES = {
    "groups": "nhóm lĩnh vực",
    "fields": "lĩnh vực",
    "texts": "văn bản",
    "changes": "sửa đổi giữa các văn bản",
    "matters": "việc",
    "words": "cách gọi",
    "rules": "quy định",
    "clashes": "chỗ vênh nhau",
}


class Command(BaseCommand):
    """Load what is known of competence; safe to run again."""

    help = "Nạp sổ thẩm quyền. / Load the register of competence."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        try:
            result: dict[str, Any] = load.load(timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(say(p) for p in refused.problems)) from refused
        if not result["changed"]:
            self.stdout.write(
                f"Sổ thẩm quyền không có gì thay đổi từ lần nạp {day(result['since'])}."
            )
            return
        added = [f"{number(n)} {TABLES[t]}" for t, n in result["added"].items() if n]
        self.stdout.write(f"Sổ thẩm quyền: thêm {', '.join(added) or 'không có gì'}.")

"""manage.py load_registry: the real units of Việt Nam into the database."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thongsuot.apps.registry import load
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.wording import day, number, say

TABLES = {
    "units": "đơn vị",
    "versions": "thông tin theo thời gian",
    "events": "sự kiện",
    "edges": "bước kế thừa",
    "texts": "văn bản",
    "aliases": "tên gọi khác",
    "disagreements": "chỗ các nguồn khác nhau",
}


class Command(BaseCommand):
    """Load every unit before and after July 2025 with what became of each; safe to run again."""

    help = "Nạp danh mục đơn vị hành chính cả nước. / Load every unit of the country."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--check`` reads and proves without writing; ``--json`` prints for programs."""
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra / check only")
        parser.add_argument("--json", action="store_true", help="in JSON / print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or check, and say what was done."""
        started = time.perf_counter()
        try:
            result = self._checked() if options["check"] else load.load(timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(say(p) for p in refused.problems)) from refused
        result = {**result, "seconds": round(time.perf_counter() - started, 2)}
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, default=str))
        else:
            self.stdout.write(self._sentence(result))

    def _checked(self) -> dict[str, object]:
        facts = load.checked_facts()
        return {
            "checked": True,
            "units": len(facts.keys),
            "edges": len(facts.edges),
            "disagreements": len(facts.disagreements),
        }

    def _sentence(self, result: dict[str, Any]) -> str:
        if result.get("checked"):
            return (
                f"Đúng: {number(result['units'])} đơn vị, {number(result['edges'])} bước kế thừa, "
                f"khớp nghị quyết; {result['disagreements']} chỗ nguồn ghi khác được giữ lại."
            )
        if not result["changed"]:
            return f"Danh mục đơn vị không có gì thay đổi từ lần nạp {day(result['since'])}."
        lines = [
            f"{word} {number(count)} {TABLES[table]}"
            for word, part in (("Thêm", "added"), ("Sửa", "corrected"), ("Giữ", "kept"))
            for table, count in result[part].items()
        ]
        return "\n".join([*lines, f"Xong sau {result['seconds']} giây."])

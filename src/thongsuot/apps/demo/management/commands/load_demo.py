"""load_demo: play the story of quận Hà Đông into this office."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thongsuot.apps.demo.load import play


class Command(BaseCommand):
    """Loads the demonstration once; a second run keeps what visitors have done since."""

    help = "Nạp câu chuyện minh họa quận Hà Đông (một lần). / Load the demonstration (once)."

    def handle(self, *args: object, **options: object) -> None:
        """Play the story; refused outside the demonstration."""
        if not settings.DEMO and not settings.TESTING:
            raise CommandError(
                "Chỉ nạp được khi THONGSUOT_DEMO=1: dữ liệu minh họa không vào hệ thống thật."
            )
        if play():
            self.stdout.write("Đã nạp câu chuyện minh họa: quận Hà Đông, tuần cuối tháng 6/2025.")
        else:
            self.stdout.write("Câu chuyện minh họa đã có; giữ nguyên những gì đã làm.")

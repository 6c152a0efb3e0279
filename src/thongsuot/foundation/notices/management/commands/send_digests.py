"""Send the daily digests that are due."""

from smtplib import SMTPException

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thongsuot.foundation.notices import mail


class Command(BaseCommand):
    """Sends one mail to each person whose hour has come; run it every quarter of an hour."""

    help = "Gửi thư tổng hợp đến giờ gửi. / Send the daily digests that are due."

    def handle(self, *args: object, **options: object) -> None:
        """Send, and say how many; leaves with an error when the mail server is away."""
        if not mail.can_send():
            self.stdout.write(
                "Chưa đặt máy chủ thư (THONGSUOT_SMTP_HOST), không gửi gì. / No mail server is set."
            )
            return
        at, sent = timezone.now(), 0
        try:
            for user in mail.digest_due(at):
                sent += mail.send_digest(user, at)
        except (OSError, SMTPException) as error:
            raise CommandError(
                f"máy chủ thư không nhận / the mail server refuses: {error}"
            ) from error
        self.stdout.write(f"{sent} thư / mails")

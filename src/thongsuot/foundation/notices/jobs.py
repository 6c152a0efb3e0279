"""Mail that goes out beside the pages."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.notices import mail


@job("notices.mail", title=_("Gửi thư thông báo"), repeatable=True, heavy=False, hidden=True)
def send_now(progress: Progress, *, users: list[int]) -> None:
    """Mail to each of the accounts what may not wait."""
    if not mail.can_send():
        return
    for done, user in enumerate(users, 1):
        mail.send_at_once(user, timezone.now())
        progress.step(done, len(users))

"""One mail with everything that waits, grouped by kind: titles and links, never content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.notices import kinds, queries
from thongsuot.foundation.notices.kinds import Way
from thongsuot.foundation.notices.models import Notice, Rest
from thongsuot.foundation.wording import number

SHOWN = 15  # of one kind; the rest is counted


@dataclass(frozen=True, slots=True)
class Group:
    """The notices of one kind in a mail. ``quiet``: only counted."""

    label: str
    quiet: bool
    shown: Sequence[Notice]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def can_send() -> bool:
    """Whether a mail server is set up at all."""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send_at_once(user: int, at: datetime) -> bool:
    """Mail what may not wait, unless the person rests: then the digest brings it."""
    if queries.is_resting(queries.rest_of(user), at):
        return False
    return _send(user, queries.unsent(user, [Way.AT_ONCE]), at)


def digest_due(at: datetime) -> list[int]:
    """The accounts with something unsent whose hour has come today and who got no digest yet."""
    local = timezone.localtime(at)
    waiting = Notice.objects.filter(emailed_at__isnull=True, read_at__isnull=True)
    rests = {r.user_id: r for r in Rest.objects.all()}
    people = waiting.order_by("user_id").values_list("user_id", flat=True).distinct()
    return [user for user in people if _is_due(rests.get(user) or Rest(user_id=user), local)]


def _is_due(rest: Rest, local: datetime) -> bool:
    if rest.sent_on is not None and rest.sent_on >= local.date():
        return False
    return local.time() >= rest.digest_at and not queries.is_resting(rest, local)


def send_digest(user: int, at: datetime) -> bool:
    """Send the day's one mail. The day is taken first, so that two runs send one mail."""
    today = timezone.localtime(at).date()
    Rest.objects.get_or_create(user_id=user)
    mine = Rest.objects.filter(Q(sent_on__lt=today) | Q(sent_on=None), user_id=user)
    before = queries.rest_of(user).sent_on
    if not mine.update(sent_on=today):
        return False
    try:
        return _send(user, queries.unsent(user, [Way.DIGEST, Way.AT_ONCE]), at)
    except (OSError, SMTPException):  # the server of the mail is away: the day is given back
        Rest.objects.filter(user_id=user).update(sent_on=before)
        raise


def _send(user: int, notices: Sequence[Notice], at: datetime) -> bool:
    account = User.objects.filter(pk=user, is_active=True).exclude(email="").first()
    if account is None or not notices:
        return False
    with override("vi"):
        subject, text = written(notices)
    EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [account.email]).send()
    Notice.objects.filter(pk__in=[n.pk for n in notices]).update(emailed_at=at)
    return True


def written(notices: Sequence[Notice]) -> tuple[str, str]:
    """Subject and text of the mail about these notices."""
    groups = [
        _group(code, [n for n in notices if n.kind == code])
        for code in dict.fromkeys(n.kind for n in notices)
    ]
    subject = _("{site}: {n} việc cần biết").format(site=settings.SITE_NAME, n=number(len(notices)))
    context = {"groups": groups, "site": settings.SITE_URL.rstrip("/")}
    return subject, render_to_string("notices/mail.txt", context).strip() + "\n"


def _group(code: str, notices: list[Notice]) -> Group:
    kind = kinds.known(code)
    shown = [] if kind.quiet else notices[:SHOWN]
    return Group(str(kind.label), kind.quiet, shown, len(notices))

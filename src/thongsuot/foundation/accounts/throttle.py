"""Slowing down whoever guesses passwords, without locking out whoever knows one."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from thongsuot.foundation.accounts.models import SignInAttempt

WINDOW = timedelta(minutes=15)
CHECKED_PER_ACCOUNT = 10  # wrong tries really checked, per account and window
CHECKED_PER_ADDRESS = 50  # a whole office may sit behind one address


def _keyed(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def may_try(account: str, address: str, at: datetime, *, known_device: bool) -> bool:
    """Whether a password may be checked now.

    From a device on which this account has signed in before, only the tries of that device's
    address count: a stranger who guesses elsewhere cannot lock the owner out.
    """
    recent = SignInAttempt.objects.filter(at__gt=at - WINDOW)
    by_address = recent.filter(address=_keyed(address))
    if by_address.count() >= CHECKED_PER_ADDRESS:
        return False
    here = by_address if known_device else recent
    return here.filter(account=_keyed(account)).count() < CHECKED_PER_ACCOUNT


def note_failure(account: str, address: str, at: datetime) -> None:
    """Count a wrong try, and forget those older than a day."""
    SignInAttempt.objects.filter(at__lt=at - timedelta(days=1)).delete()
    SignInAttempt.objects.create(account=_keyed(account), address=_keyed(address), at=at)


def forget(account: str) -> None:
    """A right password clears the wrong tries of the account."""
    SignInAttempt.objects.filter(account=_keyed(account)).delete()

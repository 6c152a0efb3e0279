"""Checking a password, a few at a time: hashing is dear on purpose."""

import os
import threading

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from thongsuot.foundation.accounts.models import User

# A login storm must not take every core away from those already at work.
_HASHING = threading.BoundedSemaphore(max(1, (os.cpu_count() or 2) - 1))


class PasswordBackend(BaseBackend):
    """Username and password against our own accounts."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: object,
    ) -> User | None:
        """The active account with that name and password; None otherwise, in the same time."""
        if not username or password is None:
            return None
        user = User.objects.filter(username=username.strip().lower()).first()
        with _HASHING:
            if user is None:
                User().set_password(password)  # the same work for a name that is not there
                return None
            if user.check_password(password) and user.is_active:
                return user
        return None

    def get_user(self, user_id: int) -> User | None:
        """The active account with that id."""
        return User.objects.filter(pk=user_id, is_active=True).first()

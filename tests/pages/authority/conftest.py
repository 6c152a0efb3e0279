"""The world of competence with browsers, on a day after the change."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from tests.apps.authority.conftest import TODAY, Office, office

from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User

__all__ = ["office"]


@pytest.fixture
def on_the_day() -> Iterator[None]:
    before = clock._story_day
    clock.follow(lambda: TODAY)
    yield
    clock._story_day = before


@pytest.fixture
def browser(office: Office, on_the_day: None) -> Callable[[str], Client]:
    """The browser of one of the office, or of nobody."""

    def of(who: str = "") -> Client:
        client = Client()
        if who:
            client.force_login(User.objects.get(username=who))
        return client

    return of

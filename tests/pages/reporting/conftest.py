"""The office of tests/apps/reporting with browsers, on the Friday of the week that is reported."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.reporting.conftest import Office, office, trail

from thongsuot.foundation import clock

__all__ = ["office", "trail"]
DAY = date(2025, 7, 16)
_keys = count(1)


@pytest.fixture
def story_day() -> Iterator[None]:
    """The clock of the house stands on a day of that week."""
    before = clock._story_day
    clock.follow(lambda: DAY)
    yield
    clock._story_day = before


@dataclass
class Desk:
    """The pages as each of the cast sees them."""

    office: Office
    clients: dict[str, Client] = field(default_factory=dict)

    def as_(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client()
            self.clients[who].force_login(self.office.users[who])
        return self.clients[who]

    def page(self, who: str, door: str, *args: object, status: int = 200, query: str = "") -> str:
        answer = self.as_(who).get(reverse(f"reporting:{door}", args=args) + query)
        assert answer.status_code == status, answer.content.decode()[:3_000]
        return answer.content.decode()

    def send(self, who: str, door: str, *args: object, **values: Any):
        values.setdefault("key", f"trang-{next(_keys)}")
        headers = {"HX-Request": "true"} if values.pop("htmx", False) else {}
        return self.as_(who).post(reverse(f"reporting:{door}", args=args), values, headers=headers)


@pytest.fixture
def desk(office, story_day) -> Desk:
    return Desk(office)

"""The office of tests/apps/rearrangement with browsers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.apps.rearrangement.conftest import NOW, Office, office, trail

from thongsuot.apps.registry.models import Person
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import User

__all__ = ["office", "trail"]
_keys = count(1)


@dataclass
class Desk:
    """The pages as each of the cast sees them."""

    office: Office
    clients: dict[str, Client] = field(default_factory=dict)

    def as_(self, who: str) -> Client:
        if who not in self.clients:
            user = User.objects.create_user(f"sx-{who}", "mat-khau-dai-2025", full_name=who)
            Person.objects.filter(full_name=f"Người {who}").update(account=user)
            self.clients[who] = Client()
            self.clients[who].force_login(user)
        return self.clients[who]

    def page(self, who: str, door: str, *args: object, status: int = 200, query: str = "") -> str:
        answer = self.as_(who).get(reverse(door, args=args) + query)
        assert answer.status_code == status, answer.content.decode()[:3_000]
        return answer.content.decode()

    def send(self, who: str, door: str, *args: object, status: int = 302, **values: Any) -> str:
        values.setdefault("key", f"sx-{next(_keys)}")
        answer = self.as_(who).post(reverse(door, args=args), values)
        assert answer.status_code == status, answer.content.decode()[:3_000]
        return answer.content.decode()


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    before = clock._story_day
    clock.follow(lambda: date(NOW.year, NOW.month, NOW.day))
    yield Desk(office)
    clock._story_day = before

"""People and rows for the pages of lists."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.jobs.models import Job, State

NOON = datetime(2025, 6, 24, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.ROOT_URLCONF = "tests.pages.tables.site"
    templates = [dict(settings.TEMPLATES[0])]
    templates[0]["DIRS"] = [str(Path(__file__).parent / "templates")]
    settings.TEMPLATES = templates


@pytest.fixture
def lan(db) -> User:
    return User.objects.create_user("lan", "một hai ba bốn", full_name="Trần Thị Lan")


@pytest.fixture
def minh(db) -> User:
    return User.objects.create_user("minh", "một hai ba bốn", full_name="Nguyễn Văn Minh")


@pytest.fixture
def client(lan: User) -> Client:
    signed = Client()
    signed.force_login(lan)
    return signed


def rows(owner: User, count: int, **given: object) -> list[Job]:
    """``count`` jobs, the n-th named "muc n"; every third has no start; states in turn."""
    states = [State.QUEUED, State.DONE, State.FAILED]
    return Job.objects.bulk_create(
        [
            Job(
                **{
                    "kind": "task" if n % 2 else "case",
                    "title": f"muc {n:05d}",
                    "heavy": n % 5 == 0,
                    "owner": owner,
                    "state": states[n % 3],
                    "done": n // 4,
                    "started_at": None if n % 3 == 0 else NOON + timedelta(days=n // 2),
                    **given,
                }
            )
            for n in range(count)
        ],
        batch_size=500,
    )


def names(page: str) -> list[str]:
    return re.findall(r"<a href=\"/muc/\d+/\">([^<]*)</a>", page)


def get(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/thu/{query}", headers=headers or None)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def status(client: Client, query: str) -> int:
    return client.get(f"/thu/{query}").status_code

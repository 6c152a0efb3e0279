"""What every test with a database shares."""

import os

import pytest
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from thongsuot.foundation.trail import guard

# How quick a machine is proves nothing about the rules.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser tests run a loop
_empty_tables = TransactionTestCase._fixture_teardown


def _teardown(self: TransactionTestCase) -> None:
    """Emptying a database between tests is the one time when append-only tables may shrink."""
    for alias in connections:
        guard.remove(alias)
    try:
        _empty_tables(self)
    finally:
        for alias in connections:
            guard.install(alias)


TransactionTestCase._fixture_teardown = _teardown


@pytest.fixture(autouse=True)
def files_of_one_test(tmp_path, settings) -> None:
    """Stored files of a test go away with it."""
    settings.FILES_ROOT = tmp_path / "files"

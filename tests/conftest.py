"""What every test with a database shares."""

import os
import shutil
from pathlib import Path

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


# Few tests and long: begun first, so that no worker waits for the other at the end.
LONG = ("pages/test_walk.py", "pages/test_hostile.py", "demo/test_story.py", "cli/test_move.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, in the order above; the rest as found."""

    def place(item: pytest.Item) -> int:
        return next((i for i, name in enumerate(LONG) if item.path.match(name)), len(LONG))

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin from a database that has all its tables, made once for all workers, where there is one.

    ``THONGSUOT_BLANK_FILE`` is an SQLite file, ``THONGSUOT_BLANK_NAME`` a database on the server in
    use; ``tools/test_all.py`` makes both. Without them every worker migrates from nothing.
    """
    connection = connections["default"]
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite" and (blank := os.environ.get("THONGSUOT_BLANK_FILE")):
        for left in ("-wal", "-shm"):  # of a run that was killed: not of the file copied now
            Path(test["NAME"] + left).unlink(missing_ok=True)
        shutil.copyfile(blank, test["NAME"])
    elif connection.vendor == "postgresql" and (blank := os.environ.get("THONGSUOT_BLANK_NAME")):
        test["TEMPLATE"] = blank


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """A copied file is taken as it is; its folder goes away with the run."""
    copied = bool(os.environ.get("THONGSUOT_BLANK_FILE"))
    return django_db_keepdb or (copied and connections["default"].vendor == "sqlite")


@pytest.fixture(autouse=True)
def files_of_one_test(tmp_path, settings) -> None:
    """Stored files of a test go away with it."""
    settings.FILES_ROOT = tmp_path / "files"

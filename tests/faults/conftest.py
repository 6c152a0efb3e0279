"""The faults of one engine: SQLite's where SQLite is in use, PostgreSQL's where that is."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from tests.apps.handover.conftest import story as story
from tests.soak.office import Office, copy, office

ENGINE = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
OF_SQLITE = ["test_power_cut.py", "test_rot.py", "test_full_disk.py"]
collect_ignore = OF_SQLITE if ENGINE == "postgresql" else ["test_lost_answer.py"]


@pytest.fixture(scope="session")
def schema(django_db_setup, django_db_blocker, tmp_path_factory) -> str:
    """A database with all tables and nothing in them, to be copied."""
    if ENGINE == "sqlite":
        empty = tmp_path_factory.mktemp("schema") / "empty.sqlite3"
        with django_db_blocker.unblock():
            connection.ensure_connection()
            copy(connection.settings_dict["NAME"], empty)
        return str(empty)
    found = connection.settings_dict
    return f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.fixture(scope="session")
def filled(schema) -> Iterator[Office]:
    """An office with six clients, from which every test has one of its own."""
    with office(ENGINE, 6, schema=schema) as here:
        yield here


@pytest.fixture
def place(filled) -> Iterator[Office]:
    """An office of its own."""
    with filled.another() as here:
        yield here

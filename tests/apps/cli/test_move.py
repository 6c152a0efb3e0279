"""``thongsuot move``: an office on SQLite goes to PostgreSQL and is the same there, or does not go."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from tests.soak.office import Office, office

from thongsuot.cli.backup_engines import url_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("not os.environ.get('DATABASE_URL')", reason="needs PostgreSQL"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Iterator[Office]:
    """An office on SQLite with a ledger, a trail, people and minutes."""
    with office("sqlite", 2, home=tmp_path_factory.mktemp("office")) as here:
        yield here


@pytest.fixture
def empty() -> Iterator[Callable[[], str]]:
    """Addresses of empty databases."""
    made: list[str] = []

    def make() -> str:
        name = f"thongsuot_test_move_{os.getpid()}_{len(made)}"
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        made.append(name)
        return url_of(connection.settings_dict, name)

    yield make
    for name in made:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def tell(here: Office, url: str) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "thongsuot.cli", "move", "--to", url, "--json"],
        env=here.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, json.loads(done.stdout)


def test_an_office_goes_to_postgresql_whole_and_goes_on_there(small, empty):
    url = empty()
    code, said = tell(small, url)
    assert (code, said["ok"], said["differences"]) == (0, True, [])
    assert said["rows"] > 500
    assert small.verify()["ok"]  # the old one is as it was
    there = Office(small.home)
    there.database_url, there.facts = url, small.facts
    assert there.verify()["ok"]
    assert there.run("thongsuot.cli", "account", "moi", "--name", "Người mới").startswith("moi")
    again, refused = tell(small, url)
    assert again == 2
    assert "trống" in refused["error"]


def test_what_cannot_be_kept_there_stops_the_move_and_leaves_nothing_behind(small, empty):
    url = empty()
    with small.another() as other:
        other.run("tests.apps.cli.nul_in_a_name")
        code, said = tell(other, url)
    assert code == 2
    assert "NUL" in said["error"] or "0x00" in said["error"]


def test_an_address_that_is_none_and_a_server_that_is_away_are_said(small):
    for url in ("sqlite:///x", "postgresql://nobody@127.0.0.1:1/none"):
        code, said = tell(small, url)
        assert code == 2
        assert said["error"]

"""A guard taken away by hand is named: when the server is to start, and by verify."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from thongsuot.cli import main
from thongsuot.foundation.trail import guard


@pytest.fixture
def dropped(db) -> str:
    name, table = "handover_movement_no_delete", "handover_movement"
    on = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    return name


def test_the_server_does_not_start_without_a_guard_and_names_it(dropped, capsys) -> None:
    assert main(["serve", "--port", "0"]) == 1
    assert dropped in capsys.readouterr().err


def test_verify_names_the_guard_that_is_missing(dropped, capsys) -> None:
    assert main(["verify"]) == 1
    assert dropped in capsys.readouterr().out


def test_the_check_of_the_database_names_it_and_migrating_brings_it_back(dropped) -> None:
    with pytest.raises(SystemCheckError, match=dropped):
        call_command("check", databases=["default"])
    guard.install()
    call_command("check", databases=["default"])

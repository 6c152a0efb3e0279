"""Killed in the middle: nothing acknowledged is lost, nothing is done twice, every doubt is settled."""

import pytest
from tests.faults.conftest import ENGINE
from tests.soak import kills

pytestmark = pytest.mark.django_db  # the tables of the tests are copied


def test_a_server_that_is_killed_loses_nothing_and_doubles_nothing(place) -> None:
    found = kills.run(place, kills=2, between=6, database=False)
    assert found["wrong"] == []
    assert found["figures"]["acknowledged"] >= 12


if ENGINE == "postgresql":

    def test_a_database_that_is_killed_loses_nothing_and_the_server_goes_on(place) -> None:
        found = kills.run(place, kills=2, between=6, database=True)
        assert found["wrong"] == []
        assert found["figures"]["acknowledged"] >= 12

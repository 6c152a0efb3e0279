"""The power fails at any moment: what was acknowledged is on the disk; a weaker setting shows it."""

import pytest
from tests.soak import power

pytestmark = pytest.mark.django_db  # the tables of the tests are copied


def test_no_acknowledged_act_is_lost_by_a_power_cut(place) -> None:
    found = power.cut(place, *power.record(place, 25), cuts=20)
    assert found["acknowledged"] > 10
    assert (found["cuts with a loss"], found["broken"]) == (0, 0), found


def test_without_waiting_for_the_disk_acts_are_lost(place) -> None:
    found = power.cut(place, *power.record(place, 25, "FULL=OFF"), cuts=10)
    assert found["cuts with a loss"] > 0, "the control finds nothing: the simulation is void"

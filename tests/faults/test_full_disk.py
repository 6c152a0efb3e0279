"""The disk is full: nothing acknowledged is lost, pages open, the answer says so, and it goes on."""

import pytest
from tests.soak import full
from tests.soak.office import Office, copy

pytestmark = pytest.mark.django_db  # the tables of the tests are copied


def test_a_full_disk_loses_nothing_says_so_and_goes_on_by_itself(place) -> None:
    room = place.home / "small"
    with full.small_disk(room, full.room_for(place.database)) as disk:
        copy(place.database, room / place.database.name)
        here = Office(place.home)
        here.var, here.facts = room, place.facts
        try:
            found = full.run(here, disk)
        finally:
            here.kill()
    assert found["wrong"] == []
    assert found["resumed"]
    assert found["pages"] == [200] * 3
    assert all(said.startswith("507") for said in found["said"]), found["said"]
    assert (found["upload"], found["upload after"]) in ((507, 200), (0, 0)), found["how"]

"""A bit flips on the disk: what holds the ledger and the trail is reported when it changes."""

import json

import pytest

pytestmark = pytest.mark.django_db  # the tables of the tests are copied
GUARDED = ("trail_", "handover_movement", "handover_balanceline", "handover_signature")


def test_a_flipped_bit_in_the_ledger_or_the_trail_is_reported(place) -> None:
    found = json.loads(place.run("tests.soak.rot", "12").splitlines()[-1])
    assert not [name for name in found["unseen in"] if name.startswith(GUARDED)], found

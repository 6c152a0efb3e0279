"""Every invariant after any acts in any order, and every mistake put in on purpose is found."""

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.soak.defects import LISTED, Defect, planted
from tests.soak.machine import Ledger, tours

SHORT = settings(
    max_examples=3,
    stateful_step_count=16,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_after_any_acts_every_invariant_holds(story) -> None:
    machine = type("Sound", (Ledger,), {"story": story})
    run_state_machine_as_test(machine, settings=SHORT)


def test_on_the_way_of_an_office_to_its_end_every_invariant_holds(story) -> None:
    machine = type("Sound", (Ledger,), {"story": story})
    tours(machine, 1)
    assert machine.steps > 20


@pytest.mark.parametrize("defect", LISTED, ids=lambda d: d.name)
def test_a_mistake_put_in_on_purpose_is_found(db, request, defect: Defect) -> None:
    with planted(defect):
        machine = type("Faulty", (Ledger,), {"story": request.getfixturevalue("story")})
        with pytest.raises((AssertionError, DatabaseError)):
            tours(machine, 6)

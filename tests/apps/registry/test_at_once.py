"""People act at the same moment: one is first, the others hear so, nothing is doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from thongsuot.apps.registry import actions
from thongsuot.apps.registry.models import Appointment, Body
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 6, 1)


def at_once(function, times=6):
    """Runs the function in as many threads, each with its own connection; returns the outcomes."""

    def one(number):
        try:
            return function(number)
        except Refused as refused:
            return refused.problems[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_six_who_put_one_person_in_one_post_do_it_once(bodies, new_act):
    post = actions.create_post(
        new_act(), body=bodies.office, title="Trưởng phòng", role="leader", since=DAY
    )["post"]
    person = actions.record_person(new_act(), full_name="Trần Thị Lan")["person"]
    outcomes = at_once(
        lambda n: actions.appoint(new_act(), person=person, post=post, since=date(2025, 6, 1 + n))
    )
    assert Appointment.objects.filter(person=person).count() == 1
    assert outcomes.count("registry.overlap") == 5


def test_six_who_set_up_a_body_under_one_key_make_one(bodies, country, new_act):
    outcomes = at_once(
        lambda _n: actions.create_body(
            new_act(), key="mot-khoa", kind="police", name="Công an", since=DAY,
            units=[country.ha_noi.pk],
        )
    )  # fmt: skip
    assert Body.objects.filter(key="mot-khoa").count() == 1
    assert outcomes.count("registry.key-taken") == 5


def test_one_act_sent_six_times_gives_one_answer(bodies, new_act):
    act = new_act()
    outcomes = at_once(
        lambda _n: actions.rename_body(
            act, body=bodies.office, name="Phòng Mới", on=date(2025, 2, 1)
        )
    )
    assert len({tuple(o.items()) for o in outcomes}) == 1

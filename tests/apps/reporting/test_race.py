"""Submitting against locking: whoever comes first, nothing is in a locked period that was not counted."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from tests.apps.reporting.conftest import DUE, GOOD, build

from thongsuot.apps.reporting.actions import returns, rounds
from thongsuot.apps.reporting.models import Filing, Round
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


@pytest.mark.django_db(transaction=True)
def test_submitting_while_it_is_locked_is_before_or_refused() -> None:
    office = build()
    office.form = office.write_form()
    office.series = office.open_series()
    office.open_round()
    later = DUE + timedelta(days=1)
    start, answers = Barrier(4), {}

    def run(name: str, do) -> None:
        start.wait()
        try:
            do()
            answers[name] = "done"
        except Refused as refused:
            answers[name] = refused.problems[0].code
        finally:
            connections.close_all()

    def submitting(name: str):
        act = office.act(name, later)
        return lambda: returns.submit(act, return_id=office.returns[name], values=GOOD, sources={})

    acts = {name: submitting(name) for name in office.returns}
    lock = office.act("truong", later)
    acts["lock"] = lambda: rounds.lock_round(lock, round_id=office.round, reason="Hết giờ")
    threads = [Thread(target=run, args=pair) for pair in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers.pop("lock") == "done"
    assert set(answers.values()) <= {"done", "reporting.period-locked"}
    locked = Round.objects.get(pk=office.round)
    entry = Entry.objects.get(act="reporting.round-locked")
    filed = Filing.objects.filter(round=locked)
    assert filed.count() == list(answers.values()).count("done") == entry.after["received"]
    assert all(f.at < locked.locked_at for f in filed), connection.vendor

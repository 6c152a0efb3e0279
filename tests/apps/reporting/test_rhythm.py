"""Periods open on their day and snapshots are taken at their hour, once, however late."""

from datetime import timedelta

from django.core.management import call_command
from tests.apps.reporting.conftest import DUE, Office

from thongsuot.apps.reporting.actions import rhythm
from thongsuot.apps.reporting.models import Round, Series, Snapshot


def test_the_rhythm_opens_and_freezes_once_and_as_of_the_cut_off(office: Office) -> None:
    office.submit("an")
    office.submit("binh", DUE + timedelta(hours=20))
    late = DUE + timedelta(days=4)  # Tuesday of the next week
    assert rhythm.run(late) == (1, 2, ())
    weekly = Snapshot.objects.get(recipient__kind="week")
    assert (weekly.content["counts"]["on_time"], weekly.content["counts"]["late"]) == (1, 0)
    full = Snapshot.objects.get(recipient__kind="fortnight").content["counts"]
    assert (full["on_time"], full["late"], full["silent"]) == (1, 1, 1)
    assert Round.objects.filter(series=office.series).count() == 2
    assert rhythm.run(late + timedelta(hours=1)) == (0, 0, ())


def test_a_series_that_has_ended_opens_nothing_and_one_without_units_says_why(
    office: Office, capsys
) -> None:
    Series.objects.filter(pk=office.series).update(closed_at=DUE)
    assert rhythm.run(DUE + timedelta(days=4))[0] == 0
    Series.objects.filter(pk=office.series).update(closed_at=None)
    Series.objects.get(pk=office.series).expected.all().delete()
    opened, _frozen, left = rhythm.run(DUE + timedelta(days=30))
    assert opened == 0
    assert [p.code for p in left] == ["reporting.nobody-owes"]
    call_command("reporting_rhythm")
    assert "0 kỳ mở" in capsys.readouterr().out

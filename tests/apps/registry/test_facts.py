"""Facts are added, ended or corrected, never overwritten and never doubled."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from thongsuot.apps.registry import actions, guard
from thongsuot.apps.registry.models import BodyVersion, Unit, UnitVersion
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry

LOADED = datetime(2025, 6, 20, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def version(unit, since, until, **values):
    return UnitVersion.objects.create(
        unit=unit, name="X", kind="ward", folded="phuong x", since=since, until=until,
        recorded_at=LOADED, **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (None, None),
        (date(2024, 12, 1), date(2025, 1, 2)),
        (date(2025, 1, 15), date(2025, 1, 16)),
        (date(2025, 1, 31), None),
        (None, date(2025, 1, 2)),
    ],
)
def test_the_database_refuses_two_versions_of_one_unit_on_one_day(since, until):
    unit = Unit.objects.create(key="x", level="commune")
    version(unit, date(2025, 1, 1), date(2025, 2, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        version(unit, since, until)


def test_versions_that_touch_do_not_overlap_and_other_units_do_not_matter():
    unit = Unit.objects.create(key="x", level="commune")
    other = Unit.objects.create(key="y", level="commune")
    version(unit, None, date(2025, 1, 1))
    version(unit, date(2025, 1, 1), date(2025, 2, 1))
    version(unit, date(2025, 2, 1), None)
    version(other, None, None)
    assert unit.versions.count() == 3


def test_a_fact_without_a_day_is_the_oldest_or_the_last_on_both_databases():
    unit = Unit.objects.create(key="x", level="commune")
    days = [date(2025, 1, 1), date(2025, 2, 1)]
    version(unit, days[1], None)
    version(unit, None, days[0])
    version(unit, days[0], days[1])
    rows = UnitVersion.objects.filter(unit=unit)
    assert list(rows.order_by("since").values_list("since", flat=True)) == [None, *days]
    assert list(rows.order_by("-since").values_list("since", flat=True)) == [*days[::-1], None]
    assert list(rows.order_by("until").values_list("until", flat=True)) == [*days, None]
    assert list(rows.order_by("-until").values_list("until", flat=True)) == [None, *days[::-1]]
    assert rows.order_by("since").last().since == days[1]


def test_a_superseded_version_does_not_stand_in_the_way():
    unit = Unit.objects.create(key="x", level="commune")
    version(unit, None, None, superseded_at=LOADED)
    version(unit, None, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        version(unit, date(2030, 1, 1), None)


def test_lengthening_a_period_into_the_next_one_is_refused_by_the_database():
    unit = Unit.objects.create(key="x", level="commune")
    first = version(unit, None, date(2025, 1, 1))
    version(unit, date(2025, 1, 1), None)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitVersion.objects.filter(pk=first.pk).update(until=date(2025, 2, 1))


@pytest.mark.parametrize(
    "change", [{"name": "Y"}, {"since": date(2025, 1, 5)}, {"recorded_at": LOADED - timedelta(1)}]
)
def test_the_database_refuses_to_rewrite_a_fact(change):
    first = version(Unit.objects.create(key="x", level="commune"), date(2025, 1, 1), None)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitVersion.objects.filter(pk=first.pk).update(**change)


def test_an_end_is_written_once():
    first = version(Unit.objects.create(key="x", level="commune"), None, None)
    UnitVersion.objects.filter(pk=first.pk).update(until=date(2025, 1, 1), ended_at=LOADED)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitVersion.objects.filter(pk=first.pk).update(until=date(2025, 1, 2))


def test_a_period_must_end_after_it_begins():
    unit = Unit.objects.create(key="x", level="commune")
    with pytest.raises(IntegrityError), transaction.atomic():
        version(unit, date(2025, 1, 1), date(2025, 1, 1))


def test_every_overlap_guard_is_in_the_database():
    assert guard.missing() == ()
    assert guard.check_overlaps_guarded(databases=["default"]) == []


def test_a_lost_overlap_guard_is_named_and_made_again():
    name = guard.overlap_name("registry_unitversion")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute(f"ALTER TABLE registry_unitversion DROP CONSTRAINT {name}")
    assert guard.missing() == (name,)
    assert [c.id for c in guard.check_overlaps_guarded(databases=["default"])] == ["registry.E003"]
    guard.install()
    assert guard.missing() == ()


def test_a_corrected_name_is_shown_and_the_old_one_is_what_was_known_before(country, new_act):
    wrong = UnitVersion.objects.known().get(unit=country.dai_mo)
    result = actions.correct_unit(
        new_act(), version=wrong.pk, changes={"name": "Đại Mỗ 2"}, reason="gõ nhầm"
    )
    known = UnitVersion.objects.on(date(2025, 7, 2)).get(unit=country.dai_mo)
    before = UnitVersion.objects.on(date(2025, 7, 2), at=LOADED).get(unit=country.dai_mo)
    assert (known.pk, known.name, known.corrects_id) == (result["record"], "Đại Mỗ 2", wrong.pk)
    assert before.name == "Đại Mỗ"
    assert known.folded == "phuong dai mo 2"


def test_a_record_is_corrected_only_once(country, new_act):
    wrong = UnitVersion.objects.known().get(unit=country.dai_mo)
    actions.correct_unit(new_act(), version=wrong.pk, changes={"code": "1"}, reason="r")
    with pytest.raises(Refused) as refused:
        actions.correct_unit(new_act(), version=wrong.pk, changes={"code": "2"}, reason="r")
    assert refused.value.problems[0].code == "registry.already-corrected"


def test_a_correction_that_changes_nothing_is_refused_and_leaves_no_trail(country, new_act):
    held = UnitVersion.objects.known().get(unit=country.dai_mo)
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.correct_unit(new_act(), version=held.pk, changes={"name": "Đại Mỗ"}, reason="r")
    assert refused.value.problems[0].code == "registry.nothing-changed"
    assert Entry.objects.count() == before


def test_a_correction_may_not_overlap_the_next_version(bodies, new_act, july):
    actions.rename_body(new_act(), body=bodies.district, name="UBND quận HĐ", on=date(2024, 1, 1))
    first = BodyVersion.objects.known().get(body=bodies.district, until=date(2024, 1, 1))
    with pytest.raises(Refused) as refused:
        actions.correct_body(
            new_act(), version=first.pk, changes={"until": date(2024, 6, 1)}, reason="r"
        )
    assert refused.value.problems[0].code == "registry.overlap"


def test_an_end_written_later_was_not_known_before(bodies, new_act):
    early = datetime(2025, 6, 24, 3, 0, tzinfo=UTC)
    late = datetime(2025, 7, 9, 3, 0, tzinfo=UTC)
    actions.close_body(new_act(at=late), body=bodies.office, on=date(2025, 7, 1))
    day = date(2025, 7, 5)
    assert not BodyVersion.objects.on(day).filter(body=bodies.office).exists()
    assert BodyVersion.objects.on(day, at=early).filter(body=bodies.office).exists()

"""The real units in the database: loaded once, again without harm, people's work left alone."""

import csv
import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from thongsuot.apps.registry import actions, load, sources
from thongsuot.apps.registry.models import (
    Disagreement,
    LegalText,
    Unit,
    UnitAlias,
    UnitEdge,
    UnitEvent,
    UnitLevel,
    UnitVersion,
)
from thongsuot.apps.registry.queries import successors_of, unit_as_of, unit_with
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db  # each test inside the load, and taken back after it

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
JULY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole country, loaded once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load(AT)
        transaction.set_rollback(True)


@pytest.fixture
def overlay(tmp_path, monkeypatch):
    """A copy of the project's own cited tables that a test may change."""
    folder = tmp_path / "data" / "registry"
    shutil.copytree(sources.overlay_folder(), folder)
    monkeypatch.setenv("THONGSUOT_DATA", str(tmp_path / "data"))
    return folder


def change(path, matches, **values):
    rows = sources.rows_of(path)
    for row in rows:
        if all(row[k] == v for k, v in matches.items()):
            row.update(values)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_every_unit_is_there_with_its_lineage(loaded):
    assert loaded["changed"]
    assert Unit.objects.count() == 14_009
    assert UnitEdge.objects.filter(event__on=JULY, src__level="commune").count() == 10_566
    levels = UnitVersion.objects.on(date(2025, 6, 30)).values_list("unit__level", flat=True)
    found = {level: list(levels).count(level) for level in UnitLevel.values}
    assert found == {"province": 63, "district": 696, "commune": 10_035}
    assert UnitVersion.objects.on(JULY).filter(kind="ward").count() == 687
    assert UnitVersion.objects.on(date(2026, 11, 22)).filter(kind="ward").count() == 709


def test_a_load_is_one_entry_in_the_trail(loaded):
    [entry] = Entry.objects.filter(act=load.ACT)
    assert entry.after["fingerprint"] == loaded["fingerprint"]
    assert entry.after["added"]["units"] == 14_009


def test_loading_again_changes_nothing_and_says_so(loaded):
    again = load.load(LATER)
    assert again["changed"] is False
    assert Entry.objects.filter(act=load.ACT).count() == 1


def test_search_reads_names_without_marks(loaded):
    assert UnitVersion.objects.on(JULY).filter(folded="phuong ha dong").count() == 1
    assert UnitAlias.objects.filter(folded="phuongnguyentrungtruc").exists()


def test_one_code_is_two_units_on_two_days(loaded):
    june, july = unit_with("26740", date(2025, 6, 30)), unit_with("26740", JULY)
    assert (june.key, july.key) == ("xa-26740", "xa-26740-2025")
    assert unit_as_of("xa-26740", JULY).state == "ended"
    assert unit_as_of("xa-26740-2025", JULY).name == "Phường Sài Gòn"


def test_the_district_ha_dong_goes_to_twelve_units(loaded):
    district = Unit.objects.get(key="huyen-268")
    steps = successors_of(district.pk, JULY)
    assert len({s.src for s in steps}) == 15
    assert len({s.dst for s in steps}) == 12
    assert {s.basis for s in steps} == {"1656/NQ-UBTVQH15"}


def test_texts_that_nobody_read_are_marked(loaded):
    assert not LegalText.objects.get(number="39/2026/QH16").checked
    assert LegalText.objects.get(number="1656/NQ-UBTVQH15").checked


def test_what_sources_read_otherwise_is_kept(loaded):
    assert Disagreement.objects.filter(topic="successors").count() == 40


def test_a_better_reading_puts_the_old_record_right_and_keeps_it(loaded, overlay):
    change(
        overlay / "law_readings.csv", {"old_ward_code": "18796", "share": "part"}, detail="đọc lại"
    )
    again = load.load(LATER)
    assert again["corrected"] == {"edges": 1}
    assert again["added"] == {}
    [wrong] = UnitEdge.objects.filter(superseded_at__isnull=False)
    assert wrong.correction.detail == "đọc lại"
    assert UnitEdge.objects.known(AT).filter(pk=wrong.pk).exists()
    assert Unit.objects.count() == 14_009
    assert Entry.objects.filter(act=load.ACT).count() == 2


def test_what_a_person_put_right_survives_a_new_load(loaded, overlay, new_act):
    version = UnitVersion.objects.on(JULY).get(unit__key="xa-09556-2025")
    act = new_act(at=AT + timedelta(minutes=5))
    actions.correct_unit(act, version=version.pk, changes={"name": "Hà Đông mới"}, reason="thử")
    change(overlay / "changes_2026.csv", {"code": "22"}, note="Ngày có hiệu lực cần xác nhận.")
    again = load.load(LATER)
    assert again["kept"] == {"versions": 1}
    assert unit_as_of("xa-09556-2025", JULY).name == "Phường Hà Đông mới"
    assert UnitEvent.objects.known().filter(basis__number="36/2026/QH16").count() == 1


def test_a_day_confirmed_later_moves_the_change_and_keeps_what_was_known(loaded, overlay):
    change(overlay / "changes_2026.csv", {"code": "22"}, on="2026-09-01")
    load.load(LATER)
    assert unit_as_of("tinh-22", date(2026, 8, 25)).kind == "province"
    assert unit_as_of("tinh-22", date(2026, 8, 25), AT).kind == "city"
    assert unit_as_of("tinh-22", date(2026, 9, 1)).kind == "city"


def test_a_bad_source_is_refused_and_nothing_is_written(loaded, overlay):
    path = overlay / "law_mapping.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load.load(LATER)
    assert "registry.no-successor" in {p.code for p in refused.value.problems}
    assert Entry.objects.filter(act=load.ACT).count() == 1
    assert Unit.objects.count() == 14_009


def test_a_reading_of_no_row_is_refused_by_name(loaded, overlay):
    change(overlay / "law_readings.csv", {"old_ward_code": "00934"}, old_ward_code="99999")
    with pytest.raises(CommandError, match="99999"):
        call_command("load_registry")


def test_the_command_says_that_nothing_changed(loaded, capsys):
    call_command("load_registry")
    assert "không có gì thay đổi" in capsys.readouterr().out
    call_command("load_registry", "--check", "--json")
    assert json.loads(capsys.readouterr().out)["units"] == 14_009

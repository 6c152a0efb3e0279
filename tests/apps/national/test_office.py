"""The portable texts on the tables of an office, and on this database, whichever it is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from tests.apps.handover.conftest import LOADED
from tests.apps.handover.test_any_order import Chance
from tests.national import answers, oracle

from thongsuot.apps.handover import queries
from thongsuot.apps.handover.models import Item
from thongsuot.apps.registry.models import Unit, UnitVersion
from thongsuot.apps.registry.models.choices import UnitKind
from thongsuot.cli import main
from thongsuot.cli.national_office import office_rows, snapshot
from thongsuot.national.check import FAILING, count, row_of
from thongsuot.national.engines import duckdb_engine
from thongsuot.national.exports import open_export
from thongsuot.national.portable import RELATIONS, WHOLE, Province, office_sql, portable_sql

HERE = Province("01", "Thành phố Hà Nội")


class ThisDatabase:
    """The connection of the tests as an engine."""

    def rows(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            yield from map(tuple, cursor.fetchall())


@contextmanager
def office_views(province: Province = HERE) -> Iterator[ThisDatabase]:
    """The office's tables in the portable shape, for as long as the block lasts."""
    with connection.cursor() as cursor:
        for name in RELATIONS:
            cursor.execute(f"CREATE TEMPORARY VIEW {name} AS {office_sql(name, province)}")
        try:
            yield ThisDatabase()
        finally:
            for name in RELATIONS:
                cursor.execute(f"DROP VIEW {name}")


@contextmanager
def tables_of(world) -> Iterator[ThisDatabase]:
    """Invented provinces in tables of this database."""
    with connection.cursor() as cursor:
        for name, columns in RELATIONS.items():
            kinds = ", ".join(
                f"{c} {'BIGINT' if k == WHOLE else 'TEXT'}" for c, k in columns.items()
            )
            cursor.execute(f"CREATE TEMPORARY TABLE {name} (province TEXT, {kinds})")
            marks = ", ".join(["%s"] * (len(columns) + 1))
            rows = [(land.code, *row) for land in world for row in land.relations()[name]]
            if rows:
                cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        try:
            yield ThisDatabase()
        finally:
            for name in RELATIONS:
                cursor.execute(f"DROP TABLE {name}")


@pytest.fixture
def busy(story):
    """An office after many acts in an order nobody planned."""
    story.handed_over(4)
    chance = Chance(story, 11)
    chance.serial = 100
    for _ in range(70):
        chance.one()
    states = set(Item.objects.values_list("state", flat=True))
    assert {"accepted", "held"} < states
    return story


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(oracle.lands("01"), oracle.lands("79"))
def test_this_database_gives_what_the_rules_say(one, two):
    with tables_of((one, two)) as engine:
        assert answers.statement(engine) == oracle.all_statements((one, two))
        assert answers.verdicts(engine) == oracle.all_verdicts((one, two))


def test_the_balance_of_the_portable_text_is_that_of_the_balance_page(busy):
    with office_views() as engine:
        rows = list(engine.rows(portable_sql("balance")))
    by_text = {
        (giver, kind, measure, receiver): row_of(0, "", "", [int(n) for n in figures])
        for _, _, giver, kind, receiver, measure, *figures in rows
    }
    by_page = {
        (r.giver, r.kind, r.measure, r.receiver): (r.opened_items, r.items, r.opened_quantity,
                                                   r.quantity, r.opened_value, r.value)
        for r in queries.balance_rows(busy.transition, by_receiver=True)
    }  # fmt: skip
    assert len(by_page) > 1
    assert by_page == {
        key: (r.opened_items, r.items, r.opened_quantity, r.quantity, r.opened_value, r.value)
        for key, r in by_text.items()
    }


def test_an_office_that_kept_its_books_has_no_fault_and_every_receipt_fits(busy):
    with office_views() as engine:
        standing = list(engine.rows(portable_sql("statement")))
        verdicts = answers.verdicts(engine)
    assert all(int(n) == 0 for row in standing for n in row[-3:-1])
    assert not {v for _, _, v in verdicts} & set(FAILING)
    assert any(v == "matched" for _, _, v in verdicts)


def test_what_is_exported_counts_the_same_elsewhere(busy, tmp_path, capsys):
    with office_views() as engine:
        here = (answers.statement(engine), answers.verdicts(engine))
    _province()
    assert main(["national", "export", "--out", str(tmp_path / "01"), "--province", "01"]) == 0
    export = open_export(tmp_path / "01")
    with duckdb_engine([export], memory="256MB", threads=1) as engine:
        assert (answers.statement(engine), answers.verdicts(engine)) == here
        outcome = count(engine, [export])
    assert not outcome.faults
    assert "Hà Nội" in capsys.readouterr().out
    missing = Item.objects.filter(state="missing").count()
    assert outcome.missing == missing


def _province() -> None:
    unit = Unit.objects.create(key="ha-noi-co-ma", level="province")
    UnitVersion.objects.create(
        unit=unit, name="Hà Nội", kind=UnitKind.CITY, code="01", folded="ha noi", recorded_at=LOADED
    )


def test_an_export_gives_away_no_title_and_no_name(busy):
    assert not {"title", "name", "note"} & {c for r in RELATIONS.values() for c in r}
    with snapshot():
        rows = list(office_rows("inventory", HERE))
    assert len(rows) == Item.objects.count()
    assert all(len(row) == len(RELATIONS["inventory"]) for row in rows)
    assert not any("Bàn làm việc" in str(value) for row in rows for value in row)


@pytest.mark.django_db
def test_a_province_that_is_not_in_the_registry_is_not_exported(tmp_path, capsys):
    assert main(["national", "export", "--out", str(tmp_path / "x"), "--province", "99"]) == 2
    assert "99" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_an_export_is_not_written_over_another(busy, tmp_path, capsys):
    _province()
    (tmp_path / "old.txt").write_text("x")
    assert main(["national", "export", "--out", str(tmp_path), "--province", "01"]) == 2
    assert "không trống" in capsys.readouterr().err

"""Searching with an index finds the same rows as without, whatever is typed and however they were written."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.db.models.signals import pre_migrate  # noqa: TID251  # what `migrate` sends
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thongsuot.apps.directives.guard import WORDS
from thongsuot.apps.directives.models import Duty
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.bulk import bulk_insert
from thongsuot.foundation.trail import guard
from thongsuot.foundation.words import index, search
from thongsuot.foundation.words.apps import _after_migrations
from thongsuot.rules.kernel.text import fold

pytestmark = pytest.mark.django_db
AT = datetime(2025, 7, 1, tzinfo=UTC)
OVER_AND_OVER = [HealthCheck.function_scoped_fixture]  # each example undoes what it wrote
SQLITE = connection.vendor == "sqlite"
# What could mean something to LIKE, to FTS5 or to a parser; marks, astral letters, a NUL, nothing.
PIECES = (
    *("niêm phong", "con dấu", "bàn giao", "hồ sơ số 77", "77/QĐ-UBND", "khai sinh", "a", "zz", "đ", "hoà"),
    *("%", "_", "\\", "'", '"', '""', "*", "^", "(", ")", ":", "-", "+", "{a b}", "OR", "AND", "NOT x", "NEAR(a b)"),
    *("😀", "𠀋𠀌𠀍", "a😀b", "\x00", "a\x00b", "\u200b", "ﬁ", "ß", "İ", " ", ""),
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=5).map(" ".join)
PARTS = st.tuples(TEXTS, st.integers(0, 8), st.integers(1, 9)).map(
    lambda p: p[0][p[1] : p[1] + p[2]]
)
ASKED = st.lists(TEXTS | PARTS, max_size=3).map(" ".join)


@pytest.fixture
def write(db: None) -> Callable[..., Duty]:
    body = Body.objects.create(key="ubnd", kind="peoples-committee", bloc="state")

    def one(text: str, **more: Any) -> Duty:
        return Duty(
            ledger=body.pk,
            assigner=body,
            task="x",
            folded=fold(text),
            made_at=AT,
            **more,
        )

    return one


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    def limits(few: int, many: int) -> None:
        monkeypatch.setattr(search, "FEW", few)
        monkeypatch.setattr(search, "MANY", many)

    return limits


def words_of(asked: str) -> tuple[str, ...]:
    return tuple(fold(asked).split())


def check(asked: str) -> set[int]:
    """The rows found: the same by the index, by the plain condition and by looking at each text."""
    words = words_of(asked)
    found = set(Duty.objects.filter(search.having(WORDS, words)).values_list("pk", flat=True))
    plainly = set(
        Duty.objects.filter(search.plain(words, ("folded",))).values_list("pk", flat=True)
    )
    looked = {d.pk for d in Duty.objects.only("folded") if all(w in d.folded for w in words)}
    assert found == plainly == looked, (asked, words)
    return found


@given(st.data())
@settings(max_examples=100, suppress_health_check=OVER_AND_OVER)
def test_the_same_rows_are_found_whatever_is_typed(
    write: Any, few: Any, data: st.DataObject
) -> None:
    few(*data.draw(st.sampled_from([(20_000, 200_000), (1, 200_000), (1, 3), (0, 0)])))
    with transaction.atomic():
        texts = data.draw(st.lists(TEXTS, min_size=1, max_size=12))
        Duty.objects.bulk_create(write(text) for text in texts)
        for asked in (*data.draw(st.lists(ASKED, min_size=1, max_size=6)), *PIECES[:6], texts[0]):
            check(asked)
        assert list(index.faults()) == []
        transaction.set_rollback(True)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["save", "bulk", "insert_rows", "update", "change", "renumber", "delete", "undo", "undo-change"]),
        st.integers(0, 30),
        TEXTS,
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@given(STEPS)
@settings(max_examples=100, suppress_health_check=OVER_AND_OVER)
def test_the_index_stays_true_however_rows_are_written(
    write: Any, steps: list[tuple[str, int, str]]
) -> None:
    with transaction.atomic():
        for verb, at, text in steps:
            _do(write, verb, at, text)
        assert list(index.faults()) == []
        for _verb, _at, text in steps:
            check(text)
        transaction.set_rollback(True)


def _do(write: Any, verb: str, at: int, text: str) -> None:
    rows = Duty.objects.order_by("pk")
    some = list(rows.values_list("pk", flat=True))
    pick = some[at % len(some)] if some else 0
    if verb == "save":
        write(text).save()
    elif verb == "bulk":
        Duty.objects.bulk_create(write(f"{text} {n}") for n in range(3))
    elif verb == "insert_rows":
        _insert(write(text))
    elif verb == "update":
        rows.filter(pk__gte=pick).update(folded=Concat(F("folded"), Value(f" {fold(text)}")))
    elif verb == "change":
        rows.filter(pk=pick).update(folded=fold(text))
    elif verb == "renumber":
        rows.filter(pk=pick).update(id=max(some, default=0) + 100)
    elif verb == "delete":
        rows.filter(pk=pick).delete()
    else:
        with transaction.atomic():
            _do(write, "change" if verb == "undo-change" else "bulk", at, text)
            transaction.set_rollback(True)


def _insert(duty: Duty) -> None:
    """Past Django, as an import does."""
    fields = [f for f in Duty._meta.concrete_fields if not f.primary_key]
    values = [
        "[]"
        if f.name in ("laws", "hours")
        else f.get_db_prep_save(f.pre_save(duty, True), connection)
        for f in fields
    ]
    bulk_insert(Duty, [f.attname for f in fields], [values])


def test_marks_case_and_parts_of_words_make_no_difference(write: Any) -> None:
    duty = write("Niêm phong con dấu số 12/QĐ-UBND của phường Hoà Bình")
    duty.save()
    write("Thống kê tài sản").save()
    for asked in (
        "niêm PHONG",
        "niem phong",
        "iem hon",
        "đấu",
        "qd ubnd",
        "hòa",
        "hoa bin",
        "12",
        "12/q",
    ):
        assert check(asked) == {duty.pk}, asked
    assert check("khongcochunay") == set()
    assert len(check("")) == len(check("–")) == 2


def test_a_word_in_more_rows_than_are_proposed_is_still_found(write: Any, few: Any) -> None:
    Duty.objects.bulk_create(write(f"báo cáo số {n}") for n in range(40))
    for limits in ((10, 100), (10, 20), (100, 100)):
        few(*limits)
        assert len(check("báo cáo")) == 40
        assert len(check("bao")) == 40
        assert len(check("ba")) == 40
        assert len(check("cao 39")) == 1
        assert len(check("so 7")) == 4
        assert len(check("zz")) == 0


def test_rows_put_in_together_are_found_and_undone_together(write: Any) -> None:
    write("con dấu cũ").save()
    with index.in_bulk(WORDS):
        Duty.objects.bulk_create(write(f"con dấu {n}") for n in range(5))
    assert index.present(WORDS)
    assert len(check("con dau")) == 6
    with pytest.raises(IntegrityError), transaction.atomic(), index.in_bulk(WORDS):
        Duty.objects.bulk_create([write("con dấu thừa"), write("con dấu thừa", percent=101)])
    assert index.present(WORDS)
    write("con dấu mới").save()
    assert len(check("con dau")) == 7
    assert list(index.faults()) == []


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL keeps its indexes itself")
def test_an_index_that_nothing_keeps_true_is_not_asked(write: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {WORDS.name}_come")
    duty = write("con dấu")
    duty.save()
    assert not index.present(WORDS)
    assert check("dau") == {duty.pk}
    assert guard.missing() == ()
    guard.install()
    index.rebuild()
    assert list(index.faults()) == []
    assert check("dau") == {duty.pk}


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL keeps its indexes itself")
def test_a_spoiled_index_is_found_and_made_anew(write: Any) -> None:
    duty = write("con dấu")
    duty.save()
    call_command("words", "--check")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {WORDS.name}({WORDS.name}) VALUES ('delete-all')")
    with pytest.raises(CommandError, match="dau"):
        call_command("words", "--check")
    assert not Duty.objects.filter(search.having(WORDS, ("dau",))).exists()
    call_command("words")
    call_command("words", "--check")
    assert check("dau") == {duty.pk}


@pytest.mark.django_db(transaction=True)
def test_rows_that_a_migration_writes_are_found(write: Any) -> None:
    duty = write("con dấu")
    duty.save()
    trail = apps.get_app_config("trail")
    pre_migrate.send(sender=trail, using="default", plan=[("a migration", False)])
    Duty.objects.update(folded="ho so moi")  # the triggers of SQLite stand aside
    guard.install()
    _after_migrations(using="default", plan=[("a migration", False)])
    assert list(index.faults()) == []
    assert check("moi") == {duty.pk}


def test_the_indexes_are_there_and_speak_of_no_rows_of_their_own() -> None:
    there = {one.table for one in index.all_of() if index.present(one)}
    assert there == {"directives_duty", "handover_item"}
    from thongsuot.cli.backup_state import heads_and_counts  # noqa: PLC0415

    counted = heads_and_counts(connection)[1]
    assert "directives_duty" in counted
    assert not [table for table in counted if "_words" in table]


@pytest.fixture
def a_poor_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE poor NOLOGIN")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO poor")
    return "poor"


@pytest.mark.skipif(SQLITE, reason="an extension is needed on PostgreSQL alone")
def test_without_the_extension_lists_work_as_before(
    write: Any, a_poor_role: str, caplog: pytest.LogCaptureFixture
) -> None:
    duty = write("con dấu")
    duty.save()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {WORDS.name}")
        cursor.execute(f"SET LOCAL ROLE {a_poor_role}")
        index.install()
        assert not index.present(WORDS)
        assert check("dau") == {duty.pk}
        cursor.execute("RESET ROLE")
    assert "no word index on directives_duty" in caplog.text
    index.install()
    assert index.present(WORDS)


@pytest.mark.skipif(SQLITE, reason="of PostgreSQL")
def test_postgresql_uses_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Duty.objects.filter(search.having(WORDS, ("dau",))).order_by().explain()
    assert WORDS.name in plan
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {WORDS.name}")  # an index, not a table

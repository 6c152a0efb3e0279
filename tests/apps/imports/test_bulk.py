"""Many rows at once: exact, in the transaction, on either engine."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from thongsuot.foundation.bulk import bulk_insert, next_ids
from thongsuot.foundation.imports.models import ColumnMapping

pytestmark = pytest.mark.django_db
COLUMNS = ("kind", "body", "fingerprint", "mapping", "by", "at")


def rows(*keys: str, body: int = 1):
    return [("k", body, key, json.dumps({"ă": 1}), 1, timezone.now()) for key in keys]


def test_rows_arrive_exactly_up_to_what_a_bigint_holds() -> None:
    largest = 9_223_372_036_854_775_807
    assert bulk_insert(ColumnMapping, COLUMNS, rows("a", "b", body=largest)) == 2
    assert ColumnMapping.objects.get(fingerprint="a").body == largest
    assert ColumnMapping.objects.get(fingerprint="b").mapping == {"ă": 1}


def test_rows_may_be_made_by_somebody_who_asks_the_database_meanwhile() -> None:
    def asking():
        for row in rows("a", "b"):
            assert ColumnMapping.objects.count() == 0
            yield row

    assert bulk_insert(ColumnMapping, COLUMNS, asking()) == 2


def test_constraints_hold_and_the_transaction_takes_everything_back() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_insert(ColumnMapping, COLUMNS, rows("a", "b", "a"))
    assert ColumnMapping.objects.count() == 0


def test_ids_taken_beforehand_are_free_and_used_by_nobody_else() -> None:
    bulk_insert(ColumnMapping, COLUMNS, rows("a"))
    ids = next_ids(ColumnMapping, 3)
    assert len(set(ids)) == 3
    named = [(at, *row) for at, row in zip(ids, rows("b", "c", "d"), strict=True)]
    bulk_insert(ColumnMapping, ("id", *COLUMNS), named)
    later = ColumnMapping.objects.create(
        kind="k", body=1, fingerprint="e", mapping={}, by=1, at=timezone.now()
    )
    assert later.pk not in ids
    assert list(next_ids(ColumnMapping, 0)) == []

"""The export of an office: its tables read once, as they were at one moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thongsuot.cli.handover_words import number
from thongsuot.national.exports import Export, make_export
from thongsuot.national.portable import RELATIONS, Province, office_sql

_BLOCK = 5_000


def write_export(folder: Path, code: str, key: Path | None) -> int:
    """Write the export of the office's database. Raises ValueError for a province unknown."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
    import django

    django.setup()
    from thongsuot.foundation import clock

    province = province_named(code)
    signing = key.read_bytes() if key else None
    with snapshot():
        relations = {name: office_rows(name, province) for name in RELATIONS}
        made = make_export(folder, province, relations, clock.now(), signing)
    print(counted(folder, made))
    return 0


def counted(folder: Path, made: Export) -> str:
    """What was written, in one line."""
    items, moves, receipts = (number(made.rows[name]) for name in RELATIONS)
    return (
        f"{folder}: tỉnh {made.province.code} {made.province.name}; {items} mục, {moves} lần chuyển, "
        f"{receipts} biên nhận; {'đã ký' if made.key else 'chưa ký'}"
    )


def stamped() -> datetime:
    """Now, for an export that is made without an office."""
    return datetime.now(UTC)


def province_named(code: str) -> Province:
    """The province of a code by the registry of this office; ValueError when there is none."""
    from thongsuot.apps.registry.models import UnitVersion
    from thongsuot.foundation import clock

    found = UnitVersion.objects.on(clock.today()).filter(unit__level="province", code=code).first()
    if found is None:
        raise ValueError(f"không có tỉnh mang mã {code!r} trong danh mục đơn vị")
    return Province(code, f"{found.get_kind_display()} {found.name}")


@contextmanager
def snapshot() -> Iterator[None]:
    """Let every statement inside see the database as it is now, without holding up who writes."""
    from django.db import connection, transaction

    if connection.in_atomic_block:  # the caller decides what is seen together
        yield
    elif connection.vendor == "sqlite":
        # Not atomic(): that would be IMMEDIATE and keep everybody else from writing.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def office_rows(relation: str, province: Province) -> Iterator[tuple[Any, ...]]:
    """The rows of a relation from the office's tables, without the province, some at a time."""
    from django.db import connection

    with connection.chunked_cursor() as cursor:
        cursor.execute(office_sql(relation, province))
        while rows := cursor.fetchmany(_BLOCK):
            yield from (row[1:] for row in rows)

"""Movements of many items at once: written, applied to the items and to the balance, in one go.

Every change to a bucket passes through here, in the transaction of its act, as a handful of
statements whatever the number of items. The statements are the same on both databases.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, Model, QuerySet, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast

from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.models.choices import Allocation
from thongsuot.apps.handover.models.items import bucket
from thongsuot.foundation.refusal import refuse_if
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover.ledger import (
    PLACES,
    REPLACED,
    UNDONE,
    URGENCY,
    Movement,
    check_movement,
)
from thongsuot.rules.kernel.problem import Problem

MANY = 5_000  # from so many rows on the planner is told how many there are
SHOWN = 10  # so many codes are named in a refusal about many
STAGED = """CREATE TEMP TABLE IF NOT EXISTS handover_staged (
    item_id bigint NOT NULL, kind varchar(12) NOT NULL, src varchar(9) NOT NULL,
    dst varchar(9) NOT NULL, quantity bigint NOT NULL, body_id bigint, minutes_id bigint,
    note text NOT NULL)"""
TOUCHED = (
    "CREATE TEMP TABLE IF NOT EXISTS handover_touched (item_id bigint PRIMARY KEY, "
    + ", ".join(f"d_{p} bigint NOT NULL DEFAULT 0" for p in ("opened", *PLACES))
    + ")"
)

TABLES = {"handover_staged": STAGED, "handover_touched": TOUCHED}


def _run(sql: str, params: Sequence[Any] = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _make(*tables: str) -> None:
    """Make the tables if they are not there, and see that they are empty."""
    for table in tables or TABLES:
        _run(TABLES[table])
        _run(f"DELETE FROM {table}")


def _clear(count: int, *tables: str) -> None:
    """Empty the tables.

    After many rows PostgreSQL must truncate: rows merely deleted stay in the file, and the next
    small act of the same connection would be planned and read as if it were as large.
    """
    large = connection.vendor == "postgresql" and count >= MANY
    for table in tables or TABLES:
        _run(f"TRUNCATE {table}" if large else f"DELETE FROM {table}")


def _tell_planner(table: str, count: int) -> None:
    """PostgreSQL knows nothing of a temporary table; guessing wrong costs minutes at 100,000."""
    if connection.vendor == "postgresql" and count >= MANY:
        _run(f"ANALYZE {table}")


def touched() -> RawSQL:
    """The ids of the items that the running posting touches, for ``pk__in``."""
    return RawSQL("SELECT item_id FROM handover_touched", ())


class Posting:
    """The movements of one act: staged, checked, then posted under the act's entry.

    Use: ``stage`` (as often as needed), ``problems``, ``count`` and ``digest`` for the entry, then
    ``post``. One at a time in a transaction that holds the chain of the transition.
    """

    def __init__(self) -> None:
        _make()
        self.count = 0

    def stage(
        self,
        items: "QuerySet[Item]",
        like: Movement,
        *,
        quantity: Combinable | None = None,
        body: Combinable | None = None,
    ) -> int:
        """Stage one movement for each of the items; returns how many.

        Shapes: ``like`` is what every movement has in common; its item and quantity do not count.
        ``quantity`` in smallest parts, by default all that the item has in the source; items with
        nothing to move are left out. ``body``: the counterparty where it differs per item.

        Raises Refused when the movement lacks its reason or decision; ValueError for one that the
        ledger does not know, which is a mistake of ours.
        """
        _must_be_lawful(like, per_item=body is not None)
        amount = quantity if quantity is not None else F(bucket(like.src))
        other = body if body is not None else Value(like.body or None)
        chosen = (
            items.order_by()
            .annotate(moving=Cast(amount, BigIntegerField()), other=Cast(other, BigIntegerField()))
            .values_list("pk", "moving", "other")
        )
        sql, params = _select(chosen, "CAST(NULL AS bigint), CAST(NULL AS bigint)")
        done = _run(
            "INSERT INTO handover_staged "
            "(item_id, kind, src, dst, quantity, body_id, minutes_id, note) "
            "SELECT item_id, %s, %s, %s, moving, other, CAST(%s AS bigint), %s "
            f"FROM ({_named(sql)}) chosen WHERE moving > 0",
            (like.kind, like.src, like.dst, like.minutes or None, like.reason, *params),
        )
        self.count += done
        return done

    def stage_new(self, items: "QuerySet[Item]", like: Movement) -> int:
        """Stage the opening movements of items inserted with all they have already in place."""
        return self.stage(items, like, quantity=F("opened"))

    def stage_one(self, item: int, movement: Movement, note: str = "") -> None:
        """Stage one movement of one item, already checked by the rules."""
        _run(
            "INSERT INTO handover_staged "
            "(item_id, kind, src, dst, quantity, body_id, minutes_id, note) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (
                item,
                movement.kind,
                movement.src,
                movement.dst,
                movement.quantity,
                movement.body or None,
                movement.minutes or None,
                note or movement.reason,
            ),
        )
        self.count += 1

    def problems(self) -> tuple[Problem, ...]:
        """Items that do not have what is to be moved; empty when all do."""
        there = " ".join(f"WHEN '{p}' THEN i.{bucket(p)}" for p in PLACES)
        short = _rows(
            "SELECT i.code, s.src, SUM(s.quantity), MAX(CASE s.src "
            f"{there} END) FROM handover_staged s CROSS JOIN handover_item i "
            "WHERE i.id = s.item_id AND s.src <> '' GROUP BY i.id, i.code, s.src "
            f"HAVING SUM(s.quantity) > MAX(CASE s.src {there} END) ORDER BY i.code LIMIT {SHOWN}"
        )
        return tuple(
            Problem(
                "handover.not-enough",
                code,
                {"place": place, "there": int(has), "wanted": int(wanted)},
            )
            for code, place, wanted, has in short
        )

    def digest(self) -> str:
        """The SHA-256 of the staged lines, as ``movement_digest`` will find them again."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT item_id, kind, src, dst, quantity, COALESCE(body_id, 0) "
                "FROM handover_staged ORDER BY item_id"
            )
            return lines_digest(_chunks(cursor))

    def post(self, entry: Entry, then: Callable[["QuerySet[Item]"], object] | None = None) -> None:
        """Write the movements, move the buckets, and carry the balance along.

        ``then`` is given the moved items and may change other columns of them (the receiver).
        """
        _tell_planner("handover_staged", self.count)
        deltas = ", ".join(_delta(p) for p in PLACES)
        count = _run(
            "INSERT INTO handover_touched "
            f"(item_id, d_opened, {', '.join('d_' + p for p in PLACES)}) "
            "SELECT item_id, SUM(CASE WHEN src = '' THEN quantity ELSE 0 END) "
            "- SUM(CASE WHEN dst = '' THEN quantity ELSE 0 END), "
            f"{deltas} FROM handover_staged GROUP BY item_id"
        )
        _tell_planner("handover_touched", count)
        _balance_less()
        _write_movements(entry)
        _move_buckets(entry, split=False)
        if then is not None:
            then(Item.objects.filter(pk__in=touched()))
        _balance_more()
        _clear(self.count)

    def post_new(self, entry: Entry) -> None:
        """Write the opening movements of items just listed with their buckets already set."""
        _tell_planner("handover_staged", self.count)
        _touch("SELECT DISTINCT item_id FROM handover_staged", ())
        _write_movements(entry)
        _balance_more()
        _clear(self.count)

    def post_split(self, entry: Entry) -> None:
        """Write a split: the parents give up what they held, the parts are there already."""
        _tell_planner("handover_staged", self.count)
        _touch("SELECT item_id FROM handover_staged GROUP BY item_id", ())
        # The parts were just inserted whole; what leaves the parents is all that changes.
        _run(
            "UPDATE handover_touched SET d_opened = -s.q, d_held = -s.q FROM "
            "(SELECT item_id, SUM(quantity) AS q FROM handover_staged WHERE dst = '' "
            "GROUP BY item_id) s WHERE handover_touched.item_id = s.item_id"
        )
        _balance_less("t.d_opened <> 0")
        _write_movements(entry)
        _move_buckets(entry, split=True)
        _balance_more()
        _clear(self.count)


def _must_be_lawful(like: Movement, *, per_item: bool) -> None:
    wrong = check_movement(replace(like, quantity=1, body=like.body or int(per_item)))
    if any(p.code == "handover.move-not-allowed" for p in wrong):
        raise ValueError(f"no such movement: {like.kind} {like.src!r} → {like.dst!r}")
    refuse_if(wrong)


def _select(rows: "QuerySet[Item, Any]", more: str = "") -> tuple[str, tuple[Any, ...]]:
    """The statement of a selection; one that can match nothing becomes one that matches nothing."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        columns = ", ".join(["id", *filter(None, [more])])
        return f"SELECT {columns} FROM handover_item WHERE 1 = 0", ()
    return sql, tuple(params)


def _named(sql: str) -> str:
    """Give the three selected columns the names used around them."""
    columns = ", ".join(("item_id", "moving", "other"))
    if connection.vendor == "sqlite":
        return f"WITH q({columns}) AS ({sql}) SELECT {columns} FROM q"
    return f"SELECT {columns} FROM ({sql}) q({columns})"


def _delta(place: str) -> str:
    return (
        f"SUM(CASE WHEN dst = '{place}' THEN quantity ELSE 0 END) "
        f"- SUM(CASE WHEN src = '{place}' THEN quantity ELSE 0 END)"
    )


def _touch(sql: str, params: Sequence[Any]) -> int:
    count = _run(f"INSERT INTO handover_touched (item_id) {sql}", params)
    _tell_planner("handover_touched", count)
    return count


def _write_movements(entry: Entry) -> None:
    _run(
        "INSERT INTO handover_movement "
        '(item_id, kind, src, dst, quantity, body_id, minutes_id, entry_id, "on", at, note) '
        "SELECT item_id, kind, src, dst, quantity, body_id, minutes_id, %s, %s, %s, note "
        "FROM handover_staged ORDER BY item_id",
        (entry.pk, _day(entry.on), _moment(entry.at)),
    )


def _day(on: date) -> Any:
    return connection.ops.adapt_datefield_value(on)


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _state(split: bool) -> str:
    whens = " ".join(f"WHEN handover_item.{bucket(p)} + d.d_{p} > 0 THEN '{p}'" for p in URGENCY)
    return f"CASE {whens} ELSE '{REPLACED if split else UNDONE}' END"


def _move_buckets(entry: Entry, *, split: bool) -> None:
    moved = ", ".join(f"{bucket(p)} = handover_item.{bucket(p)} + d.d_{p}" for p in PLACES)
    _run(
        f"UPDATE handover_item SET opened = handover_item.opened + d.d_opened, {moved}, "
        f"state = {_state(split)}, changed_at = %s FROM handover_touched d "
        "WHERE handover_item.id = d.item_id "
        "AND handover_item.id IN (SELECT item_id FROM handover_touched)",
        (_moment(entry.at),),
    )


# The columns that tell balance lines apart, and what each is of an item ``i``.
KEY_OF_ITEM = {
    "transition_id": "i.transition_id",
    "giver_id": "i.giver_id",
    "kind": "i.kind",
    "receiver": "COALESCE(i.receiver_id, 0)",
    "decided": f"(i.allocation = '{Allocation.CONFIRMED}')",
    "measure": "i.measure",
}
KEY = tuple(KEY_OF_ITEM)
FIGURES = tuple(f"{n}_{p}" for n in ("items", "q", "value") for p in ("opened", *PLACES))


def figures_sql(alias: str) -> str:
    """The sums that make a balance line out of items: counts, quantities and values."""
    sums = ["COUNT(*)"]
    sums += [f"SUM(CASE WHEN {alias}.state = '{p}' THEN 1 ELSE 0 END)" for p in PLACES]
    sums += [f"SUM({alias}.opened)"] + [f"SUM({alias}.{bucket(p)})" for p in PLACES]
    value = f"COALESCE({alias}.value, 0)"
    sums += [f"SUM({value})"]
    sums += [f"SUM(CASE WHEN {alias}.state = '{p}' THEN {value} ELSE 0 END)" for p in PLACES]
    return ", ".join(f"{s} AS {name}" for s, name in zip(sums, FIGURES, strict=True))


def line_key_sql() -> str:
    """The columns of a balance line, taken from an item ``i``, with their names."""
    return ", ".join(f"{sql} AS {name}" for name, sql in KEY_OF_ITEM.items())


def _sums_of_touched(only: str = "") -> str:
    return (
        f"SELECT {line_key_sql()}, {figures_sql('i')} "
        "FROM handover_touched t CROSS JOIN handover_item i "
        f"WHERE i.id = t.item_id AND i.state NOT IN ('{UNDONE}', '{REPLACED}') "
        f"{'AND ' + only if only else ''} GROUP BY {', '.join(KEY_OF_ITEM.values())}"
    )


def _balance_less(only: str = "") -> None:
    """Take the touched items, as they are now, out of the running totals."""
    taken = ", ".join(f"{c} = handover_balanceline.{c} - s.{c}" for c in FIGURES)
    same = " AND ".join(f"handover_balanceline.{c} = s.{c}" for c in KEY)
    _run(f"UPDATE handover_balanceline SET {taken} FROM ({_sums_of_touched(only)}) s WHERE {same}")


def _balance_more() -> None:
    """Put the touched items, as they are now, into the running totals."""
    put = ", ".join(f"{c} = handover_balanceline.{c} + excluded.{c}" for c in FIGURES)
    _run(
        f"INSERT INTO handover_balanceline ({', '.join((*KEY, *FIGURES))}) {_sums_of_touched()} "
        f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {put}"
    )


@contextmanager
def unchanging(items: "QuerySet[Item]") -> Iterator["QuerySet[Item]"]:
    """Give the same items as a set that stays the same while they change.

    The planner knows how many they are. Without that PostgreSQL has joined the items of an act to
    the lines just written by reading all lines once per item: minutes at 60,000. Movements that are
    staged stay staged, but none may be posted inside.
    """
    _make("handover_touched")
    sql, params = _select(items.order_by().values_list("pk"))
    count = _touch(sql, params)
    yield Item.objects.filter(pk__in=touched())
    _clear(count, "handover_touched")


@contextmanager
def rebalanced(items: "QuerySet[Item]") -> Iterator["QuerySet[Item]"]:
    """Change what the balance is kept by (the receiver) of many items: it is carried along.

    Gives the same items as a set that stays the same while they change.
    """
    with unchanging(items) as same:
        _balance_less()
        yield same
        _balance_more()


def insert_select(
    model: type[Model], names: Sequence[str], items: "QuerySet[Item]", same: Mapping[str, Any]
) -> int:
    """Insert one row of ``model`` per item, in one statement; returns how many.

    Shapes: ``names`` begin with the link to the item, then come the columns that are the
    ``same`` for all (plain values) or taken from the item (expressions).
    """
    fields: list[Any] = [model._meta.get_field(n) for n in names]
    taken = {
        f"c_{n}": v if isinstance(v, Combinable) else Value(v, output_field=_kept_as(model, n))
        for n, v in same.items()
    }
    rows = items.annotate(**taken).values_list("pk", *(f"c_{n}" for n in names[1:]))
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    return _run(f"INSERT INTO {model._meta.db_table} ({columns}) {sql}", params)


def _kept_as(model: type[Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    return BigIntegerField() if field.is_relation else type(field)()


def _chunks(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(5_000):
        yield from rows


def lines_digest(lines: Iterable[tuple[Any, ...]]) -> str:
    """The SHA-256 of lines of plain values, each beginning with its item.

    Shapes: all lines of an item together, items in ascending order. Lines of one item are put in
    order here, so that the digest does not depend on how a database sorts text.
    """
    hashed = hashlib.sha256()
    for _, same in groupby(lines, key=itemgetter(0)):
        for line in sorted("|".join(map(str, line)) for line in same):
            hashed.update(line.encode() + b"\n")
    return hashed.hexdigest()


def movement_digest(entry: int) -> tuple[int, str]:
    """How many movements an act wrote, and their digest, computed from what is stored."""
    counted = 0

    def count(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        nonlocal counted
        for row in rows:
            counted += 1
            yield row

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item_id, kind, src, dst, quantity, COALESCE(body_id, 0) "
            "FROM handover_movement WHERE entry_id = %s ORDER BY item_id",
            [entry],
        )
        found = lines_digest(count(_chunks(cursor)))
    return counted, found

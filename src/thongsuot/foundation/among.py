"""A large set of ids in a query: one parameter instead of thousands, on both engines."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Expression, F, Func, Q

FEW = 60  # so many are listed one by one: the planner sees them and may use an index


class Ids(Expression):
    """A subquery that yields the ids: for the right side of ``…__in``.

    A list of three thousand ids costs Django and the parser of the engine many milliseconds each
    time a condition is written; as one JSON text (SQLite) or one array (PostgreSQL) next to none.
    """

    def __init__(self, ids: Collection[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.ids: Sequence[int] = sorted(ids)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # untyped base
        """The subquery on the engine in use."""
        if connection.vendor == "postgresql":
            return "(SELECT unnest(%s::bigint[]))", [list(self.ids)]
        return "(SELECT value FROM json_each(%s))", [json.dumps(self.ids)]


class _Within(Func):
    """The column is one of the ids. SQLite guesses that a subquery yields 25: the sign keeps it from
    collecting all rows by an index and sorting them, where walking in order finds a page at once."""

    arity = 2
    conditional = True
    template = "%(expressions)s"
    arg_joiner = " IN "
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """With the sign that forbids an index."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


def within(path: str, ids: Collection[int]) -> Q:
    """The condition that a column (``unit_id``) is one of the ids, however many.

    More than ``FEW`` are taken for a large part of the rows, and only looked up, never led by.
    """
    if len(ids) <= FEW:
        return Q(**{f"{path}__in": list(ids)})
    return looked_up(path, Ids(ids))


def looked_up(path: str, subquery: Expression) -> Q:
    """The condition that a column is one of what a subquery yields, never led by on SQLite."""
    return Q(_Within(F(path), subquery))

"""What there is to choose from in a list of items, found without reading the items."""

from typing import Any

from django.db import connection


def values_in(transition_id: int, column: str) -> list[Any]:
    """The different values of a column among the items of a transition, in order.

    The database steps from one value to the next in the index of that column (``field``,
    ``unit_id``, ``giver_id``): as many steps as there are values, however many items there are.
    """
    name = connection.ops.quote_name(column)
    next_one = f"SELECT MIN({name}) FROM handover_item WHERE transition_id = %s AND {name} > "
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE seen(v) AS (SELECT MIN({name}) FROM handover_item "
            f"WHERE transition_id = %s AND {name} IS NOT NULL UNION ALL "
            f"SELECT ({next_one} seen.v) FROM seen WHERE seen.v IS NOT NULL) "
            "SELECT v FROM seen WHERE v IS NOT NULL",
            [transition_id, transition_id],
        )
        return [row[0] for row in cursor.fetchall()]

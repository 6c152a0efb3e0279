"""The rows of a long list that have all of some words, quickly, and exactly as without an index.

How an index of SQLite is used depends on how many rows it proposes. Few are handed to the query as
ids. Of many, the query walks its own order and looks each up in the set before it reads the row.
Of very many it needs no help: it meets enough of them at once.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Expression, Q

from thongsuot.foundation.among import Ids, looked_up
from thongsuot.foundation.words.index import Index, present

LETTERS = 3  # what an index knows: so many letters that follow each other
FEW, MANY = 20_000, 200_000  # rows proposed
MOST_ASKED = 60  # threes of one question
_LAST = chr(0x10FFFF)
NOWHERE = "   "  # three spaces follow each other in no folded text


def plain(words: Sequence[str], fields: Sequence[str]) -> Q:
    """Every word must occur somewhere in one of the columns; ``words`` are folded."""
    found = Q()
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__contains": word})
        found &= anywhere
    return found


def having(index: Index, words: Sequence[str]) -> Q:
    """The condition that a row of the table has every word; ``words`` are folded.

    On PostgreSQL the plain condition: its planner knows its own index. Plain too where an index is
    not there, or nothing keeps it true (a backup of an older version, before it is migrated). Law: the same rows as
    ``plain``, whatever is typed.
    """
    where = plain(words, (index.column,))
    if connection.vendor != "sqlite" or not words or not present(index):
        return where
    with connection.cursor() as cursor:
        helped = _proposal(cursor, index, words)
    return where if helped is None else helped & where


def finder(index: Index) -> Callable[[Sequence[str]], Q]:
    """``having`` for one index: what a filter for words takes."""
    return lambda words: having(index, words)


class _Proposed(Expression):
    """The subquery of the rows that an index proposes."""

    def __init__(self, index: Index, question: str) -> None:
        super().__init__(output_field=BigIntegerField())
        self.index, self.question = index, question

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # untyped base
        """Of SQLite alone."""
        return f"(SELECT rowid FROM {self.index.name} WHERE {self.index.name} MATCH %s)", [
            self.question
        ]


def _proposal(cursor: Any, index: Index, words: Sequence[str]) -> Q | None:
    """What the index knows of the words as a condition; None when it is of no help."""
    asked = [_quoted(three) for three in threes(words)]
    found = _rows(cursor, index, " AND ".join(asked)) if asked else None
    if found is None:
        for word in words:
            asked += _short(cursor, index, word) if len(word) < LETTERS else ()
        found = _rows(cursor, index, " AND ".join(asked)) if asked else None
    if found is not None:
        return Q(pk__in=Ids(found))
    question = " AND ".join(asked)
    return looked_up("pk", _Proposed(index, question)) if _worth(cursor, index, question) else None


def _rows(cursor: Any, index: Index, question: str) -> list[int] | None:
    """The rows proposed; None for more than ``FEW``."""
    cursor.execute(
        f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s LIMIT {FEW + 1}", [question]
    )
    found = [row[0] for row in cursor.fetchall()]
    return None if len(found) > FEW else found


def _worth(cursor: Any, index: Index, question: str) -> bool:
    """Whether there is a question, and not so many rows that the list meets enough by itself."""
    if not question:
        return False
    cursor.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {index.name} WHERE {index.name} MATCH %s "
        f"LIMIT {MANY + 1})",
        [question],
    )
    return bool(cursor.fetchone()[0] <= MANY)


def _short(cursor: Any, index: Index, word: str) -> Iterator[str]:
    """A word of one or two letters as a question: any of the threes that begin with it.

    Nothing when there are too many rows with it to be of help.
    """
    said = f"{index.name}_said"
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{said} USING fts5vocab(main, {index.name}, row)"
    )
    cursor.execute(
        f"SELECT term, doc FROM temp.{said} WHERE term >= %s AND term < %s", [word, word + _LAST]
    )
    terms, rows = [], 0
    while rows <= FEW and (found := cursor.fetchone()):
        terms.append(_quoted(found[0]))
        rows += found[1]
    if rows <= FEW and len(terms) <= MOST_ASKED:
        yield f"({' OR '.join(terms)})" if terms else _quoted(NOWHERE)


def _quoted(three: str) -> str:
    return '"' + three.replace('"', '""') + '"'


def threes(words: Sequence[str]) -> list[str]:
    """Every three letters that follow each other in a word, each once; of shorter words none."""
    found = dict.fromkeys(
        word[at : at + LETTERS] for word in words for at in range(len(word) - LETTERS + 1)
    )
    return list(found)[:MOST_ASKED]

"""What a database says of itself, asked in a process of its own: heads, counts, faults.

``python -m thongsuot.cli.backup_state`` with THONGSUOT_VAR or DATABASE_URL pointing at it; known heads
come in as JSON, the answer goes out as JSON. Used after a restore and before one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from thongsuot.rules.continuity.heads import Head


@dataclass(frozen=True, slots=True)
class State:
    """Heads of all chains, rows of all tables, hashes at the known heads, what does not fit."""

    heads: tuple[Head, ...]
    counts: Mapping[str, int]
    seen: Mapping[tuple[str, int], str]
    faults: tuple[str, ...]


def heads_and_counts(connection: Any) -> tuple[list[Head], dict[str, int]]:
    """The heads of the trail and the rows of every table, through one connection.

    The word indexes of SQLite hold no rows of anybody and are made from the others.
    """
    from thongsuot.foundation.words import index

    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, size, hash FROM trail_chainhead ORDER BY chain")
        heads = [Head(*row) for row in cursor.fetchall()]
        counts = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            if index.is_own(table):
                continue
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = int(cursor.fetchone()[0])
    return heads, counts


def ask(environment: Mapping[str, str], known: Iterable[Head], *, whole: bool) -> State:
    """Ask the database that an environment points at. ``whole``: walk every chain and the ledger.

    Raises RuntimeError with what the process said when it could not answer.
    """
    question = json.dumps({"known": [asdict(h) for h in known], "whole": whole})
    done = subprocess.run(
        [sys.executable, "-m", "thongsuot.cli.backup_state"],
        input=question, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "DATABASE_URL": "", **environment},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "?")
    said = json.loads(done.stdout.splitlines()[-1])
    return State(
        tuple(Head(**h) for h in said["heads"]),
        said["counts"],
        {(chain, seq): hash_ for chain, seq, hash_ in said["seen"]},
        tuple(said["faults"]),
    )


def _answer(question: Mapping[str, Any]) -> dict[str, object]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
    import django

    django.setup()
    from django.db import connection

    from thongsuot.foundation.trail.models import Entry

    heads, counts = heads_and_counts(connection)
    seen = []
    for head in question["known"]:
        entry = Entry.objects.filter(chain=head["chain"], seq=head["size"]).first()
        if entry is not None:
            seen.append([head["chain"], head["size"], entry.hash])
    return {
        "heads": [asdict(h) for h in heads],
        "counts": counts,
        "seen": seen,
        "faults": _faults() if question["whole"] else [],
    }


def _faults() -> list[str]:
    """What ``thongsuot verify`` says, and what is wrong with the kept files."""
    from django.apps import apps

    from thongsuot.foundation.files import fixity
    from thongsuot.foundation.trail import chains, guard
    from thongsuot.foundation.wording import say

    lines = [f"thiếu chốt chặn / missing guard: {name}" for name in guard.missing()]
    lines += [say(problem) for problem in chains.faults()]
    ledger = apps.get_app_config("handover")
    lines += [say(problem) for problem in ledger.faults()]  # type: ignore[attr-defined]
    return lines + [say(problem) for problem in fixity.faults() if problem.blocks]


if __name__ == "__main__":
    print(json.dumps(_answer(json.loads(sys.stdin.read()))))

"""The answers of an engine in the shape of the oracle's."""

from collections import Counter

from thongsuot.national.engines import Engine
from thongsuot.national.portable import portable_sql


def statement(engine: Engine) -> dict[tuple[str, str, str], list[int]]:
    rows = list(engine.rows(portable_sql("statement")))
    assert all(row[-3:-1] == (0, 0) for row in rows)  # a lawful history adds up, nothing is stray
    return {tuple(map(str, row[:3])): [int(n) for n in row[3:30]] for row in rows if row[3]}


def verdicts(engine: Engine) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for province, kind, verdict, _, _, codes, *_ in engine.rows(portable_sql("lists")):
        found[(str(province), str(kind), str(verdict))] += int(codes)
    return found

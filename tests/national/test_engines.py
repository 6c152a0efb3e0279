"""The same text on every engine gives what the rules say, item by item."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.national import answers, oracle

from thongsuot.national.check import count
from thongsuot.national.engines import ENGINES

HERE = ("duckdb", "sqlite")  # Spark has its own test, on a cluster: tests/soak


@pytest.mark.parametrize("name", HERE)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(oracle.lands("01"), oracle.lands("79"))
def test_every_figure_is_what_the_rules_say(name: str, one: oracle.Land, two: oracle.Land) -> None:
    with tempfile.TemporaryDirectory() as home:
        exports = [land.export(Path(home) / land.code) for land in (one, two)]
        with ENGINES[name](exports, memory="256MB", threads=1) as engine:
            assert answers.statement(engine) == oracle.all_statements((one, two))
            assert answers.verdicts(engine) == oracle.all_verdicts((one, two))
            outcome = count(engine, exports)
    assert not outcome.faults
    things = (*one.things, *two.things)
    assert outcome.missing == sum(
        t.buckets.missing > 0 and not (t.buckets.disputed or t.buckets.transit or t.buckets.held)
        for t in things
    )

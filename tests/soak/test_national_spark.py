"""The portable texts on a cluster: the same answers, also when an executor dies in the middle.

.venv/bin/pip install --require-hashes -r requirements/spark.txt
THONGSUOT_TESTING=1 .venv/bin/python -m pytest -q tests/soak/test_national_spark.py
"""

import os
import signal
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import pytest
from tests.national import answers, oracle
from tests.soak.spark import DIED, Cluster

from thongsuot.national.check import count
from thongsuot.national.engines import duckdb_engine, spark_engine

SIZE = 3_000


@pytest.fixture(scope="module")
def world() -> list[oracle.Land]:
    return [oracle.large(code, SIZE) for code in ("01", "48", "79")]


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "cluster"
    home.mkdir()
    monkeypatch.setenv("SPARK_CONF_DIR", str(home))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    with Cluster(home) as running:
        yield running


def kill_one_at_work(cluster: Cluster, asked: "Future[object]") -> None:
    """Kill an executor as soon as a stage has tasks running; what is asked has no answer yet."""
    context = import_module("pyspark").SparkContext._active_spark_context
    tracker, again = context.statusTracker(), threading.Event()
    while not asked.done():
        stages = filter(None, map(tracker.getStageInfo, tracker.getActiveStageIds()))
        if any(stage.numActiveTasks for stage in stages):
            os.kill(cluster.executors()[0][0], signal.SIGKILL)
            return
        again.wait(0.005)
    raise AssertionError(f"answered before an executor could be killed: {asked.result()}")


def test_two_executors_give_what_the_rules_say_and_so_does_the_one_left(
    cluster: Cluster, world: list[oracle.Land], tmp_path: Path
) -> None:
    exports = [land.export(tmp_path / land.code) for land in world]
    statement, verdicts = oracle.all_statements(world), oracle.all_verdicts(world)
    with duckdb_engine(exports, memory="512MB", threads=1) as engine:
        on_one_machine = count(engine, exports)
    with spark_engine(exports, memory="512MB", master=cluster.url) as engine:
        assert answers.statement(engine) == statement
        assert [len(of) for of in cluster.executors()] == [1, 1]
        with ThreadPoolExecutor(1) as other:
            asked = other.submit(answers.verdicts, engine)
            kill_one_at_work(cluster, asked)
            assert asked.result() == verdicts
        cluster.workers[0].heard(DIED)
        assert answers.statement(engine) == statement
        on_the_cluster = count(engine, exports)
    assert on_the_cluster == on_one_machine
    assert on_the_cluster.findings

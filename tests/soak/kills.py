"""Kills in the middle: the web server or every process of PostgreSQL, then the judgement."""

import json
import time
from random import Random
from typing import Any

from tests.soak.clients import OK, Crowd
from tests.soak.cluster import PATIENCE
from tests.soak.office import Office


def judged(here: Office, crowd: Crowd) -> dict[str, Any]:
    """What the record and the database do not agree on, and the figures."""
    told = here.run("tests.soak.judge", str(crowd.record.path))
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    found["figures"]["unanswered"] = crowd.record.counts["unknown"]
    return found


def run(here: Office, *, kills: int, between: int, database: bool, seed: int = 1) -> dict[str, Any]:
    """So many kills with at least so many acknowledgements between two; the figures.

    Raises AssertionError when the office no longer answers.
    """
    draw, back = Random(seed), []
    here.start()
    crowd = Crowd(here)
    begun = time.monotonic()
    crowd.begin()
    for _ in range(kills):
        more = draw.randint(between, 2 * between)
        assert crowd.record.wait(OK, more, PATIENCE + more), crowd.record.odd[-3:]
        time.sleep(draw.random() * 0.08)  # any moment of a request
        crowd.up.clear()
        if database:
            assert here.cluster is not None
            here.cluster.kill()
            back.append(here.cluster.start())
        else:
            here.kill()
            back.append(here.start())
        crowd.up.set()
    assert crowd.record.wait(OK, between, PATIENCE + between), crowd.record.odd[-3:]
    crowd.end()
    taken = time.monotonic() - begun
    found = judged(here, crowd)
    found["figures"] |= {
        "kills": kills,
        "seconds": round(taken, 1),
        "back after, median": round(sorted(back)[len(back) // 2], 2) if back else 0,
        "back after, worst": round(max(back, default=0), 2),
    }
    return found

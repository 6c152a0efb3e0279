"""The answer to COMMIT is lost: the act is done and nobody knows, until the same key is sent again."""

from typing import Any

from tests.soak.clients import OK, Crowd
from tests.soak.cluster import PATIENCE
from tests.soak.kills import judged
from tests.soak.office import Office
from tests.soak.proxy import Lossy


def run(here: Office, *, acts: int, share: float, same_key: bool = True) -> dict[str, Any]:
    """So many acknowledged acts through the line; the figures."""
    assert here.cluster is not None
    line = Lossy(here.cluster.port, share)
    try:
        here.start(DATABASE_URL=here.database_url.replace(f":{here.cluster.port}", f":{line.port}"))
        crowd = Crowd(here, same_key=same_key)
        crowd.begin()
        assert crowd.record.wait(OK, acts, PATIENCE + acts), crowd.record.odd[-3:]
        crowd.end()
        found = judged(here, crowd)
        found["figures"] |= {"commits": line.commits, "answers lost": line.lost}
        return found
    finally:
        here.kill()
        line.close()

"""One long run: python -m tests.soak.long PART ENGINE '{"kills": 40, …}'; prints a line of figures."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.soak import full, kills, lost, power
from tests.soak.cluster import Cluster
from tests.soak.office import copy, office
from tests.soak.seeding import begin

Asked = dict[str, Any]


def tell(**figures: Any) -> None:
    """A line of figures."""
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@contextlib.contextmanager
def _tables(engine: str) -> Iterator[None]:
    """Django on an empty database of that engine, in this process."""
    with (
        tempfile.TemporaryDirectory(prefix="thongsuot-soak-") as home,
        contextlib.ExitStack() as at_end,
    ):
        if engine == "postgresql":
            cluster = Cluster(Path(home) / "db")
            cluster.start()
            at_end.callback(cluster.stop)
            os.environ["DATABASE_URL"] = cluster.url
        begin()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        yield
        connection.close()


@contextlib.contextmanager
def _fresh_story() -> Iterator[Any]:
    """The place and the people, taken back afterwards."""
    from django.db import transaction  # noqa: PLC0415
    from tests.apps.handover import conftest  # noqa: PLC0415

    with transaction.atomic():
        yield conftest.story.__wrapped__(None)
        transaction.set_rollback(True)


def order(engine: str, asked: Asked) -> list[str]:
    """Random acts in random order, as long as asked."""
    with _tables(engine):
        from tests.soak.machine import Ledger, tours  # noqa: PLC0415

        with _fresh_story() as story:
            machine = type("Sound", (Ledger,), {"story": story})
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=asked["examples"], stateful_step_count=40, deadline=None,
                    database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
                ),
            )  # fmt: skip
            tours(machine, max(1, asked["examples"] // 10))
            tell(part="order", engine=engine, states=machine.steps, violations=0)
    return []


def defects(engine: str, asked: Asked) -> list[str]:
    """Every mistake put in on purpose, one after the other."""
    missed = []
    with _tables(engine):
        from django.db import DatabaseError  # noqa: PLC0415
        from tests.soak.defects import LISTED, MORE, planted  # noqa: PLC0415
        from tests.soak.machine import Ledger, tours  # noqa: PLC0415

        for defect in (*LISTED, *MORE):
            try:
                with _planted_story(planted, defect) as story:
                    machine = type("Faulty", (Ledger,), {"story": story})
                    tours(machine, 12)
                missed.append(defect.name)
                tell(defect=defect.name, engine=engine, found="NOT FOUND", steps=machine.steps)
            except (AssertionError, DatabaseError) as error:
                by = "the database" if isinstance(error, DatabaseError) else str(error)[:60]
                tell(
                    defect=defect.name,
                    invariant=defect.invariant,
                    engine=engine,
                    found=by,
                    steps=machine.steps,
                )
    return missed


@contextlib.contextmanager
def _planted_story(planted: Callable[..., Any], defect: Any) -> Iterator[Any]:
    from django.db import transaction  # noqa: PLC0415
    from tests.apps.handover import conftest  # noqa: PLC0415

    with transaction.atomic():
        with planted(defect):
            yield conftest.story.__wrapped__(None)
        transaction.set_rollback(True)


def _kill(engine: str, asked: Asked, *, database: bool) -> list[str]:
    with office(engine, asked["clients"]) as here:
        found = kills.run(here, kills=asked["kills"], between=asked["between"], database=database)
    tell(part="kill-db" if database else "kill-web", engine=engine, **found["figures"])
    return list(found["wrong"])


def power_cut(engine: str, asked: Asked) -> list[str]:
    """Cuts at random moments, and the weaker settings, which must lose."""
    wrong = []
    with office(engine, 4) as base:
        for setting in ("FULL", "NORMAL", "OFF"):
            with base.another() as here:
                changes = () if setting == "FULL" else (f"FULL={setting}",)
                weaker = 1 if setting == "FULL" else 4
                found = power.cut(
                    here,
                    *power.record(here, asked["acts"] // weaker, *changes),
                    cuts=asked["cuts"] // weaker,
                )
                tell(part="power", synchronous=setting, **found)
                bad = found["cuts with a loss"] or found["broken"]
                if bool(bad) == (setting == "FULL"):
                    wrong.append(f"synchronous={setting}: {found}")
    return wrong


def full_disk(engine: str, asked: Asked) -> list[str]:
    """No room, and room again."""
    with office(engine, 6) as base:
        room = base.home / "small"
        with full.small_disk(room) as disk, base.another() as here:
            copy(here.database, room / here.database.name)
            here.var = room
            found = full.run(here, disk, before=50)
            here.kill()
    found["said"] = sorted({s[:3] for s in found["said"]})
    tell(part="full", **found)
    good = found["resumed"] and found["said"] == ["507"] and set(found["pages"]) == {200}
    return [*found["wrong"], *([] if good else ["not as it should be"])]


def rot(engine: str, asked: Asked) -> list[str]:
    """Single bits."""
    with office(engine, 12) as here:
        found = json.loads(here.run("tests.soak.rot", str(asked["flips"])).splitlines()[-1])
    tell(part="rot", **found)
    return []


def lost_answer(engine: str, asked: Asked) -> list[str]:
    """With the same key, and without, which must double."""
    with office(engine, 8) as base:
        with base.another() as here:
            found = lost.run(here, acts=asked["acts"], share=0.1)
        with base.another() as here:
            control = lost.run(here, acts=asked["acts"] // 4, share=0.1, same_key=False)
    tell(part="lost", **found["figures"])
    tell(part="lost, a new key each time", **control["figures"])
    return [
        *found["wrong"],
        *(
            []
            if any(w.startswith("DOUBLED") for w in control["wrong"])
            else ["the control doubles nothing"]
        ),
    ]


PARTS: dict[str, Callable[[str, Asked], list[str]]] = {
    "order": order,
    "defects": defects,
    "kill-web": lambda engine, asked: _kill(engine, asked, database=False),
    "kill-db": lambda engine, asked: _kill(engine, asked, database=True),
    "power": power_cut,
    "full": full_disk,
    "rot": rot,
    "lost": lost_answer,
}


def main() -> int:
    """Run it; 1 when something was wrong."""
    part, engine, given = sys.argv[1:]
    wrong = PARTS[part](engine, json.loads(given))
    for line in wrong[:20]:
        sys.stdout.write(f"WRONG {line}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every bad workbook and cell of the catalogue has its declared outcome, and writes nothing."""

import itertools
from pathlib import Path

import pytest
from django.utils import timezone
from tests.apps.imports.shelf import KIND, SHELF, things
from tests.corpus import codes, containers, numbers, tables, texts
from tests.corpus.cases import Case

from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports import actions, queries
from thongsuot.foundation.imports.containers import gate
from thongsuot.foundation.imports.models import ImportBatch, State
from thongsuot.foundation.imports.rows import Staged, decode
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import known_codes
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem, blocking

pytestmark = pytest.mark.django_db
CASES = (*containers.CASES, *tables.CASES, *texts.CASES, *codes.CASES, *numbers.CASES)
LAN = Actor(1, "Trần Thị Lan")
_keys = itertools.count()


def act() -> Act:
    return Act(by=LAN, key=f"corpus-{next(_keys)}", at=timezone.now())


def staged(content: bytes, name: str, options: dict[str, object]) -> ImportBatch:
    kept = keep(content, name.replace(".xlsx", ".csv") if options.get("as_csv") else name, by=LAN)
    shown = display_name(name)
    made = actions.bring(
        act(), kind=SHELF, scope={"shelf": 1}, file=kept.pk, name=shown, options=options
    )
    actions.stage(int(str(made["batch"])))
    return ImportBatch.objects.get(pk=made["batch"])


def rows_of(batch: ImportBatch) -> list[Staged]:
    return [row for content in queries.contents_of(batch) for row in decode(content)]


def at_the_gate(case: Case, content: bytes, folder: Path) -> tuple[Problem, ...]:
    path = folder / "tep"
    path.write_bytes(content)
    found = gate(path, case.name)
    return () if case.options.get("as_csv") else blocking(found.problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_bad_input_has_its_declared_outcome(case: Case, tmp_path: Path) -> None:
    if case.before is not None:
        first = staged(case.before(), "truoc.xlsx", {})
        actions.apply(act(), batch_id=first.pk, digest=first.digest)
    before = things()
    content = case.build()
    shut = at_the_gate(case, content, tmp_path)
    if shut:
        assert case.outcome == "R"
        assert {problem.code for problem in shut} >= case.says
        assert all(problem.code in known_codes() for problem in shut)
        return
    batch = staged(content, case.name, dict(case.options))
    said = {problem.code for problem in queries.problems_of(batch)}
    assert said >= case.says
    assert not said & case.silent
    assert (batch.state == State.ASKED) == (case.outcome in ("R", "?"))
    rows = rows_of(batch)
    faults = {fault.code for row in rows for fault in row.faults}
    assert faults >= case.cells
    assert said | faults <= known_codes()
    if case.outcome in ("A", "N") and not case.cells:
        assert not any(row.blocked for row in rows)
    for key, kept in case.kept.items():
        row = next(row for row in rows if row.key == key and row.state != "a")
        values = dict(zip(KIND.names, row.values, strict=True))
        assert {column: values[column] for column in kept} == kept
    for column, note in case.notes.items():
        at = str(KIND.at[column])
        assert note in {row.notes[at][1] for row in rows if at in row.notes}
    counts = queries.counts_of(batch)
    assert {name: getattr(counts, name) for name in case.counts} == case.counts
    stopped = counts.error or not counts.to_write or blocking(queries.problems_of(batch))
    if stopped:
        with pytest.raises(Refused):
            actions.apply(act(), batch_id=batch.pk, digest=batch.digest)
    assert things() == before


def test_every_workbook_and_cell_case_of_the_catalogue_is_here() -> None:
    there = {case.id[:3] for case in CASES}
    wanted = {f"A{n:02d}" for n in range(1, 41)} | {f"B{n:02d}" for n in range(1, 25)}
    wanted |= {f"C{n:02d}" for n in range(1, 11)}
    wanted |= {f"D{n:02d}" for n in range(1, 17)} | {f"E{n:02d}" for n in range(1, 30)}
    # What needs a room's own registers, days or periods: tested with that room.
    elsewhere = {"D07", "D08", "D09", "D10", "D11", "D15", "E09", "E13", "E14", "E27"}
    assert wanted - there == elsewhere
